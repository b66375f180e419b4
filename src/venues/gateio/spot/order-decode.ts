import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { OrderReport } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readId, readOptional } from '../../../adapter/read.js';
import { isZero } from '../../../model/decimal.js';
import type { OrderState } from '../../../model/order.js';
import type { MarketSymbol } from '../../../model/symbol.js';
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
