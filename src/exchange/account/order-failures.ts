import type { BatchAnswer, OrderReport } from '../../adapter/order-endpoints.js';
import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';
import { AccountNotReadyError, createExchangeError, type VenueErrorCode } from '../../errors/kinds.js';
import type { VenueId } from '../../model/venue-id.js';

/** @throws the answer, where it is an error. */
export async function pick(batch: Promise<readonly BatchAnswer[]>, index: number): Promise<OrderReport> {
  const answer = (await batch)[index];
  if (answer === undefined) {
    throw createExchangeError('malformed_response', {
      message: 'the batch has no answer to this order',
      outcome: 'unknown',
    });
  }
  if (isExchangeError(answer)) throw answer;
  return answer;
}

/** The same failure, now that it is certain that the venue has no such order and will take none. */
export function notPlaced(failure: ExchangeError): ExchangeError {
  return createExchangeError(failure.code as VenueErrorCode, {
    message: `${failure.message}; proven: the venue does not have the order and will not take it any more`,
    outcome: 'rejected',
    venue: failure.venue,
    venueCode: failure.venueCode,
    httpStatus: failure.httpStatus,
    endpoint: failure.endpoint,
  });
}

/** Whatever failed before its first byte was handed over, the venue has nothing of it. */
export function asNotSent(error: unknown): ExchangeError {
  if (isExchangeError(error)) return Object.assign(error, { outcome: 'not_sent' as const });
  return createExchangeError('unknown', { message: 'the order was not sent', outcome: 'not_sent', cause: error });
}

/** What is read to prepare an order tells nothing of the order. @throws as {@link asNotSent} says. */
export function rethrowAsNotSent(error: unknown): never {
  throw asNotSent(error);
}

export function asError(error: unknown): ExchangeError {
  if (isExchangeError(error)) return error;
  return createExchangeError('unknown', { message: 'placing the order failed', outcome: 'unknown', cause: error });
}

/** An order that would be placed on what may be out of date. Nothing was sent. */
export function notReady(venue: VenueId): AccountNotReadyError {
  return new AccountNotReadyError({
    message: 'what was missed while the private streams were away is being fetched; wait for status live',
    outcome: 'not_sent',
    retryable: true,
    venue,
  });
}
