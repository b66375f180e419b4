const ZERO = 48;

/**
 * Whole units as a plain decimal without trailing zeros: `printUnits(912345, 1)` → `'91234.5'`, `printUnits(400, 3)` → `'0.4'`.
 * @param units a whole number, not negative, below 10^21.
 * @param decimals how many digits of `units` stand behind the point.
 */
export function printUnits(units: number, decimals: number): string {
  const digits = String(units);
  const whole = digits.length - decimals;
  const start = Math.max(whole, 0);
  let end = digits.length;
  while (end > start && digits.charCodeAt(end - 1) === ZERO) end -= 1;
  if (whole > 0)
    return end === whole ? digits.slice(0, whole) : `${digits.slice(0, whole)}.${digits.slice(whole, end)}`;
  return end === 0 ? '0' : `0.${'0'.repeat(-whole)}${digits.slice(0, end)}`;
}

/** The same with at least `places` decimals: `printPadded(4705, 4, 10)` → `'0.4705000000'`. */
export function printPadded(units: number, decimals: number, places: number): string {
  const text = printUnits(units, decimals);
  const point = text.indexOf('.');
  return point < 0 ? `${text}.${'0'.repeat(places)}` : text.padEnd(point + 1 + places, '0');
}
