import type { AmendRequest } from '../../adapter/order-endpoints.js';
import { ValidationError } from '../../errors/kinds.js';
import type { DecimalInput } from '../../model/decimal.js';
import type { Order } from '../../model/order.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { checkNotional, checkQuantity, onStep } from './order-amounts.js';
import { positive } from './order-form.js';
import type { OrderRules } from './order-rules.js';

interface Change {
  readonly symbol: MarketSymbol;
  readonly price?: DecimalInput | undefined;
  readonly quantity?: DecimalInput | undefined;
}

/**
 * Holds the new price or quantity of a resting order to the rules that a new order has, caps included; nothing is rounded.
 * @param order as far as it is known: what does not change. Without it, and under a `maxNotional` cap, both must be given.
 * @throws {ValidationError} naming the field; nothing has been sent.
 */
export function checkAmend(
  change: Change,
  order: Pick<Order, 'price' | 'quantity'> | undefined,
  rules: Pick<OrderRules, 'instrument' | 'placing' | 'caps'>,
): Pick<AmendRequest, 'price' | 'quantity'> {
  const { instrument, caps } = rules;
  if (caps?.symbols?.includes(change.symbol) === false) {
    refuse('symbol', 'one of the markets that this client may trade', change.symbol);
  }
  const price = onStep('price', positive('price', change.price), instrument.tickSize, undefined);
  const quantity = onStep('quantity', positive('quantity', change.quantity), instrument.lotSize, undefined);
  if (price === undefined && quantity === undefined) refuse('price', 'a new price or a new quantity', undefined);
  if (quantity !== undefined) checkQuantity(quantity, instrument);
  const amounts = { type: 'limit', price: price ?? order?.price, quantity: quantity ?? order?.quantity } as const;
  const isWhole = amounts.price !== undefined && amounts.quantity !== undefined;
  if (isWhole) checkNotional(amounts, rules);
  else if (caps?.maxNotional !== undefined) {
    const missing = amounts.price === undefined ? 'price' : 'quantity';
    refuse(missing, 'it too, so that the cap maxNotional can be checked', undefined);
  }
  return { ...(price === undefined ? {} : { price }), ...(quantity === undefined ? {} : { quantity }) };
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
