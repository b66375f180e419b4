import { fork } from 'node:child_process';
import { WebSocket } from 'ws';
import { openOurs, topicsOf } from '../contenders/book-clients.js';
import { makeStream, type PushStream, type StreamOptions } from '../frames/stream.js';
import { directEnvironment, nextMessage } from '../measure/processes.js';
import { atMost, judge } from '../measure/result.js';
import { inWords } from '../measure/rounds.js';
import { median, quantile, ratios } from '../measure/samples.js';
import type { Suite } from '../measure/suite.js';

const PER_SECOND = 10_000;
const FRAMES = 12_000;
const MARKETS = 20;
/** Frames at the beginning of a run, in which everything is still being compiled. */
const SKIPPED = 4_000;

interface Run {
  readonly p50: number;
  readonly p99: number;
}

/** When each frame of the paced part arrived, ns by the clock that all processes share. */
type Listen = (stream: PushStream, port: number, arrived: () => void) => Promise<() => Promise<void>>;

/** From the write of a frame in another process to the user's handler, at 10,000 frames a second; MEXC depth. */
export const e2eLatency: Suite = {
  ids: ['e2e.latency'],
  async run(effort) {
    const runs: Record<'ours' | 'ws', Run[]> = { ours: [], ws: [] };
    for (let round = 0; round < (effort.quick ? 5 : 15); round++) {
      runs.ours.push(await measure(listenOurs, effort.seed));
      runs.ws.push(await measure(listenBare, effort.seed));
    }
    const line = (field: keyof Run, goal: number) => {
      const [ours, bare] = [runs.ours.map((run) => run[field]), runs.ws.map((run) => run[field])];
      return judge({
        id: `e2e.latency/${field}`,
        samples: ratios(ours, bare),
        unit: '×',
        goal: atMost(goal),
        baseline: 'the ws package with a handler that does nothing',
        detail: `ours ${inWords(median(ours))}, ws ${inWords(median(bare))}`,
      });
    };
    return [line('p50', 1.3), line('p99', 2)];
  },
};

async function measure(listen: Listen, seed: string): Promise<Run> {
  const options: StreamOptions & { readonly perSecond: number } = {
    venue: 'mexc',
    seed,
    markets: MARKETS,
    frames: FRAMES,
    perSecond: PER_SECOND,
  };
  const server = fork('node_modules/.cache/cex-bench/push-server.mjs', [JSON.stringify(options)], {
    env: directEnvironment(),
    serialization: 'advanced',
  });
  const { port } = await nextMessage<{ port: number }>(server);
  const arrivals = new Float64Array(FRAMES);
  let count = 0;
  const close = await listen(makeStream(options), port, () => {
    if (count < FRAMES) arrivals[count++] = Number(process.hrtime.bigint());
  });
  count = 0;
  const sent = nextMessage<Float64Array>(server);
  server.send('go');
  const departures = await sent;
  while (count < FRAMES) await new Promise((resolve) => setTimeout(resolve, 10));
  await close();
  server.disconnect();
  const delays = Array.from(arrivals, (at, index) => at - (departures[index] as number)).slice(SKIPPED);
  if (Math.min(...delays) < 0) throw new Error('a frame arrived before it was sent');
  return { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) };
}

const listenOurs: Listen = async (stream, port, arrived) => {
  const client = await openOurs(stream, port, arrived);
  await client.live;
  await settled();
  return client.close;
};

const listenBare: Listen = async (stream, port, arrived) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  socket.on('open', () => topicsOf(stream).forEach((topic) => void socket.send(topic)));
  socket.on('message', arrived);
  await settled();
  return async () => socket.terminate();
};

/** The prelude has been read. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 400));
}
