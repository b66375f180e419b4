import { Firewall } from '../mexc/firewall.js';
import { SlidingWindow } from '../mexc/sliding-window.js';

/** Weight of all public calls of one address. Source: MEXC spot v3 docs, limits. */
const WEIGHT_LIMIT = 300;
const WEIGHT_WINDOW_MS = 10_000;

export type GateVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'waf' }
  | { readonly kind: 'limit'; readonly retryAfterMs: number };

const PASS: GateVerdict = { kind: 'pass' };
const WAF: GateVerdict = { kind: 'waf' };

/**
 * Meters requests by address as the venue does: a refused request costs no weight, but counts as a hit of the firewall.
 * Keeps one meter per address that ever asked.
 */
export class IpGate {
  readonly #firewall = new Firewall();
  readonly #weights = new Map<string, SlidingWindow>();

  /** @param now monotonic ms. */
  admit(ip: string, weight: number, now: number): GateVerdict {
    if (this.#firewall.blocks(ip, now)) return WAF;
    const weights = this.#weightsOf(ip);
    const excess = weights.total(now) + weight - WEIGHT_LIMIT;
    if (excess > 0) return { kind: 'limit', retryAfterMs: weights.msUntilFreed(now, excess) };
    weights.add(now, weight);
    return PASS;
  }

  #weightsOf(ip: string): SlidingWindow {
    let weights = this.#weights.get(ip);
    if (weights === undefined) {
      weights = new SlidingWindow(WEIGHT_WINDOW_MS);
      this.#weights.set(ip, weights);
    }
    return weights;
  }
}
