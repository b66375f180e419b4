import type { JsonObject } from '../../../adapter/read.js';

/** The channels of order books. Source: Gate spot WebSocket v4 docs. */
export const BOOK_CHANNEL = { update: 'spot.order_book_update', limited: 'spot.order_book', obu: 'spot.obu' } as const;

/** Levels of the feed whose pushes are routed by the pair alone. */
const USUAL_LEVELS = 100;

/**
 * Tells books of one pair apart by their number of levels: two speeds of one channel must never be mixed into one book.
 * A push that does not say its level counts as one of 100.
 */
export function bookKey(pair: string, levels: number): string {
  return levels === USUAL_LEVELS ? pair : `${pair}@${levels}`;
}

type ReadKey = (result: JsonObject) => string | undefined;

const byPair: ReadKey = ({ currency_pair }) => textOf(currency_pair);
const bySymbol: ReadKey = ({ s }) => textOf(s);
const byCandle: ReadKey = ({ n }) => textOf(n);
const byBook: ReadKey = ({ s, l }) => {
  const pair = textOf(s);
  if (pair === undefined || l === undefined) return pair;
  return typeof l === 'string' || typeof l === 'number' ? bookKey(pair, Number(l)) : undefined;
};

/** How the key of a push is read, per channel. */
export const KEY_OF: ReadonlyMap<string, ReadKey> = new Map([
  ['spot.tickers', byPair],
  ['spot.trades', byPair],
  ['spot.book_ticker', bySymbol],
  ['spot.candlesticks', byCandle],
  [BOOK_CHANNEL.update, byBook],
  [BOOK_CHANNEL.limited, byBook],
  [BOOK_CHANNEL.obu, bySymbol],
]);

/** The channels of the account; each carries all its markets, and a push is a list of rows. */
export const ACCOUNT_CHANNEL = { orders: 'spot.orders', fills: 'spot.usertrades', balances: 'spot.balances' } as const;

/** Channels whose subscriptions are signed. */
export const SIGNED_CHANNELS: ReadonlySet<string> = new Set(Object.values(ACCOUNT_CHANNEL));

/** Channels whose payload is a list of pairs, so that one message can carry many topics. */
export const LIST_CHANNELS: ReadonlySet<string> = new Set(['spot.tickers', 'spot.trades', 'spot.book_ticker']);

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
