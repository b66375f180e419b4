import type { OrderRef, OrderReport } from '../../adapter/order-endpoints.js';

type Names = Pick<OrderReport, 'symbol' | 'orderId' | 'clientOrderId'>;

/** What names the order, and nothing else of it. */
export function refOf({ symbol, orderId, clientOrderId }: OrderRef): Names {
  return { symbol, ...(orderId && { orderId }), ...(clientOrderId && { clientOrderId }) };
}
