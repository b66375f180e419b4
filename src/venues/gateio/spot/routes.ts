import { bookKey, type GateioWire, type ReadKey, textOf } from '../wire.js';
import { GATEIO_SPOT_ERRORS } from './errors.js';

/** The channels of order books. Source: Gate spot WebSocket v4 docs. */
export const BOOK_CHANNEL = { update: 'spot.order_book_update', limited: 'spot.order_book', obu: 'spot.obu' } as const;

const byPair: ReadKey = ({ currency_pair }) => textOf(currency_pair);
const bySymbol: ReadKey = ({ s }) => textOf(s);
const byCandle: ReadKey = ({ n }) => textOf(n);
const byBook: ReadKey = ({ s, l }) => {
  const pair = textOf(s);
  if (pair === undefined || l === undefined) return pair;
  return typeof l === 'string' || typeof l === 'number' ? bookKey(pair, Number(l)) : undefined;
};

const KEY_OF: ReadonlyMap<string, ReadKey> = new Map([
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

/** Source: Gate spot WebSocket v4 docs. */
export const SPOT_WIRE: GateioWire = {
  prefix: 'spot',
  keyOf: KEY_OF,
  rowChannels: new Set(),
  wholeChannels: new Set(),
  signedChannels: new Set(Object.values(ACCOUNT_CHANNEL)),
  listChannels: new Set(['spot.tickers', 'spot.trades', 'spot.book_ticker']),
  bookLevels: 'pair',
  errors: GATEIO_SPOT_ERRORS,
};
