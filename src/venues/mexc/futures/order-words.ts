import type { DecodeContext } from '../../../adapter/endpoint.js';
import type { OrderReport, OrderRequest } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readInteger, readOptional } from '../../../adapter/read.js';
import type { OrderState } from '../../../model/order.js';
import type { PositionSide } from '../../../model/position.js';
import type { Side } from '../../../model/side.js';

/** What a type says; there is no separate time in force. */
export type OrderKind = Pick<OrderReport, 'type' | 'timeInForce' | 'postOnly'>;

/** What a side says: who trades, whose position it is, and whether it opens. */
interface SideWords {
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly closes: boolean;
}

/** Sides are not buy and sell. Source: MEXC contract API docs, order side. */
const SIDES: ReadonlyMap<unknown, SideWords> = new Map<number, SideWords>([
  [1, { side: 'buy', positionSide: 'long', closes: false }],
  [2, { side: 'buy', positionSide: 'short', closes: true }],
  [3, { side: 'sell', positionSide: 'short', closes: false }],
  [4, { side: 'sell', positionSide: 'long', closes: true }],
]);

/** 6, a market order that becomes a limit order, is never sent. Source: MEXC contract API docs, order type. */
const KINDS: ReadonlyMap<unknown, OrderKind> = new Map<number, OrderKind>([
  [1, { type: 'limit', timeInForce: 'GTC', postOnly: false }],
  [2, { type: 'limit', timeInForce: 'GTC', postOnly: true }],
  [3, { type: 'limit', timeInForce: 'IOC', postOnly: false }],
  [4, { type: 'limit', timeInForce: 'FOK', postOnly: false }],
  [5, { type: 'market', timeInForce: 'IOC', postOnly: false }],
  [6, { type: 'market', postOnly: false }],
]);

/** Source: MEXC contract API docs, order error codes. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [1, 'parameter_invalid'],
  [2, 'insufficient_balance'],
  [3, 'no_position'],
  [4, 'position_too_small'],
  [5, 'position_liquidated'],
  [6, 'would_liquidate'],
  [7, 'risk_limit'],
  [8, 'canceled_by_system'],
  [9, 'position_mode'],
  [10, 'reduce_only_liquidation'],
  [11, 'contract_not_enabled'],
  [12, 'delivery'],
  [13, 'position_liquidation'],
  [14, 'adl'],
  [15, 'blocked_user'],
  [16, 'funding_settlement'],
  [17, 'margin_change'],
  [18, 'ioc'],
  [19, 'fok'],
  [20, 'post_only'],
  [21, 'market_rest'],
  [22, 'duplicate_external_id'],
  [23, 'duplicate_client_id'],
  [999, 'other'],
]);

/** One position for each market and side, or one for each market. */
export const HEDGE = 1;
export const ONE_WAY = 2;

/**
 * Side, position and direction of an order, a trigger or a fill. In one-way mode orders that close may say so by their
 * side or by a flag.
 * @throws {MalformedResponseError} for a side that is not 1 to 4.
 */
export function readSides(
  { side, positionMode, reduceOnly }: JsonObject,
  where: string,
): { readonly side: Side; readonly reduceOnly: boolean; readonly positionSide?: PositionSide } {
  const words = SIDES.get(side);
  if (words === undefined) throw malformed(`${where} side`, 'a number from 1 to 4', side);
  return {
    side: words.side,
    reduceOnly: words.closes || reduceOnly === true,
    ...(positionMode === HEDGE ? { positionSide: words.positionSide } : {}),
  };
}

/** What a type says; nothing, and drift, for an unknown one. */
export function readKind(type: unknown, where: string, { drift }: Pick<DecodeContext, 'drift'>): OrderKind {
  const kind = KINDS.get(type);
  if (kind !== undefined) return kind;
  drift(`${where}: ${typeof type === 'number' ? type : typeof type}`);
  return {};
}

/**
 * The state of an order of which something is filled, or nothing.
 * @throws {MalformedResponseError} for an unknown state: what became of an order is never guessed.
 */
export function readState(state: unknown, hasFill: boolean): OrderState {
  if (state === 1) return 'pending';
  if (state === 2) return hasFill ? 'partially_filled' : 'open';
  if (state === 3) return 'filled';
  if (state === 4) return 'canceled';
  if (state === 5) return hasFill ? 'canceled' : 'rejected';
  throw malformed('order state', 'a number from 1 to 5', state);
}

/** Why it ended, in a word; `undefined` where nothing is wrong. @throws {MalformedResponseError} */
export function readReason(errorCode: unknown, where: string): string | undefined {
  const code = readOptional(errorCode, where, readInteger);
  return code === undefined || code === 0 ? undefined : (REASONS.get(code) ?? `code_${code}`);
}

/** The venue's type of an order. */
export function typeNumber({
  type,
  timeInForce,
  postOnly = false,
}: Pick<OrderRequest, 'type' | 'timeInForce'> & { readonly postOnly?: boolean }): number {
  if (type === 'market') return 5;
  if (postOnly) return 2;
  if (timeInForce === 'IOC') return 3;
  return timeInForce === 'FOK' ? 4 : 1;
}
