import type { ListedPosition } from '../../adapter/position-endpoints.js';
import type { PrivateVenue } from '../../adapter/private-venue.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import { MalformedResponseError } from '../../errors/kinds.js';
import type { Balance } from '../../model/balance.js';
import type { Fill } from '../../model/fill.js';
import type { Order } from '../../model/order.js';
import type { Position } from '../../model/position.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { requireHandler } from '../check-input.js';
import type { Moment } from '../clock-sync.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import { type Subscription, SubscriptionCore } from '../subscription.js';
import { AccountFeed } from './account-feed.js';
import { BalanceBook } from './balance-book.js';
import { createRefresh, type Refresh } from './balance-refresh.js';
import { catchUp } from './catch-up.js';
import type { OrderReads } from './order-reads.js';
import { keyOf, PositionBook } from './position-book.js';
import type { PositionSettingsBook } from './position-settings.js';

/** Events that an iterator of orders, fills or balances may be behind. */
const CAPACITY = 10_000;

interface AccountWatchOptions {
  readonly core: ExchangeCore;
  readonly venue: PrivateVenue;
  readonly tracker: OrderTracker;
  readonly reads: OrderReads;
  readonly reconcileEveryMs: number;
  /** Markets that are always looked at. */
  readonly symbols: readonly MarketSymbol[];
  /** See {@link AccountFeed}. */
  prepareStreams(): Promise<void>;
  /** Perpetuals only. */
  readonly settings: PositionSettingsBook | undefined;
}

/** Streams that told nothing of what they should have are opened anew no more often than this, ms: they may never tell it. */
const RENEW_MS = 600_000;

type Watcher = Pick<SubscriptionCore<unknown>, 'close' | 'finish'>;

/** Brings the private streams to those who watch, whole: what a stream may have missed is read and merged first. */
export class AccountWatch {
  readonly #options: AccountWatchOptions;
  readonly #feed: AccountFeed;
  readonly #refresh: Refresh;
  readonly #balances = new BalanceBook();
  readonly #positions = new PositionBook();
  /** Monotonic ms of the last news of an order, by market. */
  readonly #movedAt = new Map<MarketSymbol, number>();
  /** See {@link catchUp}. */
  readonly #missing = new Map<string, number>();
  /** Monotonic ms. */
  #renewedAt = Number.NEGATIVE_INFINITY;
  readonly #orderWatchers = new Set<SubscriptionCore<Order>>();
  readonly #fillWatchers = new Set<SubscriptionCore<Fill>>();
  readonly #balanceWatchers = new Set<SubscriptionCore<Balance>>();
  readonly #positionWatchers = new Set<SubscriptionCore<Position>>();

