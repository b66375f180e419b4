import { WebSocket } from 'ws';
import { openOurs, topicsOf } from './contenders/book-clients.js';
import { makeStream, type PushStream, type StreamOptions } from './frames/stream.js';
import { sharedNow } from './measure/shared-clock.js';

/**
 * One contender of `e2e.latency`, in a process of its own: what it compiles and throws away is paid by itself. Told a number, it
 * says when so many frames have reached the handler, ns by the clock that all processes share.
 */
const { who, port, options } = JSON.parse(process.argv[2] ?? '') as {
  readonly who: 'ours' | 'ws';
  readonly port: number;
  readonly options: StreamOptions;
};
/** The prelude has been read when nothing came for so long, ms. */
const QUIET_MS = 300;
let arrivals = new Float64Array(0);
let count = 0;
let newest = sharedNow();
const arrived = (): void => {
  newest = sharedNow();
  if (count === arrivals.length) return;
  arrivals[count++] = newest;
  if (count === arrivals.length) process.send?.(arrivals);
};
process.on('message', (frames: number) => {
  arrivals = new Float64Array(frames);
  count = 0;
  process.send?.('armed');
});
process.on('disconnect', () => process.exit(0));
await (who === 'ours' ? openLibrary : openBare)(makeStream(options));
while (sharedNow() - newest < QUIET_MS * 1e6) await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 4));
process.send?.('ready');

async function openLibrary(stream: PushStream): Promise<void> {
  await (await openOurs(stream, port, arrived)).live;
}

async function openBare(stream: PushStream): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  socket.on('message', arrived);
  await new Promise((resolve) => socket.once('open', resolve));
  for (const topic of topicsOf(stream)) socket.send(topic);
}
