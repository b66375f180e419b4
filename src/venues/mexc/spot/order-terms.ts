import type { OrderReport } from '../../../adapter/order-endpoints.js';
import { type Decimal, isZero } from '../../../model/decimal.js';
import type { Side } from '../../../model/side.js';
import type { OrderKind } from './order-words.js';

/**
 * Price and amounts that rule an order. The venue prints more: a price on market orders, and on limit orders the quote
 * amount that they come to. Market buys are by quote amount; where only a base amount is told, by that.
 */
export function orderTerms(
  { type }: OrderKind,
  side: Side | undefined,
  price: Decimal | undefined,
  quantity: Decimal | undefined,
  quoteQuantity: Decimal | undefined,
): Pick<OrderReport, 'price' | 'quantity' | 'quoteQuantity'> {
  const base = isTold(quantity) ? { quantity } : {};
  if (type === 'market') return side === 'buy' && isTold(quoteQuantity) ? { quoteQuantity } : base;
  return { ...(isTold(price) ? { price } : {}), ...base };
}

/** Zero and nothing are the same here. */
function isTold(amount: Decimal | undefined): amount is Decimal {
  return amount !== undefined && !isZero(amount);
}
