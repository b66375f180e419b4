import { isExchangeError } from '../../errors/exchange-error.js';
import type { PrivateExchange } from '../../exchange/account/private-exchange.js';
import type { Subscription } from '../../exchange/subscription.js';
import { addDecimals, compareDecimals, type Decimal } from '../../model/decimal.js';
import type { Order } from '../../model/order.js';
import type { PositionMode } from '../../model/position.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';
import type { VenueBreaker } from '../risk/venue-breaker.js';
import { orderNumberOf } from '../strategy/leg-order.js';
import { ZERO } from '../strategy/position.js';
import type { OrderFills, OrderNews } from '../strategy/strategy-event.js';
import type { LegOrder, StrategyState } from '../strategy/strategy-state.js';
import type { MarketTerms, StrategyTerms } from '../strategy/strategy-terms.js';
import { FreeBalances } from './free-balances.js';
import type { OrderDesk, SyncReport } from './order-desk.js';
import { OrderSearch } from './order-search.js';
import { addFills, newsOf, newsOfFailure, strayOf } from './order-words.js';
import type { VenueClocks } from './venue-clocks.js';

export interface ExchangeDeskOptions {
  readonly exchanges: ReadonlyMap<VenueId, PrivateExchange>;
  readonly clock: Clock;
  readonly breaker: VenueBreaker;
  readonly clocks: VenueClocks;
  /** So long after the first look an order that is nowhere was never taken, ms; longer than any command stays valid. */
  readonly provenAbsentAfterMs: number;
  report(error: unknown): void;
}

/** Lists are read from so long before the first order, ms: far more than a clock is ever off. */
const REACH_BACK_MS = 60_000;
const MAX_FILLS = 1_000;
/** Refusals that say more of the venue than of the order. */
const VENUE_FAILURES: ReadonlySet<string> = new Set([
  'rate_limit',
  'network',
  'timeout',
  'maintenance',
  'server',
  'malformed_response',
]);

/** Trades through private exchanges. */
export class ExchangeDesk implements OrderDesk {
  readonly #options: ExchangeDeskOptions;
  readonly #search: OrderSearch;
  readonly #balances: FreeBalances;
  /** As of the last sync. */
  readonly #modes = new Map<VenueId, PositionMode>();
  readonly #watches: Subscription<Order>[] = [];
  readonly #handlers: ((news: OrderNews) => void)[] = [];

  constructor(options: ExchangeDeskOptions) {
    this.#options = options;
    this.#search = new OrderSearch(options.clock, options.provenAbsentAfterMs);
    this.#balances = new FreeBalances();
    for (const exchange of options.exchanges.values()) {
      this.#watches.push(exchange.watchOrders((order) => this.#heard(order)));
      this.#balances.follow(exchange);
    }
  }

