import type { EncodeContext } from '../../../adapter/endpoint.js';
import type { OrderRef, OrderRequest } from '../../../adapter/order-endpoints.js';
import { UnsupportedError, ValidationError } from '../../../errors/kinds.js';
import { typeName } from './order-words.js';

/** Parameters of one order; absent ones are `undefined`. A type, so that it passes for a query. */
export type OrderParams = {
  readonly symbol: string;
  readonly side: 'BUY' | 'SELL';
  readonly type: string;
  readonly quantity: string | undefined;
  readonly quoteOrderQty: string | undefined;
  readonly price: string | undefined;
  readonly newClientOrderId: string;
};

/**
 * An order as the venue wants it. Source: MEXC spot v3 docs, new order.
 * @throws {ValidationError | UnsupportedError} for an order that the venue would take for another one.
 */
export function orderParams(request: OrderRequest, { toVenue }: EncodeContext): OrderParams {
  checkForm(request);
  const { symbol, side, price, quantity, quoteQuantity, clientOrderId } = request;
  return {
    symbol: toVenue(symbol),
    side: side === 'buy' ? 'BUY' : 'SELL',
    type: typeName(request),
    quantity,
    quoteOrderQty: quoteQuantity,
    price,
    newClientOrderId: clientOrderId,
  };
}

/** Names an order by one id; both together are not documented. The venue's own is the surer one. */
export function orderName(
  { symbol, orderId, clientOrderId }: OrderRef,
  { toVenue }: EncodeContext,
): { symbol: string; orderId?: string; origClientOrderId?: string } {
  if (orderId !== undefined) return { symbol: toVenue(symbol), orderId };
  if (clientOrderId !== undefined) return { symbol: toVenue(symbol), origClientOrderId: clientOrderId };
  throw new ValidationError({ field: 'orderId', expected: 'orderId or clientOrderId', received: undefined });
}

function checkForm(request: OrderRequest): void {
  const { type, side, timeInForce, postOnly, price, quantity, quoteQuantity, reduceOnly } = request;
  if (reduceOnly === true) throw new UnsupportedError({ message: 'reduceOnly: a spot market has no positions' });
  if (type === 'market') {
    const [field, wanted, other] =
      side === 'buy'
        ? (['quoteQuantity', quoteQuantity, quantity] as const)
        : (['quantity', quantity, quoteQuantity] as const);
    if (wanted === undefined || other !== undefined || price !== undefined)
      refuse(field, `${field} alone for a market ${side}`, wanted);
    return;
  }
  if (price === undefined) refuse('price', 'a price for a limit order', price);
  if (quantity === undefined || quoteQuantity !== undefined)
    refuse('quantity', 'quantity alone for a limit order', quantity);
  if (postOnly && timeInForce !== 'GTC') refuse('timeInForce', 'GTC with postOnly', timeInForce);
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
