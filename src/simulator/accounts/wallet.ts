import type { Clock, Timer } from '../../transport/clock.js';
import type { Account } from './account.js';
import type { Amount } from './amount.js';
import type { Ledger } from './ledger.js';
import { networksOf } from './networks.js';

/** A withdrawal can be taken back until it is on its way, and is over after the second time, ms. */
const SENT_AFTER_MS = 30_000;
const DONE_AFTER_MS = 60_000;

export interface Withdrawal {
  /** Consecutive per venue, from 1. */
  readonly number: number;
  readonly account: Account;
  readonly asset: string;
  readonly network: string;
  readonly address: string;
  readonly memo: string;
  readonly clientId: string;
  /** What leaves the account, the fee included. */
  readonly amount: Amount;
  readonly fee: Amount;
  /** Epoch ms by the venue's clock. */
  readonly createdAt: number;
  updatedAt: number;
  status: 'requested' | 'sent' | 'done' | 'canceled';
}

export interface Deposit {
  readonly number: number;
  readonly account: Account;
  readonly asset: string;
  readonly network: string;
  readonly amount: Amount;
  readonly at: number;
}

export interface Transfer {
  readonly number: number;
  readonly account: Account;
  readonly asset: string;
  readonly amount: Amount;
  readonly from: 'spot' | 'futures';
  readonly to: 'spot' | 'futures';
  readonly at: number;
}

/** The futures accounts of the same users at the same exchange. Absent answers = there is no such venue in this world. */
export interface FuturesSide {
  /** What may be taken away. */
  available(apiKey: string, asset: string): Amount | undefined;
  receive(apiKey: string, asset: string, change: Amount): void;
}

const NOWHERE: FuturesSide = { available: () => undefined, receive() {} };

/** Money that comes, goes and moves between the accounts of a user at one venue. */
export class Wallet {
  readonly withdrawals: Withdrawal[] = [];
  readonly deposits: Deposit[] = [];
  readonly transfers: Transfer[] = [];
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  readonly #timers = new Set<Timer>();
  readonly #futures: FuturesSide;

  constructor(clock: Clock, ledger: Ledger, futures: FuturesSide = NOWHERE) {
    this.#clock = clock;
    this.#ledger = ledger;
    this.#futures = futures;
  }

  deposit(account: Account, asset: string, amount: Amount): void {
    account.post('deposit', asset, amount, 0n, this.#ledger.outside);
    const network = networksOf(asset)[0]!.id;
    this.deposits.push({ number: this.deposits.length + 1, account, asset, network, amount, at: this.#now() });
  }

  /** The caller has checked that there is enough. The money is set aside until it is sent. */
  withdraw(request: Omit<Withdrawal, 'number' | 'createdAt' | 'updatedAt' | 'status'>): Withdrawal {
    const { account, asset, amount } = request;
    const [number, now] = [this.withdrawals.length + 1, this.#now()];
    const withdrawal: Withdrawal = { ...request, number, createdAt: now, updatedAt: now, status: 'requested' };
    this.withdrawals.push(withdrawal);
    account.withdrawing.set(asset, (account.withdrawing.get(asset) ?? 0n) + amount);
    account.post('withdrawal', asset, -amount, amount, this.#ledger.outside);
    this.#after(SENT_AFTER_MS, () => this.#advance(withdrawal, 'requested', 'sent'));
    this.#after(DONE_AFTER_MS, () => this.#advance(withdrawal, 'sent', 'done'));
    return withdrawal;
  }

  /** Returns whether it could still be taken back. */
  cancel(withdrawal: Withdrawal): boolean {
    if (withdrawal.status !== 'requested') return false;
    this.#advance(withdrawal, 'requested', 'canceled');
    return true;
  }

  /** What can be moved back from the user's futures account. */
  inFutures(account: Account, asset: string): Amount {
    return this.#futures.available(account.settings.apiKey, asset) ?? account.futures.get(asset);
  }

  /** The caller has checked that there is enough. */
  transfer(account: Account, asset: string, amount: Amount, from: Transfer['from'], to: Transfer['to']): Transfer {
    account.post('transfer', asset, from === 'spot' ? -amount : amount, 0n, account.futures);
    this.#futures.receive(account.settings.apiKey, asset, from === 'spot' ? amount : -amount);
    const transfer = { number: this.transfers.length + 1, account, asset, amount, from, to, at: this.#now() };
    this.transfers.push(transfer);
    return transfer;
  }

  close(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #advance(withdrawal: Withdrawal, from: Withdrawal['status'], to: Withdrawal['status']): void {
    if (withdrawal.status !== from) return;
    withdrawal.status = to;
    withdrawal.updatedAt = this.#now();
    if (to === 'sent') return;
    const { account, asset, amount, fee } = withdrawal;
    account.withdrawing.set(asset, account.withdrawing.get(asset)! - amount);
    if (to === 'canceled') account.post('withdrawal', asset, amount, -amount, this.#ledger.outside);
    else {
      account.post('withdrawal', asset, 0n, -fee, this.#ledger.fees);
      account.post('withdrawal', asset, 0n, fee - amount, this.#ledger.outside);
    }
  }

  #after(delayMs: number, callback: () => void): void {
    const timer = this.#clock.setTimer(
      delayMs,
      () => {
        this.#timers.delete(timer);
        callback();
      },
      { background: true },
    );
    this.#timers.add(timer);
  }

  #now(): number {
    return Math.floor(this.#clock.now());
  }
}
