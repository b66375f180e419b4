import { fork } from 'node:child_process';
import { createPublicExchange } from '../../src/exchange/create-public-exchange.js';
import { gateioSpot } from '../../src/venues/gateio/spot/venue.js';
import { mexcSpot } from '../../src/venues/mexc/spot/venue.js';
import { createCountdown } from '../contenders/book-clients.js';
import { makeStream, type StreamOptions } from '../frames/stream.js';
import { directEnvironment, nextMessage } from '../measure/processes.js';
import { atMost, judge, type Result } from '../measure/result.js';
import { processorTime } from '../measure/rounds.js';
import { median } from '../measure/samples.js';
import type { Effort, Suite } from '../measure/suite.js';

const MARKETS = [10, 100, 1_000, 2_000];
const FRAMES = 40_000;
/** A book changes at most so often in a second on both venues' usual feeds, one push each 100 ms. */
const PER_SECOND = 10;
const MB = 1_048_576;
/** Runs at the beginning, half of which is compiling. */
const WARM_UP = 4;

/**
 * Live books of many markets on one connection over loopback, 50 levels a side: processor time of an update, memory, and
 * how many markets that change at the venues' full pace one core carries. What limits topics and messages is taken off.
 */
export const scale: Suite = {
  ids: ['scale'],
  flags: ['--expose-gc'],
  async run(effort) {
    const results: Result[] = [];
    for (const venue of ['mexc', 'gate'] as const) results.push(...(await curve(venue, effort)));
    return results;
  },
};

async function curve(venue: StreamOptions['venue'], effort: Effort): Promise<Result[]> {
  const points = new Map<number, { readonly ns: number; readonly mb: number }>();
  const times = new Map<number, number>();
  for (let pass = 0; pass < WARM_UP; pass++) await time(venue, 100, effort.seed);
  for (const markets of MARKETS) {
    const runs: number[] = [];
    for (let round = 0; round < (effort.quick ? 3 : 9); round++) runs.push(await time(venue, markets, effort.seed));
    times.set(markets, median(runs));
  }
  // At the end: a collection that is asked for throws compiled code away too.
  for (const [markets, ns] of times) points.set(markets, { ns, mb: await weigh(venue, markets, effort.seed) });
  const [least] = [...points.values()];
  return [...points].map(([markets, { ns, mb }]) =>
    judge({
      id: `scale/${venue}/${markets}`,
      samples: [ns / (least as { readonly ns: number }).ns],
      unit: '×',
      goal: atMost(1.8),
      baseline: `processor time of an update with ${MARKETS[0]} markets`,
      detail: `${(ns / 1e3).toFixed(2)} µs an update, ${mb.toFixed(1)} MB of heap and buffers, one core carries ${carried(ns)} markets at ${PER_SECOND} updates a second`,
    }),
  );
}

const carried = (ns: number): number => Math.floor(1e9 / ns / PER_SECOND / 100) * 100;

/** Processor time of an update, ns. */
async function time(venue: StreamOptions['venue'], markets: number, seed: string): Promise<number> {
  const { server, exchange, ready, done } = await open(venue, markets, seed);
  await ready;
  const startedAt = processorTime();
  server.send('go');
  await done;
  const ns = (processorTime() - startedAt) / FRAMES;
  await exchange.close();
  server.disconnect();
  return ns;
}

/** Heap and buffers of live books, MB. */
async function weigh(venue: StreamOptions['venue'], markets: number, seed: string): Promise<number> {
  let before = 0;
  const { server, exchange, ready } = await open(venue, markets, seed, () => {
    before = memory();
  });
  await ready;
  const mb = (memory() - before) / MB;
  await exchange.close();
  server.disconnect();
  return mb;
}

/** @param begins called when the frames have been made and nothing of the library yet. */
async function open(venue: StreamOptions['venue'], markets: number, seed: string, begins?: () => void) {
  const options = { venue, seed, markets, frames: FRAMES };
  const stream = makeStream(options);
  const server = fork('node_modules/.cache/cex-bench/push-server.mjs', [JSON.stringify(options)], {
    env: directEnvironment(),
  });
  const { port } = await nextMessage<{ port: number }>(server);
  const host = `127.0.0.1:${port}`;
  const isMexc = venue === 'mexc';
  begins?.();
  const exchange = createPublicExchange(unlimited(isMexc ? mexcSpot : gateioSpot), {
    endpoints: { rest: isMexc ? `http://${host}` : `http://${host}/api/v4`, ws: `ws://${host}/ws` },
    timeoutMs: 60_000,
  });
  const request = isMexc ? {} : { depth: 50, speedMs: 20, feed: 'obu' };
  const changed = stream.set.markets.flatMap(({ symbol }, at) => {
    const last = stream.set.end[at]?.sequence;
    return stream.set.lastFirst[at] === -1 ? [] : [{ symbol, last }];
  });
  const finish = createCountdown(changed.length);
  const books = changed.map(({ symbol, last }) =>
    exchange.watchOrderBook(symbol, request).on('update', (book) => {
      if (book.sequence === last) finish.one();
    }),
  );
  return { server, exchange, ready: Promise.all(books.map(({ ready }) => ready)), done: finish.done };
}

function unlimited(venue: typeof mexcSpot): typeof mexcSpot {
  const { streams, limits } = venue;
  const plan = { ...streams.plan, maxTopics: 10_000, maxMessagesPerSecond: 10_000 };
  const wide = Object.entries(limits).map(([name, bucket]) => [name, { ...bucket, capacity: 1e9, cancelReserve: 0 }]);
  return { ...venue, streams: { ...streams, plan }, limits: Object.fromEntries(wide) };
}

function memory(): number {
  gc?.();
  gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
