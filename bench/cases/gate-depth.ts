import type { BookFeed } from '../../src/adapter/book-feed.js';
import type { MarketStreams } from '../../src/adapter/venue.js';
import { gateioFuturesStreams } from '../../src/venues/gateio/futures/stream-market.js';
import { gateioSpotStreams } from '../../src/venues/gateio/spot/stream-market.js';
import { asBytes, createOurReader } from '../contenders/ours.js';
import { readAll, runOnce } from '../contenders/passes.js';
import { levelsOf, numbersOf } from '../contenders/text-book.js';
import { type FrameWriter, makeFrames } from '../frames/frame-set.js';
import { gateFuturesFrames, gateObuFrames, gateUpdateFrames } from '../frames/gateio.js';
import { bytesPerUnit, HEAP_FLAGS } from '../measure/allocation.js';
import { atMost, judge, type Result } from '../measure/result.js';
import { type Contender, compare, describe, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import { type Effort, roundsOf, type Suite } from '../measure/suite.js';

const FRAMES = 4_000;

interface Kind {
  readonly id: string;
  readonly streams: MarketStreams;
  readonly writer: FrameWriter<string>;
  readonly feed: BookFeed;
  readonly depth: number;
}

const KINDS: readonly Kind[] = [
  {
    id: 'gate.depth/order_book_update',
    streams: gateioSpotStreams,
    writer: gateUpdateFrames,
    feed: gateioSpotStreams.chooseBook({ feed: 'order_book_update', depth: 100, speedMs: 100 }),
    depth: 100,
  },
  {
    id: 'gate.depth/obu',
    streams: gateioSpotStreams,
    writer: gateObuFrames,
    feed: gateioSpotStreams.chooseBook({ feed: 'obu', depth: 50, speedMs: 20 }),
    depth: 50,
  },
  {
    id: 'gate.depth/futures',
    streams: gateioFuturesStreams,
    writer: gateFuturesFrames,
    feed: gateioFuturesStreams.chooseBook({ feed: 'order_book_update', depth: 100, speedMs: 100 }),
    depth: 100,
  },
];

/** Gate.io's book changes, 1 to 40 levels, 100 symbols: text of a frame → applied to a book. */
export const gateDepth: Suite = {
  ids: ['gate.depth'],
  async run(effort) {
    const results: Result[] = [];
    for (const kind of KINDS) results.push(await race(kind, effort));
    return results;
  },
};

export const gateDepthAllocation: Suite = {
  ids: ['gate.depth/allocated'],
  flags: HEAP_FLAGS,
  async run(effort) {
    const results: Result[] = [];
    for (const kind of KINDS) {
      const { ours, parse } = await createContenders(kind, effort);
      const [parsed] = await bytesPerUnit(parse, FRAMES, 3);
      results.push(
        judge({
          id: kind.id.replace('gate.depth/', 'gate.depth/allocated/'),
          samples: await bytesPerUnit(ours, FRAMES, 9),
          unit: 'B/frame',
          goal: atMost(32),
          baseline: 'heap and buffers after a pass without a collection',
          detail: `JSON.parse alone ${parsed?.toFixed(0)} B`,
        }),
      );
    }
    return results;
  },
};

async function race(kind: Kind, effort: Effort): Promise<Result> {
  const { ours, parse } = await createContenders(kind, effort);
  const timings = await compare([ours, parse], { rounds: roundsOf(effort), units: FRAMES });
  return judge({
    id: kind.id,
    samples: ratios(samplesOf(timings, 'ours'), samplesOf(timings, 'JSON.parse')),
    unit: '×',
    goal: atMost(0.4),
    baseline: 'JSON.parse alone of the same text; nothing is done with what it gives',
    detail: describe(timings),
  });
}

async function createContenders({ streams, writer, feed, depth }: Kind, { seed }: Effort) {
  const set = makeFrames(writer, { seed, markets: 100, frames: FRAMES, depth, kinds: ['depth'], maxTrades: 1 });
  const reader = await createOurReader(streams, feed, set);
  const ours = readAll('ours', asBytes(set.frames), reader);
  await runOnce(ours);
  set.markets.forEach(({ symbol }, at) => {
    requireSame(`book of ${symbol}`, {
      truth: numbersOf(set.end[at] as never),
      ours: levelsOf(reader.books[at] as never),
    });
  });
  return { ours, parse: parseAll(set.frames) };
}

/** The shortest a program can do that uses the language's own parser. */
export function parseAll(frames: readonly string[]): Contender {
  let last: unknown;
  return {
    name: 'JSON.parse',
    run: () => {
      for (const frame of frames) last = JSON.parse(frame);
      if (typeof last !== 'object') throw new Error('not an object');
    },
  };
}
