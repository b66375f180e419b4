import { isExchangeError } from '../../errors/exchange-error.js';
import type { Clock } from '../clock.js';
import { timedOut } from './failures.js';
import type { HttpDecorator, HttpRequest } from './http.js';

/**
 * Bounds everything inside it together: retries, waits for limits, the exchange itself. The bound is the request's
 * `timeoutMs`, or `timeoutMs` here; it is handed on in the request, so that retries do not begin what cannot end in time.
 * @throws {TimeoutError} with the outcome that was known when time was up.
 */
export function withDeadline(options: { readonly clock: Clock; readonly timeoutMs: number }): HttpDecorator {
  const { clock } = options;
  return (inner) => {
    const send = async (request: HttpRequest, signal?: AbortSignal) => {
      const timeoutMs = request.timeoutMs ?? options.timeoutMs;
      const controller = new AbortController();
      const abort = (): void => controller.abort();
      let isLate = false;
      const timer = clock.setTimer(timeoutMs, () => {
        isLate = true;
        abort();
      });
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        return await inner({ ...request, timeoutMs }, controller.signal);
      } catch (error) {
        if (isLate && !signal?.aborted && isExchangeError(error, 'aborted'))
          throw timedOut(request.label, timeoutMs, error.outcome);
        throw error;
      } finally {
        timer.cancel();
        signal?.removeEventListener('abort', abort);
      }
    };
    return Object.assign(send, { close: async () => inner.close?.() });
  };
}
