import type { VenueId } from './venue-id.js';

/** `degraded`: works, with something missing or late. `down`: does not work. */
export type HealthStatus = 'ok' | 'degraded' | 'down';

/** One thing that was looked at: `'rest'`, `'stream'`, `'book BTC/USDT'`. */
export interface HealthCheck {
  readonly name: string;
  readonly status: HealthStatus;
  /** For people; holds no secret. */
  readonly detail?: string;
}

/** How one exchange client is doing. */
export interface HealthReport {
  readonly venue: VenueId;
  /** The worst status of all checks; `'ok'` without checks. */
  readonly status: HealthStatus;
  readonly checks: readonly HealthCheck[];
  /** Epoch ms by our clock. */
  readonly at: number;
}

const RANKS: Readonly<Record<HealthStatus, number>> = { ok: 0, degraded: 1, down: 2 };

/** The worst of several states; `'ok'` for none. */
export function worstHealth(states: Iterable<HealthStatus>): HealthStatus {
  let worst: HealthStatus = 'ok';
  for (const state of states) if (RANKS[state] > RANKS[worst]) worst = state;
  return worst;
}

/** A report whose status is the worst of its checks. @param at epoch ms by our clock. */
export function createHealthReport(venue: VenueId, checks: readonly HealthCheck[], at: number): HealthReport {
  return { venue, status: worstHealth(checks.map((check) => check.status)), checks, at };
}
