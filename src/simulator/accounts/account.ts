import type { Clock } from '../../transport/clock.js';
import { Ring } from '../ring.js';
import type { AccountSettings } from './account-options.js';
import type { AccountFill, AccountOrder } from './account-order.js';
import type { Amount } from './amount.js';
import type { Ledger, Pocket } from './ledger.js';

/** Newest balance changes that are kept. */
const KEPT_CHANGES = 10_000;

/** Why a balance changed. */
export type BalanceCause =
  | 'deposit'
  | 'withdrawal'
  | 'transfer'
  | 'order_placed'
  | 'order_amended'
  | 'order_ended'
  | 'fill'
  | 'fee';

const TRADING: ReadonlySet<BalanceCause> = new Set(['order_placed', 'order_amended', 'order_ended', 'fill', 'fee']);

/** One change of one asset. `free` and `locked` are what there is afterwards. */
export interface BalanceChange {
  /** Consecutive per account, from 1. */
  readonly number: number;
  readonly asset: string;
  readonly free: Amount;
  readonly locked: Amount;
  readonly freeChange: Amount;
  readonly lockedChange: Amount;
  readonly cause: BalanceCause;
  /** Epoch ms by the venue's clock. */
  readonly at: number;
}

/**
 * Hears everything that happens to an account, in order, in the middle of a match: it must not throw or place orders.
 * A private stream is fed by it.
 */
export interface AccountListener {
  /** `placed` comes before its first fill, `ended` once and last. */
  order?(order: AccountOrder, event: 'placed' | 'filled' | 'amended' | 'ended'): void;
  fill?(fill: AccountFill): void;
  balance?(change: BalanceChange): void;
}

/** One user's account at one venue: money, orders, history. Its history is never forgotten. */
export class Account {
  readonly settings: AccountSettings;
  readonly free: Pocket;
  readonly locked: Pocket;
  /** What was transferred to the user's futures account. */
  readonly futures: Pocket;
  /** Every order ever, oldest first. */
  readonly orders: AccountOrder[] = [];
  readonly ordersById = new Map<string, AccountOrder>();
  /** Oldest first. */
  readonly openOrders = new Set<AccountOrder>();
  /** Every fill ever, oldest first. */
  readonly fills: AccountFill[] = [];
  readonly changes = new Ring<BalanceChange>(KEPT_CHANGES);
  /** Set aside for withdrawals that are under way, by asset. */
  readonly withdrawing = new Map<string, Amount>();
  /** What came in or went out other than by trading, by asset. */
  readonly moved = new Map<string, Amount>();
  readonly #listeners = new Set<AccountListener>();
  readonly #versions = new Map<string, number>();
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(settings: AccountSettings, ledger: Ledger, clock: Clock) {
    this.settings = settings;
    this.#ledger = ledger;
    this.#clock = clock;
    this.free = ledger.open(`${settings.userId} free`);
    this.locked = ledger.open(`${settings.userId} locked`);
    this.futures = ledger.open(`${settings.userId} futures`);
    for (const [asset, amount] of settings.balances) this.post('deposit', asset, amount, 0n, ledger.outside);
  }

  /** Returns what ends it. */
  listen(listener: AccountListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Changes free and locked money; what they gain together comes from `other`. */
  post(cause: BalanceCause, asset: string, freeChange: Amount, lockedChange: Amount, other: Pocket): void {
    if (freeChange === 0n && lockedChange === 0n) return;
    this.#ledger.move(asset, freeChange, other, this.free);
    this.#ledger.move(asset, lockedChange, other, this.locked);
    if (!TRADING.has(cause)) this.moved.set(asset, (this.moved.get(asset) ?? 0n) + freeChange + lockedChange);
    this.#versions.set(asset, this.version(asset) + 1);
    const at = Math.floor(this.#clock.now());
    const [free, locked] = [this.free.get(asset), this.locked.get(asset)];
    const number = this.changes.total + 1;
    const change: BalanceChange = { number, asset, free, locked, freeChange, lockedChange, cause, at };
    this.changes.push(change);
    for (const listener of this.#listeners) listener.balance?.(change);
  }

  /** How often the balance of this asset has changed. */
  version(asset: string): number {
    return this.#versions.get(asset) ?? 0;
  }

  /** Every asset that it ever held. */
  assets(): string[] {
    return [...this.#versions.keys()];
  }

  addOrder(order: AccountOrder): void {
    this.orders.push(order);
    this.ordersById.set(order.id, order);
    this.openOrders.add(order);
  }

  addFill(fill: AccountFill): void {
    this.fills.push(fill);
    for (const listener of this.#listeners) listener.fill?.(fill);
  }

  announce(order: AccountOrder, event: 'placed' | 'filled' | 'amended' | 'ended'): void {
    for (const listener of this.#listeners) listener.order?.(order, event);
  }
}
