import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import {
  type JsonObject,
  malformed,
  readDecimal,
  readInteger,
  readObject,
  readOptional,
  readText,
} from '../../../adapter/read.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import { compareDecimals, type Decimal, isZero, normalizeDecimal, stepOf, toDecimal } from '../../../model/decimal.js';
import type { Instrument, InstrumentStatus } from '../../../model/instrument.js';
import { makeSymbol } from '../../../model/symbol.js';

const ZERO = toDecimal('0');

type Drift = DecodeContext['drift'];

/**
 * Reads the rows of exchangeInfo. One that cannot be read is left out and reported as drift.
 * Source: MEXC spot v3 docs, exchange information.
 */
export function decodeInstruments(rows: readonly unknown[], drift: Drift): Instrument[] {
  const instruments: Instrument[] = [];
  for (const row of rows) {
    try {
      instruments.push(decodeInstrument(row, drift));
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      drift(`instrument left out: ${error.message}`);
    }
  }
  return instruments;
}

/**
 * Reads one row. The venue's names mislead: `baseSizePrecision` and `quoteAmountPrecision` are smallest sizes, while
 * `baseAssetPrecision` and `quotePrecision` are numbers of decimals. Names of assets may be non-ASCII.
 * @throws {MalformedResponseError | ValidationError} when a field that matters is missing or impossible.
 */
export function decodeInstrument(row: unknown, drift: Drift): Instrument {
  const fields = readObject(row, 'instrument');
  const { symbol, baseAsset, quoteAsset, baseAssetPrecision, quotePrecision, makerCommission, takerCommission } =
    fields;
  const venueSymbol = readText(symbol, 'instrument symbol');
  const base = readText(baseAsset, `${venueSymbol} baseAsset`);
  const quote = readText(quoteAsset, `${venueSymbol} quoteAsset`);
  const lotSize = stepOf(
    readInteger(baseAssetPrecision, `${venueSymbol} baseAssetPrecision`),
    `${venueSymbol} baseAssetPrecision`,
  );
  const { orderTypes, baseSizePrecision } = fields;
  return {
    symbol: makeSymbol(base, quote),
    venueSymbol,
    kind: 'spot',
    base,
    quote,
    status: readStatus(fields, drift),
    tickSize: stepOf(readInteger(quotePrecision, `${venueSymbol} quotePrecision`), `${venueSymbol} quotePrecision`),
    lotSize,
    minQuantity: readBound(baseSizePrecision, `${venueSymbol} baseSizePrecision`) ?? lotSize,
    ...omitUndefined({
      ...readNotionals(fields, venueSymbol),
      makerFee: readOptional(makerCommission, `${venueSymbol} makerCommission`, readDecimal),
      takerFee: readOptional(takerCommission, `${venueSymbol} takerCommission`, readDecimal),
      marketOrders: Array.isArray(orderTypes) ? orderTypes.includes('MARKET') : undefined,
    }),
    raw: row,
  };
}

function readNotionals(fields: JsonObject, venueSymbol: string) {
  const bound = (name: string) => readBound(fields[name], `${venueSymbol} ${name}`);
  const minNotional = bound('quoteAmountPrecision');
  const maxNotional = bound('maxQuoteAmount');
  return {
    minNotional,
    maxNotional,
    minMarketNotional: whereDifferent(bound('quoteAmountPrecisionMarket'), minNotional),
    maxMarketNotional: whereDifferent(bound('maxQuoteAmountMarket'), maxNotional),
  };
}

function whereDifferent(value: Decimal | undefined, other: Decimal | undefined): Decimal | undefined {
  return value === other ? undefined : value;
}

/** A smallest or largest size; zero and nothing both mean that there is none. */
function readBound(value: unknown, where: string): Decimal | undefined {
  const bound = readOptional(value, where, readDecimal);
  if (bound === undefined || isZero(bound)) return undefined;
  if (compareDecimals(bound, ZERO) < 0) throw malformed(where, 'a decimal that is not negative', value);
  return normalizeDecimal(bound);
}

/** Orders are taken only where the market is online, open to the API and not closed on both sides. */
function readStatus({ status, isSpotTradingAllowed, tradeSideType }: JsonObject, drift: Drift): InstrumentStatus {
  const state = lookUp(MARKET_STATES, status, 'status', drift);
  if (state !== 'online') return state;
  const sides = lookUp(TRADE_SIDES, tradeSideType, 'tradeSideType', drift);
  if (typeof isSpotTradingAllowed === 'boolean') return isSpotTradingAllowed ? sides : 'halted';
  drift('instrument isSpotTradingAllowed: neither true nor false');
  return 'unknown';
}

/** The venue sends these as numbers or as text. */
function lookUp<T>(table: ReadonlyMap<string, T>, value: unknown, name: string, drift: Drift): T | 'unknown' {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : typeof value;
  const found = table.get(text);
  if (found !== undefined) return found;
  drift(`instrument ${name}: ${text.slice(0, 40)}`);
  return 'unknown';
}

const MARKET_STATES: ReadonlyMap<string, 'online' | InstrumentStatus> = new Map([
  ['1', 'online'],
  ['ENABLED', 'online'],
  ['2', 'halted'],
  ['3', 'delisted'],
] as const);

const TRADE_SIDES: ReadonlyMap<string, InstrumentStatus> = new Map([
  ['1', 'trading'],
  ['2', 'buy_only'],
  ['3', 'sell_only'],
  ['4', 'halted'],
] as const);