  constructor(options: AccountWatchOptions) {
    this.#options = options;
    const { core, venue, tracker } = options;
    const refresh = createRefresh(core.clock, () => this.#readBalances());
    this.#refresh = refresh;
    tracker.on('order', (order) => {
      this.#movedAt.set(order.symbol, core.clock.monotonic());
      push(this.#orderWatchers, order);
      if (venue.streams.balancesFollowOrders === true && this.#balanceWatchers.size > 0) refresh.want();
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
          if (balance === 'moved') refresh.want();
          else if (this.#balances.push(balance, now)) push(this.#balanceWatchers, balance);
        },
        position: (position, now) => this.#pushed(position, now),
        status: (status, previous) => {
          if (previous === 'live') options.settings?.forget();
          core.emitter.emit('status', { status, previous });
        },
        refused: (error) => this.#refused(error),
      },
      prepare: options.prepareStreams,
      reconcile: (completeTo, signal) => this.#reconcile(completeTo, signal),
    });
  }

  /** While the streams are not live, all of it is read anyway. */
  async #readBalances(): Promise<void> {
    const { core, venue } = this.#options;
    if (this.#feed.status !== 'live') return;
    const askedAt = core.clock.monotonic();
    try {
      const balances = await core.rest.call(venue.account.balances, undefined);
      for (const balance of this.#balances.replace(balances, askedAt)) push(this.#balanceWatchers, balance);
    } catch (error) {
      core.report(error);
    }
  }

  /** What waits for the mode keeps its order, since what is read of the mode is kept. */
  #pushed(position: ListedPosition, now: number): void {
    const { mode } = position;
    if (mode !== undefined) return this.#learn({ ...position, mode }, now);
    const { settings, core } = this.#options;
    // One that cannot be told apart comes with the next list.
    settings?.complete([position]).then((whole) => {
      for (const one of whole) this.#learn(one, now);
    }, core.report);
  }

  #learn(position: Position, now: number): void {
    this.#options.settings?.observe(position);
    if (this.#positions.push(position, now)) push(this.#positionWatchers, position);
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

  positions(handler: ((position: Position) => unknown) | undefined): Subscription<Position> {
    return this.#watch(this.#positionWatchers, handler, this.#positions.values(), keyOf);
  }

  /** Open positions of a market by the live streams; `undefined` while these are not live. */
  livePositions(symbol: MarketSymbol): readonly Position[] | undefined {
    return this.#feed.status === 'live' ? this.#positions.of(symbol) : undefined;
  }

  async close(): Promise<void> {
    this.#refresh.close();
    for (const watchers of this.#watchers()) {
      await Promise.all([...watchers].map((subscription) => subscription.close()));
    }
    await this.#feed.close();
  }

  #watchers(): readonly Set<Watcher>[] {
    return [this.#orderWatchers, this.#fillWatchers, this.#balanceWatchers, this.#positionWatchers];
  }

  /** @param known what a late watcher has missed. @param keyOf of what only the newest counts. */
  #watch<E>(
    watchers: Set<SubscriptionCore<E>>,
    handler: ((event: E) => unknown) | undefined,
    known: readonly E[],
    keyOf?: (event: E) => string,
  ): Subscription<E> {
    const { core } = this.#options;
    core.requireOpen();
    if (handler !== undefined) requireHandler(handler);
    const subscription = new SubscriptionCore<E>({
      capacity: CAPACITY,
      lossless: true,
      ...(keyOf && { keyOf }),
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

  /** The streams that are up may be dead: they are opened anew, and what may have been missed is read. */
  renew(): void {
    this.#feed.renew();
  }

  /** Each topic is refused by itself; who watches is told once. */
  #refused(error: ExchangeError): void {
    const all = this.#watchers();
    if (all.every(({ size }) => size === 0)) return;
    this.#options.core.report(error);
    for (const watchers of all) {
      for (const subscription of watchers) subscription.finish(error);
      watchers.clear();
    }
    void this.#feed.stop();
  }

  async #reconcile(completeTo: Moment, signal: AbortSignal): Promise<void> {
    const { core, venue, tracker, reads, symbols, settings } = this.#options;
    const wasLive = this.#feed.status === 'live';
    const news = await catchUp(
      {
        core,
        venue,
        tracker,
        reads,
        symbols,
        balances: this.#balances,
        positions: this.#positions,
        settings,
        movedAt: this.#movedAt,
        missing: this.#missing,
      },
      completeTo,
      signal,
    );
    for (const balance of news.balances) push(this.#balanceWatchers, balance);
    for (const position of news.positions) push(this.#positionWatchers, position);
    if (wasLive && news.lateFills > 0) this.#renewMute(news.lateFills);
  }

  /** Something was filled while they were live, and they have told nothing of it: they may have fallen silent for good. */
  #renewMute(lateFills: number): void {
    const { core } = this.#options;
    const now = core.clock.monotonic();
    if (this.#feed.status !== 'live' || now - this.#renewedAt < RENEW_MS) return;
    this.#renewedAt = now;
    const message = `${lateFills} fills were read that no stream had told: the streams are opened anew`;
    core.report(new MalformedResponseError({ message, outcome: 'unknown', venue: core.venue.id }));
    this.#feed.renew();
  }
}

function push<E>(watchers: ReadonlySet<SubscriptionCore<E>>, event: E): void {
  for (const subscription of watchers) subscription.push(event);
}
