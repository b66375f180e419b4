import type { TapeCandle } from '../contract.js';
import { BAR_MS, BAR_PARTS, type Bar, type BarSize, mergeBars } from './bar.js';
import { LiveBars } from './live-bars.js';
import type { SeededPast } from './seeded-past.js';

/** Bars kept per size: an hour of seconds, a week of minutes, a year of hours, ten years of days. */
const KEPT = [3_600, 10_080, 8_760, 3_650] as const;

/** At most so many candles in one answer; the oldest are left out. */
const MAX_CANDLES = 20_000;

const SIZES: readonly BarSize[] = [3, 2, 1, 0];

/** Candles of one market: the tape's, and before its start those of a seeded past. */
export class CandleHistory {
  readonly #past: SeededPast;
  readonly #startedAt: number;
  readonly #live: readonly LiveBars[];
  /** The past's part of the bar that was open at the start, per size. */
  readonly #straddling: Array<Bar | undefined> = [undefined, undefined, undefined, undefined];

  constructor(past: SeededPast, startedAt: number) {
    this.#past = past;
    this.#startedAt = startedAt;
    this.#live = KEPT.map((limit, size) => new LiveBars(size as BarSize, limit));
  }

  add(at: number, priceTicks: number, lots: number): void {
    for (const bars of this.#live) bars.add(at, priceTicks, lots);
  }

  /**
   * Candles that open in [from, to] and not after `now`, oldest first, aligned to the epoch. An interval without a trade
   * shows the last price and no volume. `intervalMs` is a whole number of seconds.
   */
  candles(intervalMs: number, from: number, to: number, now: number): readonly TapeCandle[] {
    const last = Math.floor(Math.min(to, now) / intervalMs) * intervalMs;
    const first = Math.max(0, Math.ceil(from / intervalMs) * intervalMs, last - (MAX_CANDLES - 1) * intervalMs);
    const candles: TapeCandle[] = [];
    for (let at = first; at <= last; at += intervalMs) {
      const bar = this.#range(at, Math.min(at + intervalMs, now + 1));
      const price = bar === undefined ? (candles.at(-1)?.closeTicks ?? this.#closeBefore(at)) : 0;
      candles.push(bar === undefined ? flatBar(at, price) : { ...bar, openedAt: at });
    }
    return candles;
  }

  /** What traded from `from` (cut to the minute) until now; a flat bar at the last price when nothing did. */
  since(from: number, now: number): TapeCandle {
    const at = Math.floor(from / BAR_MS[1]) * BAR_MS[1];
    return this.#range(at, now + 1) ?? flatBar(at, this.#closeBefore(at));
  }

  /** Merges the largest bars that fit. */
  #range(from: number, until: number): Bar | undefined {
    let merged: Bar | undefined;
    for (let at = from; at < until; ) {
      const size = SIZES.find((size) => fits(at, size, until))!;
      merged = mergeBars(merged, this.#bar(size, at / BAR_MS[size]));
      at += BAR_MS[size];
    }
    return merged;
  }

  #bar(size: BarSize, index: number): Bar | undefined {
    const startIndex = Math.floor(this.#startedAt / BAR_MS[size]);
    if (index < startIndex) return this.#past.bar(size, index);
    const live = this.#live[size]!.get(index);
    return index > startIndex ? live : mergeBars(this.#straddlingPart(size), live);
  }

  /** From the opening of the bar that was open at the start until the second of the start. */
  #straddlingPart(size: BarSize): Bar | undefined {
    if (size === 0) return undefined;
    const known = this.#straddling[size];
    if (known !== undefined) return known;
    const smaller = (size - 1) as BarSize;
    const end = Math.floor(this.#startedAt / BAR_MS[smaller]);
    let part: Bar | undefined;
    for (let i = Math.floor(this.#startedAt / BAR_MS[size]) * BAR_PARTS[size]; i < end; i++) {
      part = mergeBars(part, this.#past.bar(smaller, i));
    }
    part = mergeBars(part, this.#straddlingPart(smaller));
    this.#straddling[size] = part;
    return part;
  }

  /** The last price before `at`, which is a whole second. */
  #closeBefore(at: number): number {
    for (const size of [0, 1, 2] as const) {
      const parent = Math.floor(at / BAR_MS[(size + 1) as BarSize]) * BAR_PARTS[(size + 1) as BarSize];
      for (let i = Math.floor(at / BAR_MS[size]) - 1; i >= parent; i--) {
        const bar = this.#bar(size, i);
        if (bar !== undefined) return bar.closeTicks;
      }
    }
    for (let i = Math.floor(at / BAR_MS[3]) - 1; ; i--) {
      const bar = this.#bar(3, i);
      if (bar !== undefined) return bar.closeTicks;
    }
  }
}

/** A second always fits: it is the smallest step there is. */
function fits(at: number, size: BarSize, until: number): boolean {
  return size === 0 || (at % BAR_MS[size] === 0 && at + BAR_MS[size] <= until);
}

function flatBar(openedAt: number, ticks: number): TapeCandle {
  return {
    openedAt,
    openTicks: ticks,
    highTicks: ticks,
    lowTicks: ticks,
    closeTicks: ticks,
    baseLots: 0,
    quoteTickLots: 0,
  };
}
