import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { OrderRef, OrderReport, OrderRequest } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readId, readObject, readOptional, readText } from '../../../adapter/read.js';
import { compareDecimals, type Decimal, isZero } from '../../../model/decimal.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readAmount } from '../read-money.js';
import { orderTerms } from './order-terms.js';
import { type OrderKind, readKind, readSide, readState } from './order-words.js';
import { readMoment } from './read-wire.js';

/**
 * Reads the answer to one order. It must repeat what was asked for wherever it repeats anything: an answer to something
 * else proves nothing. It tells neither a state nor fills. Source: MEXC spot v3 docs, new order, batch orders.
 * @throws {MalformedResponseError}
 */
export function decodePlaced(body: unknown, request: OrderRequest, context: DecodeContext): OrderReport {
  const row = readObject(body, 'placed order');
  const { symbol, price, quantity, quoteQuantity } = request;
  checkSymbol(row, symbol, context);
  const clientOrderId = readOptional(row['newClientOrderId'] ?? row['clientOrderId'], 'newClientOrderId', readId);
  checkEcho('newClientOrderId', clientOrderId, request.clientOrderId);
  const side = readOptional(row['side'], 'order side', readSide);
  checkEcho('order side', side, request.side);
  const kind = kindOf(row, context);
  checkEcho('order type', kind.type, request.type);
  checkAmount('order price', readOptional(row['price'], 'order price', readAmount), price);
  checkAmount('order origQty', readOptional(row['origQty'], 'order origQty', readAmount), quantity);
  const quoteTold = readOptional(row['origQuoteOrderQty'], 'order origQuoteOrderQty', readAmount);
  checkAmount('order origQuoteOrderQty', quoteTold, quoteQuantity);
  const at = readOptional(row['transactTime'], 'order transactTime', readMoment);
  return {
    symbol,
    orderId: readId(row['orderId'], 'orderId'),
    ...omitUndefined({ clientOrderId, side, ...kind, createdAt: at, updatedAt: at }),
  };
}

/**
 * Reads a canceled order; often no more than its name and what was ordered. `clientOrderId` is not read: on this call it
 * may name the cancellation. Source: MEXC spot v3 docs, cancel order.
 * @throws {MalformedResponseError}
 */
export function decodeCanceled(body: unknown, asked: OrderRef, context: DecodeContext): OrderReport {
  const row = readObject(body, 'canceled order');
  checkSymbol(row, asked.symbol, context);
  const orderId = readId(row['orderId'], 'orderId');
  checkEcho('orderId', orderId, asked.orderId);
  const clientOrderId = readOptional(row['origClientOrderId'], 'origClientOrderId', readId);
  checkEcho('origClientOrderId', clientOrderId, asked.clientOrderId);
  const side = readOptional(row['side'], 'order side', readSide);
  const kind = kindOf(row, context);
  const quantity = readOptional(row['origQty'], 'order origQty', readAmount);
  return {
    symbol: asked.symbol,
    orderId,
    ...orderTerms(kind, side, readOptional(row['price'], 'order price', readAmount), quantity, undefined),
    ...omitUndefined({ clientOrderId, side, ...kind }),
    ...readProgress(row),
  };
}

/**
 * Reads a whole order. Source: MEXC spot v3 docs, query order.
 * @throws {MalformedResponseError}
 */
export function decodeOrder(body: unknown, asked: OrderRef, context: DecodeContext): OrderReport {
  const row = readObject(body, 'order');
  checkSymbol(row, asked.symbol, context);
  const orderId = readId(row['orderId'], 'orderId');
  checkEcho('orderId', orderId, asked.orderId);
  const clientOrderId = readOptional(row['clientOrderId'], 'order clientOrderId', readId);
  // An order may be asked for by both of its ids, of which only the first was sent.
  checkEcho('order clientOrderId', clientOrderId, asked.clientOrderId);
  const side = readSide(row['side'], 'order side');
  readText(row['type'], 'order type');
  const kind = kindOf(row, context);
  const price = readOptional(row['price'], 'order price', readAmount);
  const quantity = readQuantity(row, kind);
  const quoteQuantity = readOptional(row['origQuoteOrderQty'], 'order origQuoteOrderQty', readAmount);
  return {
    symbol: asked.symbol,
    orderId,
    side,
    ...orderTerms(kind, side, price, quantity, quoteQuantity),
    ...omitUndefined({ clientOrderId, ...kind }),
    ...readProgress(row),
    filledQuantity: readAmount(row['executedQty'], 'order executedQty'),
    state: readState(row['status'], 'order status'),
    createdAt: readMoment(row['time'], 'order time'),
  };
}

/** A market order by quote amount need not have one. One sample of the docs spells it in another way. */
function readQuantity(row: JsonObject, { type }: OrderKind): Decimal | undefined {
  const value = row['origQty'] ?? row['Qty'];
  return type === 'limit' ? readAmount(value, 'order origQty') : readOptional(value, 'order origQty', readAmount);
}

/** What happened to it, as far as the row says so. */
function readProgress(row: JsonObject): Partial<OrderReport> {
  return omitUndefined({
    filledQuantity: readOptional(row['executedQty'], 'order executedQty', readAmount),
    filledQuoteQuantity: readOptional(row['cummulativeQuoteQty'], 'order cummulativeQuoteQty', readAmount),
    state: readOptional(row['status'], 'order status', readState),
    reason: readOptional(row['cancelReason'], 'order cancelReason', readText),
    createdAt: readOptional(row['time'], 'order time', readMoment),
    updatedAt: readOptional(row['updateTime'], 'order updateTime', readMoment),
  });
}

function kindOf({ type }: JsonObject, { drift }: DecodeContext): OrderKind {
  return type === undefined || type === null || type === '' ? {} : readKind(type, drift);
}

/** Rows name their market; one that does must name the right one. */
export function checkSymbol(row: JsonObject, expected: MarketSymbol, { toCanonical }: DecodeContext): void {
  const told = readOptional(row['symbol'], 'symbol', readText);
  if (told !== undefined && toCanonical(told) !== expected) throw malformed('symbol', `that of ${expected}`, told);
}

/** Where only one side says something there is nothing to compare. */
export function checkEcho(where: string, told: string | undefined, asked: string | undefined): void {
  if (told === undefined || asked === undefined || told === asked) return;
  throw malformed(where, 'what was asked for', told);
}

/** Zero is how the venue prints an amount that rules nothing, but never one that was ordered. */
function checkAmount(where: string, told: Decimal | undefined, asked: Decimal | undefined): void {
  if (told === undefined || asked === undefined || compareDecimals(told, asked) === 0) return;
  throw malformed(where, isZero(told) ? 'an amount above zero' : 'what was asked for', told);
}
