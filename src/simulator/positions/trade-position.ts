import type { Amount } from '../accounts/amount.js';
import { initialMargin } from './margins.js';
import type { ClosedPosition, Position } from './position.js';
import { profitOf } from './valuation.js';

/** What a fill did to a position. */
export interface PositionTrade {
  readonly closedLots: number;
  /** Profit of what was closed. */
  readonly pnl: Amount;
  /** Of the fee, what belongs to the position that was closed first; the rest to the one that was opened. */
  readonly closed: ClosedPosition | undefined;
}

/** A fill as a position sees it. */
export interface PositionFill {
  /** Signed: above zero = bought. */
  readonly lots: number;
  /** Settle asset, without sign. */
  readonly value: Amount;
  readonly fee: Amount;
  readonly orderId: string;
  readonly at: number;
}

/** Closes what is open against the fill, opens with the rest. Parts are rounded down; nothing is lost, the rest keeps it. */
export function tradePosition(position: Position, fill: PositionFill, nextNumber: () => number): PositionTrade {
  const size = Math.abs(fill.lots);
  const isClosing = position.lots !== 0 && Math.sign(position.lots) !== Math.sign(fill.lots);
  const closing = isClosing ? Math.min(size, Math.abs(position.lots)) : 0;
  const closedValue = partOf(fill.value, closing, size);
  const closedFee = partOf(fill.fee, closing, size);
  const pnl = closing === 0 ? 0n : close(position, closing, closedValue);
  if (closing > 0) position.fees -= closedFee;
  const closed = closing > 0 && position.lots === 0 ? finish(position, fill) : undefined;
  if (size > closing) {
    const opened = { ...fill, value: fill.value - closedValue, fee: fill.fee - closedFee };
    open(position, Math.sign(fill.lots) * (size - closing), opened, nextNumber);
  }
  position.version++;
  position.updatedAt = fill.at;
  return { closedLots: closing, pnl, closed };
}

function close(position: Position, lots: number, value: Amount): Amount {
  const { market } = position;
  const held = Math.abs(position.lots);
  const entry = partOf(position.entryValue, lots, held);
  const pnl = profitOf(market, position.lots, entry, value);
  position.entryValue -= entry;
  position.margin -= partOf(position.margin, lots, held);
  position.lots -= Math.sign(position.lots) * lots;
  position.closedLots += lots;
  position.closedValue += value;
  position.pnl += pnl;
  return pnl;
}

function open(position: Position, lots: number, { value, fee, at }: PositionFill, nextNumber: () => number): void {
  if (position.lots === 0) startLife(position, nextNumber(), at);
  position.lots += lots;
  position.entryValue += value;
  position.margin += initialMargin(value, position.leverage);
  position.fees -= fee;
  position.openedLots += Math.abs(lots);
  position.openedValue += value;
  position.mostLots = Math.max(position.mostLots, Math.abs(position.lots));
}

function startLife(position: Position, number: number, at: number): void {
  Object.assign(position, {
    number,
    openedAt: at,
    pnl: 0n,
    fees: 0n,
    funding: 0n,
    mostLots: 0,
    closedLots: 0,
    openedLots: 0,
    openedValue: 0n,
    closedValue: 0n,
  });
}

function finish(position: Position, { lots, orderId, at }: PositionFill): ClosedPosition {
  const { number, market, side, marginMode, leverage, mostLots, openedLots, openedValue } = position;
  const { closedLots, closedValue, pnl, fees, funding, openedAt } = position;
  position.lastPnl = pnl + fees + funding;
  position.historyPnl += position.lastPnl;
  return {
    number,
    market,
    side: lots < 0 ? 'long' : 'short',
    positionSide: side,
    marginMode,
    leverage,
    mostLots,
    openedLots,
    openedValue,
    closedLots,
    closedValue,
    pnl,
    fees,
    funding,
    openedAt,
    closedAt: at,
    orderId,
  };
}

function partOf(amount: Amount, part: number, whole: number): Amount {
  return part === whole ? amount : (amount * BigInt(part)) / BigInt(whole);
}
