import { compareDecimals, isZero } from '../../model/decimal.js';
import { withBaseFee } from './base-fee.js';
import type { OrderNews } from './strategy-event.js';
import type { LegOrder, StrategyState } from './strategy-state.js';
import type { StrategyTerms } from './strategy-terms.js';

/**
 * Merges news into the orders as a lattice: filled quantity never falls, what has ended stays ended. News of an order
 * that is not in the list changes nothing.
 */
export function mergeNews(terms: StrategyTerms, state: StrategyState, news: OrderNews): StrategyState {
  const at = state.orders.findIndex(({ id }) => id === news.id);
  const order = state.orders[at];
  if (order === undefined) return state;
  const merged = merge(order, news);
  if (merged === order) return state;
  const paid = merged.filled === order.filled ? merged : withBaseFee(terms, state, merged);
  return { ...state, orders: state.orders.with(at, paid) };
}

function merge(order: LegOrder, news: OrderNews): LegOrder {
  const isMore = isZero(order.filled) ? !isZero(news.filled) : compareDecimals(news.filled, order.filled) > 0;
  const isAcked = order.status !== 'sending' && order.status !== 'unknown';
  const hasEnded = order.status === 'ended';
  const status = hasEnded || (isAcked && news.status === 'unknown') ? order.status : news.status;
  const orderId = order.orderId ?? news.orderId;
  if (!isMore && status === order.status && orderId === order.orderId) return order;
  const end = order.end ?? news.end;
  return {
    ...order,
    status,
    ...(isMore ? { filled: news.filled, filledQuote: news.filledQuote } : {}),
    ...(orderId === undefined ? {} : { orderId }),
    ...(status === 'ended' && end !== undefined ? { end } : {}),
  };
}
