import type { ErrorCode, Outcome } from '../../errors/codes.js';
import { isExchangeError } from '../../errors/exchange-error.js';
import type { Clock } from '../clock.js';
import type { HttpDecorator, HttpRequest } from './http.js';

/** How one exchange went, without URL, headers or body. */
export type HttpEvent =
  | { readonly kind: 'answered'; readonly label: string; readonly durationMs: number; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly label: string;
      readonly durationMs: number;
      readonly code: ErrorCode;
      readonly outcome: Outcome;
    };

/** Tells `observe` how every exchange went. An observer that throws is ignored: it only watches. */
export function withTap(options: { readonly clock: Clock; observe(event: HttpEvent): void }): HttpDecorator {
  const { clock } = options;
  const tell = (event: HttpEvent): void => {
    try {
      options.observe(event);
    } catch {
      // An observer must not change what it observes.
    }
  };
  return (inner) => {
    const send = async (request: HttpRequest, signal?: AbortSignal) => {
      const startedAt = clock.monotonic();
      const { label } = request;
      try {
        const response = await inner(request, signal);
        tell({ kind: 'answered', label, durationMs: clock.monotonic() - startedAt, status: response.status });
        return response;
      } catch (error) {
        const { code, outcome } = isExchangeError(error) ? error : ({ code: 'unknown', outcome: 'unknown' } as const);
        tell({ kind: 'failed', label, durationMs: clock.monotonic() - startedAt, code, outcome });
        throw error;
      }
    };
    return Object.assign(send, { close: async () => inner.close?.() });
  };
}
