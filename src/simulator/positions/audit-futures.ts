import { type Amount, amountOf, printAmount } from '../accounts/amount.js';
import type { Discrepancy } from '../accounts/audit.js';
import type { FuturesAccount } from './futures-account.js';
import { type FuturesOrder, leftLotsOf } from './futures-order.js';
import { closableLots, openingLots, openingMargin } from './margins.js';
import type { Position } from './position.js';
import type { TradingDesk } from './trading-desk.js';
import { bookPrice, profitOf } from './valuation.js';

type Compare = (about: string, expected: Amount, is: Amount) => void;

/**
 * Checks the books of a futures venue against themselves: every asset sums to zero, no account is below zero, balances
 * and positions are what fills, fees, funding and the insurance fund made them, margins are what is open needs, orders
 * that may only reduce never opened, and the book holds what the orders say.
 */
export function auditFutures(desk: TradingDesk): Discrepancy[] {
  const found: Discrepancy[] = [];
  const compare: Compare = (about, expected, is) => {
    if (expected !== is) found.push({ about, expected: printAmount(expected), found: printAmount(is) });
  };
  for (const [asset, total] of desk.ledger.totals()) compare(`sum of all ${asset}`, 0n, total);
  for (const account of desk.accounts.values()) {
    auditBalances(account, compare);
    auditPositions(account, compare);
    auditOrders(account, compare);
  }
  return found;
}

function auditBalances(account: FuturesAccount, compare: Compare): void {
  const { userId } = account.settings;
  for (const asset of account.assets()) {
    const fills = account.fills.filter(({ order }) => order.market.terms.settle === asset);
    const payments = account.fundingPayments.filter(({ market }) => market.terms.settle === asset);
    let expected =
      account.total(asset, 'deposit') + account.total(asset, 'transfer') + account.total(asset, 'insurance');
    for (const { pnl, fee } of fills) expected += pnl - fee;
    for (const { amount } of payments) expected += amount;
    compare(`all ${asset} of ${userId}`, expected, account.balance(asset));
    if (account.balance(asset) < 0n) compare(`${asset} of ${userId} is below zero`, 0n, account.balance(asset));
  }
}

/** Plays all fills again, one position after the other. */
function auditPositions(account: FuturesAccount, compare: Compare): void {
  const replayed = new Map<Position, { lots: number; entry: Amount }>();
  for (const { order, lots, value, pnl, closedLots, number } of account.fills) {
    const position = account.position(order.market, order.positionSide);
    const state = replayed.get(position) ?? { lots: 0, entry: 0n };
    replayed.set(position, state);
    const signed = order.side === 'buy' ? lots : -lots;
    const closes = state.lots * signed < 0 ? Math.min(lots, Math.abs(state.lots)) : 0;
    const about = `fill ${number} of ${account.settings.userId}`;
    compare(`${about}: closed`, whole(closes), whole(closedLots));
    if (order.reduceOnly) compare(`${about}: only reduces`, whole(lots), whole(closes));
    const held = Math.abs(state.lots);
    const entry = closes === held ? state.entry : (state.entry * BigInt(closes)) / BigInt(held || 1);
    const exit = closes === lots ? value : (value * BigInt(closes)) / BigInt(lots);
    compare(`${about}: profit`, closes === 0 ? 0n : profitOf(order.market, state.lots, entry, exit), pnl);
    state.lots += signed;
    state.entry += value - exit - entry;
  }
  for (const position of account.positions()) {
    const { lots, entry } = replayed.get(position) ?? { lots: 0, entry: 0n };
    const about = `${position.side} position ${position.market.spec.symbol} of ${account.settings.userId}`;
    compare(`${about}: lots`, whole(lots), whole(position.lots));
    compare(`${about}: entry value`, entry, position.entryValue);
    if (lots === 0) compare(`${about}: margin`, 0n, position.margin);
    if (position.side === 'long' ? lots < 0 : position.side === 'short' && lots > 0)
      compare(`${about}: side`, 0n, whole(lots));
  }
}

function auditOrders(account: FuturesAccount, compare: Compare): void {
  const filled = new Map<FuturesOrder, number>();
  for (const { order, lots } of account.fills) filled.set(order, (filled.get(order) ?? 0) + lots);
  for (const order of account.orders) {
    const about = `order ${order.id} of ${account.settings.userId}`;
    const { market } = order;
    compare(`${about}: filled`, whole(filled.get(order) ?? 0), whole(order.filledLots));
    const resting = order.engineId === undefined ? undefined : market.market.engine.order(order.engineId);
    const left = order.status === 'open' ? leftLotsOf(order) : 0;
    compare(`${about}: in the book`, whole(left), whole(resting?.lots ?? 0));
    if (order.status !== 'open') compare(`${about}: set aside`, 0n, order.margin);
    else if (order.reduceOnly) auditReduction(account, order, about, compare);
    else {
      const opens = openingLots(account, market).get(order) ?? 0;
      const { leverage } = account.position(market, order.positionSide);
      const needed = openingMargin(market, opens, bookPrice(market, order.priceTicks), leverage);
      compare(`${about}: set aside`, needed, order.margin);
    }
  }
}

function auditReduction(account: FuturesAccount, order: FuturesOrder, about: string, compare: Compare): void {
  const closable = closableLots(account, order.market, order.positionSide, order.side);
  const left = leftLotsOf(order);
  if (left > closable) compare(`${about}: reduces at most`, whole(closable), whole(left));
}

function whole(lots: number): Amount {
  return amountOf(lots, 0);
}
