import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock, Timer } from '../../transport/clock.js';
import type { Account } from './account.js';
import type { Desk } from './desk.js';

/** Dead man's switches: they cancel what is open unless they are wound up again in time. */
export class Countdowns {
  readonly #desk: Desk;
  readonly #clock: Clock;
  readonly #timers = new Map<Account, Map<MarketSymbol | undefined, Timer>>();

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#clock = desk.clock;
  }

  /** @param symbol `undefined` = every market. @param delayMs 0 switches it off. */
  arm(account: Account, symbol: MarketSymbol | undefined, delayMs: number): void {
    const timers = this.#timersOf(account);
    timers.get(symbol)?.cancel();
    timers.delete(symbol);
    if (delayMs === 0) return;
    const fire = (): void => {
      timers.delete(symbol);
      for (const order of [...account.openOrders]) {
        if (symbol === undefined || order.market.spec.symbol === symbol) this.#desk.cancel(account, order, 'countdown');
      }
    };
    timers.set(symbol, this.#clock.setTimer(delayMs, fire, { background: true }));
  }

  close(): void {
    for (const timers of this.#timers.values()) for (const timer of timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #timersOf(account: Account): Map<MarketSymbol | undefined, Timer> {
    let timers = this.#timers.get(account);
    if (timers === undefined) {
      timers = new Map();
      this.#timers.set(account, timers);
    }
    return timers;
  }
}
