import type { AmendRequest, OrderRef, OrderRequest } from '../../../adapter/order-endpoints.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { Decimal } from '../../../model/decimal.js';

/** Source: Gate API v4 docs, order, text. */
const CLIENT_ID = /^t-[0-9A-Za-z_.-]{1,28}$/;
/** No dots: `.` and `..` would turn the path of one order into the path of all of them. */
const ORDER_ID = /^[0-9A-Za-z_-]{1,64}$/;

const TIME_IN_FORCE = { GTC: 'gtc', IOC: 'ioc', FOK: 'fok' } as const;

/**
 * The fields of an order to place. A market buy carries QUOTE in `amount`, and a market order names its time in force,
 * because the default is refused for it. Source: Gate API v4 docs, create an order.
 * @throws {ValidationError} for an order that the venue cannot take as it is meant.
 */
export function orderFields(request: OrderRequest, pair: string): Record<string, string> {
  const { side, type, clientOrderId } = request;
  if (!CLIENT_ID.test(clientOrderId))
    refuse('clientOrderId', "'t-' and then 1 to 28 letters, digits or any of -_.", clientOrderId);
  if (request.reduceOnly === true) refuse('reduceOnly', 'false: a spot market has no positions', true);
  const timeInForce = timeInForceOf(request);
  const price = priceOf(request);
  return {
    text: clientOrderId,
    currency_pair: pair,
    type,
    account: 'spot',
    side,
    amount: amountOf(request),
    ...(price === undefined ? {} : { price }),
    time_in_force: timeInForce,
  };
}

/** What an amendment sets; `amount` is the new total. Source: Gate API v4 docs, amend an order. */
export function amendFields({ price, quantity }: AmendRequest): Record<string, string> {
  if (price === undefined && quantity === undefined) refuse('price', 'a new price, a new quantity, or both', undefined);
  return { ...(quantity === undefined ? {} : { amount: quantity }), ...(price === undefined ? {} : { price }) };
}

/**
 * The name of an order at the venue: its id, which always works, before ours, which is forgotten soon after the end.
 * @throws {ValidationError} for a text that could be read as something else in a path.
 */
export function orderNameOf({ orderId, clientOrderId }: OrderRef): string {
  if (orderId !== undefined) {
    if (ORDER_ID.test(orderId) || CLIENT_ID.test(orderId)) return orderId;
    return refuse('orderId', "up to 64 letters, digits or any of -_, as the venue's ids are", orderId);
  }
  if (clientOrderId !== undefined && CLIENT_ID.test(clientOrderId)) return clientOrderId;
  return refuse('clientOrderId', "'t-' and then 1 to 28 letters, digits or any of -_.", clientOrderId);
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
  throw new ValidationError({ field, expected, received, venue: 'gateio_spot' });
}
