import type { PrivateVenue } from '../../adapter/private-venue.js';
import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';
import type { Balance } from '../../model/balance.js';
import type { Fill } from '../../model/fill.js';
import { isFinal, type Order } from '../../model/order.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { requireHandler } from '../check-input.js';
import type { ExchangeCore } from '../exchange-core.js';
import { refOf } from '../orders/order-ref.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import { type Subscription, SubscriptionCore } from '../subscription.js';
import { AccountFeed } from './account-feed.js';
import { BalanceBook } from './balance-book.js';
import type { OrderReads } from './order-reads.js';

/** Events that an iterator of orders, fills or balances may be behind. */
const CAPACITY = 10_000;
/** What happened so long before the streams were lost is read again, ms. */
const OVERLAP_MS = 5_000;

interface AccountWatchOptions {
  readonly core: ExchangeCore;
  readonly venue: PrivateVenue;
  readonly tracker: OrderTracker;
  readonly reads: OrderReads;
  readonly reconcileEveryMs: number;
  /** Markets that are always looked at. */
  readonly symbols: readonly MarketSymbol[];
}

/** Brings the private streams to those who watch, whole: what a stream may have missed is read and merged first. */
export class AccountWatch {
  readonly #options: AccountWatchOptions;
  readonly #feed: AccountFeed;
  readonly #balances = new BalanceBook();
  /** Epoch ms by the venue's clock of the last news of an order, by market. */
  readonly #movedAt = new Map<MarketSymbol, number>();
  readonly #orderWatchers = new Set<SubscriptionCore<Order>>();
  readonly #fillWatchers = new Set<SubscriptionCore<Fill>>();
  readonly #balanceWatchers = new Set<SubscriptionCore<Balance>>();

