import { type PublicExchange, supportsFunding } from '../../index.js';
import type { DemoPerpetual } from './markets.js';
import type { WatchedBook } from './watched-book.js';

/** What a perpetual has besides its book; kept up to date by streams. */
export interface WatchedPerpetual extends DemoPerpetual {
  /** Quote per base. */
  readonly markPrice: number;
  /** Fraction of the position's value per interval; positive: longs pay shorts. */
  readonly fundingRate: number;
  /** Epoch ms; absent where the venue does not say. */
  readonly nextFundingAt: number | undefined;
}

/** What the demo found out about a perpetual; printed by `--json` as it is. */
export interface PerpetualSummary {
  readonly venue: string;
  readonly symbol: string;
  readonly markPrice: number;
  readonly fundingRate: number;
  /** Of its mid against the mid of spot; absent while a book is not live. */
  readonly basisBps: number | undefined;
}

/**
 * Follows mark price and funding until the exchange is closed; resolves with both known and both streams acknowledged.
 * @throws {ExchangeError} when they cannot be had.
 */
export async function watchPerpetual(exchange: PublicExchange, market: DemoPerpetual): Promise<WatchedPerpetual> {
  if (!supportsFunding(exchange)) throw new TypeError(`${exchange.venue} has no funding`);
  const { funding } = exchange;
  const { symbol } = market;
  const [{ markPrice }, { rate, nextFundingAt }] = await Promise.all([
    funding.getMarkPrice(symbol),
    funding.getFundingRate(symbol),
  ]);
  const watched = { ...market, markPrice, fundingRate: rate, nextFundingAt };
  const streams = [
    funding.watchMarkPrice(symbol, (event) => {
      watched.markPrice = event.markPrice;
    }),
    funding.watchFundingRate(symbol, (event) => {
      watched.fundingRate = event.rate;
      watched.nextFundingAt = event.nextFundingAt ?? watched.nextFundingAt;
    }),
  ];
  await Promise.all(streams.map(({ ready }) => ready));
  return watched;
}

export function summarizePerpetual(perpetual: WatchedPerpetual, books: readonly WatchedBook[]): PerpetualSummary {
  const { venue, symbol, markPrice, fundingRate } = perpetual;
  return { venue, symbol, markPrice, fundingRate, basisBps: basisBps(perpetual, books) };
}

/** How much dearer the perpetual is than spot of the same exchange, mid against mid; `undefined` unless both are live. */
function basisBps(perpetual: WatchedPerpetual, books: readonly WatchedBook[]): number | undefined {
  const { venue, symbol, spotVenue, spotSymbol } = perpetual;
  const mid = (at: string, of: string): number | undefined =>
    books.find((watched) => watched.venue === at && watched.symbol === of)?.book.mid;
  const [own, spot] = [mid(venue, symbol), mid(spotVenue, spotSymbol)];
  return own === undefined || spot === undefined ? undefined : (own / spot - 1) * 10_000;
}
