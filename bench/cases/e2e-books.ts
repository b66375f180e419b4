import { type ChildProcess, fork } from 'node:child_process';
import { type BookClient, type OpenBookClient, openCcxt, openMinimal, openOurs } from '../contenders/book-clients.js';
import { CCXT } from '../contenders/ccxt.js';
import { openGateioApi } from '../contenders/gateio-api.js';
import { numbersOf } from '../contenders/text-book.js';
import { makeStream, type PushStream, type StreamOptions } from '../frames/stream.js';
import { directEnvironment, nextMessage } from '../measure/processes.js';
import { atLeast, judge, type Result } from '../measure/result.js';
import { type Contender, compare, processorTime, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { median, ratios } from '../measure/samples.js';
import type { Effort, Suite } from '../measure/suite.js';

const FRAMES = 40_000;
/** Several passes of every contender: in the first ones half of the time is spent on compiling. */
const WARM_UP_MS = 3_000;
/** As many as one MEXC connection takes, with room. */
const MARKETS = 20;

/**
 * Live books over loopback: a server in another process writes prepared frames as fast as they are taken. Counted is the
 * processor time of the client process, so the figures are updates per second of one core, whoever else is running.
 */
export const e2eBooks: Suite = {
  ids: ['e2e.books'],
  async run(effort) {
    const mexc = { ours: openOurs, ccxt: openCcxt, minimal: openMinimal };
    return [
      ...(await race('mexc', mexc, effort)),
      ...(await race('gate', { ...mexc, 'gateio-api': openGateioApi }, effort)),
    ];
  },
};

async function race(
  venue: StreamOptions['venue'],
  clients: Readonly<Record<string, OpenBookClient>>,
  effort: Effort,
): Promise<Result[]> {
  const options = { venue, seed: effort.seed, markets: MARKETS, frames: FRAMES };
  const stream = makeStream(options);
  const server = fork('node_modules/.cache/cex-bench/push-server.mjs', [JSON.stringify(options)], {
    env: directEnvironment(),
  });
  const { port } = await nextMessage<{ port: number }>(server);
  const contenders = Object.entries(clients).map(([name, open]) => createContender(name, open, stream, server, port));
  const timings = await compare(contenders, {
    rounds: effort.quick ? 5 : 15,
    units: FRAMES,
    passes: 1,
    warmUpMs: WARM_UP_MS,
    meter: processorTime,
  });
  await Promise.all(contenders.map(({ close }) => close()));
  server.disconnect();
  const own = samplesOf(timings, 'ours');
  const detail = [...timings].map(([name, all]) => `${name} ${Math.round(1e6 / median(all))} k/s`).join(', ');
  const line = (peer: string, goal: number, baseline: string): Result =>
    judge({
      id: `e2e.books/${venue}/${peer}`,
      samples: ratios(samplesOf(timings, peer), own),
      unit: '×',
      goal: atLeast(goal),
      baseline,
      detail,
    });
  const results = [
    line('ccxt', 5.5, `${CCXT}: watchOrderBook in a loop per market`),
    line('minimal', 0.85, 'ws, a decoder for these frames only, and a book; no checks'),
  ];
  if (timings.has('gateio-api')) results.push(line('gateio-api', 3, 'gateio-api: update events, no books'));
  return results;
}

function createContender(
  name: string,
  open: OpenBookClient,
  stream: PushStream,
  server: ChildProcess,
  port: number,
): Contender & { close(): Promise<void> } {
  let client: BookClient | undefined;
  let checked = false;
  const close = async (): Promise<void> => {
    await client?.close();
    client = undefined;
  };
  return {
    name,
    close,
    prepare: async () => {
      client = await open(stream, port);
      await client.live;
    },
    run: async () => {
      if (client === undefined) throw new Error('not open');
      server.send('go');
      await client.done;
      if (!checked && name !== 'gateio-api')
        requireSame(name, { truth: stream.set.end.map(numbersOf), [name]: client.books() });
      checked = true;
      await close();
    },
  };
}
