import { type Amount, parseAmount } from '../accounts/amount.js';
import type { FuturesAccount } from './futures-account.js';
import { FuturesRefusal } from './futures-request.js';
import { initialMargin, refreshOrderMargins, summarize } from './margins.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { MarginMode, Position, PositionMode, PositionSide } from './position.js';
import { requireRisk } from './risk-limits.js';
import { maintenanceMargin, unrealisedPnl } from './valuation.js';

/** Another leverage, and margin mode where it is given. @throws {FuturesRefusal} before anything has changed. */
export function setLeverage(
  account: FuturesAccount,
  market: PerpetualMarket,
  sides: readonly PositionSide[],
  leverage: number,
  marginMode: MarginMode | undefined,
): Position[] {
  if (leverage < market.terms.minLeverage) throw new FuturesRefusal('leverage_too_low');
  if (leverage > market.terms.maxLeverage) throw new FuturesRefusal('leverage_too_high');
  const positions = sides.map((side) => account.position(market, side));
  for (const position of positions) requireRisk(position, position.lots, leverage);
  const availableBefore = summarize(account, market.terms.settle).available;
  const before = positions.map(({ leverage, marginMode, margin }) => ({ leverage, marginMode, margin }));
  for (const position of positions) {
    position.leverage = leverage;
    position.marginMode = marginMode ?? position.marginMode;
    position.margin = initialMargin(position.entryValue, leverage);
  }
  refreshOrderMargins(account, market);
  const { available } = summarize(account, market.terms.settle);
  const refusal = !positions.every(isSafe)
    ? 'would_liquidate'
    : available < 0n && available < availableBefore
      ? 'insufficient_available'
      : undefined;
  if (refusal !== undefined) {
    for (const [index, position] of positions.entries()) Object.assign(position, before[index]);
    refreshOrderMargins(account, market);
    throw new FuturesRefusal(refusal);
  }
  for (const position of positions) touch(position);
  return positions;
}

/** @throws {FuturesRefusal} while anything is open. */
export function setPositionMode(account: FuturesAccount, mode: PositionMode): void {
  if (account.positionMode === mode) throw new FuturesRefusal('no_change');
  if (account.positions().some(({ lots }) => lots !== 0)) throw new FuturesRefusal('position_held');
  if (account.openOrders.size > 0) throw new FuturesRefusal('orders_open');
  account.positionMode = mode;
}

/** @throws {FuturesRefusal} */
export function changeMargin(account: FuturesAccount, position: Position, change: Amount): void {
  if (position.lots === 0) throw new FuturesRefusal('position_empty');
  if (position.marginMode !== 'isolated') throw new FuturesRefusal('not_isolated');
  if (change > summarize(account, position.market.terms.settle).available) {
    throw new FuturesRefusal('insufficient_available');
  }
  if (change < 0n) {
    const left = position.margin + change;
    const profit = unrealisedPnl(position);
    const least = initialMargin(position.entryValue, position.leverage);
    if (left < least || left + (profit < 0n ? profit : 0n) < least) throw new FuturesRefusal('remove_too_much');
  }
  position.margin += change;
  touch(position);
}

/** @throws {FuturesRefusal} */
export function setRiskLimit(position: Position, limit: Amount): void {
  const { tiers } = position.market.terms;
  if (limit <= 0n || limit > parseAmount(tiers.at(-1)!.limit)!) throw new FuturesRefusal('bad_risk_limit');
  const before = position.riskLimit;
  position.riskLimit = limit;
  try {
    requireRisk(position, position.lots, position.leverage);
  } catch (error) {
    position.riskLimit = before;
    throw error;
  }
  touch(position);
}

function isSafe(position: Position): boolean {
  if (position.marginMode === 'cross' || position.lots === 0) return true;
  return position.margin + unrealisedPnl(position) >= maintenanceMargin(position);
}

function touch(position: Position): void {
  position.version++;
  position.updatedAt = Math.floor(position.account.now());
  position.account.tell((listener) => listener.position?.(position));
}
