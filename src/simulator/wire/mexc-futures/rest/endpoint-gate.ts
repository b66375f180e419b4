import { SlidingWindow } from '../../mexc/sliding-window.js';

/** So many requests of one caller to one endpoint. */
export interface EndpointLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/** Meters calls by endpoint and caller. A refused call costs nothing. */
export class EndpointGate {
  readonly #windows = new Map<string, SlidingWindow>();

  /** Whether the call is let through. @param caller an address or a user. @param now monotonic ms. */
  admits(endpoint: string, caller: string, limit: EndpointLimit, now: number): boolean {
    const key = `${endpoint} ${caller}`;
    let window = this.#windows.get(key);
    if (window === undefined) {
      window = new SlidingWindow(limit.windowMs);
      this.#windows.set(key, window);
    }
    if (window.total(now) >= limit.requests) return false;
    window.add(now, 1);
    return true;
  }
}
