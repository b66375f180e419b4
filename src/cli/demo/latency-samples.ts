/** The newest samples of a duration; older ones are forgotten, so that it is bounded. */
export class LatencySamples {
  readonly #samples: Float64Array;
  #count = 0;

  /** @param capacity samples kept. */
  constructor(capacity: number) {
    this.#samples = new Float64Array(capacity);
  }

  /** @param ms one duration; what is not a number is left out. */
  add(ms: number): void {
    if (!Number.isFinite(ms)) return;
    this.#samples[this.#count % this.#samples.length] = ms;
    this.#count++;
  }

  /** Median and 99th percentile, ms; `undefined` without samples. */
  percentiles(): { readonly p50: number; readonly p99: number } | undefined {
    const size = Math.min(this.#count, this.#samples.length);
    if (size === 0) return undefined;
    const sorted = this.#samples.slice(0, size).sort();
    const at = (fraction: number): number => sorted[Math.ceil(fraction * size) - 1] as number;
    return { p50: at(0.5), p99: at(0.99) };
  }
}
