import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { OrderRef, OrderReport, OrderRequest } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readId, readObject, readOptional, readText } from '../../../adapter/read.js';
import { createExchangeError } from '../../../errors/kinds.js';
import { amountsOfContracts } from '../../../model/contracts.js';
import { type Decimal, isZero, toDecimal } from '../../../model/decimal.js';
import type { Instrument } from '../../../model/instrument.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { refusalOf } from './classify.js';
import { dataOf } from './envelope.js';
import { readKind, readReason, readSides, readState } from './order-words.js';
import { readAmount, readTime, termsOf } from './read-numbers.js';

type Context = Pick<DecodeContext, 'toCanonical' | 'instrument' | 'drift'>;
const ZERO = toDecimal(0);
/** Liquidations, their closing orders, and auto-deleveraging. Source: MEXC contract API docs, order category. */
const TAKEN_OVER: ReadonlyMap<unknown, string> = new Map([
  [2, 'liquidation'],
  [3, 'liquidation'],
  [4, 'auto_deleveraging'],
]);

/**
 * Reads the answer to a new order: its id, alone or with a time, and nothing of what became of it.
 * @throws {MalformedResponseError}
 */
export function decodePlaced(body: unknown, { symbol }: OrderRequest): OrderReport {
  const data = dataOf(body);
  if (typeof data !== 'object' || data === null) return { symbol, orderId: readId(data, 'orderId') };
  const { orderId, ts } = readObject(data, 'placed order');
  const createdAt = readOptional(ts, 'placed order ts', readTime);
  return { symbol, orderId: readId(orderId, 'orderId'), ...omitUndefined({ createdAt }) };
}

/**
 * Reads the answer to a cancellation of one order. A success of the call is none of the cancellation: each order has a
 * code of its own. Taken is not yet canceled: the order itself tells. Source: MEXC contract API docs, cancel order.
 * @throws {ExchangeError} as the code says. @throws {MalformedResponseError}
 */
export function decodeCanceled(body: unknown, { symbol, ...asked }: OrderRef): OrderReport {
  const data = dataOf(body);
  if (data === undefined || data === null) return { symbol, ...omitUndefined(asked) };
  const item = readObject(Array.isArray(data) && data.length === 1 ? data[0] : data, 'canceled order');
  const orderId = readOptional(item['orderId'], 'orderId', readId);
  checkEcho('orderId', orderId, asked.orderId);
  requireItem(item);
  return { symbol, ...omitUndefined({ ...asked, orderId: orderId ?? asked.orderId }) };
}

/** @throws {ExchangeError} where an item of a list of answers says that it failed. */
export function requireItem({ errorCode, errorMsg }: JsonObject): void {
  const code = readOptional(errorCode, 'errorCode', readId);
  if (code === undefined || code === '0') return;
  const text = typeof errorMsg === 'string' && errorMsg !== '' ? errorMsg.slice(0, 200) : undefined;
  const { code: kind, ...fields } = refusalOf(code, text);
  throw createExchangeError(kind, { ...fields, venue: 'mexc_futures' });
}

/**
 * Reads the answer to a question for one order. Where there is none the venue answers with a code, or with a success
 * without data.
 * @throws {OrderNotFoundError | MalformedResponseError}
 */
export function decodeFound(body: unknown, asked: OrderRef, context: Context): OrderReport {
  const data = dataOf(body);
  if (data !== undefined && data !== null) return decodeOrder(data, asked, context);
  requireBare(body);
  const message = 'the venue answers without an order';
  throw createExchangeError('order_not_found', { message, outcome: 'rejected', venue: 'mexc_futures' });
}

/** What an answer may hold besides its data: the order may stand under a name that was damaged on its way. */
const ENVELOPE: ReadonlySet<string> = new Set(['success', 'code', 'data', 'message', 'msg', 'ts']);

/** @throws {MalformedResponseError} */
function requireBare(body: unknown): void {
  const other = Object.keys(readObject(body, 'order')).find((name) => !ENVELOPE.has(name));
  if (other !== undefined) throw malformed('order', 'an order, or nothing beside the code', body);
}

