import type { Side } from '../../model/side.js';
import { type Amount, amountOf, parseAmount, printAmount, shareOf } from '../accounts/amount.js';
import { askingHandle } from '../accounts/order-handle.js';
import type { NewOrder } from '../matching/order.js';
import type { FuturesAccount } from './futures-account.js';
import { leftLotsOf } from './futures-order.js';
import { type FuturesOrderRequest, FuturesRefusal, type FuturesRefusalReason } from './futures-request.js';
import type { FuturesRules } from './futures-rules.js';
import { closableLots, openingLots, openingMargin, summarize } from './margins.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { MarginMode, Position } from './position.js';
import { requireRisk } from './risk-limits.js';
import { bookPrice, markPrice } from './valuation.js';

/** An order that may be placed. */
export interface FuturesPlan {
  readonly position: Position;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  readonly reduceOnly: boolean;
  readonly lots: number;
  /** What the client named; `undefined` for a market order. */
  readonly priceTicks: number | undefined;
  /** How far it may go in the book; `undefined` = anywhere. */
  readonly boundTicks: number | undefined;
  /** It is accepted and canceled at once, for this reason. */
  readonly impossible: 'post_only' | 'fok' | undefined;
}

/** Reads and checks a request against the account, the market and its book. @throws {FuturesRefusal} */
export function planFuturesOrder(
  account: FuturesAccount,
  market: PerpetualMarket,
  request: FuturesOrderRequest,
  rules: FuturesRules,
): FuturesPlan {
  if ((request.positionSide === 'net') !== (account.positionMode === 'one_way')) {
    throw new FuturesRefusal('wrong_position_mode');
  }
  const position = account.position(market, request.positionSide);
  const terms = readTerms(account, position, request);
  const priceTicks = request.type === 'limit' ? readPrice(request.price, request.side, market, rules) : undefined;
  const { lots, reduceOnly } = readLots(account, position, request, rules);
  const boundTicks = priceTicks ?? slippageBound(market, request);
  const plan = { position, ...terms, reduceOnly, lots, priceTicks, boundTicks };
  const impossible = impossibility(account, market, request, plan);
  if (impossible !== undefined && rules.impossibleOrders === 'refused') {
    throw new FuturesRefusal(impossible === 'fok' ? 'fok_not_filled' : 'post_only_takes', bestPrice(market, request));
  }
  if (request.type === 'market' && rules.emptyBook === 'refused' && bestTicks(market, request) === undefined) {
    throw new FuturesRefusal('no_liquidity');
  }
  if (!reduceOnly) requireMargin(account, market, request, plan);
  return { ...plan, impossible };
}

/** A price in ticks, not too far from the mark price. @throws {FuturesRefusal} */
export function readPrice(
  text: string | undefined,
  side: Side,
  market: PerpetualMarket,
  { priceBand }: Pick<FuturesRules, 'priceBand'>,
): number {
  const ticks = readUnits(text, market.spec.priceDecimals, 'bad_price', 'price_precision');
  const mark = markPrice(market);
  const above = bookPrice(market, ticks) - mark;
  const crossing = side === 'buy' ? above : -above;
  const most = shareOf(mark, parseAmount(market.terms.maxPriceDeviation)!);
  if (crossing > most || (priceBand === 'both' && -crossing > most)) {
    throw new FuturesRefusal('price_too_far', printAmount(mark));
  }
  return ticks;
}

/** Contracts in lots, within the bounds of one order. @throws {FuturesRefusal} */
export function readContracts(text: string | undefined, { spec, terms }: PerpetualMarket): number {
  const lots = readUnits(text, spec.quantityDecimals, 'bad_contracts', 'contracts_precision');
  const contracts = amountOf(lots, spec.quantityDecimals);
  if (contracts < parseAmount(terms.minContracts)!) throw new FuturesRefusal('below_min_contracts', terms.minContracts);
  if (contracts > parseAmount(terms.maxContracts)!) throw new FuturesRefusal('above_max_contracts', terms.maxContracts);
  return lots;
}

/** Leverage and margin mode that the position shall have. @throws {FuturesRefusal} when it has others already. */
function readTerms(
  account: FuturesAccount,
  position: Position,
  request: FuturesOrderRequest,
): { readonly leverage: number; readonly marginMode: MarginMode } {
  const { leverage = position.leverage, marginMode = position.marginMode } = request;
  const { minLeverage, maxLeverage } = position.market.terms;
  if (leverage < minLeverage) throw new FuturesRefusal('leverage_too_low');
  if (leverage > maxLeverage) throw new FuturesRefusal('leverage_too_high');
  const isTaken =
    position.lots !== 0 ||
    [...account.openOrders].some((one) => one.market === position.market && one.positionSide === position.side);
  if (isTaken && leverage !== position.leverage) throw new FuturesRefusal('leverage_differs');
  if (isTaken && marginMode !== position.marginMode) throw new FuturesRefusal('margin_mode_differs');
  return { leverage, marginMode };
}

