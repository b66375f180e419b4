import type { Order } from '../../model/order.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Writable } from '../../model/writable.js';
import type { Terms } from './order-terms.js';

interface Names {
  readonly symbol: MarketSymbol;
  readonly orderId: string | undefined;
  readonly clientOrderId: string | undefined;
  readonly isOwn: boolean;
}

/** What has become of it. */
type Progress = Pick<Order, 'filledQuantity' | 'state' | 'receivedAt'> & {
  readonly [Name in 'filledQuoteQuantity' | 'reason' | 'createdAt' | 'updatedAt']: Order[Name] | undefined;
};

/** Field by field: there are as many shapes as orders have fields, and spreading each is slow. */
export function printOrder(venue: VenueId, names: Names, terms: Terms, progress: Progress): Order {
  const { symbol, orderId, clientOrderId } = names;
  const { timeInForce, postOnly, reduceOnly, positionSide, price, quantity, quoteQuantity } = terms;
  const { filledQuoteQuantity, reason, createdAt, updatedAt } = progress;
  const order = { venue, symbol } as Writable<Order>;
  if (orderId !== undefined) order.orderId = orderId;
  if (clientOrderId !== undefined) order.clientOrderId = clientOrderId;
  order.side = terms.side;
  order.type = terms.type;
  if (timeInForce !== undefined) order.timeInForce = timeInForce;
  if (postOnly !== undefined) order.postOnly = postOnly;
  if (reduceOnly !== undefined) order.reduceOnly = reduceOnly;
  if (positionSide !== undefined) order.positionSide = positionSide;
  if (price !== undefined) order.price = price;
  if (quantity !== undefined) order.quantity = quantity;
  if (quoteQuantity !== undefined) order.quoteQuantity = quoteQuantity;
  order.filledQuantity = progress.filledQuantity;
  if (filledQuoteQuantity !== undefined) order.filledQuoteQuantity = filledQuoteQuantity;
  order.state = progress.state;
  order.origin = names.isOwn ? 'own' : 'external';
  if (reason !== undefined) order.reason = reason;
  if (createdAt !== undefined) order.createdAt = createdAt;
  if (updatedAt !== undefined) order.updatedAt = updatedAt;
  order.receivedAt = progress.receivedAt;
  return order;
}
