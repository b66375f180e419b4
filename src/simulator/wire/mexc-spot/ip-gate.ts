import { SlidingWindow } from './sliding-window.js';

/** Weight of all public calls of one address. Source: MEXC spot v3 docs, limits. */
const WEIGHT_LIMIT = 300;
const WEIGHT_WINDOW_MS = 10_000;
/** The firewall before the API. Source: published measurements; it trips at a burst of about 120 for about a minute. */
const BURST_LIMIT = 120;
const BURST_WINDOW_MS = 1_000;
const BLOCK_MS = 60_000;

export type GateVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'waf' }
  | { readonly kind: 'limit'; readonly retryAfterMs: number };

interface Meter {
  readonly weights: SlidingWindow;
  readonly requests: SlidingWindow;
  blockedUntil: number;
}

const PASS: GateVerdict = { kind: 'pass' };
const WAF: GateVerdict = { kind: 'waf' };

/**
 * Meters requests by address as the venue does: a refused request costs no weight, but counts as a hit of the firewall.
 * Keeps one meter per address that ever asked.
 */
export class IpGate {
  readonly #meters = new Map<string, Meter>();

  /** @param now monotonic ms. */
  admit(ip: string, weight: number, now: number): GateVerdict {
    const meter = this.#meterOf(ip);
    if (now < meter.blockedUntil) return WAF;
    meter.requests.add(now, 1);
    if (meter.requests.total(now) > BURST_LIMIT) {
      meter.blockedUntil = now + BLOCK_MS;
      return WAF;
    }
    const excess = meter.weights.total(now) + weight - WEIGHT_LIMIT;
    if (excess > 0) return { kind: 'limit', retryAfterMs: meter.weights.msUntilFreed(now, excess) };
    meter.weights.add(now, weight);
    return PASS;
  }

  #meterOf(ip: string): Meter {
    let meter = this.#meters.get(ip);
    if (meter === undefined) {
      meter = {
        weights: new SlidingWindow(WEIGHT_WINDOW_MS),
        requests: new SlidingWindow(BURST_WINDOW_MS),
        blockedUntil: 0,
      };
      this.#meters.set(ip, meter);
    }
    return meter;
  }
}
