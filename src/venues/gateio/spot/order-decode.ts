import type { OrderReport } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readId, readOptional } from '../../../adapter/read.js';
import { isZero } from '../../../model/decimal.js';
import type { OrderState } from '../../../model/order.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Writable } from '../../../model/writable.js';
import { clientIdOf, type RowContext } from '../account-rows.js';
import { readForce, readReason, readSide, readType } from '../order-words.js';
import { readTime } from '../times.js';
import { type OrderAmounts, readAmount, readAmounts } from './order-amounts.js';

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
  const state = stateOf(amounts);
  const clientOrderId = clientIdOf(text);
  const { timeInForce, postOnly } = readForce(time_in_force, drift);
  const reason = state === 'canceled' ? readReason(finish_as, drift) : undefined;
  const createdAt = readTime(create_time_ms, create_time, 'order create_time');
  const updatedAt = readTime(update_time_ms, update_time, 'order update_time');
  const report: Writable<OrderReport> = { symbol, orderId: readId(id, 'order id') };
  if (clientOrderId !== undefined) report.clientOrderId = clientOrderId;
  if (side !== undefined) report.side = side;
  if (type !== undefined) report.type = type;
  if (timeInForce !== undefined) report.timeInForce = timeInForce;
  if (postOnly !== undefined) report.postOnly = postOnly;
  if (type === 'limit' && price !== undefined && !isZero(price)) report.price = price;
  tellAmounts(report, amounts);
  if (state !== undefined) report.state = state;
  if (reason !== undefined) report.reason = reason;
  if (createdAt !== undefined) report.createdAt = createdAt;
  if (updatedAt !== undefined) report.updatedAt = updatedAt;
  return report;
}

function tellAmounts(
  report: Writable<OrderReport>,
  { quantity, quoteQuantity, filledQuantity, filledQuoteQuantity }: OrderAmounts,
): void {
  if (quantity !== undefined) report.quantity = quantity;
  if (quoteQuantity !== undefined) report.quoteQuantity = quoteQuantity;
  if (filledQuantity !== undefined) report.filledQuantity = filledQuantity;
  if (filledQuoteQuantity !== undefined) report.filledQuoteQuantity = filledQuoteQuantity;
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
