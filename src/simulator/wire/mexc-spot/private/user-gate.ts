import { SlidingWindow } from '../../mexc/sliding-window.js';

/** A budget that several endpoints may share. */
export type UserBudget = 'orders' | 'batches' | 'account';

/** Weight of all keyed calls of one user. Source: MEXC spot v3 docs, limits. */
const WEIGHT_LIMIT = 500;
const WEIGHT_WINDOW_MS = 10_000;
/** Requests per second. Source: MEXC spot v3 docs, limits, 2026. */
const BUDGETS: Readonly<Record<UserBudget, number>> = { orders: 12, batches: 2, account: 2 };

interface Meter {
  readonly weights: SlidingWindow;
  readonly budgets: Readonly<Record<UserBudget, SlidingWindow>>;
}

/** Meters keyed calls by user. A refused call costs nothing. */
export class UserGate {
  readonly #meters = new Map<string, Meter>();

  /** Ms until the call would be let through; 0 = it was, and is counted. @param now monotonic ms. */
  admit(userId: string, weight: number, budgets: readonly UserBudget[], now: number): number {
    const meter = this.#meterOf(userId);
    const excess = meter.weights.total(now) + weight - WEIGHT_LIMIT;
    if (excess > 0) return meter.weights.msUntilFreed(now, excess);
    for (const budget of budgets) {
      const window = meter.budgets[budget];
      if (window.total(now) >= BUDGETS[budget]) return window.msUntilFreed(now, 1);
    }
    meter.weights.add(now, weight);
    for (const budget of budgets) meter.budgets[budget].add(now, 1);
    return 0;
  }

  #meterOf(userId: string): Meter {
    let meter = this.#meters.get(userId);
    if (meter === undefined) {
      const budget = (): SlidingWindow => new SlidingWindow(1_000);
      meter = {
        weights: new SlidingWindow(WEIGHT_WINDOW_MS),
        budgets: { orders: budget(), batches: budget(), account: budget() },
      };
      this.#meters.set(userId, meter);
    }
    return meter;
  }
}
