const ZERO = 0x30;
const POINT = 0x2e;
/** So many digits fit a 32-bit integer, whatever they are. */
const SHORT = 9;
/** So many digits fit a double exactly, whatever they are. */
const EXACT = 15;
const TWO_TO_53 = 2 ** 53;
/** Longer texts are no prices; `readNumber` refuses them too. */
const LONGEST = 100;
const POWERS = Float64Array.from({ length: EXACT + 1 }, (_, exponent) => 10 ** exponent);

/**
 * Reads digits, or digits, a point and digits, where they stand in a frame, from `from` up to the first other byte or
 * `limit`, and writes the nearest double to `into[place]`: the same that `Number` makes of the text, but no text is
 * made, and no number on the heap. Below 2^53 and 10^22 mantissa and power of ten are exact, so their quotient is
 * rounded once, as it must be; what is longer goes through `Number`. Signs and exponents are not read.
 * @returns the place behind it; -1 where no digits stand, or more than 100 characters.
 */
export function readDecimal(bytes: Uint8Array, from: number, limit: number, into: Float64Array, place: number): number {
  let at = from;
  let whole = 0;
  for (; at < limit; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    whole = (Math.imul(whole, 10) + digit) | 0;
  }
  const wholes = at - from;
  if (wholes === 0 || wholes > SHORT) return readLong(bytes, from, limit, into, place);
  if (at === limit || bytes[at] !== POINT) {
    into[place] = whole;
    return at;
  }
  const first = ++at;
  let part = 0;
  for (; at < limit; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    part = (Math.imul(part, 10) + digit) | 0;
  }
  const places = at - first;
  if (places === 0 || places > SHORT) return readLong(bytes, from, limit, into, place);
  const power = POWERS[places] as number;
  const mantissa = whole * power + part;
  if (mantissa >= TWO_TO_53) return readLong(bytes, from, limit, into, place);
  into[place] = mantissa / power;
  return at;
}

/**
 * Reads 1 to 15 digits, up to the first other byte or `limit`, into `into[place]`.
 * @returns the place behind them; -1 where there are none, or more.
 */
export function readDigits(bytes: Uint8Array, from: number, limit: number, into: Float64Array, place: number): number {
  let at = from;
  let head = 0;
  const middle = Math.min(limit, from + SHORT);
  for (; at < middle; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    head = (Math.imul(head, 10) + digit) | 0;
  }
  if (at - from < SHORT) {
    into[place] = head;
    return at === from ? -1 : at;
  }
  let tail = 0;
  for (; at < limit; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    tail = (Math.imul(tail, 10) + digit) | 0;
  }
  const digits = at - from;
  if (digits > EXACT) return -1;
  into[place] = head * (POWERS[digits - SHORT] as number) + tail;
  return at;
}

function readLong(bytes: Uint8Array, from: number, limit: number, into: Float64Array, place: number): number {
  const whole = readDigits(bytes, from, limit, into, place);
  if (whole > 0 && (whole === limit || bytes[whole] !== POINT)) return whole;
  let at = digitsEnd(bytes, from, limit);
  if (at === from) return -1;
  if (at < limit && bytes[at] === POINT) {
    const end = digitsEnd(bytes, at + 1, limit);
    if (end === at + 1) return -1;
    at = end;
  }
  if (at - from > LONGEST) return -1;
  into[place] = Number(String.fromCharCode(...bytes.subarray(from, at)));
  return at;
}

/** Place of the first byte from `from` on, up to `limit`, that is no digit. */
export function digitsEnd(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= ZERO + 9) at++;
  return at;
}
