import type { FuturesAccount } from './futures-account.js';
import { type FuturesOrder, leftLotsOf } from './futures-order.js';
import { type FuturesAmendRequest, FuturesRefusal } from './futures-request.js';
import type { FuturesRules } from './futures-rules.js';
import { closableLots, refreshOrderMargins, summarize } from './margins.js';
import { readContracts, readPrice } from './plan-futures-order.js';
import { requireRisk } from './risk-limits.js';

/**
 * Changes a resting limit order. Less keeps its place in the line; more, or another price, loses it.
 * @returns `finished` when the new total is already filled, `requeued` when it has to be submitted again.
 * @throws {FuturesRefusal} before anything has changed.
 */
export function amendFuturesOrder(
  account: FuturesAccount,
  order: FuturesOrder,
  request: FuturesAmendRequest,
  rules: FuturesRules,
): 'finished' | 'kept' | 'requeued' {
  const { market, side } = order;
  const { engine } = market.market;
  if (order.status !== 'open' || order.engineId === undefined) throw new FuturesRefusal('not_open');
  const priceTicks = request.price === undefined ? order.priceTicks : readPrice(request.price, side, market, rules);
  const lots = request.contracts === undefined ? order.lots : readContracts(request.contracts, market);
  if (priceTicks === order.priceTicks && lots === order.lots) throw new FuturesRefusal('no_change');
  if (lots <= order.filledLots) return 'finished';
  const isMoved = priceTicks !== order.priceTicks;
  if (isMoved && order.postOnly && engine.wouldTake(side, priceTicks)) {
    if (rules.impossibleOrders === 'refused') throw new FuturesRefusal('post_only_takes');
  }
  requireRoom(account, order, lots);
  const before = { priceTicks: order.priceTicks, lots: order.lots };
  Object.assign(order, { priceTicks, lots });
  refreshOrderMargins(account, market);
  if (summarize(account, market.terms.settle).available < 0n && (lots > before.lots || isMoved)) {
    Object.assign(order, before);
    refreshOrderMargins(account, market);
    throw new FuturesRefusal('insufficient_available');
  }
  order.amendText = request.note;
  const isKept = !isMoved && lots < before.lots;
  if (isKept) engine.reduce(order.engineId, lots - order.filledLots);
  else {
    engine.cancel(order.engineId);
    order.engineId = undefined;
  }
  return isKept ? 'kept' : 'requeued';
}

/** @throws {FuturesRefusal} when the order would be larger than what it may reduce or what the position may be. */
function requireRoom(account: FuturesAccount, order: FuturesOrder, lots: number): void {
  if (lots <= order.lots) return;
  const { market, positionSide, side, reduceOnly } = order;
  if (reduceOnly) {
    const closable = closableLots(account, market, positionSide, side);
    if (lots - order.filledLots > closable) throw new FuturesRefusal('reduce_exceeded');
    return;
  }
  const position = account.position(market, positionSide);
  let total = side === 'buy' ? position.lots : -position.lots;
  for (const one of account.openOrders) {
    const adds = one.market === market && one.positionSide === positionSide && one.side === side && !one.reduceOnly;
    if (adds) total += one === order ? lots - order.filledLots : leftLotsOf(one);
  }
  if (total > 0) requireRisk(position, total, position.leverage);
}
