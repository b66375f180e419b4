import type { OrderPlacing } from '../../adapter/order-endpoints.js';
import { ConfigurationError, ValidationError } from '../../errors/kinds.js';
import type { Clock } from '../../transport/clock.js';
import type { Random } from '../../transport/random.js';

type IdRules = Pick<OrderPlacing, 'clientIdPrefix' | 'clientIdLength' | 'clientIdPunctuation'>;

/** What an id of ours says. */
export interface ClientOrderIdParts {
  /** Of the generator that made it: six characters. */
  readonly run: string;
  /** When it was made, epoch ms by our clock, or a little later. */
  readonly madeAt: number;
  /** Position in the run, from 0 to 36^4 - 1; starts anywhere and wraps. */
  readonly sequence: number;
  /** Four characters; `'0000'` without one. */
  readonly tag: string;
}

export interface ClientOrderIds {
  /** Names this generator in every id that it makes. */
  readonly run: string;
  /** An id that was never given out before. @throws {ConfigurationError} when the venue's ids are too short for it. */
  next(placing: IdRules): string;
}

const VERSION = '1';
/** version 1 · run 6 · time 9 · sequence 4 · tag 4 · check 2. */
const SHAPE = /^1([0-9a-z]{6})([0-9a-hj-km-np-tv-z]{9})([0-9a-z]{4})([0-9a-z]{4})[0-9a-z]{2}$/;
const LENGTH = 26;
const RUNS = 36 ** 6;
const SEQUENCES = 36 ** 4;
/** Base 32 without i, l, o and u. */
const TIME_DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
/** The last three digits of the time. */
const BLOCK_MS = 32 ** 3;
/** A prime that no difference of two digits divides: any one wrong or two swapped neighbours change the check. */
const CHECK_PRIME = 1291;

/**
 * Makes client order ids: 26 of `[0-9a-z]`, behind the venue's prefix.
 *
 * Within a run none comes twice, whatever the clock does: time never goes back, and the sequence goes on. Two runs give
 * out the same id only if they drew the same run (one in 36^6 ≈ 2.2 · 10^9 per pair) and also count the same sequence
 * (one in 36^4 ≈ 1.7 · 10^6) in the same millisecond.
 * @param options.tag up to four of `[0-9a-z]`, to tell strategies apart.
 * @throws {ConfigurationError} for another tag.
 */
export function createClientOrderIds(options: {
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  readonly tag?: string | undefined;
}): ClientOrderIds {
  const { clock, random } = options;
  const tag = readTag(options.tag);
  const run = base36(Math.floor(random.next() * RUNS), 6);
  let sequence = Math.floor(random.next() * SEQUENCES);
  let time = 0;
  let usedInTime = 0;
  /** The newest id, prefix included; what comes next changes a few of its digits. */
  let codes: number[] = [];
  let prefix: string | undefined;
  /** What is the same in all ids of half a minute, by its share of the check. */
  let headSum = 0;
  let headBlock = -1;
  const step = (): void => {
    sequence = (sequence + 1) % SEQUENCES;
    const now = Math.max(Math.floor(clock.now()), 0);
    if (now > time) [time, usedInTime] = [now, 0];
    // The sequence has wrapped within one millisecond, or the clock stands still.
    else if (usedInTime === SEQUENCES) [time, usedInTime] = [time + 1, 0];
    usedInTime++;
  };
  return {
    run,
    next(placing) {
      const { clientIdPrefix, clientIdLength } = placing;
      if (clientIdPrefix.length + LENGTH > clientIdLength) {
        const expected = `room for ${LENGTH} characters behind the prefix`;
        throw new ConfigurationError({ field: 'clientIdLength', expected, received: clientIdLength });
      }
      step();
      const block = Math.floor(time / BLOCK_MS);
      if (block !== headBlock || clientIdPrefix !== prefix) {
        headBlock = block;
        prefix = clientIdPrefix;
        const head = `${VERSION}${run}${base32(block, 6)}`;
        headSum = sumOf(head, 0);
        codes = codesOf(`${prefix}${head}${'0'.repeat(3 + 4)}${tag}${'0'.repeat(2)}`);
      }
      const end = codes.length;
      for (let at = end - 11, rest = time % BLOCK_MS; at > end - 14; at--, rest = Math.floor(rest / 32))
        codes[at] = TIME_DIGITS.charCodeAt(rest % 32);
      write36(codes, end - 6, 4, sequence);
      let sum = headSum;
      for (let at = end - 13; at < end - 2; at++) sum = (sum * 37 + valueOf36(codes[at] as number)) % CHECK_PRIME;
      write36(codes, end, 2, sum);
      // In one piece: it is kept long, and looked for often.
      return String.fromCharCode.apply(null, codes);
    },
  };
}

