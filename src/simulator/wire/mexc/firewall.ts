import type { SimHttpResponse } from '../../contract.js';
import { SlidingWindow } from './sliding-window.js';

/** Source: published measurements; it trips at a burst of about 120 requests for about a minute. */
const BURST_LIMIT = 120;
const BURST_WINDOW_MS = 1_000;
const BLOCK_MS = 60_000;

/** Its page: no JSON, no `Retry-After`. */
export const FIREWALL_PAGE: SimHttpResponse = {
  status: 403,
  headers: { 'content-type': 'text/html' },
  body: '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD></HTML>',
};

interface Meter {
  readonly requests: SlidingWindow;
  blockedUntil: number;
}

/** What stands before the API of the host: it looks at addresses only. Keeps one meter per address that ever asked. */
export class Firewall {
  readonly #meters = new Map<string, Meter>();

  /** Whether a request is blocked; to be asked once per request. @param now monotonic ms. */
  blocks(ip: string, now: number): boolean {
    const meter = this.#meterOf(ip);
    if (now < meter.blockedUntil) return true;
    meter.requests.add(now, 1);
    if (meter.requests.total(now) <= BURST_LIMIT) return false;
    meter.blockedUntil = now + BLOCK_MS;
    return true;
  }

  #meterOf(ip: string): Meter {
    let meter = this.#meters.get(ip);
    if (meter === undefined) {
      meter = { requests: new SlidingWindow(BURST_WINDOW_MS), blockedUntil: 0 };
      this.#meters.set(ip, meter);
    }
    return meter;
  }
}