function readLots(
  account: FuturesAccount,
  position: Position,
  request: FuturesOrderRequest,
  rules: FuturesRules,
): { readonly lots: number; readonly reduceOnly: boolean } {
  const { market } = position;
  const { side, positionSide } = request;
  const closesSide = positionSide === (side === 'sell' ? 'long' : 'short');
  const reduceOnly = request.reduceOnly || request.closesAll === true || closesSide;
  if (!reduceOnly) return { lots: readContracts(request.contracts, market), reduceOnly };
  const closable = closableLots(account, market, positionSide, side);
  if (position.lots === 0) throw new FuturesRefusal('position_empty');
  if (closable === 0) throw new FuturesRefusal('would_increase');
  if (request.closesAll) return { lots: closable, reduceOnly };
  const lots = readContracts(request.contracts, market);
  let free = closable;
  for (const one of account.openOrders) {
    const isRival = one.market === market && one.positionSide === positionSide && one.side === side && one.reduceOnly;
    if (isRival) free -= leftLotsOf(one);
  }
  if (lots <= free) return { lots, reduceOnly };
  if (free <= 0 || rules.excessReduce === 'refused') throw new FuturesRefusal('reduce_exceeded');
  return { lots: free, reduceOnly };
}

/** @throws {FuturesRefusal} */
function slippageBound(market: PerpetualMarket, { side, maxSlippage }: FuturesOrderRequest): number | undefined {
  if (maxSlippage === undefined) return undefined;
  const share = parseAmount(maxSlippage);
  if (share === undefined) throw new FuturesRefusal('bad_price');
  const mark = markPrice(market);
  const bound = side === 'buy' ? mark + shareOf(mark, share) : mark - shareOf(mark, share);
  return Math.max(1, Number(bound / amountOf(1, market.spec.priceDecimals)));
}

function impossibility(
  account: FuturesAccount,
  market: PerpetualMarket,
  { side, postOnly, timeInForce, selfTradeRule }: FuturesOrderRequest,
  { lots, boundTicks }: Pick<FuturesPlan, 'lots' | 'boundTicks'>,
): 'post_only' | 'fok' | undefined {
  const { engine } = market.market;
  if (postOnly) return engine.wouldTake(side, boundTicks) ? 'post_only' : undefined;
  if (timeInForce !== 'fok') return undefined;
  const asked: NewOrder = {
    owner: '',
    side,
    lots,
    handler: askingHandle(account, selfTradeRule),
    ...(boundTicks === undefined ? {} : { priceTicks: boundTicks }),
  };
  return engine.canFill(asked) ? undefined : 'fok';
}

/** What would open has to be paid for, and fit the risk limit. @throws {FuturesRefusal} */
function requireMargin(
  account: FuturesAccount,
  market: PerpetualMarket,
  request: FuturesOrderRequest,
  { position, leverage, lots, priceTicks }: Pick<FuturesPlan, 'position' | 'leverage' | 'lots' | 'priceTicks'>,
): void {
  let room = request.positionSide === 'net' ? closableLots(account, market, 'net', request.side) : 0;
  let others = 0;
  for (const [order, opens] of openingLots(account, market)) {
    if (order.side !== request.side || order.positionSide !== request.positionSide || order.reduceOnly) continue;
    room -= leftLotsOf(order) - opens;
    others += opens;
  }
  const opening = lots - Math.min(lots, Math.max(0, room));
  if (opening === 0) return;
  requireRisk(position, opening + others + Math.abs(position.lots) - (lots - opening), leverage);
  const price = priceTicks === undefined ? marketPrice(market, request) : bookPrice(market, priceTicks);
  const needed = openingMargin(market, opening, price, leverage);
  const { available } = summarize(account, market.terms.settle);
  if (available < needed) throw new FuturesRefusal('insufficient_available');
}

/** What a market order is taken to cost. */
function marketPrice(market: PerpetualMarket, request: FuturesOrderRequest): Amount {
  const best = bestTicks(market, request);
  const mark = markPrice(market);
  if (best === undefined) return mark;
  const price = bookPrice(market, best);
  return price > mark !== market.terms.isInverse ? price : mark;
}

function bestTicks({ market }: PerpetualMarket, { side }: FuturesOrderRequest): number | undefined {
  return (side === 'buy' ? market.engine.asks : market.engine.bids).best?.priceTicks;
}

function bestPrice(market: PerpetualMarket, request: FuturesOrderRequest): string {
  return String((bestTicks(market, request) ?? 0) / 10 ** market.spec.priceDecimals);
}

function readUnits(
  text: string | undefined,
  decimals: number,
  bad: FuturesRefusalReason,
  precise: FuturesRefusalReason,
): number {
  const amount = text === undefined ? undefined : parseAmount(text);
  if (amount === undefined || amount === 0n) throw new FuturesRefusal(bad);
  const unit = amountOf(1, decimals);
  if (amount % unit !== 0n) throw new FuturesRefusal(precise);
  const units = Number(amount / unit);
  if (!Number.isSafeInteger(units)) throw new FuturesRefusal(bad);
  return units;
}
