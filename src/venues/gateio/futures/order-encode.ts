import type { EncodeContext } from '../../../adapter/endpoint.js';
import type { AmendRequest, OrderRequest } from '../../../adapter/order-endpoints.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { Decimal } from '../../../model/decimal.js';
import type { OrderType, TimeInForce } from '../../../model/order.js';
import { requireClientId } from '../order-name.js';
import { TIME_IN_FORCE } from '../order-words.js';
import { signedSize } from './order-size.js';

/**
 * The fields of an order to place. There is no side and no type: the sign of the size and a price of zero say them. In
 * hedge mode sign and `reduce_only` say which position is meant. Source: Gate API v4 docs, create a futures order.
 * @throws {ValidationError} for an order that the venue cannot take as it is meant.
 */
export function orderFields(
  request: OrderRequest,
  { toVenue, instrument }: EncodeContext,
  venue: string,
): Record<string, string | boolean> {
  const { symbol, side, clientOrderId, reduceOnly } = request;
  return {
    contract: toVenue(symbol),
    size: signedSize(request, side, instrument(symbol)),
    price: priceOf(request),
    tif: timeInForceOf(request),
    text: requireClientId(clientOrderId, venue),
    ...(reduceOnly === true ? { reduce_only: true } : {}),
  };
}

/** What an amendment sets; `size` is the new total, signed. Source: Gate API v4 docs, amend a futures order. */
export function amendFields(change: AmendRequest, { instrument }: EncodeContext): Record<string, string> {
  const { symbol, side, price, quantity, quoteQuantity } = change;
  const isSized = quantity !== undefined || quoteQuantity !== undefined;
  if (price === undefined && !isSized) refuse('price', 'a new price, a new quantity, or both', undefined);
  if (isSized && side === undefined) refuse('side', 'the side of the order, which its size carries', side);
  return {
    ...(isSized && side !== undefined ? { size: signedSize(change, side, instrument(symbol)) } : {}),
    ...(price === undefined ? {} : { price }),
  };
}

/** What says the price: zero for a market order. @throws {ValidationError} */
export function priceOf({ type, price }: { readonly type: OrderType; readonly price?: Decimal | undefined }): string {
  if (type === 'limit') return price ?? refuse('price', 'the price of a limit order', price);
  return price === undefined ? '0' : refuse('price', 'none for a market order', price);
}

interface Force {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly postOnly?: boolean;
}

/** A market order is one at any price that does not rest. @throws {ValidationError} */
export function timeInForceOf({ type, timeInForce, postOnly = false }: Force): string {
  if (type === 'market' && (postOnly || timeInForce !== 'IOC'))
    refuse('timeInForce', 'IOC for a market order, without postOnly', postOnly ? 'postOnly' : timeInForce);
  if (!postOnly) return TIME_IN_FORCE[timeInForce];
  return timeInForce === 'GTC' ? 'poc' : refuse('timeInForce', 'GTC for a post-only order', timeInForce);
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
