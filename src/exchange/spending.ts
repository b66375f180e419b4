import type { Endpoint, Lane } from '../adapter/endpoint.js';
import type { LimitBucket } from '../adapter/limits.js';
import type { Venue } from '../adapter/venue.js';
import type { Spend } from '../transport/rate-limiter.js';

/** Who goes first when a budget is short. */
export const PRIORITY: Readonly<Record<Lane, number>> = { cancel: 4, reduce: 3, query: 2, place: 1, data: 0 };

/** Requests of one window may arrive closer together than they left, ms. */
const ARRIVAL_JITTER_MS = 100;

/** The part of an endpoint that says what it costs. */
export type Priced = Pick<Endpoint<never, unknown>, 'method' | 'path' | 'auth' | 'cost' | 'lane'>;

interface Known {
  /** Whether one of its budgets is one market's. */
  readonly isPerMarket: boolean;
  readonly byMarket: Map<string, readonly Spend[]>;
}

/** Says what a call takes from the venue's budgets: those of the address, by names that all its clients use, and the account's. */
export class Spending {
  readonly #venue: Venue;
  readonly #share: number;
  readonly #account: string;
  /** Per endpoint. */
  readonly #known = new WeakMap<Priced, Known>();

  /**
   * @param share fraction of the budgets that may be used.
   * @param account names whose budgets of an account are meant.
   */
  constructor(venue: Venue, share: number, account = '') {
    this.#venue = venue;
    this.#share = share;
    this.#account = account;
  }

  of(endpoint: Priced, params: unknown): readonly Spend[] {
    let known = this.#known.get(endpoint);
    if (known === undefined) {
      known = { isPerMarket: this.#isPerMarket(endpoint), byMarket: new Map() };
      this.#known.set(endpoint, known);
    }
    const { isPerMarket, byMarket } = known;
    const market = isPerMarket ? marketOf(params) : '';
    let spends = byMarket.get(market);
    if (spends === undefined) {
      spends = this.#build(endpoint, market);
      byMarket.set(market, spends);
    }
    return spends;
  }

  #isPerMarket({ cost }: Priced): boolean {
    return Object.keys(cost).some((name) => this.#venue.limits[name]?.scope === 'market');
  }

  #build(endpoint: Priced, market: string): readonly Spend[] {
    const { cost, lane = 'data' } = endpoint;
    return Object.entries(cost).map(([name, weight]) => {
      const bucket = this.#venue.limits[name];
      if (bucket === undefined)
        throw new TypeError(`${this.#venue.id}: ${endpoint.path} costs "${name}", which its limits do not list`);
      const { intervalMs, capacity, cancelReserve = 0 } = bucket;
      // A call that costs more than the share takes all of it.
      const most = Math.max(1, Math.floor(capacity * this.#share));
      const taken = Math.min(weight, most);
      // A small share keeps room for a cancel, too: an order of its client would else wait in the market.
      const kept = lane === 'cancel' ? 0 : Math.min(Math.ceil(cancelReserve * this.#share), most - taken);
      // What is beyond the share belongs to others, as a reserve does: so all who spend a budget agree on its size.
      const reserve = capacity - most + kept;
      const key = this.#nameOf(name, bucket, endpoint, market);
      return { key, capacity, intervalMs: intervalMs + ARRIVAL_JITTER_MS, weight: taken, reserve };
    });
  }

  /** Whoever means another size means another budget. */
  #nameOf(name: string, bucket: LimitBucket, { method, path, auth }: Priced, market: string): string {
    const { scope, capacity, intervalMs } = bucket;
    const whose = scope === 'endpoint' ? `${name} ${method} ${path}` : scope === 'market' ? `${name} ${market}` : name;
    const budget = `${whose} ${capacity}/${intervalMs}`;
    const isOfAddress = scope === 'ip' || (scope === 'endpoint' && auth === 'none');
    return isOfAddress ? budget : `${this.#account} ${this.#venue.id} ${budget}`;
  }
}

/** Batches are of one market: their first order says which. */
function marketOf(params: unknown): string {
  const one = Array.isArray(params) ? params[0] : params;
  const symbol = (one as { readonly symbol?: unknown } | undefined)?.symbol;
  return typeof symbol === 'string' ? symbol : '';
}
