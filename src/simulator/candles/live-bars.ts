import { BAR_MS, type Bar, type BarSize } from './bar.js';

/** Bars of one size made from the tape; the oldest is forgotten beyond `limit`. */
export class LiveBars {
  readonly #bars = new Map<number, Bar>();
  readonly #spanMs: number;
  readonly #limit: number;
  #newest: Bar | undefined;

  constructor(size: BarSize, limit: number) {
    this.#spanMs = BAR_MS[size];
    this.#limit = limit;
  }

  /** The bar that opened at `index × length`; `undefined` when nothing traded in it. */
  get(index: number): Bar | undefined {
    return this.#bars.get(index);
  }

  add(at: number, priceTicks: number, lots: number): void {
    const bar = this.#barAt(at, priceTicks);
    if (priceTicks > bar.highTicks) bar.highTicks = priceTicks;
    if (priceTicks < bar.lowTicks) bar.lowTicks = priceTicks;
    bar.closeTicks = priceTicks;
    bar.baseLots += lots;
    bar.quoteTickLots += priceTicks * lots;
  }

  #barAt(at: number, priceTicks: number): Bar {
    const newest = this.#newest;
    if (newest !== undefined && at >= newest.openedAt && at < newest.openedAt + this.#spanMs) return newest;
    const index = Math.floor(at / this.#spanMs);
    let bar = this.#bars.get(index);
    if (bar === undefined) {
      bar = {
        openedAt: index * this.#spanMs,
        openTicks: priceTicks,
        highTicks: priceTicks,
        lowTicks: priceTicks,
        closeTicks: priceTicks,
        baseLots: 0,
        quoteTickLots: 0,
      };
      this.#bars.set(index, bar);
      if (this.#bars.size > this.#limit) this.#bars.delete(this.#bars.keys().next().value as number);
    }
    this.#newest = bar;
    return bar;
  }
}
