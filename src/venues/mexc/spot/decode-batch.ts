import type { DecodeContext } from '../../../adapter/endpoint.js';
import type { BatchAnswer, OrderRequest } from '../../../adapter/order-endpoints.js';
import { malformed, readArray, readId, readObject, readOptional } from '../../../adapter/read.js';
import { type ExchangeError, isExchangeError } from '../../../errors/exchange-error.js';
import { createExchangeError } from '../../../errors/kinds.js';
import { checkEcho, decodePlaced } from './decode-order.js';
import { classifyRow } from './errors.js';

/**
 * Reads the answers to a batch: one for each order, in their order, each of which stands alone. One that cannot be read
 * leaves open what became of that order only. Source: MEXC spot v3 docs, batch orders.
 * @throws {MalformedResponseError} when there are not as many answers as orders: nobody can tell whose is missing.
 */
export function decodeBatch(
  body: unknown,
  requests: readonly OrderRequest[],
  context: DecodeContext,
): readonly BatchAnswer[] {
  const rows = readArray(body, 'batch');
  if (rows.length !== requests.length) throw malformed('batch', `${requests.length} answers`, body);
  return requests.map((request, at) => {
    try {
      return decodeRow(rows[at], request, context);
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      return error;
    }
  });
}

function decodeRow(row: unknown, request: OrderRequest, context: DecodeContext): BatchAnswer {
  const refusal = classifyRow(row);
  return refusal === undefined ? decodePlaced(row, request, context) : refused(row, refusal, request, context);
}

function refused(
  row: unknown,
  refusal: NonNullable<ReturnType<typeof classifyRow>>,
  request: OrderRequest,
  { drift }: DecodeContext,
): ExchangeError {
  const named = readOptional(readObject(row, 'batch answer')['newClientOrderId'], 'newClientOrderId', readId);
  checkEcho('newClientOrderId', named, request.clientOrderId);
  const { code, message, outcome, venueCode } = refusal;
  if (code === 'unknown') drift(`batch answer: code ${venueCode}`);
  return createExchangeError(code, { message, outcome, venueCode, venue: 'mexc_spot' });
}
