import type { Account } from './account.js';
import { type AccountOrder, lockOf, paidAsset, quoteAmount } from './account-order.js';
import type { DeskRules } from './desk-rules.js';
import type { Ledger } from './ledger.js';
import { requireBounds, requireQuantity } from './order-plan.js';
import { DeskRefusal, readPrice, readQuantity } from './order-request.js';

/** What shall be different; at least one of price and quantity. */
export interface AmendRequest {
  readonly price: string | undefined;
  /** The new total, what is filled already included. Base asset. */
  readonly quantity: string | undefined;
  readonly note: string | undefined;
}

/**
 * Changes a resting limit order. Less keeps its place in the line; more, or another price, loses it.
 * @returns `finished` when the new total is already filled, `requeued` when it has to be submitted again.
 * @throws {DeskRefusal} before anything has changed.
 */
export function amendOrder(
  account: Account,
  order: AccountOrder,
  request: AmendRequest,
  rules: DeskRules,
  ledger: Ledger,
): 'finished' | 'kept' | 'requeued' {
  const { market, side } = order;
  if (order.status !== 'open' || order.engineId === undefined) throw new DeskRefusal('not_open');
  const priceTicks = request.price === undefined ? order.priceTicks : readPrice(request.price, market.spec);
  const lots = request.quantity === undefined ? order.lots : readQuantity(request.quantity, market.spec);
  if (priceTicks === order.priceTicks && lots === order.lots) throw new DeskRefusal('no_change');
  if (lots <= order.filledLots) return 'finished';
  requireQuantity(market, lots);
  requireBounds(market, quoteAmount(order, priceTicks, lots), rules.maxNotional);
  const isMoved = priceTicks !== order.priceTicks;
  if (isMoved && order.postOnly && market.engine.wouldTake(side, priceTicks)) throw new DeskRefusal('post_only_takes');
  const more = lockOf(order, priceTicks, lots - order.filledLots) - order.locked;
  if (account.free.get(paidAsset(order)) < more) throw new DeskRefusal('insufficient_balance');
  const isKept = !isMoved && lots < order.lots;
  if (isKept) market.engine.reduce(order.engineId, lots - order.filledLots);
  else market.engine.cancel(order.engineId);
  order.priceTicks = priceTicks;
  order.lots = lots;
  order.locked += more;
  order.amendText = request.note;
  if (!isKept) order.engineId = undefined;
  account.post('order_amended', paidAsset(order), -more, more, ledger.counterparty);
  return isKept ? 'kept' : 'requeued';
}
