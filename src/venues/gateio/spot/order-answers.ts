import type { DecodeContext } from '../../../adapter/endpoint.js';
import type { BatchAnswer, OrderRef, OrderReport, OrderRequest } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readArray, readObject } from '../../../adapter/read.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import { createExchangeError } from '../../../errors/kinds.js';
import { classifyGateioSpot } from './classify.js';
import { clientIdOf, decodeOrder, readRowOf } from './order-decode.js';

/**
 * The answer to a new order. @throws {MalformedResponseError} when it speaks of another order: then nobody knows yet what
 * became of this one.
 */
export function decodePlaced(body: unknown, request: OrderRequest, context: DecodeContext): OrderReport {
  const { symbol, side, clientOrderId } = request;
  const report = decodeOrder(readRowOf(body, symbol, 'order', context), symbol, context);
  requireSame('text', clientOrderId, report.clientOrderId);
  requireSame('side', side, report.side);
  return report;
}

/** One order that was asked for by id. @throws {MalformedResponseError} when it is another one. */
export function decodeNamed(body: unknown, ref: OrderRef, context: DecodeContext): OrderReport {
  const { symbol, orderId, clientOrderId } = ref;
  const report = decodeOrder(readRowOf(body, symbol, 'order', context), symbol, context);
  // The venue takes our id in the place of its own.
  const ours = clientIdOf(orderId) ?? (orderId === undefined ? clientOrderId : undefined);
  if (ours === undefined) requireSame('id', orderId, report.orderId);
  else requireSame('text', ours, report.clientOrderId);
  return report;
}

/**
 * The answers to a batch, in the order of the request; each stands for itself. An answer that cannot be read, or is
 * another order's, leaves its own order open and no other. Source: Gate API v4 docs, create a batch of orders.
 * @throws {MalformedResponseError} when there are not as many answers as orders.
 */
export function decodeBatch(
  body: unknown,
  requests: readonly OrderRequest[],
  context: DecodeContext,
): readonly BatchAnswer[] {
  const rows = readArray(body, 'batch_orders');
  if (rows.length !== requests.length) throw malformed('batch_orders', `${requests.length} answers`, rows);
  return requests.map((request, index) => {
    try {
      const row = readObject(rows[index], 'batch_orders row');
      return refusalOf(row, context) ?? decodePlaced(withId(row), request, context);
    } catch (error) {
      if (isExchangeError(error)) return error;
      throw error;
    }
  });
}

/**
 * The orders that a cancellation of all ended; those that it could not end are left out and reported, since they
 * are still listed as open. Source: Gate API v4 docs, cancel all open orders.
 */
export function decodeCanceledAll(
  body: unknown,
  { symbol }: Pick<OrderRef, 'symbol'>,
  context: DecodeContext,
): OrderReport[] {
  return readArray(body, 'canceled orders').flatMap((item) => {
    const row = readRowOf(item, symbol, 'canceled order', context);
    const refusal = refusalOf(row, context);
    if (refusal === undefined) return [decodeOrder(withId(row), symbol, context)];
    context.drift(`an order was not canceled: ${refusal.venueCode ?? refusal.code}`);
    return [];
  });
}

/** `undefined` where the row says that it succeeded, or does not say. */
function refusalOf(row: JsonObject, { receivedAt }: DecodeContext): ReturnType<typeof createExchangeError> | undefined {
  const { succeeded, label, message } = row;
  if (succeeded === true || (succeeded === undefined && !label)) return undefined;
  const json = { label, message };
  // The call itself was answered with 200: a label that the table lacks leaves open what happened.
  const refusal = classifyGateioSpot({ status: 200, headers: {}, text: '', json, now: receivedAt });
  if (refusal === undefined) throw malformed('succeeded', 'true, or false and a label', succeeded);
  const { code, ...fields } = refusal;
  return createExchangeError(code, { ...fields, venue: 'gateio_spot' });
}

/** Rows of lists of answers may name the id `order_id`. */
function withId(row: JsonObject): JsonObject {
  const { id, order_id } = row;
  return id === undefined && order_id !== undefined ? { ...row, id: order_id } : row;
}

function requireSame(field: string, wanted: string | undefined, told: string | undefined): void {
  if (told === undefined || told === wanted) return;
  throw malformed(`order ${field}`, 'that of the order asked for', told);
}
