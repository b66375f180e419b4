import { BAR_MS, BAR_PARTS, type Bar, type BarSize } from './bar.js';

export interface PastOptions {
  /** 32 bits; the same number gives the same past. */
  readonly seed: number;
  /** The last price of the past. */
  readonly endTicks: number;
  /** Epoch ms at which the past ends. */
  readonly endsAt: number;
  /** Typical volume of a day. */
  readonly lotsPerDay: number;
}

/** Wave lengths in days and their heights as fractions of the price: the past is a sum of such waves. */
const WAVES = [
  [1, 0.008],
  [4, 0.015],
  [18, 0.04],
  [90, 0.09],
] as const;

/** Range of the wicks beyond open and close, as a fraction of the price. */
const WICK = 0.006;

/**
 * What traded before the simulator started. Nothing is stored: a day is computed from the seed, its hours from the day,
 * their minutes from the hour, and so on, so that bars of all sizes tell the same story: open, high, low, close and base
 * volume of a bar are those of its parts. Its quote volume is only close to theirs.
 */
export class SeededPast {
  readonly #options: PastOptions;
  readonly #lastDay: number;
  readonly #anchor: number;
  /** Parts of the bar last asked for, per size: neighbours come in a row. */
  readonly #parts: Array<{ parent: number; bars: readonly Bar[] } | undefined> = [];

  constructor(options: PastOptions) {
    this.#options = options;
    this.#lastDay = Math.floor(options.endsAt / BAR_MS[3]);
    this.#anchor = this.#wave(this.#lastDay + 1);
  }

  /** The bar that opens at `index × length`. Bars at and after the end are made up as well: do not ask for them. */
  bar(size: BarSize, index: number): Bar {
    if (size === 3) return this.#day(index);
    const parent = Math.floor(index / BAR_PARTS[size + 1]!);
    let memo = this.#parts[size];
    if (memo?.parent !== parent) {
      memo = { parent, bars: this.#divide(this.bar((size + 1) as BarSize, parent), size) };
      this.#parts[size] = memo;
    }
    return memo.bars[index - parent * BAR_PARTS[size + 1]!]!;
  }

  #day(day: number): Bar {
    const open = this.#price(day);
    const close = this.#price(day + 1);
    const high = Math.max(open, close) + Math.round(open * WICK * this.#chance(day, 1));
    const low = Math.max(1, Math.min(open, close) - Math.round(open * WICK * this.#chance(day, 2)));
    const lots = Math.max(1, Math.round(this.#options.lotsPerDay * (0.5 + this.#chance(day, 3))));
    return makeBar(day * BAR_MS[3], open, high, low, close, lots);
  }

  #divide(whole: Bar, size: BarSize): Bar[] {
    const count = BAR_PARTS[size + 1]!;
    const key = whole.openedAt / 1_000;
    const range = whole.highTicks - whole.lowTicks;
    const highest = Math.floor(this.#chance(key, 4 + size) * count);
    const lowest = Math.floor(this.#chance(key, 8 + size) * count);
    const bars: Bar[] = [];
    let open = whole.openTicks;
    let lotsLeft = whole.baseLots;
    for (let part = 0; part < count; part++) {
      const line = whole.openTicks + ((whole.closeTicks - whole.openTicks) * (part + 1)) / count;
      const drift = (this.#chance(key + part, 12 + size) - 0.5) * range * 0.4;
      const inside = Math.min(whole.highTicks, Math.max(whole.lowTicks, Math.round(line + drift)));
      const close = part === count - 1 ? whole.closeTicks : inside;
      const share = (lotsLeft / (count - part)) * 2 * this.#chance(key + part, 16 + size);
      const lots = part === count - 1 ? lotsLeft : Math.floor(share);
      const high = part === highest ? whole.highTicks : Math.max(open, close);
      const low = part === lowest ? whole.lowTicks : Math.min(open, close);
      bars.push(makeBar(whole.openedAt + part * BAR_MS[size], open, high, low, close, lots));
      lotsLeft -= lots;
      open = close;
    }
    return bars;
  }

  #price(day: number): number {
    return Math.max(1, Math.round(this.#options.endTicks * Math.exp(this.#wave(day) - this.#anchor)));
  }

  #wave(day: number): number {
    let sum = 0;
    for (const [length, height] of WAVES) {
      const node = Math.floor(day / length);
      const left = this.#chance(node, 100 + length);
      const right = this.#chance(node + 1, 100 + length);
      sum += height * (2 * (left + (right - left) * (day / length - node)) - 1);
    }
    return sum;
  }

  /** Uniform in [0, 1), a pure function of the seed, a place and a purpose. */
  #chance(place: number, purpose: number): number {
    let h = this.#options.seed ^ Math.imul(purpose, 0x9e3779b1);
    h = Math.imul(h ^ (place | 0), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13) ^ Math.floor(place / 0x1_0000_0000), 0xc2b2ae35);
    h = Math.imul(h ^ (h >>> 16), 0x27d4eb2f);
    return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000;
  }
}

function makeBar(openedAt: number, open: number, high: number, low: number, close: number, lots: number): Bar {
  return {
    openedAt,
    openTicks: open,
    highTicks: high,
    lowTicks: low,
    closeTicks: close,
    baseLots: lots,
    // The middle of open and close lies between low and high, so the mean price does too.
    quoteTickLots: lots * Math.round((open + close) / 2),
  };
}
