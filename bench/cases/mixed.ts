import type { MarketStreams } from '../../src/adapter/venue.js';
import { gateioSpotStreams } from '../../src/venues/gateio/spot/stream-market.js';
import { mexcSpotStreams } from '../../src/venues/mexc/spot/stream-market.js';
import { CCXT, ccxtLevels, createCcxtReader } from '../contenders/ccxt.js';
import { asBytes, createOurReader } from '../contenders/ours.js';
import { readAll, runOnce } from '../contenders/passes.js';
import { levelsOf, numbersOf } from '../contenders/text-book.js';
import { type FrameKind, type FrameWriter, makeFrames } from '../frames/frame-set.js';
import { gateObuFrames } from '../frames/gateio.js';
import { mexcFrames } from '../frames/mexc.js';
import { atLeast, atMost, judge, type Result } from '../measure/result.js';
import { type Contender, compare, describe, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import type { Effort, Suite } from '../measure/suite.js';

const FRAMES = 10_000;
/** Six of ten are book changes. */
const KINDS: readonly FrameKind[] = [
  ...Array<FrameKind>(6).fill('depth'),
  ...Array<FrameKind>(3).fill('bookTicker'),
  'trades',
];

interface Market {
  readonly id: string;
  readonly ccxt: 'mexc' | 'gate';
  readonly streams: MarketStreams;
  readonly writer: FrameWriter<string | Uint8Array>;
  readonly feed: string;
  readonly depth: number;
}

const VENUES: readonly Market[] = [
  { id: 'mexc', ccxt: 'mexc', streams: mexcSpotStreams, writer: mexcFrames, feed: 'aggre.depth', depth: 50 },
  { id: 'gate', ccxt: 'gate', streams: gateioSpotStreams, writer: gateObuFrames, feed: 'obu', depth: 50 },
] as readonly Market[];

/** Book changes, best prices and trades of 1,000 symbols in one stream, and of 100. */
export const mixed: Suite = {
  ids: ['mixed.1000'],
  async run(effort) {
    const results: Result[] = [];
    for (const venue of VENUES) results.push(...(await race(venue, effort)));
    return results;
  },
};

async function race(venue: Market, effort: Effort): Promise<Result[]> {
  const many = await createContenders(venue, 1_000, effort);
  const few = await createContenders(venue, 100, effort);
  const contenders: Contender[] = [
    { ...many.ours, name: 'ours' },
    { ...many.ccxt, name: 'ccxt' },
    { ...few.ours, name: 'ours with 100' },
  ];
  const timings = await compare(contenders, {
    rounds: effort.quick ? 7 : 21,
    units: FRAMES,
    warmUpMs: 100,
  });
  const own = samplesOf(timings, 'ours');
  const detail = describe(timings);
  return [
    judge({
      id: `mixed.1000/${venue.id}/ccxt`,
      samples: ratios(samplesOf(timings, 'ccxt'), own),
      unit: '×',
      goal: atLeast(12),
      baseline: `${CCXT}: onMessage of its client, with its handlers and caches`,
      detail,
    }),
    judge({
      id: `mixed.1000/${venue.id}/growth`,
      samples: ratios(own, samplesOf(timings, 'ours with 100')),
      unit: '×',
      goal: atMost(1.8),
      baseline: 'ours with 100 symbols',
      detail,
    }),
  ];
}

async function createContenders({ ccxt: name, streams, writer, feed, depth }: Market, markets: number, effort: Effort) {
  const set = makeFrames(writer, { seed: effort.seed, markets, frames: FRAMES, depth, kinds: KINDS, maxTrades: 1 });
  const reader = await createOurReader(streams, streams.chooseBook({ feed, depth, speedMs: 100 }), set);
  const peer = await createCcxtReader(name, set);
  const ours = readAll('ours', asBytes(set.frames), reader);
  const ccxt = readAll('ccxt', set.frames, peer);
  await runOnce(ours);
  await runOnce(ccxt);
  set.markets.forEach(({ symbol }, at) => {
    const ticker = reader.tickers.get(symbol);
    const trade = reader.trades.get(symbol);
    // ccxt keeps MEXC's best prices as a ticker.
    const other = peer.exchange[name === 'mexc' ? 'tickers' : 'bidsasks'][symbol];
    const theirs = peer.exchange.trades[symbol]?.at(-1);
    requireSame(`best prices and trades of ${symbol}`, {
      ccxt: [other?.bid, other?.askVolume, theirs?.price, theirs?.amount],
      ours: [ticker?.bidPrice, ticker?.askQuantity, trade?.price, trade?.quantity],
    });
    requireSame(`book of ${symbol}`, {
      truth: numbersOf(set.end[at] as never),
      ours: levelsOf(reader.books[at] as never),
      ccxt: ccxtLevels(peer.exchange.orderbooks[symbol]),
    });
  });
  return { ours, ccxt };
}