/**
 * Reads a whole order; calls and stream send the same row. Source: MEXC contract API docs, order.
 * @throws {MalformedResponseError}
 */
export function decodeOrder(value: unknown, asked: OrderRef, context: Context): OrderReport {
  const row = readObject(value, 'order');
  requireSymbol(row, asked.symbol, 'order', context);
  const orderId = readId(row['orderId'], 'orderId');
  checkEcho('orderId', orderId, asked.orderId);
  const clientOrderId = readOptional(row['externalOid'], 'order externalOid', readId);
  checkEcho('order externalOid', clientOrderId, asked.clientOrderId);
  const kind = readKind(row['orderType'], 'orderType', context);
  const price = kind.type === 'market' ? undefined : readOptional(row['price'], 'order price', readAmount);
  const filled = readAmount(row['dealVol'], 'order dealVol');
  return {
    symbol: asked.symbol,
    orderId,
    ...readSides(row, 'order'),
    ...omitUndefined({
      clientOrderId,
      ...kind,
      price: price === undefined || isZero(price) ? undefined : price,
      reason: readReason(row['errorCode'], 'order errorCode') ?? TAKEN_OVER.get(row['category']),
      isForeign: TAKEN_OVER.has(row['category']) ? (true as const) : undefined,
      createdAt: readOptional(row['createTime'], 'order createTime', readTime),
      updatedAt: readOptional(row['updateTime'], 'order updateTime', readTime),
    }),
    ...readQuantities(row, filled, context.instrument(asked.symbol)),
    state: readState(row['state'], !isZero(filled)),
  };
}

/** Filled base asset of inverse contracts is reckoned at the average price; their quote asset is exact. */
function readQuantities(
  { vol, dealAvgPrice }: JsonObject,
  filled: Decimal,
  instrument: Instrument,
): Partial<OrderReport> {
  const terms = termsOf(instrument);
  const ordered = amountsOfContracts(readAmount(vol, 'order vol'), terms);
  if (terms.kind === 'linear') {
    const { quantity: filledQuantity } = amountsOfContracts(filled, terms);
    return omitUndefined({ ...ordered, filledQuantity });
  }
  if (isZero(filled)) return { ...ordered, filledQuantity: ZERO, filledQuoteQuantity: ZERO };
  const average = readAmount(dealAvgPrice, 'order dealAvgPrice');
  if (isZero(average)) throw malformed('order dealAvgPrice', 'a price, since something is filled', dealAvgPrice);
  const { quantity, quoteQuantity } = amountsOfContracts(filled, terms, average);
  return { ...ordered, ...omitUndefined({ filledQuantity: quantity, filledQuoteQuantity: quoteQuantity }) };
}

/** Rows name their market, and must name the right one. @throws {MalformedResponseError} */
export function requireSymbol(
  row: JsonObject,
  expected: MarketSymbol,
  where: string,
  { toCanonical }: Pick<Context, 'toCanonical'>,
): void {
  const told = readText(row['symbol'], `${where} symbol`);
  if (toCanonical(told) !== expected) throw malformed(`${where} symbol`, `that of ${expected}`, told);
}

/**
 * The market of a row of a list of all markets; `undefined`, and drift, for one that is not in the instrument list.
 * @throws {MalformedResponseError}
 */
export function symbolOf(row: JsonObject, where: string, { toCanonical, drift }: Context): MarketSymbol | undefined {
  const name = readText(row['symbol'], `${where} symbol`);
  const symbol = toCanonical(name);
  if (symbol === undefined) drift(`${where} of ${name.slice(0, 40)}, which is not in the instrument list`);
  return symbol;
}

/** Where only one side says something there is nothing to compare. @throws {MalformedResponseError} */
export function checkEcho(where: string, told: string | undefined, asked: string | undefined): void {
  if (told === undefined || asked === undefined || told === asked) return;
  throw malformed(where, 'what was asked for', told);
}
