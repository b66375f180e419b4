import type { Account } from './account.js';
import { type AccountOrder, baseAmount, feeAsset, leftLots, lockOf, paidAsset, quoteAmount } from './account-order.js';
import { type Amount, printAmount } from './amount.js';
import type { Desk } from './desk.js';

/** Something in the books of a venue that does not add up. */
export interface Discrepancy {
  readonly about: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Checks the books of one venue against themselves: every asset sums to zero, no account is below zero, what is set
 * aside is what open orders and withdrawals need, every fill is accounted for, and the book holds what the orders say.
 */
export function auditDesk(desk: Desk): Discrepancy[] {
  const found: Discrepancy[] = [];
  const compare = (about: string, expected: Amount, is: Amount): void => {
    if (expected !== is) found.push({ about, expected: printAmount(expected), found: printAmount(is) });
  };
  for (const [asset, total] of desk.ledger.totals()) compare(`sum of all ${asset}`, 0n, total);
  for (const account of desk.accounts.values()) auditAccount(account, compare);
  return found;
}

type Compare = (about: string, expected: Amount, is: Amount) => void;

function auditAccount(account: Account, compare: Compare): void {
  const { userId } = account.settings;
  const locked = new Map(account.withdrawing);
  const filled = new Map<AccountOrder, number>();
  for (const { order, lots } of account.fills) filled.set(order, (filled.get(order) ?? 0) + lots);
  for (const order of account.orders) auditOrder(account, order, filled.get(order) ?? 0, compare);
  for (const order of account.openOrders) add(locked, paidAsset(order), order.locked);
  const traded = tradedBy(account);
  for (const asset of account.assets()) {
    const [free, set] = [account.free.get(asset), account.locked.get(asset)];
    if (free < 0n) compare(`free ${asset} of ${userId} is below zero`, 0n, free);
    compare(`locked ${asset} of ${userId}`, locked.get(asset) ?? 0n, set);
    compare(`all ${asset} of ${userId}`, (account.moved.get(asset) ?? 0n) + (traded.get(asset) ?? 0n), free + set);
  }
}

function auditOrder(account: Account, order: AccountOrder, filledLots: number, compare: Compare): void {
  const about = `order ${order.id} of ${account.settings.userId}`;
  compare(`${about}: filled`, baseAmount(order, filledLots), baseAmount(order, order.filledLots));
  const resting = order.engineId === undefined ? undefined : order.market.engine.order(order.engineId);
  const left = order.status === 'open' ? leftLots(order) : 0;
  compare(`${about}: in the book`, baseAmount(order, left), baseAmount(order, resting?.lots ?? 0));
  const needed = lockOf(order, order.priceTicks, left);
  compare(`${about}: set aside`, needed, order.locked);
}

/** What fills and their fees have changed, computed from the fills alone. */
function tradedBy({ fills }: Account): ReadonlyMap<string, Amount> {
  const traded = new Map<string, Amount>();
  for (const { order, priceTicks, lots, fee } of fills) {
    const { base, quote } = order.market.spec;
    const sign = order.side === 'buy' ? 1n : -1n;
    add(traded, base, sign * baseAmount(order, lots));
    add(traded, quote, -sign * quoteAmount(order, priceTicks, lots));
    add(traded, feeAsset(order), -fee);
  }
  return traded;
}

function add(sums: Map<string, Amount>, asset: string, amount: Amount): void {
  sums.set(asset, (sums.get(asset) ?? 0n) + amount);
}
