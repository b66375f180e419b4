import { isExchangeError } from '../../errors/exchange-error.js';
import { retryDelayMs } from '../backoff.js';
import type { Clock } from '../clock.js';
import type { RetryPolicy } from '../policies.js';
import type { Random } from '../random.js';
import { sleep } from '../sleep.js';
import { aborted } from './failures.js';
import type { HttpDecorator, HttpRequest, HttpResponse } from './http.js';

/** Whether an answer is worth another try. */
export interface RetryVerdict {
  readonly retry: boolean;
  readonly reason: 'rate_limit' | 'failure';
  /** Wait asked for by the venue, ms. */
  readonly retryAfterMs?: number | undefined;
}

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly random: Random;
  /** Looks at an answer: 429 and 5xx are worth another try, most others are not. */
  judge(response: HttpResponse): RetryVerdict;
}

/** The end of one try: an answer or an error, and the verdict on it. */
type Try = RetryVerdict & ({ readonly response: HttpResponse } | { readonly error: unknown });

/**
 * Repeats `idempotent` requests, and no others, after a retryable error or an answer that `judge` wants repeated.
 * `timeoutMs` of a request bounds all tries and waits together: each try gets what is left, and a wait that does not fit
 * is not begun. In the end the last answer is returned, or the last error thrown, as it came.
 * @throws {AbortedError} when the signal fires during a wait; its outcome is that of the last try.
 */
export function withRetry(options: RetryOptions): HttpDecorator {
  const { policy, clock, random } = options;
  return (inner) => {
    const send = async (request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> => {
      if (!request.idempotent) return inner(request, signal);
      const endsAt = clock.monotonic() + (request.timeoutMs ?? Number.POSITIVE_INFINITY);
      let current = request;
      for (let attempt = 1; ; attempt++) {
        const last = await tryOnce(() => inner(current, signal), options);
        const waitMs = retryDelayMs(policy, attempt, last.reason, last.retryAfterMs, random);
        const leftMs = endsAt - clock.monotonic() - waitMs;
        if (!last.retry || attempt >= policy.maxAttempts || leftMs <= 0) return conclude(last);
        await sleep(clock, waitMs, signal);
        if (signal?.aborted) throw aborted(request.label, 'error' in last ? outcomeOf(last.error) : 'rejected');
        if (request.timeoutMs !== undefined) current = { ...request, timeoutMs: endsAt - clock.monotonic() };
      }
    };
    return Object.assign(send, { close: async () => inner.close?.() });
  };
}

async function tryOnce(send: () => Promise<HttpResponse>, { judge }: RetryOptions): Promise<Try> {
  try {
    const response = await send();
    return { ...judge(response), response };
  } catch (error) {
    if (!isExchangeError(error)) return { retry: false, reason: 'failure', error };
    const reason = error.code === 'rate_limit' ? 'rate_limit' : 'failure';
    return { retry: error.retryable, reason, retryAfterMs: error.retryAfterMs, error };
  }
}

function conclude(last: Try): HttpResponse {
  if ('response' in last) return last.response;
  throw last.error;
}

function outcomeOf(error: unknown) {
  return isExchangeError(error) ? error.outcome : 'unknown';
}
