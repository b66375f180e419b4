const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** The decimal in `bytes[from, to)`. Exact while the digits fit 2^53, which those of these frames do. */
export function readDecimal(bytes: Uint8Array, from: number, to: number): number {
  let mantissa = 0;
  let fraction = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === 46) fraction = to - at - 1;
    else mantissa = mantissa * 10 + (byte - 48);
  }
  return fraction === 0 ? mantissa : mantissa / (POWERS[fraction] as number);
}
