import { describe, expect, it } from 'vitest';
import { AbortedError, NetworkError, RateLimitError } from '../../../src/errors/kinds.js';
import type { HttpRequest, HttpResponse, HttpTransport } from '../../../src/transport/http/http.js';
import { withDeadline } from '../../../src/transport/http/with-deadline.js';
import { withRetry } from '../../../src/transport/http/with-retry.js';
import { type HttpEvent, withTap } from '../../../src/transport/http/with-tap.js';
import type { RetryPolicy } from '../../../src/transport/policies.js';
import { createVirtualClock, type VirtualClock } from '../../../src/transport/virtual-clock.js';

const POLICY: RetryPolicy = {
  maxAttempts: 3,
  baseDelayMs: 1000,
  maxDelayMs: 10_000,
  maxRetryAfterMs: 60_000,
  delayMs: (attempt, reason, base) => (reason === 'rate_limit' ? base * 2 ** attempt : base * attempt),
};

const GET: HttpRequest = {
  method: 'GET',
  url: 'https://venue.test/x?signature=secret',
  headers: { 'x-key': 'secret' },
  label: 'GET /x',
  idempotent: true,
};

const answer = (status: number): HttpResponse => ({ status, headers: {}, body: `${status}` });
const reset = () => new NetworkError({ message: 'planted', outcome: 'unknown' });

type Step = HttpResponse | Error | 'hang';

/** A transport that plays steps in turn and notes when and with what it was called. */
function script(clock: VirtualClock, steps: Step[]) {
  const calls: Array<{ at: number; request: HttpRequest }> = [];
  const send: HttpTransport = async (request, signal) => {
    calls.push({ at: clock.monotonic(), request });
    const step = steps[calls.length - 1];
    if (step === undefined) throw new Error('called too often');
    if (step === 'hang') {
      return new Promise((_, reject) => {
        const abort = () => reject(new AbortedError({ message: 'aborted', outcome: 'unknown' }));
        if (signal?.aborted) abort();
        signal?.addEventListener('abort', abort);
      });
    }
    if (step instanceof Error) throw step;
    return step;
  };
  return { send, calls };
}

const judge = ({ status }: HttpResponse) => ({
  retry: status === 429 || status >= 500,
  reason: status === 429 ? ('rate_limit' as const) : ('failure' as const),
  retryAfterMs: status === 429 ? 4000 : undefined,
});

function setUp(steps: Step[]) {
  const clock = createVirtualClock();
  const { send, calls } = script(clock, steps);
  const retried = withRetry({ policy: POLICY, clock, random: { next: () => 0 }, judge })(send);
  const run = async (request: HttpRequest = GET, signal?: AbortSignal, advanceMs = 100_000) => {
    const result = retried(request, signal).then(
      (response) => response.status,
      (error: unknown) => error,
    );
    await clock.advance(advanceMs);
    return result;
  };
  return { clock, calls, run, retried };
}

const times = (calls: Array<{ at: number }>) => calls.map(({ at }) => at);

