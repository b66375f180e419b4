import type { OrderPlacing, OrderRequest } from '../../../src/adapter/order-endpoints.js';
import { toDecimal } from '../../../src/model/decimal.js';
import type { Instrument } from '../../../src/model/instrument.js';

const d = toDecimal;

export const INSTRUMENT: Instrument = {
  symbol: 'BTC/USDT',
  venueSymbol: 'BTCUSDT',
  kind: 'spot',
  base: 'BTC',
  quote: 'USDT',
  status: 'trading',
  tickSize: d('0.01'),
  lotSize: d('0.0001'),
  minQuantity: d('0.0002'),
  maxQuantity: d('100'),
  minNotional: d('5'),
  maxNotional: d('1000000'),
  minMarketNotional: d('10'),
  maxMarketNotional: d('5000'),
  raw: {},
};

export const PLACING: OrderPlacing = {
  marketBuyByBase: false,
  marketSellByQuote: false,
  clientIdPrefix: 't-',
  clientIdLength: 30,
  clientIdPunctuation: '-_.',
  visibilityLagMs: 10_000,
  clientIdLifeMs: 3_600_000,
  forgetsClientIds: true,
};

export function makeRequest(clientOrderId: string, changes: Partial<OrderRequest> = {}): OrderRequest {
  return {
    symbol: 'BTC/USDT',
    side: 'buy',
    type: 'limit',
    timeInForce: 'GTC',
    postOnly: false,
    price: d('100'),
    quantity: d('1'),
    clientOrderId,
    ...changes,
  };
}

/** What a refusal says, without its text. */
export function refusalOf(act: () => unknown): Record<string, unknown> {
  try {
    act();
  } catch (error) {
    const { code, outcome, field } = error as Record<string, unknown>;
    return { code, outcome, ...(field === undefined ? {} : { field }) };
  }
  return { code: 'none' };
}
