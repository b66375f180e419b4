import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock } from '../../transport/clock.js';
import type { SimulatedMarket } from '../market.js';
import type { NewOrder } from '../matching/order.js';
import { Account } from './account.js';
import type { AccountSettings } from './account-options.js';
import { type AccountOrder, type EndReason, leftLots } from './account-order.js';
import { type AmendRequest, amendOrder } from './amend.js';
import type { DeskRules } from './desk-rules.js';
import { Ledger } from './ledger.js';
import { OrderLife } from './order-life.js';
import { type OrderPlan, planOrder } from './order-plan.js';
import { DeskRefusal, type OrderRequest } from './order-request.js';

/** Faults that a desk asks for when it takes an order. */
export interface DeskFaults {
  /** How long no read shows the next order, ms. */
  hidesOrderFor(symbol: MarketSymbol): number;
  forgetsClientId(symbol: MarketSymbol): boolean;
  isCancelOnly(symbol: MarketSymbol): boolean;
}

/** Where the accounts of one venue trade: takes their orders to the market, and keeps their books. */
export class Desk {
  readonly clock: Clock;
  readonly ledger = new Ledger();
  readonly accounts: ReadonlyMap<string, Account>;
  readonly markets: ReadonlyMap<MarketSymbol, SimulatedMarket>;
  readonly rules: DeskRules;
  readonly #faults: DeskFaults;
  readonly #life: OrderLife;
  #orders = 0;

  /** @param options.accounts by API key afterwards. */
  constructor(options: {
    readonly clock: Clock;
    readonly markets: ReadonlyMap<MarketSymbol, SimulatedMarket>;
    readonly accounts: readonly AccountSettings[];
    readonly rules: DeskRules;
    readonly faults: DeskFaults;
  }) {
    const { clock, markets, accounts, rules, faults } = options;
    this.clock = clock;
    this.markets = markets;
    this.rules = rules;
    this.#faults = faults;
    this.#life = new OrderLife(this.ledger, clock);
    this.accounts = new Map(accounts.map((one) => [one.apiKey, new Account(one, this.ledger, clock)]));
  }

  /** What would become of an order, without placing it. @throws {DeskRefusal} */
  check(account: Account, market: SimulatedMarket, request: OrderRequest): OrderPlan {
    if (this.#faults.isCancelOnly(market.spec.symbol)) throw new DeskRefusal('trading_disabled');
    const plan = planOrder(market, request, account, this.rules);
    if (account.openOrders.size >= (this.rules.maxOpenOrders ?? Number.POSITIVE_INFINITY)) {
      throw new DeskRefusal('too_many_orders');
    }
    return plan;
  }

  /** Takes an order to the market. @throws {DeskRefusal} before anything has changed. */
  place(account: Account, market: SimulatedMarket, request: OrderRequest): AccountOrder {
    const plan = this.check(account, market, request);
    const asset = request.side === 'buy' ? market.spec.quote : market.spec.base;
    if (account.free.get(asset) < plan.lock) throw new DeskRefusal('insufficient_balance');
    const order = this.#create(market, request, plan);
    account.addOrder(order);
    account.post('order_placed', asset, -plan.lock, plan.lock, this.ledger.counterparty);
    account.announce(order, 'placed');
    if (plan.impossible !== undefined) this.#life.end(account, order, 'canceled', plan.impossible);
    else this.#submit(account, order, plan.isExhausted);
    return order;
  }

  /** Takes an open order out of the book. Returns whether it was open. */
  cancel(account: Account, order: AccountOrder, reason: EndReason = 'user'): boolean {
    if (order.status !== 'open') return false;
    if (order.engineId !== undefined) order.market.engine.cancel(order.engineId);
    this.#life.end(account, order, 'canceled', reason);
    return true;
  }

  /** Changes price, quantity or both; see {@link amendOrder}. @throws {DeskRefusal} before anything has changed. */
  amend(account: Account, order: AccountOrder, request: AmendRequest): void {
    if (this.#faults.isCancelOnly(order.market.spec.symbol)) throw new DeskRefusal('trading_disabled');
    const outcome = amendOrder(account, order, request, this.rules, this.ledger);
    order.updatedAt = Math.floor(this.clock.now());
    if (outcome === 'finished') {
      this.cancel(account, order);
      return;
    }
    account.announce(order, 'amended');
    if (outcome === 'requeued') this.#submit(account, order, false);
  }

  #create(market: SimulatedMarket, request: OrderRequest, plan: OrderPlan): AccountOrder {
    const number = ++this.#orders;
    const { symbol } = market.spec;
    const now = Math.floor(this.clock.now());
    return {
      id: this.rules.orderId(number),
      number,
      market,
      clientOrderId: request.clientOrderId,
      source: request.source,
      side: request.side,
      type: request.type,
      timeInForce: request.timeInForce,
      postOnly: request.postOnly,
      selfTradeRule: request.selfTradeRule,
      quoteBudget: plan.budget,
      createdAt: now,
      visibleFrom: this.clock.monotonic() + this.#faults.hidesOrderFor(symbol),
      isForgotten: this.#faults.forgetsClientId(symbol),
      priceTicks: plan.priceTicks ?? 0,
      lots: plan.lots,
      filledLots: 0,
      filledQuote: 0n,
      fee: 0n,
      locked: plan.lock,
      status: 'open',
      endReason: undefined,
      amendText: undefined,
      updatedAt: now,
      endedAt: undefined,
      engineId: undefined,
    };
  }

  #submit(account: Account, order: AccountOrder, isExhausted: boolean): void {
    const lots = leftLots(order);
    // The market may have nothing at all for a market order.
    if (lots === 0) {
      this.#life.end(account, order, 'canceled', 'depth');
      return;
    }
    const isMarket = order.type === 'market';
    // A budget that the book could not use up leaves an order that is over but not filled.
    const handler = this.#life.handlerOf(account, order, !(isExhausted && order.quoteBudget !== undefined));
    const submitted: NewOrder = {
      owner: `account ${account.settings.userId}`,
      side: order.side,
      lots,
      timeInForce: isMarket ? 'ioc' : order.timeInForce,
      handler,
      ...(isMarket ? {} : { priceTicks: order.priceTicks }),
    };
    const { orderId, restingLots } = order.market.submit(submitted);
    if (restingLots > 0) order.engineId = orderId;
    else if (order.status === 'open') {
      const unfilled = isMarket ? 'depth' : order.timeInForce === 'fok' ? 'fok' : 'ioc';
      this.#life.end(account, order, 'canceled', handler.isStopped ? 'self_trade' : unfilled);
    }
  }
}
