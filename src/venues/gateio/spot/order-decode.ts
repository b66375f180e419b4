import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { OrderReport } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readId, readObject, readOptional } from '../../../adapter/read.js';
import { isZero } from '../../../model/decimal.js';
import type { OrderState } from '../../../model/order.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { type OrderAmounts, readAmount, readAmounts } from './order-amounts.js';
import { readForce, readReason, readSide, readType } from './order-words.js';
import { readTime } from './times.js';

/** What reading a row of the account needs. */
export interface RowContext {
  /** `undefined` for a string that is not in the instrument list. */
  toCanonical(venueSymbol: string): MarketSymbol | undefined;
  /** Reports something unknown but harmless. */
  drift(what: string): void;
}

/**
 * Reads an order as REST and the WebSocket API print it; a short answer gives a short report.
 * Source: Gate API v4 docs, order.
 * @throws {MalformedResponseError} for a state that this version does not know, an amount that cannot be, no id.
 */
export function decodeOrder(row: JsonObject, symbol: MarketSymbol, context: RowContext): OrderReport {
  const { status } = row;
  return report(row, symbol, context, (amounts) => stateOfStatus(status, amounts));
}

/**
 * Reads an order out of a push; there is no status, the event and the numbers say it.
 * Source: Gate spot WebSocket v4 docs, orders channel.
 * @throws {MalformedResponseError} for an event that this version does not know, an amount that cannot be, no id.
 */
export function decodeOrderPush(row: JsonObject, symbol: MarketSymbol, context: RowContext): OrderReport {
  const { event, finish_as } = row;
  return report(row, symbol, context, (amounts) => stateOfEvent(event, finish_as, amounts));
}

/**
 * The market of a row; `undefined` for one that is not in the instrument list, which is reported.
 * @throws {MalformedResponseError} when the row names none.
 */
export function symbolOfRow(row: JsonObject, where: string, context: RowContext): MarketSymbol | undefined {
  const { currency_pair } = row;
  if (typeof currency_pair !== 'string') throw malformed(`${where} currency_pair`, 'a text', currency_pair);
  const symbol = context.toCanonical(currency_pair);
  if (symbol === undefined) context.drift(`${where} of the unknown pair ${currency_pair.slice(0, 40)}`);
  return symbol;
}

/** @throws {MalformedResponseError} when the row is of another market than was asked about. */
export function readRowOf(
  value: unknown,
  symbol: MarketSymbol,
  where: string,
  { toCanonical }: RowContext,
): JsonObject {
  const row = readObject(value, where);
  const { currency_pair } = row;
  if (currency_pair === undefined) return row;
  if (typeof currency_pair === 'string' && toCanonical(currency_pair) === symbol) return row;
  throw malformed(`${where} currency_pair`, `that of ${symbol}`, currency_pair);
}

/** Our id; the venue writes the source of the order in its place when there is none. */
export function clientIdOf(text: unknown): string | undefined {
  return typeof text === 'string' && text.startsWith('t-') ? text : undefined;
}

function report(
  row: JsonObject,
  symbol: MarketSymbol,
  { drift }: RowContext,
  stateOf: (amounts: OrderAmounts) => OrderState | undefined,
): OrderReport {
  const { id, text, type: typeWord, time_in_force, side: sideWord, price: priceText, finish_as } = row;
  const { create_time, create_time_ms, update_time, update_time_ms } = row;
  const type = readType(typeWord, drift);
  const side = readOptional(sideWord, 'order side', readSide);
  const price = readOptional(priceText, 'order price', readAmount);
  const amounts = readAmounts(row, type, side);
  const { hasFill: _hasFill, hasNoFill: _hasNoFill, isSpent: _isSpent, ...quantities } = amounts;
  const state = stateOf(amounts);
  return {
    symbol,
    orderId: readId(id, 'order id'),
    ...omitUndefined({
      clientOrderId: clientIdOf(text),
      side,
      type,
      ...readForce(time_in_force, drift),
      price: type !== 'limit' || price === undefined || isZero(price) ? undefined : price,
      ...quantities,
      state,
      reason: state === 'canceled' ? readReason(finish_as, drift) : undefined,
      createdAt: readTime(create_time_ms, create_time, 'order create_time'),
      updatedAt: readTime(update_time_ms, update_time, 'order update_time'),
    }),
  };
}

/** The numbers decide: a cancellation that came too late left nothing, and what is closed without a fill did not fill. */
function stateOfStatus(status: unknown, { hasFill, hasNoFill, isSpent }: OrderAmounts): OrderState | undefined {
  switch (status) {
    case undefined:
      return undefined;
    case 'open':
      return hasFill ? 'partially_filled' : 'open';
    case 'closed':
      return hasNoFill ? 'canceled' : 'filled';
    case 'cancelled':
      return isSpent && hasFill ? 'filled' : 'canceled';
    default:
      throw malformed('order status', "'open', 'closed' or 'cancelled'", status);
  }
}

function stateOfEvent(event: unknown, finishAs: unknown, amounts: OrderAmounts): OrderState {
  const { hasFill, hasNoFill, isSpent } = amounts;
  switch (event) {
    case 'put':
    case 'update':
      return hasFill ? 'partially_filled' : 'open';
    case 'finish':
      return (finishAs === 'filled' || isSpent) && !hasNoFill ? 'filled' : 'canceled';
    default:
      throw malformed('order event', "'put', 'update' or 'finish'", event);
  }
}
