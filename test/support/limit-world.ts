import type { Endpoint } from '../../src/adapter/endpoint.js';
import type { LimitTable } from '../../src/adapter/limits.js';
import type { Venue } from '../../src/adapter/venue.js';
import { PRIORITY, Spending } from '../../src/exchange/spending.js';
import { venues } from '../../src/index.js';
import { createRateLimiter, type RateLimiter, type Spend } from '../../src/transport/rate-limiter.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import type { WorldResult } from './many-worlds.js';
import { MicroClock } from './micro-clock.js';
import { overspent, type Usage } from './overspent.js';

/** Mistakes that the harness must show. */
export const LIMIT_MISTAKES = [
  'counts by when it sends',
  'refills while it spends',
  'keeps nothing for cancels',
  'goes on during a ban',
] as const;
export type LimitMistake = (typeof LIMIT_MISTAKES)[number];

const ARRIVALS = 2_000;
/** Requests arrive at the venue up to so much after they have left, each another time, ms. */
const ON_THE_WAY_MS = 100;
/** Cancels come no faster than what is kept for them: of the whole budgets two a second, of a share at least one. */
const CANCEL_EVERY_MS = { whole: 600, share: 1_200 } as const;
const LONGEST_CANCEL_MS = 50;
const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'XRP/USDT'] as const;

type AnyEndpoint = Endpoint<unknown, unknown>;

interface Subject {
  readonly venue: Venue;
  readonly endpoints: readonly AnyEndpoint[];
  readonly cancels: readonly AnyEndpoint[];
}

const SUBJECTS: readonly Subject[] = Object.values(venues).map((venue) => {
  const endpoints = [...new Set(endpointsOf(venue))];
  return { venue, endpoints, cancels: endpoints.filter(({ lane }) => lane === 'cancel') };
});

/** Nothing has to be loaded. */
export async function prepareWorlds(): Promise<void> {}

/** Requests of one client in a few minutes at one venue, up to ten times as many as it takes. */
export async function runWorld(
  seed: string,
  { mistake }: { readonly mistake?: LimitMistake } = {},
): Promise<WorldResult> {
  const random = createSeededRandom(seed);
  const subject = random.pick(SUBJECTS);
  const trace = new Trace(subject, random, mistake);
  await trace.run();
  const { faults, failures } = trace;
  failures.push(...overspent(trace.used, subject.venue.limits));
  return { seed, sort: subject.venue.id, count: ARRIVALS, checks: trace.used.length, faults, failures };
}

class Trace {
  readonly used: Usage[] = [];
  readonly failures: string[] = [];
  readonly faults = { granted: 0, refused: 0, aborted: 0, canceled: 0, banned: 0, emptied: 0 };
  readonly #subject: Subject;
  readonly #random: SeededRandom;
  readonly #mistake: LimitMistake | undefined;
  readonly #clock = new MicroClock();
  readonly #limiter: RateLimiter;
  readonly #spending: Spending;
  /** Of the budgets that this client may use. */
  readonly #share: number;
  /** A part of all endpoints, so that they fight for the same budgets. */
  readonly #wanted: readonly AnyEndpoint[];
  /** While there are none, how long a cancel waits is looked at. */
  readonly #hasBans: boolean;
  #bannedUntil = 0;
  /** Who waits. */
  #open = 0;
  readonly #emptyUntil = new Map<string, number>();

