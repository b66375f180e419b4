/** A whole number of units of `10^-decimals` with all its decimals: `(6499990, 2)` → `'64999.90'`. */
export function printPadded(units: number | bigint, decimals: number): string {
  if (units < 0) return `-${printPadded(-units, decimals)}`;
  const text = String(units);
  if (decimals === 0) return text;
  const digits = text.length > decimals ? text : text.padStart(decimals + 1, '0');
  const dot = digits.length - decimals;
  return `${digits.slice(0, dot)}.${digits.slice(dot)}`;
}

/** The same number in its shortest form: `(6499990, 2)` → `'64999.9'`, `(0, 8)` → `'0'`. */
export function printTrimmed(units: number, decimals: number): string {
  let whole = units;
  let scale = decimals;
  // Dividing is cheaper than cutting text, and most pushes are made of such numbers.
  while (scale > 0 && whole % 10 === 0) {
    whole /= 10;
    scale--;
  }
  return printPadded(whole, scale);
}

/** Price × quantity, exact: the product of two safe integers may exceed 2^53. */
export function printProduct(ticks: number, lots: number, decimals: number): string {
  const product = ticks * lots;
  if (Number.isSafeInteger(product)) return printTrimmed(product, decimals);
  return trimZeros(printPadded(BigInt(ticks) * BigInt(lots), decimals));
}

/** A sum of products; beyond 2^53 a double holds it only nearly, so only its 15 sure digits are printed. */
export function printSum(units: number, decimals: number): string {
  if (Number.isSafeInteger(units)) return printTrimmed(units, decimals);
  return String(Number((units / 10 ** decimals).toPrecision(15)));
}

/** A change as a ratio of four decimals; `'0.0766'` is +7.66 %. 0 where there is nothing to compare with. */
export function printRatio(now: number, before: number): string {
  const ratio = before === 0 ? 0 : (now - before) / before;
  const text = ratio.toFixed(4);
  return text === '-0.0000' ? '0.0000' : text;
}

/** Drops zeros at the end of the fraction: `'65510.00'` → `'65510'`. */
export function trimZeros(text: string): string {
  if (!text.includes('.')) return text;
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end--;
  if (text.charCodeAt(end - 1) === 46) end--;
  return text.slice(0, end);
}
