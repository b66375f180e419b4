import type { AccountChannelContext } from '../../../src/adapter/account-streams.js';
import type { ChannelContext } from '../../../src/adapter/channel.js';
import type { DecodeContext, EncodeContext } from '../../../src/adapter/endpoint.js';
import type { FrameHandler } from '../../../src/adapter/frame-codec.js';
import { ValidationError } from '../../../src/errors/kinds.js';
import type { Instrument } from '../../../src/model/instrument.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { decodeInstrument } from '../../../src/venues/mexc/futures/symbols.js';

export const NOW = 1_782_900_000_500;

/** A row of contract/detail as the venue sends it; what a test changes is given. */
export function contractRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    symbol: 'BTC_USDT',
    displayNameEn: 'BTC_USDT PERPETUAL',
    positionOpenType: 3,
    baseCoin: 'BTC',
    quoteCoin: 'USDT',
    baseCoinName: 'BTC',
    quoteCoinName: 'USDT',
    settleCoin: 'USDT',
    futureType: 1,
    contractSize: 0.0001,
    minLeverage: 1,
    maxLeverage: 500,
    priceScale: 1,
    volScale: 0,
    amountScale: 4,
    priceUnit: 0.1,
    volUnit: 1,
    minVol: 1,
    maxVol: 1_500_000,
    limitMaxVol: 1_500_000,
    takerFeeRate: 0.0004,
    makerFeeRate: 0.0001,
    state: 0,
    apiAllowed: true,
    ...changes,
  };
}

/** The row of an inverse contract. */
export const INVERSE_ROW = contractRow({
  symbol: 'BTC_USD',
  quoteCoin: 'USD',
  quoteCoinName: 'USD',
  settleCoin: 'BTC',
  contractSize: 100,
  amountScale: 8,
  priceUnit: 0.5,
});

const noDrift = (what: string): never => {
  throw new Error(`drift: ${what}`);
};

export const LINEAR = decodeInstrument(contractRow(), noDrift);
export const INVERSE = decodeInstrument(INVERSE_ROW, noDrift);
const LISTED = [LINEAR, INVERSE];

export const encodeContext: EncodeContext = {
  toVenue: (symbol) => listed(symbol).venueSymbol,
  instrument: listed,
};

/** Notes drift in `drifts`. */
export function decodeContext(drifts: string[] = []): DecodeContext {
  return {
    toCanonical: (name) => LISTED.find(({ venueSymbol }) => venueSymbol === name)?.symbol,
    instrument: listed,
    receivedAt: NOW,
    drift: (what) => void drifts.push(what),
  };
}

export function accountContext(drifts: string[] = [], venueTime = Number.NaN): AccountChannelContext {
  return { ...decodeContext(drifts), venueTime };
}

export function channelContext<P extends { readonly symbol: MarketSymbol }>(
  params: P,
  venueTime = Number.NaN,
): ChannelContext<P> {
  return { symbol: params.symbol, params, instrument: listed(params.symbol), receivedAt: NOW, venueTime };
}

/** Everything that a codec reported, in order. */
export function createRecorder(): FrameHandler & { readonly calls: unknown[][] } {
  const calls: unknown[][] = [];
  const record =
    (kind: string) =>
    (...values: unknown[]): void => {
      calls.push([kind, ...values]);
    };
  return {
    calls,
    data: record('data'),
    ack: record('ack'),
    pong: record('pong'),
    closingSoon: record('closingSoon'),
    unknown: record('unknown'),
    malformed: record('malformed'),
  };
}

/** What a channel emits for one push. */
export function emitted<E>(decode: (emit: (event: E) => void) => void): E[] {
  const events: E[] = [];
  decode((event) => events.push(event));
  return events;
}

/** A success of the venue. */
export function success(data?: unknown): unknown {
  return data === undefined ? { success: true, code: 0 } : { success: true, code: 0, data };
}

/** What `act` throws. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function listed(symbol: MarketSymbol): Instrument {
  const found = LISTED.find((one) => one.symbol === symbol);
  if (found !== undefined) return found;
  throw new ValidationError({ field: 'symbol', expected: 'a listed symbol', received: symbol });
}
