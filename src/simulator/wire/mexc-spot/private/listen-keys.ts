import { createHash } from 'node:crypto';
import type { Clock, Timer } from '../../../../transport/clock.js';
import type { Account } from '../../../accounts/account.js';

/** Source: MEXC spot v3 docs, listen key. */
const LIFE_MS = 3_600_000;
const MAX_KEYS = 60;

interface LiveKey {
  readonly account: Account;
  timer: Timer;
}

/** The keys of private streams. They end by time, by their owner, or by a fault. */
export class ListenKeys {
  readonly #clock: Clock;
  readonly #salt: string;
  readonly #keys = new Map<string, LiveKey>();
  readonly #listeners = new Set<(key: string) => void>();
  #made = 0;

  /** @param salt makes the keys of one venue differ from those of another. */
  constructor(clock: Clock, salt: string) {
    this.#clock = clock;
    this.#salt = salt;
  }

  /** A new key; `undefined` when its owner has too many. */
  create(account: Account): string | undefined {
    if (this.list(account).length >= MAX_KEYS) return undefined;
    const seed = `${this.#salt} ${account.settings.userId} ${++this.#made}`;
    const key = createHash('sha256').update(seed).digest('hex');
    this.#keys.set(key, { account, timer: this.#arm(key) });
    return key;
  }

  /** Another hour from now. Returns whether the key is valid and the account's. */
  extend(key: string, account: Account): boolean {
    const live = this.#keys.get(key);
    if (live?.account !== account) return false;
    live.timer.cancel();
    live.timer = this.#arm(key);
    return true;
  }

  /** Returns whether the key was valid and the account's. */
  remove(key: string, account: Account): boolean {
    if (this.#keys.get(key)?.account !== account) return false;
    this.#end(key);
    return true;
  }

  /** Valid keys, oldest first. */
  list(account: Account): string[] {
    return [...this.#keys].filter(([, live]) => live.account === account).map(([key]) => key);
  }

  /** Whose private stream a key opens; `undefined` when it is not valid. */
  accountOf(key: string): Account | undefined {
    return this.#keys.get(key)?.account;
  }

  /** Hears of every key that ends: its streams are over. Returns what ends it. */
  onEnded(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Returns how many ended. */
  expireAll(): number {
    const keys = [...this.#keys.keys()];
    for (const key of keys) this.#end(key);
    return keys.length;
  }

  close(): void {
    for (const { timer } of this.#keys.values()) timer.cancel();
    this.#keys.clear();
  }

  #arm(key: string): Timer {
    return this.#clock.setTimer(LIFE_MS, () => this.#end(key), { background: true });
  }

  #end(key: string): void {
    this.#keys.get(key)?.timer.cancel();
    this.#keys.delete(key);
    for (const listener of this.#listeners) listener(key);
  }
}
