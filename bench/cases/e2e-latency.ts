import { type ChildProcess, fork } from 'node:child_process';
import type { StreamOptions } from '../frames/stream.js';
import { directEnvironment, nextMessage } from '../measure/processes.js';
import { atMost, judge } from '../measure/result.js';
import { inWords } from '../measure/rounds.js';
import { median, quantile, ratios } from '../measure/samples.js';
import type { Suite } from '../measure/suite.js';
import type { PacedFrames } from '../push-server.js';

const HOUSE = 'node_modules/.cache/cex-bench';
const PER_SECOND = 10_000;
const MARKETS = 20;
/** Frames of a round for each contender: long enough that p99 holds what comes ten times a second. */
const FRAMES = 4_000;
/** Rounds at the beginning, in which everything is still being compiled. */
const WARM_UP = 6;
/** How far the clocks of two processes may differ. */
const CLOCK_ERROR_NS = 1_000;
const FRACTION = { p50: 0.5, p99: 0.99 } as const;
const CONTENDERS = ['ours', 'ws'] as const;

interface Round {
  readonly p50: number;
  readonly p99: number;
  /** Of every frame, ns. */
  readonly delays: readonly number[];
}

/**
 * From the write of a frame in another process to the user's handler, at 10,000 frames a second; MEXC depth. Each contender has a
 * process of its own, both stay connected, and they take turns of 0.4 s: what disturbs the machine for longer disturbs both.
 */
export const e2eLatency: Suite = {
  ids: ['e2e.latency'],
  async run(effort) {
    const rounds = WARM_UP + (effort.quick ? 21 : 61);
    const options = { venue: 'mexc', seed: effort.seed, markets: MARKETS, frames: rounds * FRAMES } as const;
    const server = start('push-server', options);
    const { port } = await nextMessage<{ port: number }>(server);
    const clients = [];
    // The server knows them by their order.
    for (const who of CONTENDERS) clients.push(await connect({ who, port, options }));
    const all: Round[][] = CONTENDERS.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < clients.length; turn++) {
        const client = (round + turn) % clients.length;
        const taken = await measure(server, clients[client] as ChildProcess, client, round * FRAMES);
        if (round >= WARM_UP) all[client]?.push(taken);
      }
    }
    for (const process of [...clients, server]) process.disconnect();
    const line = (field: 'p50' | 'p99', goal: number) => {
      const [ours, bare] = all.map((taken) => taken.map((round) => round[field])) as [number[], number[]];
      return judge({
        id: `e2e.latency/${field}`,
        samples: ratios(ours, bare),
        unit: '×',
        goal: atMost(goal),
        baseline: 'the ws package with a handler that does nothing',
        detail: `ours ${inWords(median(ours))}, ws ${inWords(median(bare))}; over all rounds ${overAll(field, all)}`,
      });
    };
    return [line('p50', 1.3), line('p99', 2)];
  },
};

async function measure(server: ChildProcess, client: ChildProcess, place: number, from: number): Promise<Round> {
  const armed = nextMessage(client);
  client.send(FRAMES);
  await armed;
  const arrivals = nextMessage<Float64Array>(client);
  const departures = nextMessage<Float64Array>(server);
  server.send({ client: place, from, to: from + FRAMES, perSecond: PER_SECOND } satisfies PacedFrames);
  const left = await departures;
  const delays = Array.from(await arrivals, (at, index) => at - (left[index] as number));
  if (Math.min(...delays) < -CLOCK_ERROR_NS) throw new Error('a frame arrived before it was sent');
  return { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99), delays };
}

/** Of the frames of all rounds together: what comes too seldom for the median of the rounds is in it. */
function overAll(field: 'p50' | 'p99', all: readonly (readonly Round[])[]): string {
  const [ours, bare] = all.map((rounds) =>
    quantile(
      rounds.flatMap(({ delays }) => delays),
      FRACTION[field],
    ),
  );
  return `ours ${inWords(ours as number)}, ws ${inWords(bare as number)}`;
}

/** Resolves when it has subscribed and read the prelude. */
async function connect(how: object): Promise<ChildProcess> {
  const client = start('latency-client', how);
  await nextMessage(client);
  return client;
}

function start(name: string, how: StreamOptions | object): ChildProcess {
  return fork(`${HOUSE}/${name}.mjs`, [JSON.stringify(how)], { env: directEnvironment(), serialization: 'advanced' });
}
