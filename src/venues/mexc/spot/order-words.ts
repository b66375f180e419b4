import type { DecodeContext } from '../../../adapter/endpoint.js';
import type { OrderReport, OrderRequest } from '../../../adapter/order-endpoints.js';
import { malformed } from '../../../adapter/read.js';
import type { OrderState } from '../../../model/order.js';
import type { Side } from '../../../model/side.js';

/** What a type says; there is no separate time in force. */
export type OrderKind = Pick<OrderReport, 'type' | 'timeInForce' | 'postOnly'>;

/**
 * Source: MEXC spot v3 docs, order types. The last one cannot be placed here: it shows on accounts that also use the web
 * site, and becomes a market order when it is triggered.
 */
const KINDS: ReadonlyMap<unknown, OrderKind> = new Map<string, OrderKind>([
  ['LIMIT', { type: 'limit', timeInForce: 'GTC', postOnly: false }],
  ['LIMIT_MAKER', { type: 'limit', timeInForce: 'GTC', postOnly: true }],
  ['IMMEDIATE_OR_CANCEL', { type: 'limit', timeInForce: 'IOC', postOnly: false }],
  ['FILL_OR_KILL', { type: 'limit', timeInForce: 'FOK', postOnly: false }],
  ['MARKET', { type: 'market', timeInForce: 'IOC', postOnly: false }],
  ['STOP_MARKET_ORDER', { type: 'market' }],
]);

/** Source: MEXC spot v3 docs, spot account orders, orderType. */
const TYPE_NUMBERS: ReadonlyMap<unknown, string> = new Map([
  [1, 'LIMIT'],
  [2, 'LIMIT_MAKER'],
  [3, 'IMMEDIATE_OR_CANCEL'],
  [4, 'FILL_OR_KILL'],
  [5, 'MARKET'],
  [100, 'STOP_MARKET_ORDER'],
]);

/**
 * A part that was filled before the rest was canceled is no state of its own. A market buy that leaves dust of its amount
 * ends as `PARTIALLY_CANCELED` too. Source: MEXC spot v3 docs, order status.
 */
const STATES: ReadonlyMap<unknown, OrderState> = new Map<string, OrderState>([
  ['NEW', 'open'],
  ['FILLED', 'filled'],
  ['PARTIALLY_FILLED', 'partially_filled'],
  ['CANCELED', 'canceled'],
  ['PARTIALLY_CANCELED', 'canceled'],
]);

/** Source: MEXC spot v3 docs, spot account orders, status. */
const STATE_NUMBERS: ReadonlyMap<unknown, OrderState> = new Map<number, OrderState>([
  [1, 'open'],
  [2, 'filled'],
  [3, 'partially_filled'],
  [4, 'canceled'],
  [5, 'canceled'],
]);

/** What the type of a REST row says; nothing, and drift, for an unknown one. */
export function readKind(type: unknown, drift: DecodeContext['drift']): OrderKind {
  const kind = KINDS.get(type);
  if (kind === undefined) {
    const isShown = typeof type === 'string' || typeof type === 'number';
    drift(`order type: ${isShown ? String(type).slice(0, 40) : typeof type}`);
  }
  return kind ?? {};
}

/** The same for the number of a push. */
export function readKindNumber(type: unknown, drift: DecodeContext['drift']): OrderKind {
  return readKind(TYPE_NUMBERS.get(type) ?? type, drift);
}

/** @throws {MalformedResponseError} for an unknown state: what became of an order is never guessed. */
export function readState(status: unknown, where: string): OrderState {
  const state = STATES.get(status);
  if (state !== undefined) return state;
  throw malformed(where, `one of ${[...STATES.keys()].join(', ')}`, status);
}

/** @throws {MalformedResponseError} for an unknown state, also for 0, which is what an absent field reads as. */
export function readStateNumber(status: unknown, where: string): OrderState {
  const state = STATE_NUMBERS.get(status);
  if (state !== undefined) return state;
  throw malformed(where, 'a number from 1 to 5', status);
}

/** @throws {MalformedResponseError} */
export function readSide(side: unknown, where: string): Side {
  if (side === 'BUY') return 'buy';
  if (side === 'SELL') return 'sell';
  throw malformed(where, 'BUY or SELL', side);
}

/** @throws {MalformedResponseError} */
export function readSideNumber(side: unknown, where: string): Side {
  if (side === 1) return 'buy';
  if (side === 2) return 'sell';
  throw malformed(where, '1 or 2', side);
}

/** The venue's type of an order; the time in force is in it, because a parameter of that name is ignored. */
export function typeName({ type, timeInForce, postOnly }: OrderRequest): string {
  if (type === 'market') return 'MARKET';
  if (postOnly) return 'LIMIT_MAKER';
  if (timeInForce === 'IOC') return 'IMMEDIATE_OR_CANCEL';
  return timeInForce === 'FOK' ? 'FILL_OR_KILL' : 'LIMIT';
}
