import type { OrderRef } from '../../adapter/order-endpoints.js';
import { ValidationError } from '../../errors/kinds.js';

/** Source: Gate API v4 docs, order, text. */
const CLIENT_ID = /^t-[0-9A-Za-z_.-]{1,28}$/;
/** No dots: `.` and `..` would turn the path of one order into the path of all of them. */
const ORDER_ID = /^[0-9A-Za-z_-]{1,64}$/;

const CLIENT_ID_RULE = "'t-' and then 1 to 28 letters, digits or any of -_.";

/**
 * The name of an order at the venue: its id, which always works, before ours, which is forgotten soon after the end.
 * @throws {ValidationError} for a text that could be read as something else in a path.
 */
export function orderNameOf({ orderId, clientOrderId }: OrderRef, venue: string): string {
  if (orderId !== undefined) {
    if (ORDER_ID.test(orderId) || CLIENT_ID.test(orderId)) return orderId;
    const expected = "up to 64 letters, digits or any of -_, as the venue's ids are";
    throw new ValidationError({ field: 'orderId', expected, received: orderId, venue });
  }
  return requireClientId(clientOrderId, venue);
}

/** Our id, as the venue takes it. @throws {ValidationError} */
export function requireClientId(clientOrderId: string | undefined, venue: string): string {
  if (clientOrderId !== undefined && CLIENT_ID.test(clientOrderId)) return clientOrderId;
  throw new ValidationError({ field: 'clientOrderId', expected: CLIENT_ID_RULE, received: clientOrderId, venue });
}
