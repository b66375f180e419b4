import type { Outcome } from '../../errors/codes.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import { AbortedError, ClosedError, MalformedResponseError, NetworkError, TimeoutError } from '../../errors/kinds.js';

/** The errors that a transport makes. They name the endpoint by its label and hold nothing of the request itself. */

export function timedOut(label: string, timeoutMs: number, outcome: Outcome): TimeoutError {
  return new TimeoutError({ message: `${label}: no complete answer within ${timeoutMs} ms`, outcome, endpoint: label });
}

export function aborted(label: string, outcome: Outcome): AbortedError {
  return new AbortedError({ message: `${label}: aborted by the caller`, outcome, endpoint: label });
}

export function closed(label: string, outcome: Outcome): ClosedError {
  return new ClosedError({ message: `${label}: the client is closed`, outcome });
}

export function unreadable(label: string, why: string): MalformedResponseError {
  return new MalformedResponseError({ message: `${label}: ${why}`, outcome: 'unknown', endpoint: label });
}

/** Of a foreign error only its code is kept: texts may quote addresses or bytes of the exchange. */
export function connectionFailed(label: string, error: unknown, outcome: Outcome): ExchangeError {
  const when = outcome === 'not_sent' ? 'before the request was sent' : 'before the answer was complete';
  return new NetworkError({
    message: `${label}: connection failed ${when} (${errorCode(error)})`,
    outcome,
    endpoint: label,
  });
}

/** `ECONNRESET`, `UND_ERR_SOCKET`, `CERT_HAS_EXPIRED`; the error's name where it has no such code. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : error.name;
}
