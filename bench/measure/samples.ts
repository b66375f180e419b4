export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** Interquartile range over the median: how far the rounds disagree. */
export function spread(samples: readonly number[]): number {
  const middle = median(samples);
  return middle === 0 ? 0 : (quantile(samples, 0.75) - quantile(samples, 0.25)) / Math.abs(middle);
}

/** The value below which `q` of the samples lie, interpolated. @throws {RangeError} without samples. */
export function quantile(samples: readonly number[], q: number): number {
  if (samples.length === 0) throw new RangeError('no samples');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
}

/** Element-wise quotient: one ratio per round, so that noise which hits a whole round cancels out. */
export function ratios(over: readonly number[], under: readonly number[]): number[] {
  return over.map((value, at) => value / (under[at] as number));
}
