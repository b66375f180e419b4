import type { DecodeContext } from '../../../adapter/endpoint.js';
import {
  type JsonObject,
  malformed,
  readArray,
  readDecimal,
  readInteger,
  readNumber,
  readObject,
  readOptional,
  readText,
} from '../../../adapter/read.js';
import { type Decimal, isZero, multiplyDecimals, stepOf } from '../../../model/decimal.js';
import type { Instrument, InstrumentStatus } from '../../../model/instrument.js';
import { makeSymbol } from '../../../model/symbol.js';
import { readSeconds } from '../times.js';

const MAX_DECIMALS = 40;
const PERCENT = stepOf(2);

const SIDES: ReadonlyMap<string, { readonly buy: boolean; readonly sell: boolean }> = new Map([
  ['tradable', { buy: true, sell: true }],
  ['buyable', { buy: true, sell: false }],
  ['sellable', { buy: false, sell: true }],
  ['untradable', { buy: false, sell: false }],
]);

/**
 * Reads the list of currency pairs. A row that cannot be read is left out and reported.
 * Source: Gate API v4 docs, list all currency pairs.
 * @throws {MalformedResponseError} when the body is not a list.
 */
export function decodeInstruments(body: unknown, context: DecodeContext): Instrument[] {
  const instruments: Instrument[] = [];
  for (const row of readArray(body, 'currency_pairs')) {
    try {
      instruments.push(decodeInstrument(row, context));
    } catch (error) {
      context.drift(`currency_pairs row left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return instruments;
}

/**
 * Reads one pair. Steps come from the numbers of decimals; the fee is stated in percent, deprecated but sent.
 * Source: Gate API v4 docs, currency pair.
 * @throws {MalformedResponseError | ValidationError} when a trading rule is missing or impossible.
 */
export function decodeInstrument(row: unknown, context: StatusContext): Instrument {
  const pair = readObject(row, 'currency_pairs row');
  const { id, base: baseName, quote: quoteName, precision, amount_precision, fee: percent } = pair;
  const venueSymbol = readText(id, 'currency_pairs row id');
  const base = readText(baseName, `${venueSymbol} base`);
  const quote = readText(quoteName, `${venueSymbol} quote`);
  const lotSize = stepOf(readDecimals(amount_precision, `${venueSymbol} amount_precision`));
  return {
    symbol: makeSymbol(base, quote),
    venueSymbol,
    kind: 'spot',
    base,
    quote,
    status: readStatus(pair, venueSymbol, context),
    tickSize: stepOf(readDecimals(precision, `${venueSymbol} precision`)),
    lotSize,
    minQuantity: lotSize,
    ...readLimits(pair, venueSymbol),
    ...readFees(percent, venueSymbol),
    raw: row,
  };
}

type StatusContext = Pick<DecodeContext, 'receivedAt' | 'drift'>;
type Limits = Pick<Instrument, 'maxQuantity' | 'minNotional' | 'maxNotional' | 'maxMarketNotional'>;

function readLimits(pair: JsonObject, name: string): Limits & { minQuantity?: Decimal } {
  const { min_base_amount, max_base_amount, min_quote_amount, max_quote_amount, market_order_max_money } = pair;
  const minQuantity = readLimit(min_base_amount, `${name} min_base_amount`);
  const maxQuantity = readLimit(max_base_amount, `${name} max_base_amount`);
  const minNotional = readLimit(min_quote_amount, `${name} min_quote_amount`);
  const maxNotional = readLimit(max_quote_amount, `${name} max_quote_amount`);
  const maxMarketNotional = readLimit(market_order_max_money, `${name} market_order_max_money`);
  return {
    ...(minQuantity === undefined ? {} : { minQuantity }),
    ...(maxQuantity === undefined ? {} : { maxQuantity }),
    ...(minNotional === undefined ? {} : { minNotional }),
    ...(maxNotional === undefined ? {} : { maxNotional }),
    ...(maxMarketNotional === undefined ? {} : { maxMarketNotional }),
  };
}

function readFees(percent: unknown, name: string): Pick<Instrument, 'makerFee' | 'takerFee'> {
  const value = readOptional(percent, `${name} fee`, readDecimal);
  if (value === undefined) return {};
  const fraction = multiplyDecimals(value, PERCENT);
  return { makerFee: fraction, takerFee: fraction };
}

/** A start in the future closes its side until then; a delisting that has come closes the pair. */
function readStatus(pair: JsonObject, name: string, { receivedAt, drift }: StatusContext): InstrumentStatus {
  const { trade_status, buy_start, sell_start, delisting_time } = pair;
  const startOf = (value: unknown, field: string): number => readOptional(value, `${name} ${field}`, readSeconds) ?? 0;
  const delistedAt = startOf(delisting_time, 'delisting_time');
  if (delistedAt > 0 && delistedAt <= receivedAt) return 'delisted';
  const sides = typeof trade_status === 'string' ? SIDES.get(trade_status) : undefined;
  if (sides === undefined) {
    drift(`${name} trade_status ${typeof trade_status === 'string' ? trade_status.slice(0, 40) : typeof trade_status}`);
    return 'unknown';
  }
  const buy = sides.buy && startOf(buy_start, 'buy_start') <= receivedAt;
  const sell = sides.sell && startOf(sell_start, 'sell_start') <= receivedAt;
  if (buy) return sell ? 'trading' : 'buy_only';
  return sell ? 'sell_only' : 'halted';
}

/** No limit where the venue sends nothing or zero. */
function readLimit(value: unknown, where: string): Decimal | undefined {
  const limit = readOptional(value, where, readDecimal);
  if (limit === undefined) return undefined;
  readNumber(limit, where);
  return isZero(limit) ? undefined : limit;
}

function readDecimals(value: unknown, where: string): number {
  const decimals = readInteger(value, where);
  if (decimals >= 0 && decimals <= MAX_DECIMALS) return decimals;
  throw malformed(where, `a number of decimals from 0 to ${MAX_DECIMALS}`, value);
}
