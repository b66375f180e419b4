import type { Account } from '../../../accounts/account.js';
import type { ListenKeys } from './listen-keys.js';

/** Source: MEXC spot v3 docs, listen key. */
const MAX_STREAMS = 5;

/** The sockets that were opened with a listen key: they end with it. */
export class KeyStreams {
  readonly #keys: ListenKeys;
  readonly #streams = new Map<string, Set<() => void>>();

  constructor(keys: ListenKeys) {
    this.#keys = keys;
    keys.onEnded((key) => {
      const streams = this.#streams.get(key) ?? [];
      this.#streams.delete(key);
      for (const ended of streams) ended();
    });
  }

  /**
   * Whose stream it is; `undefined` when the key is not valid. What one socket too many is told is not documented:
   * here it is told the same.
   * @param ended called once when the key ends.
   */
  open(key: string, ended: () => void): Account | undefined {
    const account = this.#keys.accountOf(key);
    const streams = this.#streams.get(key) ?? new Set();
    if (account === undefined || streams.size >= MAX_STREAMS) return undefined;
    this.#streams.set(key, streams.add(ended));
    return account;
  }

  close(key: string, ended: () => void): void {
    this.#streams.get(key)?.delete(ended);
  }
}