describe('retry', () => {
  it('repeats after errors and bad answers, with the waits of the policy, until an answer is good', async () => {
    const { run, calls, clock } = setUp([reset(), answer(503), answer(200)]);
    expect(await run()).toBe(200);
    expect(times(calls)).toEqual([0, 500, 1500]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('returns the last answer or throws the last error when the tries are used up', async () => {
    const answers = setUp([answer(500), answer(500), answer(502)]);
    expect(await answers.run()).toBe(502);
    const last = reset();
    const errors = setUp([reset(), reset(), last]);
    expect(await errors.run()).toBe(last);
  });

  it('never waits less than the venue asks, in an answer or in an error', async () => {
    const { run, calls } = setUp([
      answer(429),
      new RateLimitError({ message: 'planted', outcome: 'rejected', retryAfterMs: 30_000 }),
      answer(200),
    ]);
    expect(await run()).toBe(200);
    expect(times(calls)).toEqual([0, 4000, 34_000]);
  });

  it.each([
    ['an answer', answer(500)],
    ['an error', reset()],
  ])('never repeats a request that is not idempotent, whatever came: %s', async (_, step) => {
    const { run, calls } = setUp([step, answer(200)]);
    const result = await run({ ...GET, method: 'POST', idempotent: false });
    expect(result).toBe(step instanceof Error ? step : 500);
    expect(calls.length).toBe(1);
  });

  it('does not repeat a definite answer, a lasting error, or an error that is not ours', async () => {
    const foreign = new TypeError('planted');
    const lasting = new NetworkError({ message: 'planted', outcome: 'not_sent', retryable: false });
    for (const step of [answer(400), lasting, foreign]) {
      const { run, calls } = setUp([step]);
      expect(await run()).toBe(step instanceof Error ? step : 400);
      expect(calls.length).toBe(1);
    }
  });

  it('gives each try what is left of the budget, and begins no wait that does not fit', async () => {
    const { run, calls } = setUp([answer(500), answer(500), answer(200)]);
    expect(await run({ ...GET, timeoutMs: 1400 })).toBe(500);
    expect(times(calls)).toEqual([0, 500]);
    expect(calls.map(({ request }) => request.timeoutMs)).toEqual([1400, 900]);
  });

  it('stops waiting when the signal fires', async () => {
    const { clock, calls, retried } = setUp([reset()]);
    const controller = new AbortController();
    const result = expect(retried(GET, controller.signal)).rejects.toMatchObject({
      code: 'aborted',
      outcome: 'unknown',
      endpoint: 'GET /x',
    });
    await clock.advance(100);
    controller.abort();
    await result;
    expect([calls.length, clock.pendingTimers]).toEqual([1, 0]);
  });
});

describe('the deadline', () => {
  it('ends whatever runs inside, retries included, and keeps the outcome that was known', async () => {
    const clock = createVirtualClock();
    const { send, calls } = script(clock, [answer(500), 'hang']);
    const retry = withRetry({ policy: POLICY, clock, random: { next: () => 0 }, judge });
    const bounded = withDeadline({ clock, timeoutMs: 5000 })(retry(send));
    const result = expect(bounded(GET)).rejects.toMatchObject({
      code: 'timeout',
      outcome: 'unknown',
      endpoint: 'GET /x',
    });
    await clock.advance(5000);
    await result;
    expect(calls.map(({ at, request }) => [at, request.timeoutMs])).toEqual([
      [0, 5000],
      [500, 4500],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is the one of the request where it has one', async () => {
    const clock = createVirtualClock();
    const { send } = script(clock, ['hang']);
    const result = expect(
      withDeadline({ clock, timeoutMs: 5000 })(send)({ ...GET, timeoutMs: 70 }),
    ).rejects.toMatchObject({
      code: 'timeout',
    });
    await clock.advance(70);
    await result;
  });

  it('leaves answers, errors and the abort of the caller as they are', async () => {
    const clock = createVirtualClock();
    const planted = reset();
    const { send } = script(clock, [answer(404), planted, 'hang', 'hang']);
    const bounded = withDeadline({ clock, timeoutMs: 5000 })(send);
    expect(await bounded(GET)).toEqual(answer(404));
    await expect(bounded(GET)).rejects.toBe(planted);
    const controller = new AbortController();
    const during = expect(bounded(GET, controller.signal)).rejects.toMatchObject({ code: 'aborted' });
    controller.abort();
    await during;
    await expect(bounded(GET, controller.signal)).rejects.toMatchObject({ code: 'aborted' });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('the tap', () => {
  it('tells label, status or error and duration, and nothing of the request', async () => {
    const clock = createVirtualClock();
    const events: HttpEvent[] = [];
    const planted = new TypeError('planted');
    const { send } = script(clock, [answer(418), reset(), planted]);
    const slow: HttpTransport = async (request, signal) => {
      await new Promise<void>((resolve) => clock.setTimer(25, resolve));
      return send(request, signal);
    };
    const tapped = withTap({ clock, observe: (event) => void events.push(event) })(slow);
    const results = [tapped(GET), tapped(GET), tapped(GET)].map((result) => result.catch((error: Error) => error));
    await clock.advance(25);
    expect(await Promise.all(results)).toEqual([answer(418), reset(), planted]);
    expect(events).toEqual([
      { kind: 'answered', label: 'GET /x', durationMs: 25, status: 418 },
      { kind: 'failed', label: 'GET /x', durationMs: 25, code: 'network', outcome: 'unknown' },
      { kind: 'failed', label: 'GET /x', durationMs: 25, code: 'unknown', outcome: 'unknown' },
    ]);
  });

  it('survives an observer that throws', async () => {
    const clock = createVirtualClock();
    const { send } = script(clock, [answer(200), reset()]);
    const observe = () => {
      throw new Error('planted');
    };
    const tapped = withTap({ clock, observe })(send);
    expect(await tapped(GET)).toEqual(answer(200));
    await expect(tapped(GET)).rejects.toMatchObject({ code: 'network' });
  });
});

describe('every decorator', () => {
  it('closes what it wraps, or nothing where there is nothing to close', async () => {
    const clock = createVirtualClock();
    let closed = 0;
    const close = async () => {
      closed++;
    };
    const inner = Object.assign(async () => answer(200), { close });
    const decorators = [
      withTap({ clock, observe: () => {} }),
      withRetry({ policy: POLICY, clock, random: { next: () => 0 }, judge }),
      withDeadline({ clock, timeoutMs: 1 }),
    ];
    for (const decorate of decorators) {
      await decorate(inner).close?.();
      await decorate(async () => answer(200)).close?.();
    }
    expect(closed).toBe(3);
  });
});
