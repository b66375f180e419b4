import type { AccountOrder, SelfTradeRule } from '../../../accounts/account-order.js';
import type { OrderRequest } from '../../../accounts/order-request.js';

type Kind = Pick<OrderRequest, 'type' | 'timeInForce' | 'postOnly'>;

/** There is no `timeInForce`: the type says it. Source: MEXC spot v3 docs, order types. */
const KINDS: Readonly<Record<string, Kind>> = {
  LIMIT: { type: 'limit', timeInForce: 'gtc', postOnly: false },
  LIMIT_MAKER: { type: 'limit', timeInForce: 'gtc', postOnly: true },
  IMMEDIATE_OR_CANCEL: { type: 'limit', timeInForce: 'ioc', postOnly: false },
  FILL_OR_KILL: { type: 'limit', timeInForce: 'fok', postOnly: false },
  MARKET: { type: 'market', timeInForce: 'ioc', postOnly: false },
};

/** Source: MEXC spot v3 docs, new order, stpMode. */
const SELF_TRADES: Readonly<Record<string, SelfTradeRule>> = {
  cancel_maker: 'cancel_oldest',
  cancel_taker: 'cancel_newest',
  cancel_both: 'cancel_both',
};

/** `undefined` for a type that cannot be placed. */
export function kindOf(type: string): Kind | undefined {
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

/** `undefined` for an unknown mode. */
export function selfTradeOf(mode: string): SelfTradeRule | 'none' | undefined {
  if (mode === '') return 'none';
  return Object.hasOwn(SELF_TRADES, mode) ? SELF_TRADES[mode] : undefined;
}

export function typeWord(order: AccountOrder): string {
  if (order.type === 'market') return 'MARKET';
  if (order.postOnly) return 'LIMIT_MAKER';
  if (order.timeInForce === 'ioc') return 'IMMEDIATE_OR_CANCEL';
  return order.timeInForce === 'fok' ? 'FILL_OR_KILL' : 'LIMIT';
}

export function selfTradeWord({ selfTradeRule }: AccountOrder): string {
  return Object.entries(SELF_TRADES).find(([, rule]) => rule === selfTradeRule)?.[0] ?? '';
}

/**
 * A market buy that leaves dust of its budget ends either way; here every other one is partly canceled.
 * Source: MEXC spot v3 docs, order status.
 */
export function statusWord(order: AccountOrder): string {
  const { status, filledLots, quoteBudget, filledQuote, number } = order;
  if (status === 'open') return filledLots > 0 ? 'PARTIALLY_FILLED' : 'NEW';
  const hasDust = quoteBudget !== undefined && quoteBudget !== filledQuote && number % 2 === 0;
  if (status === 'filled' && !hasDust) return 'FILLED';
  return filledLots > 0 ? 'PARTIALLY_CANCELED' : 'CANCELED';
}
