import type { AccountChannelContext } from '../../../src/adapter/account-streams.js';
import type { DecodeContext } from '../../../src/adapter/endpoint.js';
import type { OrderRequest } from '../../../src/adapter/order-endpoints.js';
import { type Decimal, toDecimal } from '../../../src/model/decimal.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { mexcSpot } from '../../../src/venues/mexc/index.js';
import { noInstrument } from '../../support/no-instrument.js';

if (mexcSpot.private === undefined) throw new Error('MEXC spot has no private half');

/** The private half of the venue. */
export const account = mexcSpot.private;

export const RECEIVED_AT = 1_782_900_000_500;
export const encodeContext = { toVenue: (symbol: string) => symbol.replace('/', ''), instrument: noInstrument };

const NAMES: ReadonlyMap<string, MarketSymbol> = new Map([
  ['BTCUSDT', 'BTC/USDT'],
  ['MXUSDT', 'MX/USDT'],
]);

/** Notes drift in `drifts`. */
export function decodeContext(drifts: string[] = []): DecodeContext {
  return {
    toCanonical: (name) => NAMES.get(name),
    instrument: noInstrument,
    receivedAt: RECEIVED_AT,
    drift: (what) => void drifts.push(what),
  };
}

export function pushContext(drifts: string[] = [], venueTime = Number.NaN): AccountChannelContext {
  return { ...decodeContext(drifts), venueTime };
}

export const decimal = (text: string): Decimal => toDecimal(text);

/** A limit buy. */
export function limitBuy(changes: Partial<OrderRequest> = {}): OrderRequest {
  return {
    symbol: 'BTC/USDT',
    side: 'buy',
    type: 'limit',
    timeInForce: 'GTC',
    postOnly: false,
    price: decimal('64000'),
    quantity: decimal('0.001'),
    clientOrderId: 'my-order-1',
    ...changes,
  };
}

/** A market order of the given size. */
export function marketOrder(
  side: 'buy' | 'sell',
  size: Pick<OrderRequest, 'quantity' | 'quoteQuantity'>,
): OrderRequest {
  return {
    symbol: 'BTC/USDT',
    side,
    type: 'market',
    timeInForce: 'IOC',
    postOnly: false,
    clientOrderId: 'my-order-2',
    ...size,
  };
}

/** Of the random tests of the account: another one in each run, printed by a failure; `MEXC_SEED=… npx vitest` replays it. */
export const SEED = Number(process.env['MEXC_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
