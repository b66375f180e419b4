import type { Clock } from '../transport/clock.js';
import { createRateLimiter, type RateLimiter } from '../transport/rate-limiter.js';
import type { Runtime } from '../transport/runtime.js';

/** By what a client goes out: runtimes of its user's have addresses of their own. */
const OF_RUNTIMES = new WeakMap<Runtime, Map<string, RateLimiter>>();
/** The default runtime goes out directly (`''`) or through a proxy. */
const OF_PROXIES = new Map<string, Map<string, RateLimiter>>();
/** Clients that were given the same keys have one account. */
const ACCOUNTS = new WeakMap<object, string>();
let accounts = 0;

/**
 * The budgets that an address has left at a host. Venues count what comes from an address, and ban it, whichever client sent it:
 * all clients of this process that go out the same way get the same limiter. It lives as long as the process.
 * @param way the runtime that was given, or else the proxy.
 * @param host with its port.
 */
export function limiterOf(way: Runtime | string | undefined, host: string, clock: Clock): RateLimiter {
  const byHost = typeof way === 'object' ? known(OF_RUNTIMES, way) : known(OF_PROXIES, way ?? '');
  let limiter = byHost.get(host);
  if (limiter === undefined) {
    limiter = createRateLimiter({ clock });
    byHost.set(host, limiter);
  }
  return limiter;
}

/** A name for the account that these keys belong to. @param keys object or function as it was given; another one is another account. */
export function accountOf(keys: object): string {
  let name = ACCOUNTS.get(keys);
  if (name === undefined) {
    name = `account ${++accounts}`;
    ACCOUNTS.set(keys, name);
  }
  return name;
}

function known<K>(
  all: { get(key: K): Map<string, RateLimiter> | undefined; set(key: K, value: Map<string, RateLimiter>): unknown },
  way: K,
): Map<string, RateLimiter> {
  let byHost = all.get(way);
  if (byHost === undefined) {
    byHost = new Map();
    all.set(way, byHost);
  }
  return byHost;
}
