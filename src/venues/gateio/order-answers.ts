import type { DecodeContext } from '../../adapter/endpoint.js';
import type { ErrorClassifier } from '../../adapter/error-classifier.js';
import type { BatchAnswer, OrderRef, OrderReport, OrderRequest } from '../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readArray, readObject } from '../../adapter/read.js';
import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';
import { createExchangeError } from '../../errors/kinds.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { clientIdOf, type MarketField, readRowOf } from './account-rows.js';

/** How one market of Gate.io prints orders and refusals. */
interface OrderDialect {
  readonly venue: string;
  readonly field: MarketField;
  readonly classify: ErrorClassifier;
  decodeOrder(row: JsonObject, symbol: MarketSymbol, context: DecodeContext): OrderReport;
}

/** Reads answers to order commands. */
export interface OrderAnswers {
  /**
   * The answer to a new order. @throws {MalformedResponseError} when it speaks of another order: then nobody knows yet
   * what became of this one.
   */
  placed(body: unknown, request: OrderRequest, context: DecodeContext): OrderReport;
  /** One order that was asked for by id. @throws {MalformedResponseError} when it is another one. */
  named(body: unknown, ref: OrderRef, context: DecodeContext): OrderReport;
  /**
   * The answers to a batch, in the order of the request; each stands for itself. An answer that cannot be read, or is
   * another order's, leaves its own order open and no other. Source: Gate API v4 docs, create a batch of orders.
   * @throws {MalformedResponseError} when there are not as many answers as orders.
   */
  batch(body: unknown, requests: readonly OrderRequest[], context: DecodeContext): readonly BatchAnswer[];
  /**
   * The orders that a cancellation of all ended; those that it could not end are left out and reported, since they
   * are still listed as open. Source: Gate API v4 docs, cancel all open orders.
   */
  canceledAll(body: unknown, ref: Pick<OrderRef, 'symbol'>, context: DecodeContext): OrderReport[];
}

export function createOrderAnswers(dialect: OrderDialect): OrderAnswers {
  const { field, decodeOrder } = dialect;

  function readOrder(body: unknown, symbol: MarketSymbol, context: DecodeContext): OrderReport {
    return decodeOrder(readRowOf(body, symbol, field, 'order', context), symbol, context);
  }

  function placed(body: unknown, { symbol, side, clientOrderId }: OrderRequest, context: DecodeContext): OrderReport {
    const report = readOrder(body, symbol, context);
    requireSame('text', clientOrderId, report.clientOrderId);
    requireSame('side', side, report.side);
    return report;
  }

  return {
    placed,
    named(body, { symbol, orderId, clientOrderId }, context) {
      const report = readOrder(body, symbol, context);
      // The venue takes our id in the place of its own; it names it as long as it remembers it.
      const ours = clientIdOf(orderId);
      if (ours === undefined && orderId !== undefined) requireSame('id', orderId, report.orderId);
      const name = ours ?? clientOrderId;
      if (name !== undefined) requireSame('text', name, report.clientOrderId);
      return report;
    },
    batch(body, requests, context) {
      const rows = readArray(body, 'batch_orders');
      if (rows.length !== requests.length) throw malformed('batch_orders', `${requests.length} answers`, rows);
      return requests.map((request, index) => {
        try {
          const row = readObject(rows[index], 'batch_orders row');
          return refusalOf(row, dialect, context) ?? placed(withId(row), request, context);
        } catch (error) {
          if (isExchangeError(error)) return error;
          throw error;
        }
      });
    },
    canceledAll: (body, { symbol }, context) =>
      readArray(body, 'canceled orders').flatMap((item) => {
        const row = readRowOf(item, symbol, field, 'canceled order', context);
        const refusal = refusalOf(row, dialect, context);
        if (refusal === undefined) return [decodeOrder(withId(row), symbol, context)];
        context.drift(`an order was not canceled: ${refusal.venueCode ?? refusal.code}`);
        return [];
      }),
  };
}

/** `undefined` where the row says that it succeeded, or does not say. */
function refusalOf(
  row: JsonObject,
  { classify, venue }: OrderDialect,
  { receivedAt }: DecodeContext,
): ExchangeError | undefined {
  const { succeeded, label, message, detail } = row;
  if (succeeded === true || (succeeded === undefined && !label)) return undefined;
  const json = { label, message, detail };
  // The call itself was answered with 200: a label that the table lacks leaves open what happened.
  const refusal = classify({ status: 200, headers: {}, text: '', json, now: receivedAt });
  if (refusal === undefined) throw malformed('succeeded', 'true, or false and a label', succeeded);
  const { code, ...fields } = refusal;
  return createExchangeError(code, { ...fields, venue });
}

/** Rows of lists of answers may name the id `order_id`. */
function withId(row: JsonObject): JsonObject {
  const { id, order_id } = row;
  return id === undefined && order_id !== undefined ? { ...row, id: order_id } : row;
}

function requireSame(field: string, wanted: string, told: string | undefined): void {
  if (told === undefined || told === wanted) return;
  throw malformed(`order ${field}`, 'that of the order asked for', told);
}
