import type { Side } from '../../model/side.js';
import { type Amount, amountOf, parseAmount, shareOf } from '../accounts/amount.js';
import type { FuturesAccount, MarginSummary } from './futures-account.js';
import { type FuturesOrder, leftLotsOf } from './futures-order.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { Position, PositionSide } from './position.js';
import { bookPrice, maintenanceMargin, quotient, unrealisedPnl, valueAt } from './valuation.js';

/** The money of an account in one settle asset as it is now. */
export function summarize(account: FuturesAccount, asset: string): MarginSummary {
  let orderMargin = 0n;
  for (const { market, margin } of account.openOrders) if (market.terms.settle === asset) orderMargin += margin;
  const sums = { isolated: { ...NOTHING }, cross: { ...NOTHING } };
  for (const position of account.positions()) {
    if (position.market.terms.settle !== asset || position.lots === 0) continue;
    const sum = sums[position.marginMode];
    sum.margin += position.margin;
    sum.unrealised += unrealisedPnl(position);
    sum.maintenance += maintenanceMargin(position);
  }
  const balance = account.balance(asset);
  const { isolated, cross } = sums;
  const loss = cross.unrealised < 0n ? cross.unrealised : 0n;
  return {
    asset,
    balance,
    orderMargin,
    isolatedMargin: isolated.margin,
    crossMargin: cross.margin,
    isolatedUnrealised: isolated.unrealised,
    crossUnrealised: cross.unrealised,
    isolatedMaintenance: isolated.maintenance,
    crossMaintenance: cross.maintenance,
    available: balance - orderMargin - isolated.margin - cross.margin + loss,
  };
}

const NOTHING = { margin: 0n, unrealised: 0n, maintenance: 0n };

/** What so many lots need that open or add to a position, the fee of taking included. */
export function openingMargin(market: PerpetualMarket, lots: number, price: Amount, leverage: number): Amount {
  const value = valueAt(market, lots, price);
  const { takerFee } = market.spec;
  const fee = takerFee.startsWith('-') ? 0n : shareOf(value, parseAmount(takerFee)!);
  return initialMargin(value, leverage) + fee;
}

export function initialMargin(value: Amount, leverage: number): Amount {
  return quotient(value, amountOf(leverage, 0));
}

/** Sets aside for every open order of a market what it needs: in one-way mode the oldest close first, the rest opens. */
export function refreshOrderMargins(account: FuturesAccount, market: PerpetualMarket): void {
  const leverageOf = ({ positionSide }: FuturesOrder): number => account.position(market, positionSide).leverage;
  for (const [order, lots] of openingLots(account, market)) {
    order.margin = openingMargin(market, lots, bookPrice(market, order.priceTicks), leverageOf(order));
  }
}

/** How many lots of each open order of a market would open, oldest first. */
export function openingLots(account: FuturesAccount, market: PerpetualMarket): Map<FuturesOrder, number> {
  const opening = new Map<FuturesOrder, number>();
  const room = { buy: closableLots(account, market, 'net', 'buy'), sell: closableLots(account, market, 'net', 'sell') };
  for (const order of account.openOrders) {
    if (order.market !== market) continue;
    const left = leftLotsOf(order);
    const closes = order.reduceOnly ? left : order.positionSide === 'net' ? Math.min(left, room[order.side]) : 0;
    if (!order.reduceOnly && order.positionSide === 'net') room[order.side] -= closes;
    opening.set(order, left - closes);
  }
  return opening;
}

/** How many lots an order of this side could close. */
export function closableLots(
  account: FuturesAccount,
  market: PerpetualMarket,
  positionSide: PositionSide,
  side: Side,
): number {
  const position = account.positions().find((one) => one.market === market && one.side === positionSide);
  if (position === undefined) return 0;
  return Math.max(0, side === 'buy' ? -position.lots : position.lots);
}

/** The cross positions of one asset that are open. */
export function crossPositions(account: FuturesAccount, asset: string): Position[] {
  return account
    .positions()
    .filter(({ lots, marginMode, market }) => lots !== 0 && marginMode === 'cross' && market.terms.settle === asset);
}
