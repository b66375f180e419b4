import { createRingLogger } from '../../src/observability/logger.js';
import { atMost, judge } from '../measure/result.js';
import { compare, samplesOf } from '../measure/rounds.js';
import { roundsOf, type Suite } from '../measure/suite.js';

const CALLS = 100_000;

/** One line with two fields, which the caller has already. */
export const logging: Suite = {
  ids: ['log.call'],
  async run(effort) {
    const logger = createRingLogger({ now: () => Date.now(), capacity: 1_000, level: 'info' });
    const fields = { symbol: 'BTC/USDT', sequence: 1 };
    const loop = (write: typeof logger.info) => () => {
      for (let at = 0; at < CALLS; at++) write('order book live', fields);
    };
    const timings = await compare(
      [
        { name: 'enabled', run: loop(logger.info) },
        { name: 'disabled', run: loop(logger.debug) },
      ],
      { rounds: roundsOf(effort), units: CALLS },
    );
    if (logger.entries().length + logger.overwritten < CALLS) throw new Error('lines are missing');
    const line = (name: string, most: number) =>
      judge({
        id: `log.call/${name}`,
        samples: samplesOf(timings, name),
        unit: 'ns',
        goal: atMost(most),
        baseline: 'one call, the loop around it included; pino is no dependency here and not measured',
      });
    return [line('enabled', 100), line('disabled', 5)];
  },
};
