import type { SimulatedMarket } from '../market.js';
import type { NewOrder } from '../matching/order.js';
import type { Account } from './account.js';
import { type Amount, amountOf, parseAmount } from './amount.js';
import type { DeskRules } from './desk-rules.js';
import { costOfLots, lotsForBudget } from './market-cost.js';
import { askingHandle } from './order-handle.js';
import { DeskRefusal, type OrderRequest, readBudget, readPrice, readQuantity } from './order-request.js';

/** An order that may be placed. */
export interface OrderPlan {
  /** `undefined` for a market order. */
  readonly priceTicks: number | undefined;
  readonly lots: number;
  /** What a market buy may spend. */
  readonly budget: Amount | undefined;
  /** What has to be set aside, in the asset that it pays with. */
  readonly lock: Amount;
  /** The book does not hold enough for a market order. */
  readonly isExhausted: boolean;
  /** It is accepted and canceled at once, for this reason. */
  readonly impossible: 'post_only' | 'fok' | undefined;
}

/** Reads and checks a request against the market and its book. @throws {DeskRefusal} */
export function planOrder(
  market: SimulatedMarket,
  request: OrderRequest,
  account: Account,
  rules: DeskRules,
): OrderPlan {
  const plan =
    request.type === 'limit' ? planLimit(market, request, account) : planMarket(market, request, account, rules);
  if (plan.impossible === undefined || rules.impossibleOrders === 'canceled') {
    requireNotional(market, request, plan, rules);
    return plan;
  }
  throw new DeskRefusal(plan.impossible === 'fok' ? 'fok_not_filled' : 'post_only_takes');
}

/** @throws {DeskRefusal} when the quantity is below the market's minimum. */
export function requireQuantity(market: SimulatedMarket, lots: number): void {
  const { minQuantity, quantityDecimals } = market.spec;
  if (amountOf(lots, quantityDecimals) < parseAmount(minQuantity)!) throw new DeskRefusal('below_min_quantity');
}

/** @throws {DeskRefusal} when a value in quote asset is outside the bounds. */
export function requireBounds(market: SimulatedMarket, notional: Amount, most: string | undefined): void {
  const least = parseAmount(market.spec.minNotional)!;
  if (notional < least) throw new DeskRefusal('below_min_notional', notional);
  if (most !== undefined && notional > parseAmount(most)!) throw new DeskRefusal('above_max_notional', notional);
}

function planLimit(market: SimulatedMarket, request: OrderRequest, account: Account): OrderPlan {
  const { spec, engine } = market;
  const priceTicks = readPrice(request.price, spec);
  const lots = readQuantity(request.quantity, spec);
  requireQuantity(market, lots);
  const { side, timeInForce } = request;
  const notional = amountOf(BigInt(priceTicks) * BigInt(lots), spec.priceDecimals + spec.quantityDecimals);
  const asked = asNewOrder(request, lots, account, priceTicks);
  const takes = request.postOnly && engine.wouldTake(side, priceTicks);
  const fails = timeInForce === 'fok' && !engine.canFill(asked);
  return {
    priceTicks,
    lots,
    budget: undefined,
    lock: side === 'buy' ? notional : amountOf(lots, spec.quantityDecimals),
    isExhausted: false,
    impossible: takes ? 'post_only' : fails ? 'fok' : undefined,
  };
}

function planMarket(market: SimulatedMarket, request: OrderRequest, account: Account, rules: DeskRules): OrderPlan {
  const { spec, engine } = market;
  const { side, quoteQuantity } = request;
  const budget = quoteQuantity === undefined ? undefined : readBudget(quoteQuantity, spec);
  const lots = budget === undefined ? readQuantity(request.quantity, spec) : Number.MAX_SAFE_INTEGER;
  if (budget === undefined) requireQuantity(market, lots);
  if (rules.emptyBook === 'refused' && !engine.wouldTake(side, undefined)) throw new DeskRefusal('no_liquidity');
  const asked = asNewOrder(request, lots, account);
  const found = budget === undefined ? costOfLots(engine, spec, asked) : lotsForBudget(engine, spec, asked, budget);
  return {
    priceTicks: undefined,
    lots: budget === undefined ? lots : found.lots,
    budget,
    lock: side === 'sell' ? amountOf(lots, spec.quantityDecimals) : (budget ?? found.cost),
    isExhausted: found.isExhausted,
    impossible: request.timeInForce === 'fok' && found.isExhausted ? 'fok' : undefined,
  };
}

function asNewOrder(request: OrderRequest, lots: number, account: Account, priceTicks?: number): NewOrder {
  const handler = askingHandle(account, request.selfTradeRule);
  return { owner: '', side: request.side, lots, handler, ...(priceTicks === undefined ? {} : { priceTicks }) };
}

function requireNotional(market: SimulatedMarket, request: OrderRequest, plan: OrderPlan, rules: DeskRules): void {
  const { spec, engine } = market;
  const { priceTicks, lots, budget } = plan;
  const decimals = spec.priceDecimals + spec.quantityDecimals;
  if (priceTicks !== undefined) {
    requireBounds(market, amountOf(BigInt(priceTicks) * BigInt(lots), decimals), rules.maxNotional);
    return;
  }
  const best = (request.side === 'buy' ? engine.asks : engine.bids).best?.priceTicks;
  // Without a book there is no price to value a base quantity at.
  const notional = budget ?? (best === undefined ? undefined : amountOf(BigInt(best) * BigInt(lots), decimals));
  if (notional !== undefined) requireBounds(market, notional, rules.maxMarketNotional ?? rules.maxNotional);
}
