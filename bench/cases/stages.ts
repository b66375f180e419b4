import { createStageTimes } from '../../src/observability/stage-times.js';
import { atMost, judge } from '../measure/result.js';
import { compare, samplesOf } from '../measure/rounds.js';
import { roundsOf, type Suite } from '../measure/suite.js';

const RECORDS = 100_000;

/** What following a frame costs at one stage when it is on; off, it costs one comparison. */
export const stages: Suite = {
  ids: ['stages.record'],
  async run(effort) {
    const times = createStageTimes({ now: () => performance.now() });
    times.received();
    const run = (): void => {
      for (let at = 0; at < RECORDS; at++) times.decoded();
    };
    const timings = await compare([{ name: 'on', run }], { rounds: roundsOf(effort), units: RECORDS });
    return [
      judge({
        id: 'stages.record',
        samples: samplesOf(timings, 'on'),
        unit: 'ns',
        goal: atMost(100),
        baseline: 'one record, the look at the clock included',
      }),
    ];
  },
};
