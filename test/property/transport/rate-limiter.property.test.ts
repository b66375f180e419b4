import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter, type Spend } from '../../../src/transport/rate-limiter.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

interface Grant {
  readonly at: number;
  readonly key: string;
  readonly weight: number;
}

interface Budget {
  readonly key: string;
  readonly capacity: number;
  readonly intervalMs: number;
}

const BUDGETS: readonly Budget[] = [
  { key: 'ip', capacity: 12, intervalMs: 1000 },
  { key: 'endpoint', capacity: 5, intervalMs: 700 },
  { key: 'slow', capacity: 3, intervalMs: 2500 },
];

/** Looks at every window that begins with a grant: knows nothing of how the limiter counts. */
function overspent(grants: readonly Grant[], budgets: readonly Budget[]): string[] {
  return budgets.flatMap(({ key, capacity, intervalMs }) => {
    const own = grants.filter((grant) => grant.key === key);
    return own.flatMap(({ at }) => {
      const inWindow = own.filter((grant) => grant.at >= at && grant.at < at + intervalMs);
      const sum = inWindow.reduce((total, grant) => total + grant.weight, 0);
      return sum > capacity ? [`${key}: ${sum} of ${capacity} from ${at}`] : [];
    });
  });
}

const weights = fc
  .array(fc.record({ budget: fc.integer({ min: 0, max: 2 }), weight: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((list) => [...new Map(list.map(({ budget, weight }) => [budget, weight]))])
  .map((list): Spend[] => list.map(([budget, weight]) => ({ ...(BUDGETS[budget] as Budget), weight })));

const step = fc.record({
  waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 900, noNaN: true })),
  spends: weights,
  how: fc.constantFrom('try' as const, 'acquire' as const, 'acquire' as const, 'abort' as const),
  priority: fc.integer({ min: 0, max: 2 }),
  deadlineMs: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
  blockMs: fc.oneof(
    { weight: 12, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 2000 }) },
  ),
});

describe('the rate limiter over random traces', () => {
  it('overspends no window, grants nothing during a block, keeps deadlines, and serves everybody in the end', async () => {
    let granted = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
        const clock = createVirtualClock();
        const limiter = createRateLimiter({ clock });
        const grants: Grant[] = [];
        const problems: string[] = [];
        let open = 0;
        let blockedUntil = 0;
        const grant = (spends: readonly Spend[]): void => {
          const at = clock.monotonic();
          granted++;
          if (at < blockedUntil) problems.push(`granted at ${at}, blocked until ${blockedUntil}`);
          for (const { key, weight } of spends) grants.push({ at, key, weight });
        };
        for (const { waitMs, spends, how, priority, deadlineMs, blockMs } of steps) {
          await clock.advance(waitMs);
          if (blockMs > 0) {
            limiter.block(blockMs);
            blockedUntil = Math.max(blockedUntil, clock.monotonic() + blockMs);
          }
          if (how === 'try') {
            if (limiter.tryAcquire(spends)) grant(spends);
            continue;
          }
          const askedAt = clock.monotonic();
          const controller = new AbortController();
          open++;
          limiter
            .acquire(spends, { priority, deadlineMs, signal: controller.signal })
            .then(
              () => {
                grant(spends);
                if (clock.monotonic() > askedAt + (deadlineMs ?? Number.POSITIVE_INFINITY))
                  problems.push('granted too late');
              },
              (error: { outcome: string }) => {
                refused++;
                if (error.outcome !== 'not_sent') problems.push('a refusal that may have been sent');
              },
            )
            .finally(() => open--);
          if (how === 'abort') clock.setTimer(30, () => controller.abort());
        }
        await clock.advance(1_000_000);
        expect([...problems, ...overspent(grants, BUDGETS)]).toEqual([]);
        expect([open, clock.pendingTimers]).toEqual([0, 0]);
      }),
      { numRuns: 2000 },
    );
    expect(granted).toBeGreaterThan(10_000);
    expect(refused).toBeGreaterThan(1000);
  });

  it('is checked by something that sees the fault of a plain token bucket', () => {
    const budget: Budget = { key: 'ip', capacity: 12, intervalMs: 1000 };
    const grants: Grant[] = [];
    let tokens = budget.capacity;
    let last = 0;
    for (let at = 0; at < 3000; at += 10) {
      tokens = Math.min(budget.capacity, tokens + ((at - last) * budget.capacity) / budget.intervalMs);
      last = at;
      if (tokens < 1) continue;
      tokens -= 1;
      grants.push({ at, key: 'ip', weight: 1 });
    }
    expect(overspent(grants, [budget])[0]).toBe('ip: 23 of 12 from 0');
  });
});
