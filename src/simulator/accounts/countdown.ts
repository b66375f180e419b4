import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock, Timer } from '../../transport/clock.js';

/** An order as far as a switch has to know it. */
interface Cancellable {
  readonly market: { readonly spec: { readonly symbol: MarketSymbol } };
}

interface Holder<O> {
  readonly openOrders: ReadonlySet<O>;
}

interface CancelDesk<A, O> {
  readonly clock: Clock;
  cancel(account: A, order: O, reason: 'countdown'): unknown;
}

/** Dead man's switches: they cancel what is open unless they are wound up again in time. */
export class Countdowns<A extends Holder<O>, O extends Cancellable> {
  readonly #desk: CancelDesk<A, O>;
  readonly #clock: Clock;
  readonly #timers = new Map<A, Map<MarketSymbol | undefined, Timer>>();

  constructor(desk: CancelDesk<A, O>) {
    this.#desk = desk;
    this.#clock = desk.clock;
  }

  /** @param symbol `undefined` = every market. @param delayMs 0 switches it off. */
  arm(account: A, symbol: MarketSymbol | undefined, delayMs: number): void {
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

  #timersOf(account: A): Map<MarketSymbol | undefined, Timer> {
    let timers = this.#timers.get(account);
    if (timers === undefined) {
      timers = new Map();
      this.#timers.set(account, timers);
    }
    return timers;
  }
}
