import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { BookWalk, type TextBook, type TextChange, type TextLevel } from './book-walk.js';
import { type BenchMarket, makeMarkets } from './markets.js';

export type FrameKind = 'depth' | 'bookTicker' | 'trades';

/** Frames for all contenders: the same bytes. */
export interface FrameSet<F extends string | Uint8Array> {
  readonly markets: readonly BenchMarket[];
  /** The book of each market before the first frame. */
  readonly start: readonly TextBook[];
  /** The book of each market after the last frame. */
  readonly end: readonly TextBook[];
  /** First number of the last change of each market; -1 where it had none. */
  readonly lastFirst: readonly number[];
  readonly frames: readonly F[];
}

/** Prints one frame in a venue's form. `at` is epoch ms. */
export interface FrameWriter<F extends string | Uint8Array> {
  readonly joint: '' | '_';
  depth(market: BenchMarket, change: TextChange, at: number): F;
  bookTicker(market: BenchMarket, bid: TextLevel, ask: TextLevel, sequence: number, at: number): F;
  trades(market: BenchMarket, trades: readonly BenchTrade[], at: number): F;
}

export interface BenchTrade {
  readonly id: number;
  readonly price: string;
  readonly quantity: string;
  readonly side: 'buy' | 'sell';
}

export interface FrameSetOptions {
  readonly seed: string;
  readonly markets: number;
  readonly frames: number;
  /** Levels per side. */
  readonly depth: number;
  /** Drawn from, frame by frame. */
  readonly kinds: readonly FrameKind[];
  /** Trades in one frame, at most. */
  readonly maxTrades: number;
}

const START_AT = 1_767_225_600_000;

export function makeFrames<F extends string | Uint8Array>(
  writer: FrameWriter<F>,
  options: FrameSetOptions,
): FrameSet<F> {
  const random = createSeededRandom(options.seed);
  const markets = makeMarkets(options.markets, writer.joint);
  const walks = markets.map(({ id }) => new BookWalk(random.fork(id), options.depth));
  const start = walks.map((walk) => walk.book());
  const lastFirst = markets.map(() => -1);
  const frames: F[] = [];
  for (let at = 0; at < options.frames; at++) {
    const index = random.int(markets.length);
    const walk = walks[index] as BookWalk;
    const market = markets[index] as BenchMarket;
    const now = START_AT + at;
    const kind = random.pick(options.kinds);
    if (kind === 'depth') {
      const change = walk.change();
      lastFirst[index] = change.first;
      frames.push(writer.depth(market, change, now));
    } else if (kind === 'bookTicker') {
      const { bid, ask } = walk.best();
      frames.push(writer.bookTicker(market, bid, ask, 1 + at, now));
    } else {
      const trades = Array.from({ length: 1 + random.int(options.maxTrades) }, (_, offset): BenchTrade => {
        const [price, quantity] = walk.trade();
        return { id: 309_143_000 + at * 16 + offset, price, quantity, side: random.pick(['buy', 'sell']) };
      });
      frames.push(writer.trades(market, trades, now));
    }
  }
  return { markets, start, end: walks.map((walk) => walk.book()), lastFirst, frames };
}
