import type { JsonObject } from '../../../adapter/read.js';
import { bookKey, type GateioWire, type ReadKey, textOf } from '../wire.js';
import { GATEIO_FUTURES_ERRORS } from './errors.js';

/** Public channels. Source: Gate futures WebSocket v4 docs. */
export const CHANNEL = {
  tickers: 'futures.tickers',
  trades: 'futures.trades',
  bookTicker: 'futures.book_ticker',
  candles: 'futures.candlesticks',
  liquidations: 'futures.public_liquidates',
  bookUpdate: 'futures.order_book_update',
  limitedBook: 'futures.order_book',
  obu: 'futures.obu',
} as const;

/** The channels of the account; each carries all its markets, and a push is a list of rows. */
export const ACCOUNT_CHANNEL = {
  orders: 'futures.orders',
  fills: 'futures.usertrades',
  balances: 'futures.balances',
  positions: 'futures.positions',
} as const;

const byContract: ReadKey = ({ contract }) => textOf(contract);
const bySymbol: ReadKey = ({ s }) => textOf(s);
const byCandle: ReadKey = ({ n }) => textOf(n);

function byLevel(contract: unknown, { l }: JsonObject): string | undefined {
  const name = textOf(contract);
  if (name === undefined || l === undefined) return name;
  return typeof l === 'string' || typeof l === 'number' ? bookKey(name, Number(l)) : undefined;
}

/** Lists of rows, and objects; the limited book has an event of its own. Source: Gate futures WebSocket v4 docs. */
export const FUTURES_WIRE: GateioWire = {
  prefix: 'futures',
  keyOf: new Map<string, ReadKey>([
    [CHANNEL.tickers, byContract],
    [CHANNEL.trades, byContract],
    [CHANNEL.liquidations, byContract],
    [CHANNEL.bookTicker, bySymbol],
    [CHANNEL.candles, byCandle],
    [CHANNEL.bookUpdate, (row) => byLevel(row['s'], row)],
    [CHANNEL.limitedBook, (row) => byLevel(row['contract'], row)],
    [CHANNEL.obu, bySymbol],
  ]),
  rowChannels: new Set([CHANNEL.tickers, CHANNEL.trades, CHANNEL.candles, CHANNEL.liquidations]),
  wholeChannels: new Set([CHANNEL.limitedBook]),
  signedChannels: new Set(Object.values(ACCOUNT_CHANNEL)),
  listChannels: new Set([CHANNEL.tickers, CHANNEL.trades, CHANNEL.bookTicker, CHANNEL.liquidations]),
  bookLevels: 'named',
  errors: GATEIO_FUTURES_ERRORS,
};