/** The parts of an id that {@link createClientOrderIds} made; `undefined` for any other. */
export function parseClientOrderId(
  id: string,
  placing: Pick<IdRules, 'clientIdPrefix'>,
): ClientOrderIdParts | undefined {
  if (!id.startsWith(placing.clientIdPrefix)) return undefined;
  const text = id.slice(placing.clientIdPrefix.length);
  const match = SHAPE.exec(text);
  if (match === null || checkOf(text.slice(0, -2)) !== text.slice(-2)) return undefined;
  const [, run, time, sequence, tag] = match as unknown as [string, string, string, string, string];
  let madeAt = 0;
  for (const digit of time) madeAt = madeAt * 32 + TIME_DIGITS.indexOf(digit);
  return { run, madeAt, sequence: Number.parseInt(sequence, 36), tag };
}

/**
 * Holds an id that a user chose against the venue's form. It is sent as given, never changed.
 * @throws {ValidationError} when the prefix is missing, nothing follows it, it is too long or holds other characters.
 */
export function validateClientOrderId(given: string, placing: IdRules): void {
  const { clientIdPrefix: prefix, clientIdLength: length, clientIdPunctuation: marks = '-_' } = placing;
  const isAllowed = (character: string): boolean => /[0-9A-Za-z]/.test(character) || marks.includes(character);
  const isFine =
    typeof given === 'string' &&
    given.length <= length &&
    given.length > prefix.length &&
    given.startsWith(prefix) &&
    [...given.slice(prefix.length)].every(isAllowed);
  if (isFine) return;
  const start = prefix === '' ? '' : `'${prefix}' and then `;
  const expected = `${start}1 to ${length - prefix.length} letters, digits or any of ${marks}`;
  throw new ValidationError({ field: 'clientOrderId', expected, received: given });
}

function readTag(tag = ''): string {
  if (typeof tag === 'string' && /^[0-9a-z]{0,4}$/.test(tag)) return tag.padStart(4, '0');
  throw new ConfigurationError({ field: 'tag', expected: 'up to four of 0-9 and a-z', received: tag });
}

function codesOf(text: string): number[] {
  return Array.from(text, (digit) => digit.charCodeAt(0));
}

/** Writes the digits of a number, so that the last of them stands before `end`. */
function write36(codes: number[], end: number, width: number, value: number): void {
  let rest = value;
  for (let at = end - 1; at >= end - width; at--) {
    const digit = rest % 36;
    codes[at] = digit < 10 ? digit + 48 : digit + 87;
    rest = (rest - digit) / 36;
  }
}

function base36(value: number, width: number): string {
  return value.toString(36).padStart(width, '0');
}

function base32(time: number, width: number): string {
  let text = '';
  for (let rest = time; text.length < width; rest = Math.floor(rest / 32)) text = `${TIME_DIGITS[rest % 32]}${text}`;
  return text;
}

function checkOf(body: string): string {
  return base36(sumOf(body, 0), 2);
}

/** @param sum of what stands before. */
function sumOf(text: string, sum: number): number {
  let total = sum;
  for (let at = 0; at < text.length; at++) total = (total * 37 + valueOf36(text.charCodeAt(at))) % CHECK_PRIME;
  return total;
}

/** Of a digit of base 36 in lower case, by its character code. */
function valueOf36(code: number): number {
  return code < 97 ? code - 48 : code - 87;
}
