import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock } from '../../transport/clock.js';
import type { AccountSettings } from '../accounts/account-options.js';
import { Countdowns } from '../accounts/countdown.js';
import type { DeskFaults } from '../accounts/desk.js';
import { Ledger } from '../accounts/ledger.js';
import { amendFuturesOrder } from './amend-futures-order.js';
import { FuturesAccount } from './futures-account.js';
import { FuturesLife } from './futures-life.js';
import type { FuturesDesk } from './futures-model.js';
import { type FuturesEndReason, type FuturesOrder, leftLotsOf } from './futures-order.js';
import { type FuturesAmendRequest, type FuturesOrderRequest, FuturesRefusal } from './futures-request.js';
import type { FuturesRules } from './futures-rules.js';
import { refreshOrderMargins, summarize } from './margins.js';
import type { PerpetualMarket } from './perpetual-market.js';
import { type FuturesPlan, planFuturesOrder } from './plan-futures-order.js';
import type { Position } from './position.js';
import { changeMargin, setLeverage, setPositionMode, setRiskLimit } from './position-settings.js';
import { TriggerBoard } from './trigger-board.js';
import { trimReduceOnly } from './trim-reduce-only.js';

export interface TradingDeskOptions {
  readonly clock: Clock;
  readonly markets: ReadonlyMap<MarketSymbol, PerpetualMarket>;
  readonly accounts: readonly AccountSettings[];
  readonly rules: FuturesRules;
  readonly faults: DeskFaults;
  /** Assets that are settled in; absent = any. */
  readonly settles: readonly string[] | undefined;
}

/** Takes orders of futures accounts to the market, and keeps their books. */
export class TradingDesk implements FuturesDesk {
  readonly clock: Clock;
  readonly ledger = new Ledger();
  /** Takes over what the market does not, and pays what accounts cannot. */
  readonly insurance = this.ledger.open('insurance');
  readonly accounts: ReadonlyMap<string, FuturesAccount>;
  readonly markets: ReadonlyMap<MarketSymbol, PerpetualMarket>;
  readonly rules: FuturesRules;
  readonly triggers: TriggerBoard;
  readonly life: FuturesLife;
  readonly setPositionMode = setPositionMode;
  readonly changeMargin = changeMargin;
  readonly summary = summarize;
  readonly #faults: DeskFaults;
  readonly #countdowns: Countdowns<FuturesAccount, FuturesOrder>;
  #orders = 0;

  /** @param options.accounts by API key afterwards. */
  constructor(options: TradingDeskOptions) {
    const { clock, markets, accounts, rules, faults, settles } = options;
    this.clock = clock;
    this.markets = markets;
    this.rules = rules;
    this.#faults = faults;
    this.life = new FuturesLife(this.ledger, clock, this.insurance, (account, market) => {
      const isClosing = account.positions().some(({ isLiquidating }) => isLiquidating);
      if (!isClosing) this.life.coverDeficit(account, market.terms.settle);
      trimReduceOnly(this, account, market);
    });
    this.triggers = new TriggerBoard(this);
    this.#countdowns = new Countdowns(this);
    const { ledger } = this;
    this.accounts = new Map(
      accounts.map((one) => [one.apiKey, new FuturesAccount(one, { ledger, clock, rules, assets: settles })]),
    );
  }

