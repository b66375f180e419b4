import type { ExpectedFunding } from './opportunity.js';

/** What a perpetual pays or takes next. */
export interface FundingTerms {
  /** Fraction of the position's value per payment; positive: longs pay shorts. */
  readonly rate: number;
  /** Epoch ms of the next payment. */
  readonly nextAt: number;
  /** Ms between payments. */
  readonly intervalMs: number;
}

/** Payments from `now` to `now + horizonMs`. */
export function paymentsWithin({ nextAt, intervalMs }: FundingTerms, now: number, horizonMs: number): number {
  if (!(intervalMs > 0) || !(horizonMs > 0)) return 0;
  // A payment that is due has been made: what the venue has told is older than that.
  const next = nextAt > now ? nextAt : nextAt + Math.ceil((now - nextAt) / intervalMs + Number.EPSILON) * intervalMs;
  return next > now + horizonMs ? 0 : 1 + Math.floor((now + horizonMs - next) / intervalMs);
}

/**
 * What holding both legs brings, at the present rates. The long leg pays a positive rate, the short one receives it.
 * @returns `undefined` when neither leg is funded.
 */
export function expectFunding(
  long: FundingTerms | undefined,
  short: FundingTerms | undefined,
  now: number,
  horizonMs: number,
): ExpectedFunding | undefined {
  if (long === undefined && short === undefined) return undefined;
  const paid = long === undefined ? 0 : paymentsWithin(long, now, horizonMs);
  const received = short === undefined ? 0 : paymentsWithin(short, now, horizonMs);
  const fraction = received * (short?.rate ?? 0) - paid * (long?.rate ?? 0);
  return { bps: fraction * 10_000, horizonMs, payments: paid + received };
}
