import { isExchangeError } from '../../errors/exchange-error.js';
import { NetworkError } from '../../errors/kinds.js';
import type { Clock } from '../clock.js';
import { BodyCollector } from './body.js';
import { aborted, closed, connectionFailed, timedOut } from './failures.js';
import type { HttpRequest, HttpResponse, HttpTransport } from './http.js';

export interface FetchTransportOptions {
  /** Default: the global `fetch` at the moment of each call. */
  readonly fetch?: typeof fetch | undefined;
  /** Larger answers are refused. */
  readonly maxBodyBytes: number;
  /** For the whole exchange, unless the request says otherwise, ms. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * HTTP through `fetch`: for runtimes other than Node, and for tests that intercept it. `fetch` prints the URL anew: an
 * apostrophe in a query becomes `%27`, which matters where a signature covers the query.
 */
export function createFetchTransport(options: FetchTransportOptions): HttpTransport {
  const { clock, maxBodyBytes } = options;
  const open = new Set<AbortController>();
  let isClosed = false;

  const send = async (request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> => {
    const { label, timeoutMs = options.timeoutMs } = request;
    if (isClosed) throw closed(label, 'not_sent');
    if (signal?.aborted) throw aborted(label, 'not_sent');
    const controller = new AbortController();
    let isLate = false;
    const abort = (): void => controller.abort();
    const timer = clock.setTimer(timeoutMs, () => {
      isLate = true;
      abort();
    });
    open.add(controller);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const response = await (options.fetch ?? fetch)(request.url, {
        method: request.method,
        headers: request.headers,
        redirect: 'manual',
        signal: controller.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      return await readResponse(label, response, maxBodyBytes);
    } catch (error) {
      if (isExchangeError(error)) throw error;
      if (isLate) throw timedOut(label, timeoutMs, 'unknown');
      if (signal?.aborted) throw aborted(label, 'unknown');
      if (isClosed) throw closed(label, 'unknown');
      const cause = rootCause(error);
      throw connectionFailed(label, cause, neverConnected(cause) ? 'not_sent' : 'unknown');
    } finally {
      timer.cancel();
      signal?.removeEventListener('abort', abort);
      open.delete(controller);
      // Ends the transfer where the body was given up half way; does nothing to a complete one.
      abort();
    }
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    for (const controller of open) controller.abort();
  };
  return Object.assign(send, { close });
}

async function readResponse(label: string, response: Response, maxBodyBytes: number): Promise<HttpResponse> {
  if (response.type === 'opaqueredirect') {
    throw new NetworkError({
      message: `${label}: a redirect, which is never followed`,
      outcome: 'unknown',
      endpoint: label,
    });
  }
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  response.headers.forEach((value, name) => {
    headers[name] = value;
  });
  const body = new BodyCollector(label, maxBodyBytes);
  const tooLong = body.refuseLength(headers['content-length']);
  if (tooLong) throw tooLong;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    const refusal = body.add(part.value);
    if (refusal) throw refusal;
  }
  return { status: response.status, headers, body: body.text() };
}

/** Node's `fetch` wraps the failure of the socket, and a failure over several addresses wraps that of each. */
function rootCause(error: unknown): unknown {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof AggregateError && cause.errors.length > 0 ? cause.errors[0] : cause;
}

/** Failures that can only happen before the connection stands. Anything else may have sent the request. */
function neverConnected(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { code, syscall } = cause as NodeJS.ErrnoException;
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    TLS_REFUSED.has(code ?? '')
  );
}

const TLS_REFUSED: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
