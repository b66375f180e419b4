import type { AmendRequest, OrderRequest } from '../../../adapter/order-endpoints.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { Decimal } from '../../../model/decimal.js';
import { requireClientId } from '../order-name.js';
import { TIME_IN_FORCE } from '../order-words.js';

const VENUE = 'gateio_spot';

/**
 * The fields of an order to place. A market buy carries QUOTE in `amount`, and a market order names its time in force,
 * because the default is refused for it. Source: Gate API v4 docs, create an order.
 * @throws {ValidationError} for an order that the venue cannot take as it is meant.
 */
export function orderFields(request: OrderRequest, pair: string): Record<string, string> {
  const { side, type, clientOrderId } = request;
  requireClientId(clientOrderId, VENUE);
  if (request.reduceOnly === true) refuse('reduceOnly', 'false: a spot market has no positions', true);
  const timeInForce = timeInForceOf(request);
  const price = priceOf(request);
  const fields: Record<string, string> = {
    text: clientOrderId,
    currency_pair: pair,
    type,
    account: 'spot',
    side,
    amount: amountOf(request),
  };
  if (price !== undefined) fields['price'] = price;
  fields['time_in_force'] = timeInForce;
  return fields;
}

/** What an amendment sets; `amount` is the new total. Source: Gate API v4 docs, amend an order. */
export function amendFields({ price, quantity }: AmendRequest): Record<string, string> {
  if (price === undefined && quantity === undefined) refuse('price', 'a new price, a new quantity, or both', undefined);
  return { ...(quantity === undefined ? {} : { amount: quantity }), ...(price === undefined ? {} : { price }) };
}

function timeInForceOf({ type, timeInForce, postOnly }: OrderRequest): string {
  if (type === 'market' && (postOnly || timeInForce === 'GTC'))
    refuse('timeInForce', 'IOC or FOK for a market order, without postOnly', postOnly ? 'postOnly' : timeInForce);
  if (!postOnly) return TIME_IN_FORCE[timeInForce];
  return timeInForce === 'GTC' ? 'poc' : refuse('timeInForce', 'GTC for a post-only order', timeInForce);
}

function priceOf({ type, price }: OrderRequest): Decimal | undefined {
  if (type === 'limit') return price ?? refuse('price', 'the price of a limit order', price);
  return price === undefined ? undefined : refuse('price', 'none for a market order', price);
}

function amountOf({ type, side, quantity, quoteQuantity }: OrderRequest): Decimal {
  const isByQuote = type === 'market' && side === 'buy';
  const [field, wanted, other] = isByQuote
    ? (['quoteQuantity', quoteQuantity, quantity] as const)
    : (['quantity', quantity, quoteQuantity] as const);
  if (wanted !== undefined && other === undefined) return wanted;
  return refuse(field, `${field} alone for a ${type} ${side}`, wanted);
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received, venue: VENUE });
}
