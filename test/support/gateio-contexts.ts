import type { ChannelContext } from '../../src/adapter/channel.js';
import type { DecodeContext, EncodeContext } from '../../src/adapter/endpoint.js';
import type { OrderRequest } from '../../src/adapter/order-endpoints.js';
import type { PrivateVenue } from '../../src/adapter/private-venue.js';
import { isExchangeError } from '../../src/errors/exchange-error.js';
import { ValidationError } from '../../src/errors/kinds.js';
import { toDecimal } from '../../src/model/decimal.js';
import type { MarketSymbol } from '../../src/model/symbol.js';
import { gateioSpot } from '../../src/venues/gateio/index.js';
import { noInstrument, SOME_INSTRUMENT } from './no-instrument.js';

export const NOW = 1_767_225_700_000;

const PAIRS: ReadonlyMap<MarketSymbol, string> = new Map([
  ['BTC/USDT', 'BTC_USDT'],
  ['ETH/USDT', 'ETH_USDT'],
  ['GT/USDT', 'GT_USDT'],
]);

export const encodeContext: EncodeContext = {
  toVenue(symbol) {
    const pair = PAIRS.get(symbol);
    if (pair !== undefined) return pair;
    throw new ValidationError({ field: 'symbol', expected: 'a listed symbol', received: symbol });
  },
  instrument: noInstrument,
};

interface RecordingDecodeContext extends DecodeContext {
  readonly drifts: string[];
}

export function createDecodeContext(): RecordingDecodeContext {
  const drifts: string[] = [];
  return {
    drifts,
    receivedAt: NOW,
    instrument: noInstrument,
    toCanonical: (pair) => [...PAIRS].find(([, known]) => known === pair)?.[0],
    drift: (what) => {
      drifts.push(what);
    },
  };
}

export function channelContext<P extends { readonly symbol: MarketSymbol }>(
  params: P,
  venueTime = Number.NaN,
): ChannelContext<P> {
  return { symbol: params.symbol, params, instrument: SOME_INSTRUMENT, receivedAt: NOW, venueTime };
}

/** The code of the error that `act` throws; `'nothing'` when it throws none, `'foreign'` when it is not ours. */
export function codeThrownBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return isExchangeError(error) ? error.code : 'foreign';
  }
  return 'nothing';
}

/** Values that no reader of a decimal may take: wrong types, signs, notations, and names of the prototype. */
export const BAD_NUMBERS: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'NaN',
  'Infinity',
  '-1',
  '1e5',
  '0x10',
  '1,5',
  '１',
  '__proto__',
  'constructor',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  true,
  {},
  [],
  ['1'],
  { toString: 1, valueOf: 1 },
];

/** The private half of Gate.io spot. */
export function privateHalf(): PrivateVenue {
  if (gateioSpot.private === undefined) throw new Error('Gate.io spot has no private half');
  return gateioSpot.private;
}

/** Credentials of the published signing examples. */
export const CREDENTIALS = {
  apiKey: '4f6c1d2e9a3b47c88d5e0f1a2b3c4d5e',
  secretKey: 'b7e1c2d3f4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff',
} as const;

/** An order as REST answers it, all fields said; what a test changes is given. */
export function orderRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: '882211004455',
    text: 't-7f3a.1',
    amend_text: '-',
    create_time: '1767225602',
    update_time: '1767225603',
    create_time_ms: 1_767_225_602_123,
    update_time_ms: 1_767_225_603_456,
    status: 'open',
    currency_pair: 'BTC_USDT',
    type: 'limit',
    account: 'spot',
    side: 'buy',
    amount: '0.00120',
    price: '91234.50',
    time_in_force: 'gtc',
    iceberg: '0',
    left: '0.00120',
    filled_amount: '0',
    fill_price: '0',
    filled_total: '0',
    fee: '0',
    fee_currency: 'BTC',
    finish_as: 'open',
    ...changes,
  };
}

/** A limit buy; what a test changes is given, also to what the types forbid. */
export function orderRequest(changes: Readonly<Record<string, unknown>> = {}): OrderRequest {
  const request: OrderRequest = {
    symbol: 'BTC/USDT',
    side: 'buy',
    type: 'limit',
    timeInForce: 'GTC',
    postOnly: false,
    price: toDecimal('91234.50'),
    quantity: toDecimal('0.00120'),
    clientOrderId: 't-7f3a.1',
  };
  return { ...request, ...changes };
}