  place(account: FuturesAccount, market: PerpetualMarket, asked: FuturesOrderRequest): FuturesOrder {
    const request = aimed(account, market, asked);
    if (this.#faults.isCancelOnly(market.spec.symbol)) throw new FuturesRefusal('trading_disabled');
    const plan = planFuturesOrder(account, market, request, this.rules);
    const open = [...account.openOrders].filter((one) => one.market === market).length;
    if (open >= this.rules.maxOpenOrders) throw new FuturesRefusal('too_many_orders');
    Object.assign(plan.position, { leverage: plan.leverage, marginMode: plan.marginMode });
    const order = this.#create(market, request, plan);
    account.addOrder(order);
    refreshOrderMargins(account, market);
    account.tell((listener) => listener.order?.(order, 'placed'));
    if (plan.impossible !== undefined) this.life.end(account, order, 'canceled', plan.impossible);
    else this.submit(account, order, plan.boundTicks);
    return order;
  }

  cancel(account: FuturesAccount, order: FuturesOrder, reason: FuturesEndReason = 'user'): boolean {
    if (order.status !== 'open') return false;
    if (order.engineId !== undefined) order.market.market.engine.cancel(order.engineId);
    this.life.end(account, order, 'canceled', reason);
    return true;
  }

  amend(account: FuturesAccount, order: FuturesOrder, request: FuturesAmendRequest): void {
    if (this.#faults.isCancelOnly(order.market.spec.symbol)) throw new FuturesRefusal('trading_disabled');
    const outcome = amendFuturesOrder(account, order, request, this.rules);
    if (outcome === 'finished') {
      this.cancel(account, order);
      return;
    }
    order.version++;
    order.updatedAt = Math.floor(this.clock.now());
    account.tell((listener) => listener.order?.(order, 'amended'));
    if (outcome === 'requeued') this.submit(account, order, order.priceTicks);
  }

  setLeverage(...[account, market, sides, leverage, marginMode]: Parameters<FuturesDesk['setLeverage']>): void {
    setLeverage(account, market, sides, leverage, marginMode);
  }

  setRiskLimit(_account: FuturesAccount, position: Position, limit: bigint): void {
    setRiskLimit(position, limit);
  }

  armCountdown(account: FuturesAccount, symbol: MarketSymbol | undefined, delayMs: number): void {
    this.#countdowns.arm(account, symbol, delayMs);
  }

  close(): void {
    this.#countdowns.close();
    this.triggers.close();
  }

  /** Takes an accepted order to the book; what is left of it rests or ends. */
  submit(account: FuturesAccount, order: FuturesOrder, boundTicks: number | undefined): void {
    const { market } = order;
    const handler = this.life.handlerOf(account, order);
    const isMarket = order.type === 'market';
    const { orderId, restingLots } = market.market.engine.submit({
      owner: `account ${account.settings.userId}`,
      side: order.side,
      lots: leftLotsOf(order),
      timeInForce: isMarket && order.timeInForce === 'gtc' ? 'ioc' : order.timeInForce,
      handler,
      ...(boundTicks === undefined ? {} : { priceTicks: boundTicks }),
    });
    if (restingLots > 0) order.engineId = orderId;
    else if (order.status === 'open' && !order.isLiquidation) {
      const unfilled = isMarket ? 'depth' : order.timeInForce === 'fok' ? 'fok' : 'ioc';
      this.life.end(account, order, 'canceled', handler.isStopped ? 'self_trade' : unfilled);
    }
    market.market.settle();
  }

  /** The venue's own order that closes a position; it belongs to the account. */
  createLiquidation(position: Position, priceTicks: number): FuturesOrder {
    const { account, market, lots, leverage, marginMode } = position;
    const request: FuturesOrderRequest = {
      side: lots > 0 ? 'sell' : 'buy',
      positionSide: position.side,
      type: 'limit',
      timeInForce: 'ioc',
      postOnly: false,
      reduceOnly: true,
      source: 'liquidation',
    };
    const size = Math.abs(lots);
    const plan = { position, leverage, marginMode, reduceOnly: true, lots: size, priceTicks, boundTicks: priceTicks };
    const order = this.#create(market, request, { ...plan, impossible: undefined }, true);
    account.addOrder(order);
    account.tell((listener) => listener.order?.(order, 'placed'));
    return order;
  }

  #create(
    market: PerpetualMarket,
    request: FuturesOrderRequest,
    plan: FuturesPlan,
    isLiquidation = false,
  ): FuturesOrder {
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
      positionSide: request.positionSide,
      type: request.type,
      timeInForce: request.timeInForce,
      postOnly: request.postOnly,
      reduceOnly: plan.reduceOnly,
      closesAll: request.closesAll ?? false,
      isLiquidation,
      selfTradeRule: request.selfTradeRule,
      leverage: plan.leverage,
      marginMode: plan.marginMode,
      createdAt: now,
      visibleFrom: isLiquidation ? 0 : this.clock.monotonic() + this.#faults.hidesOrderFor(symbol),
      isForgotten: !isLiquidation && this.#faults.forgetsClientId(symbol),
      extra: request.extra,
      priceTicks: plan.priceTicks ?? 0,
      lots: plan.lots,
      filledLots: 0,
      filledValue: 0n,
      filledTickLots: 0n,
      takerFee: 0n,
      makerFee: 0n,
      pnl: 0n,
      margin: 0n,
      status: 'open',
      endReason: undefined,
      amendText: undefined,
      version: 1,
      updatedAt: now,
      endedAt: undefined,
      engineId: undefined,
    };
  }
}

/** What closes a whole one-way position trades against it, whatever it was when that was asked for. */
function aimed(account: FuturesAccount, market: PerpetualMarket, request: FuturesOrderRequest): FuturesOrderRequest {
  if (!request.closesAll || request.positionSide !== 'net') return request;
  const { lots } = account.position(market, 'net');
  return lots === 0 ? request : { ...request, side: lots > 0 ? 'sell' : 'buy' };
}
