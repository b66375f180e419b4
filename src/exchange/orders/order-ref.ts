import type { OrderRef } from '../../adapter/order-endpoints.js';

/** What names the order, and nothing else of it. */
export function refOf({ symbol, orderId, clientOrderId }: OrderRef): OrderRef {
  return { symbol, ...(orderId && { orderId }), ...(clientOrderId && { clientOrderId }) };
}