  constructor(options: AccountWatchOptions) {
    this.#options = options;
    const { core, venue, tracker } = options;
    tracker.on('order', (order) => {
      this.#movedAt.set(order.symbol, core.time.now());
      push(this.#orderWatchers, order);
    });
    tracker.on('fill', (fill) => push(this.#fillWatchers, fill));
    this.#feed = new AccountFeed({
      core,
      streams: venue.streams,
      policy: core.reconnect,
      reconcileEveryMs: options.reconcileEveryMs,
      sink: {
        order: (report) => void tracker.apply(report, 'stream'),
        fill: (fill) => void tracker.applyFill(fill),
        balance: (balance, now) => {
          if (this.#balances.push(balance, now)) push(this.#balanceWatchers, balance);
        },
        status: (status, previous) => core.emitter.emit('status', { status, previous }),
        refused: (error) => this.#refused(error),
      },
      reconcile: (since, signal) => this.#reconcile(since, signal),
    });
  }

  get status() {
    return this.#feed.status;
  }

  get isReconciling(): boolean {
    return this.#feed.isReconciling;
  }

  orders(handler: ((order: Order) => unknown) | undefined): Subscription<Order> {
    return this.#watch(this.#orderWatchers, handler, []);
  }

  fills(handler: ((fill: Fill) => unknown) | undefined): Subscription<Fill> {
    return this.#watch(this.#fillWatchers, handler, []);
  }

  balances(handler: ((balance: Balance) => unknown) | undefined): Subscription<Balance> {
    return this.#watch(this.#balanceWatchers, handler, this.#balances.values());
  }

  async close(): Promise<void> {
    const all = [...this.#orderWatchers, ...this.#fillWatchers, ...this.#balanceWatchers];
    await Promise.all(all.map((subscription) => subscription.close()));
    await this.#feed.close();
  }

  /** @param known what a late watcher has missed. */
  #watch<E>(
    watchers: Set<SubscriptionCore<E>>,
    handler: ((event: E) => unknown) | undefined,
    known: readonly E[],
  ): Subscription<E> {
    const { core } = this.#options;
    core.requireOpen();
    if (handler !== undefined) requireHandler(handler);
    const subscription = new SubscriptionCore<E>({
      capacity: CAPACITY,
      lossless: true,
      report: core.report,
      onGap: () => undefined,
      end: async () => {
        if (watchers.delete(subscription)) await this.#feed.leave();
      },
    });
    if (handler !== undefined) subscription.on(handler);
    watchers.add(subscription);
    for (const event of known) subscription.push(event);
    this.#feed.join().then(
      () => subscription.confirm(),
      (error: unknown) => {
        if (watchers.delete(subscription)) subscription.finish(error);
      },
    );
    return subscription;
  }

  /** The venue refuses the account's keys: the streams end for all who watch. */
  refuse(error: ExchangeError): void {
    this.#feed.refuse(error);
  }

  /** Each topic is refused by itself; who watches is told once. */
  #refused(error: ExchangeError): void {
    const all = [this.#orderWatchers, this.#fillWatchers, this.#balanceWatchers];
    if (all.every(({ size }) => size === 0)) return;
    this.#options.core.report(error);
    for (const watchers of all) {
      for (const subscription of watchers) subscription.finish(error);
      watchers.clear();
    }
    void this.#feed.stop();
  }

  /** Reads the account and merges it; everything is merged by id, so reading too much does no harm. */
  async #reconcile(lostAt: number, signal: AbortSignal): Promise<void> {
    const { core, venue, tracker, reads } = this.#options;
    await core.catalog.instruments();
    // What the venue still hid from the last look is older than that look.
    const since = lostAt - OVERLAP_MS - venue.orders.rules.visibilityLagMs;
    const begunAt = core.clock.now();
    const askedAt = core.clock.monotonic();
    const wereOpen = tracker.open();
    // An order that has just ended may have fills that were never pushed.
    const moved = [...this.#movedAt].flatMap(([symbol, at]) => (at >= since ? [symbol] : []));
    const symbols = new Set([...wereOpen.map(({ symbol }) => symbol), ...moved, ...this.#options.symbols]);
    const isPartial = venue.orders.openRules.needsSymbol;
    let listsAreWhole = true;
    for (const symbol of isPartial ? symbols : [undefined]) {
      const open = await reads.openReports(symbol);
      listsAreWhole &&= open.isComplete;
      for (const row of open.rows) {
        symbols.add(row.symbol);
        tracker.apply(row, 'query');
      }
    }
    for (const symbol of symbols) {
      for (const row of (await reads.historyReports(symbol, { since })).rows) tracker.apply(row, 'query');
      for (const fill of (await reads.fillRows(symbol, { since })).rows) tracker.applyFill(fill);
    }
    for (const ref of wereOpen.map(refOf)) {
      const now = tracker.get(ref);
      if (now === undefined || isFinal(now.state) || now.state === 'unknown' || now.receivedAt >= begunAt) continue;
      if (!(await this.#refresh(ref)) && listsAreWhole) await this.#forgotten(now);
    }
    const balances = await core.rest.call(venue.account.balances, undefined);
    if (signal.aborted) return;
    for (const balance of this.#balances.replace(balances, askedAt)) push(this.#balanceWatchers, balance);
  }

  /** An order that was open and is not listed. @returns whether the venue still knows it. */
  async #refresh(ref: Parameters<OrderReads['report']>[0]): Promise<boolean> {
    const { reads, tracker } = this.#options;
    try {
      tracker.apply({ ...ref, ...(await reads.report(ref)) }, 'query');
      return true;
    } catch (error) {
      if (isExchangeError(error, 'order_not_found')) return false;
      throw error;
    }
  }

  /**
   * Neither among the open orders nor found by its id. A new order may just be hidden for a moment. An older one has ended,
   * and so long ago that the venue has forgotten it; Gate.io does so within a minute where nothing was filled.
   */
  async #forgotten(order: Order): Promise<void> {
    const { core, reads, tracker, venue } = this.#options;
    const { symbol, orderId, createdAt } = order;
    const isNew = core.time.now() - (createdAt ?? core.time.now()) <= venue.orders.rules.visibilityLagMs + OVERLAP_MS;
    if (orderId === undefined || createdAt === undefined || isNew) return;
    const fills = await reads.fillRows(symbol, { since: createdAt - OVERLAP_MS, orderId });
    for (const fill of fills.rows) tracker.applyFill(fill);
    if (!fills.isComplete || isFinal(tracker.get({ symbol, orderId })?.state ?? 'open')) return;
    tracker.apply({ symbol, orderId, state: 'canceled', reason: 'the venue does not list it any more' }, 'query');
  }
}

function push<E>(watchers: ReadonlySet<SubscriptionCore<E>>, event: E): void {
  for (const subscription of watchers) subscription.push(event);
}