  async place(terms: StrategyTerms, order: LegOrder): Promise<OrderNews> {
    const { venue, symbol } = marketOf(terms, order);
    const { id, side, price, quantity, reduceOnly } = order;
    try {
      const placed = await this.#exchange(venue).placeLimitOrder({
        symbol,
        side,
        price,
        quantity,
        timeInForce: 'IOC',
        clientOrderId: id,
        ...(reduceOnly ? { reduceOnly } : {}),
        ...(await this.#positionSide(marketOf(terms, order), order)),
      });
      this.#options.breaker.succeeded(venue);
      return newsOf(id, placed);
    } catch (error) {
      this.#judge(venue, error);
      return newsOfFailure(id, error);
    }
  }

  async cancel(terms: StrategyTerms, order: LegOrder): Promise<OrderNews> {
    const { venue, symbol } = marketOf(terms, order);
    const { id, orderId } = order;
    const ref = orderId === undefined ? { symbol, clientOrderId: id } : { symbol, orderId };
    try {
      return newsOf(id, await this.#exchange(venue).cancelOrder(ref));
    } catch (error) {
      this.#judge(venue, error);
      // It may have ended by itself: that is for the search to find out.
      return { id, status: 'unknown', filled: ZERO, filledQuote: ZERO };
    }
  }

  async locate(terms: StrategyTerms, order: LegOrder, known: readonly LegOrder[]): Promise<OrderNews | undefined> {
    const market = marketOf(terms, order);
    try {
      const decidedAt = await this.#options.clocks.timeOf(market.venue, order.decidedAt);
      return await this.#search.find(this.#exchange(market.venue), market, { ...order, decidedAt }, known);
    } catch (error) {
      this.#judge(market.venue, error);
      return undefined;
    }
  }

  async sync(terms: StrategyTerms, state: StrategyState): Promise<SyncReport> {
    const venues = new Set(terms.markets.map(({ venue }) => venue));
    await Promise.all([...venues].map((venue) => this.#read(venue)));
    const strays = await Promise.all(terms.markets.map((market, at) => this.#strays(terms, state, market, at)));
    return { strays: strays.flat() };
  }

  async settle(terms: StrategyTerms, state: StrategyState): ReturnType<OrderDesk['settle']> {
    const parts = await Promise.all(terms.markets.map((market, at) => this.#fillsIn(state, market, at)));
    const funding = await Promise.all(terms.markets.map((market, at) => this.#fundingIn(state, market, at)));
    return { fills: parts.flat(), funding: funding.reduce(addDecimals, ZERO) };
  }

  free(venue: VenueId, asset: string): Decimal | undefined {
    return this.#balances.free(venue, asset);
  }

  onNews(handler: (news: OrderNews) => void): void {
    this.#handlers.push(handler);
  }

  async close(): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.close()));
    await this.#balances.close();
  }

  async #read(venue: VenueId): Promise<void> {
    const exchange = this.#exchange(venue);
    await Promise.all([this.#balances.read(exchange), this.#options.clocks.compare(venue)]);
    this.#modes.delete(venue);
    await this.#modeOf(venue);
  }

  async #modeOf(venue: VenueId): Promise<PositionMode> {
    const mode = this.#modes.get(venue) ?? (await this.#exchange(venue).positions?.getPositionMode()) ?? 'one_way';
    this.#modes.set(venue, mode);
    return mode;
  }

  /** In hedge mode an order says which of the two positions it changes. */
  async #positionSide({ venue, kind }: MarketTerms, { side, reduceOnly }: LegOrder) {
    if (kind !== 'perpetual' || (await this.#modeOf(venue)) === 'one_way') return {};
    return { positionSide: (side === 'buy') === reduceOnly ? ('short' as const) : ('long' as const) };
  }

  /** Own ids that the task does not know, among the open orders and the fills since its first order. */
  async #strays(terms: StrategyTerms, state: StrategyState, market: MarketTerms, at: number): Promise<LegOrder[]> {
    const exchange = this.#exchange(market.venue);
    const isStray = (id: string | undefined): id is string => {
      const number = orderNumberOf(terms.tag, id);
      return number !== undefined && number >= state.nextOrder;
    };
    const found = new Map<string, Order>();
    for (const order of await exchange.getOpenOrders(market.symbol)) {
      if (isStray(order.clientOrderId)) found.set(order.clientOrderId, order);
    }
    const since = await this.#since(market, state.syncedAt ?? state.since);
    for (const { clientOrderId, orderId } of await exchange.getFills(market.symbol, { since, limit: MAX_FILLS })) {
      if (!isStray(clientOrderId) || found.has(clientOrderId)) continue;
      found.set(clientOrderId, await exchange.getOrder({ symbol: market.symbol, orderId }));
    }
    return [...found].map(([id, order]) => strayOf(id, at, order));
  }

  async #fillsIn({ orders }: StrategyState, market: MarketTerms, at: number): Promise<OrderFills[]> {
    const filled = orders.filter((order) => order.market === at && order.filled !== ZERO && Number(order.filled) > 0);
    const [first] = filled;
    if (first === undefined) return [];
    const since = await this.#since(market, first.decidedAt);
    const rows = await this.#exchange(market.venue).getFills(market.symbol, { since, limit: MAX_FILLS });
    return filled.map((order) => {
      const own = rows.filter(({ orderId, clientOrderId }) => orderId === order.orderId || clientOrderId === order.id);
      const fills = addFills(order.id, own, market);
      if (compareDecimals(fills.quantity, order.filled) >= 0) return fills;
      throw new Error(`${market.venue} ${order.id}: fills of ${fills.quantity}, the order says ${order.filled}`);
    });
  }

  /** Payments since the first order. Those of other positions in the same market cannot be told apart. */
  async #fundingIn({ orders }: StrategyState, { venue, symbol, kind }: MarketTerms, at: number): Promise<Decimal> {
    const first = orders.find((order) => order.market === at && order.filled !== ZERO);
    const { positions } = this.#exchange(venue);
    if (kind !== 'perpetual' || first === undefined || positions === undefined) return ZERO;
    const since = await this.#options.clocks.timeOf(venue, first.decidedAt);
    const payments = await positions.getFundingPayments(symbol, { since, limit: MAX_FILLS });
    return payments.reduce((sum, { amount }) => addDecimals(sum, amount), ZERO);
  }

  /** From when on lists are read that must hold what happened after a moment of ours; epoch ms by the venue's clock. */
  async #since({ venue }: MarketTerms, ours: number): Promise<number> {
    return (await this.#options.clocks.timeOf(venue, ours)) - REACH_BACK_MS;
  }

  #heard(order: Order): void {
    const { clientOrderId } = order;
    if (clientOrderId === undefined) return;
    const news = newsOf(clientOrderId, order);
    // What the library is still looking for is no news.
    if (news.status !== 'unknown') for (const handler of this.#handlers) handler(news);
  }

  #exchange(venue: VenueId): PrivateExchange {
    const exchange = this.#options.exchanges.get(venue);
    if (exchange === undefined) throw new Error(`no private exchange for ${venue}`);
    return exchange;
  }

  #judge(venue: VenueId, error: unknown): void {
    if (!isExchangeError(error)) this.#options.report(error);
    else if (error.outcome === 'unknown' || VENUE_FAILURES.has(error.code)) this.#options.breaker.failed(venue);
  }
}

function marketOf({ markets }: StrategyTerms, { market }: LegOrder): MarketTerms {
  return markets[market] as MarketTerms;
}