  constructor(subject: Subject, random: SeededRandom, mistake: LimitMistake | undefined) {
    this.#subject = subject;
    this.#random = random;
    this.#mistake = mistake;
    this.#limiter =
      mistake === 'refills while it spends' ? new Buckets(this.#clock) : createRateLimiter({ clock: this.#clock });
    this.#share = random.pick([1, 1, 1, 0.5, 0.25]);
    this.#spending = new Spending(subject.venue, this.#share);
    // Cancels come by themselves.
    const others = subject.endpoints.filter(({ lane }) => lane !== 'cancel');
    this.#wanted = Array.from({ length: 1 + random.int(6) }, () => random.pick(others));
    this.#hasBans = mistake !== 'refills while it spends' && random.chance(0.3);
  }

  async run(): Promise<void> {
    const overload = this.#random.pick([0.5, 1, 2, 10]);
    const gapMs = this.#slowest() / overload;
    let nextCancelAt = 0;
    for (let left = ARRIVALS; left > 0; ) {
      // Many at once, then none for a while.
      const burst = Math.min(left, this.#random.chance(0.8) ? 1 : 1 + this.#random.int(40));
      left -= burst;
      await this.#clock.advance(burst * gapMs * 2 * this.#random.next());
      if (this.#hasBans && this.#random.chance(0.01)) this.#ban();
      for (let n = burst; n > 0; n--) {
        const isCancel = this.#clock.monotonic() >= nextCancelAt && this.#subject.cancels.length > 0;
        if (isCancel) nextCancelAt = this.#clock.monotonic() + CANCEL_EVERY_MS[this.#share === 1 ? 'whole' : 'share'];
        this.#ask(this.#random.pick(isCancel ? this.#subject.cancels : this.#wanted), isCancel);
      }
    }
    await this.#clock.advance(60_000);
    if (this.#open > 0) this.failures.push(`${this.#open} still wait after a minute in which nobody asked`);
    if (this.#clock.pendingTimers > 0) this.failures.push(`${this.#clock.pendingTimers} timers are left`);
    this.#limiter.close();
  }

  /** Ms for one request at the pace of the shortest budget of those that are wanted. */
  #slowest(): number {
    const { limits } = this.#subject.venue;
    const paces = this.#wanted.flatMap(({ cost }) =>
      Object.entries(cost).map(([name, weight]) => {
        const { capacity, intervalMs } = limits[name] as LimitTable[string];
        return (weight * intervalMs) / capacity;
      }),
    );
    return Math.max(1, ...paces);
  }

  #ban(): void {
    const ms = 100 + this.#random.int(3_000);
    const until = this.#clock.monotonic() + ms;
    if (this.#random.chance(0.5)) {
      this.faults.banned++;
      this.#bannedUntil = Math.max(this.#bannedUntil, until);
      if (this.#mistake !== 'goes on during a ban') this.#limiter.block(ms);
      return;
    }
    this.faults.emptied++;
    const spends = this.#spending.of(this.#random.pick(this.#wanted), { symbol: SYMBOLS[0] });
    for (const { key } of spends) this.#emptyUntil.set(key, Math.max(this.#emptyUntil.get(key) ?? 0, until));
    this.#limiter.block(ms, spends);
  }

  #ask(endpoint: AnyEndpoint, isCancel: boolean): void {
    const symbol = this.#random.pick(SYMBOLS);
    const spends = this.#spoil(this.#spending.of(endpoint, { symbol }));
    const askedAt = this.#clock.monotonic();
    if (this.#limiter.tryAcquire(spends)) return this.#granted(endpoint, symbol, spends, askedAt, isCancel);
    const priority = PRIORITY[isCancel ? 'cancel' : (endpoint.lane ?? 'data')];
    const deadlineMs = isCancel ? 10_000 : 200 + this.#random.int(3_000);
    const controller = this.#random.chance(0.05) ? new AbortController() : undefined;
    this.#open++;
    this.#limiter.acquire(spends, { priority, deadlineMs, signal: controller?.signal }).then(
      () => {
        this.#open--;
        if (this.#clock.monotonic() > askedAt + deadlineMs) this.failures.push('granted after its deadline');
        this.#granted(endpoint, symbol, spends, askedAt, isCancel);
      },
      (error: { readonly outcome?: string }) => {
        this.#open--;
        this.faults[controller?.signal.aborted ? 'aborted' : 'refused']++;
        if (error.outcome !== 'not_sent') this.failures.push(`refused as ${error.outcome}`);
        if (isCancel && !this.#hasBans) this.failures.push('a cancel was refused');
      },
    );
    if (controller !== undefined) this.#clock.setTimer(this.#random.int(300), () => controller.abort());
  }

  #granted(endpoint: AnyEndpoint, symbol: string, spends: readonly Spend[], askedAt: number, isCancel: boolean): void {
    const now = this.#clock.monotonic();
    this.faults.granted++;
    if (now < this.#bannedUntil) this.failures.push(`sent at ${now}, banned until ${this.#bannedUntil}`);
    for (const { key } of spends) {
      const until = this.#emptyUntil.get(key) ?? 0;
      if (now < until) this.failures.push(`${key} spent at ${now}, empty until ${until}`);
    }
    if (isCancel) {
      this.faults.canceled++;
      if (now - askedAt >= LONGEST_CANCEL_MS && !this.#hasBans)
        this.failures.push(`${endpoint.path}: a cancel waited ${now - askedAt} ms, with a share of ${this.#share}`);
    }
    this.used.push({ endpoint, symbol, at: now + this.#random.next() * ON_THE_WAY_MS });
  }

  #spoil(spends: readonly Spend[]): readonly Spend[] {
    if (this.#mistake === 'keeps nothing for cancels') return spends.map((spend) => ({ ...spend, reserve: 0 }));
    if (this.#mistake !== 'counts by when it sends') return spends;
    return spends.map((spend) => ({ ...spend, intervalMs: spend.intervalMs - ON_THE_WAY_MS }));
  }
}

/** A plain token bucket, as many clients have one: after a burst it grants as much again within the window. */
class Buckets implements RateLimiter {
  readonly #clock: MicroClock;
  readonly #levels = new Map<string, { tokens: number; at: number }>();

  constructor(clock: MicroClock) {
    this.#clock = clock;
  }

  tryAcquire(spends: readonly Spend[]): boolean {
    const now = this.#clock.monotonic();
    const levels = spends.map(({ key, capacity, intervalMs }) => {
      const level = this.#levels.get(key) ?? { tokens: capacity, at: now };
      level.tokens = Math.min(capacity, level.tokens + ((now - level.at) * capacity) / intervalMs);
      level.at = now;
      this.#levels.set(key, level);
      return level;
    });
    if (levels.some(({ tokens }, at) => tokens < (spends[at] as Spend).weight)) return false;
    for (const [at, level] of levels.entries()) level.tokens -= (spends[at] as Spend).weight;
    return true;
  }

  acquire(): Promise<void> {
    return Promise.reject({ outcome: 'not_sent' });
  }

  block(): void {}

  blockedForMs(): number {
    return 0;
  }

  close(): void {}
}

/** Every endpoint of a venue, with those of its order socket, which cost more. */
function endpointsOf({ private: account, ...open }: Venue): AnyEndpoint[] {
  const { orderSocket, orders } = account ?? {};
  const overSocket = [orders?.place, orders?.amend].flatMap((endpoint) =>
    endpoint === undefined || orderSocket?.extraCost === undefined
      ? []
      : [{ ...endpoint, cost: { ...endpoint.cost, ...orderSocket.extraCost } } as AnyEndpoint],
  );
  return [...find(open), ...find(account), ...overSocket];
}

function find(value: unknown): AnyEndpoint[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Map) return [];
  if ('encode' in value && 'cost' in value && 'path' in value) return [value as AnyEndpoint];
  return Object.values(value).flatMap(find);
}
