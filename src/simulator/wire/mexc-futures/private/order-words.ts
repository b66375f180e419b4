import type { SelfTradeRule } from '../../../accounts/account-order.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesEndReason, FuturesOrder } from '../../../positions/futures-order.js';
import type { FuturesOrderRequest } from '../../../positions/futures-request.js';

type Kind = Pick<FuturesOrderRequest, 'type' | 'timeInForce' | 'postOnly'>;
type Direction = Pick<FuturesOrderRequest, 'side' | 'positionSide' | 'reduceOnly'>;

/** Type 6 is an older word for a market order. Source: MEXC contract docs, order types. */
const KINDS: Readonly<Record<number, Kind>> = {
  1: { type: 'limit', timeInForce: 'gtc', postOnly: false },
  2: { type: 'limit', timeInForce: 'gtc', postOnly: true },
  3: { type: 'limit', timeInForce: 'ioc', postOnly: false },
  4: { type: 'limit', timeInForce: 'fok', postOnly: false },
  5: { type: 'market', timeInForce: 'ioc', postOnly: false },
  6: { type: 'market', timeInForce: 'ioc', postOnly: false },
};

/** 1 opens a long, 2 closes a short, 3 opens a short, 4 closes a long. Source: MEXC contract docs, order direction. */
const DIRECTIONS: Readonly<Record<number, Direction>> = {
  1: { side: 'buy', positionSide: 'long', reduceOnly: false },
  2: { side: 'buy', positionSide: 'short', reduceOnly: true },
  3: { side: 'sell', positionSide: 'short', reduceOnly: false },
  4: { side: 'sell', positionSide: 'long', reduceOnly: true },
};

/** Source: MEXC contract docs, stpMode. */
const SELF_TRADES: Readonly<Record<number, SelfTradeRule | 'none'>> = {
  0: 'none',
  1: 'cancel_both',
  2: 'cancel_oldest',
  3: 'cancel_newest',
};

/** Why an order died. Source: MEXC contract docs, order error codes; what is not listed there was "cancelled by system". */
const ERROR_CODES: Readonly<Record<FuturesEndReason, number>> = {
  filled: 0,
  user: 0,
  ioc: 18,
  fok: 19,
  post_only: 20,
  depth: 21,
  slippage: 21,
  self_trade: 8,
  countdown: 8,
  venue: 8,
  reduce_only: 4,
  position_closed: 3,
  liquidated: 5,
  liquidation_canceled: 13,
};

export function kindOf(type: number): Kind | undefined {
  return KINDS[type];
}

/** One-way accounts have one position; there the closing sides, like the flag, only ever reduce. */
export function directionOf(
  side: number,
  reduceOnly: boolean,
  { positionMode }: FuturesAccount,
): Direction | undefined {
  const direction = DIRECTIONS[side];
  if (direction === undefined || positionMode === 'hedge') return direction;
  return { side: direction.side, positionSide: 'net', reduceOnly: direction.reduceOnly || reduceOnly };
}

export function selfTradeOf(mode: number): SelfTradeRule | 'none' | undefined {
  return SELF_TRADES[mode];
}

/** As it was asked for, or as the venue's own orders have it. */
export function sideNumber({ side, positionSide, reduceOnly, extra }: FuturesOrder): number {
  const asked = extra?.['side'];
  if (typeof asked === 'number') return asked;
  const closes = positionSide === 'net' ? reduceOnly : (side === 'buy') === (positionSide === 'short');
  if (side === 'buy') return closes ? 2 : 1;
  return closes ? 4 : 3;
}

export function typeNumber({ type, timeInForce, postOnly, extra }: FuturesOrder): number {
  const asked = extra?.['type'];
  if (typeof asked === 'number') return asked;
  if (type === 'market') return 5;
  if (postOnly) return 2;
  if (timeInForce === 'ioc') return 3;
  return timeInForce === 'fok' ? 4 : 1;
}

/** 2 open, filled in part too; 3 filled; 4 canceled. Source: MEXC contract docs, order states. */
export function stateNumber({ status }: FuturesOrder): number {
  if (status === 'open') return 2;
  return status === 'filled' ? 3 : 4;
}

export function errorNumber({ endReason }: FuturesOrder): number {
  return endReason === undefined ? 0 : ERROR_CODES[endReason];
}
