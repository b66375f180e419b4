import { isExchangeError } from '../../src/errors/exchange-error.js';
import { BookUpdate } from '../../src/model/book-update.js';
import { isDecimal } from '../../src/model/decimal.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import { type Choices, createTargets, type FuzzTarget } from './fuzz-targets.js';
import { liveBytes } from './live-bytes.js';
import type { WorldResult } from './many-worlds.js';
import { MUTATIONS, type Mutation } from './mutate-frame.js';

const FRAMES = 1_000;
const LONGEST_MS = 5;
/** Somebody else may have had the processor: the quickest of so many counts. */
const TRIES = 8;
const ROUNDS = 5;
const PAUSE_MS = 100;
const TURN_EVERY = 50;
/** What lives is weighed once in so many worlds, and may grow by so much, bytes. */
const WEIGH_EVERY = 60;
const MOST_GROWTH = 16 * 1_048_576;
/** Prototypes are looked at once in so many frames. */
const LOOK_EVERY = 20;
/** The first byte of an object of JSON. */
const OBJECT = 0x7b;
const NAMES = Object.keys(MUTATIONS) as Mutation[];
/** Numbers and decimals that are never below zero. */
const UNSIGNED =
  /(?:[pP]rice|[qQ]uantity|[vV]olume|^(?:open|high|low|close|size|bidPrices|askPrices|bidQuantities|askQuantities))$/;

/** Readers with a mistake, which the harness must show. */
export const FUZZ_MISTAKES = {
  'throws what the parser throws': (text) => JSON.parse(text),
  'tells numbers unread': (text, told) => {
    const found = /"(?:price|p|amount|origQty)":\s*"?([^",}]*)/.exec(text);
    if (found !== null) told({ price: Number(found[1]) });
  },
  'copies every key': (text) => {
    const json = quietly(() => JSON.parse(text) as object);
    if (json !== undefined) copyInto({}, json);
  },
  'looks at everything again and again': (text) => {
    let sum = 0;
    const most = Math.min(text.length, 4_000);
    for (let at = 0; at < most; at++) for (let to = 0; to < most; to++) sum += text.charCodeAt(to) * at;
    if (sum < 0) throw new Error('never');
  },
} as const satisfies Readonly<Record<string, (text: string, told: (event: unknown) => void) => void>>;

export type FuzzMistake = keyof typeof FUZZ_MISTAKES;

let targets: readonly FuzzTarget[] = [];
let worlds = 0;
/** When all readers had seen some. */
let liveAtFirst: number | undefined;
const PROTOTYPES = [Object, Array, Function, String, Number, Boolean, Map, Promise].map(({ prototype }) => prototype);
const UNTOUCHED = PROTOTYPES.map((one) => Object.getOwnPropertyNames(one).join());

/** Records what simulated venues send. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  if (targets.length === 0) targets = await createTargets();
}

/** Frames and bodies of one reader, each changed in one or several ways. */
export async function runWorld(
  seed: string,
  { mistake }: { readonly mistake?: FuzzMistake } = {},
): Promise<WorldResult> {
  const random = createSeededRandom(seed);
  const target = random.pick(targets);
  const faults: Record<string, number> = {};
  const outcomes: Record<string, number> = {};
  const failures: string[] = [];
  for (let left = FRAMES; left > 0 && failures.length === 0; left--) {
    // On a socket each has a turn of its own, at whose end what was unpacked is let go.
    if (left % TURN_EVERY === 0) await turn();
    const index = random.int(target.seeds.length);
    const names = Array.from({ length: random.chance(0.7) ? 1 : 2 + random.int(3) }, () => random.pick(NAMES));
    const seedBytes = target.seeds[index] as Uint8Array;
    const bytes = mutated(seedBytes, target, random, names);
    for (const name of names) faults[name] = (faults[name] ?? 0) + 1;
    if (bytes.length === 0) continue;
    const first = tried(target, bytes, index, random, mistake);
    const { failure, word, tellings } = first;
    const ms = first.ms > LONGEST_MS ? await quickest(target, bytes, index, random.fork('again'), mistake) : first.ms;
    outcomes[word] = (outcomes[word] ?? 0) + 1;
    const slow = ms > LONGEST_MS ? `takes ${ms.toFixed(1)} ms` : undefined;
    // Half a protobuf message may be a whole one; half an object of JSON is none.
    const isHalf = names.join() === 'cut' && seedBytes[0] === OBJECT && tellings > 0;
    const half = isHalf ? 'takes a part for the whole' : undefined;
    const found = failure ?? slow ?? half ?? (left % LOOK_EVERY === 1 ? pollution() : undefined);
    if (found !== undefined) failures.push(`${found}: ${Buffer.from(bytes.subarray(0, 2_000)).toString('base64')}`);
  }
  const growth = growthSoFar();
  if (growth !== undefined) failures.push(growth);
  return { seed, sort: target.name, count: FRAMES, checks: FRAMES, faults, outcomes, failures };
}

/** The machine may have had something else to do for a while. */
async function quickest(...read: Parameters<typeof tried>): Promise<number> {
  let ms = Number.POSITIVE_INFINITY;
  for (let left = ROUNDS; left > 0 && ms > LONGEST_MS; left--) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    ms = Math.min(ms, tried(...read).ms);
  }
  return ms;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Readers learn names and shapes, of which a stranger may send any number. */
function growthSoFar(): string | undefined {
  if (++worlds % WEIGH_EVERY !== 0) return undefined;
  const live = liveBytes();
  liveAtFirst ??= live;
  const growth = live - liveAtFirst;
  return growth > MOST_GROWTH ? `what lives has grown by ${growth} bytes in ${worlds} worlds` : undefined;
}

function mutated(seed: Uint8Array, target: FuzzTarget, random: SeededRandom, names: readonly Mutation[]): Uint8Array {
  let bytes = seed;
  for (const name of names) if (bytes.length > 0) bytes = MUTATIONS[name](bytes, random, random.pick(target.seeds));
  return bytes;
}

interface Tried {
  readonly failure?: string;
  readonly word: string;
  /** How often a user would have been told something. */
  readonly tellings: number;
  /** The quickest of several, where the first took long. */
  readonly ms: number;
}

function tried(
  target: FuzzTarget,
  bytes: Uint8Array,
  index: number,
  random: SeededRandom,
  mistake: FuzzMistake | undefined,
): Tried {
  let ms = Number.POSITIVE_INFINITY;
  let result: Omit<Tried, 'ms'> = { word: 'told', tellings: 0 };
  const drawn = Array.from({ length: 6 }, () => random.next());
  for (let left = TRIES; left > 0 && ms > 1; left--) {
    const startedAt = performance.now();
    result = readOnce(target, bytes, index, choicesOf(drawn), mistake);
    ms = Math.min(ms, performance.now() - startedAt);
  }
  return { ...result, ms };
}

function readOnce(
  target: FuzzTarget,
  bytes: Uint8Array,
  index: number,
  random: Choices,
  mistake: FuzzMistake | undefined,
): Omit<Tried, 'ms'> {
  let unsound: string | undefined;
  let tellings = 0;
  const told = (event: unknown): void => {
    tellings++;
    unsound ??= unsoundness(event, '');
  };
  try {
    const reports = target.read(bytes, index, told, random);
    if (mistake !== undefined) FUZZ_MISTAKES[mistake](Buffer.from(bytes).toString(), told);
    if (reports === 0) return { failure: 'nothing was reported', word: 'nothing', tellings };
  } catch (error) {
    if (!isExchangeError(error)) return { failure: `uncaught ${String(error)}`, word: 'uncaught', tellings };
    return { word: 'refused', tellings };
  }
  if (unsound !== undefined) return { failure: `told ${unsound}`, word: 'unsound', tellings };
  return { word: tellings > 0 ? 'told' : 'reported', tellings };
}

/** The same each time: a seed comes out the same on a slow machine, too. */
function choicesOf(drawn: readonly number[]): Choices {
  let at = 0;
  const next = (): number => drawn[at++ % drawn.length] as number;
  const int = (n: number): number => Math.floor(next() * n);
  return { int, chance: (p) => next() < p, pick: (items) => items[int(items.length)] as (typeof items)[number] };
}

/** What of an event no program could reckon with. */
function unsoundness(value: unknown, name: string): string | undefined {
  if (value instanceof BookUpdate) return unsoundBook(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return `${name} ${value}`;
    return value < 0 && UNSIGNED.test(name) ? `${name} ${value}` : undefined;
  }
  if (typeof value === 'string' && UNSIGNED.test(name))
    return isDecimal(value) && !value.startsWith('-') ? undefined : `${name} ${value.slice(0, 40)}`;
  if (typeof value !== 'object' || value === null || isExchangeError(value)) return undefined;
  if (value instanceof Map) return unsoundness([...value.values()], name);
  for (const [key, inner] of Object.entries(value)) {
    // As the venue sent it.
    const found = key === 'raw' ? undefined : unsoundness(inner, Array.isArray(value) ? name : key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unsoundBook(book: BookUpdate): string | undefined {
  const { bidPrices, bidQuantities, askPrices, askQuantities, bidCount, askCount } = book;
  for (const [numbers, count] of [
    [bidPrices, bidCount],
    [bidQuantities, bidCount],
    [askPrices, askCount],
    [askQuantities, askCount],
  ] as const)
    for (let at = 0; at < count; at++)
      if (!((numbers[at] as number) >= 0 && Number.isFinite(numbers[at]))) return `a level with ${numbers[at]}`;
  const { firstSequence, lastSequence } = book;
  return Number.isSafeInteger(firstSequence) && Number.isSafeInteger(lastSequence)
    ? undefined
    : `sequences ${firstSequence} to ${lastSequence}`;
}

/** Puts the prototypes right again: who is caught must not spoil what follows. */
function pollution(): string | undefined {
  const at = PROTOTYPES.findIndex((one, index) => Object.getOwnPropertyNames(one).join() !== UNTOUCHED[index]);
  if (at < 0) return undefined;
  const prototype = PROTOTYPES[at] as Record<string, unknown>;
  const known = new Set((UNTOUCHED[at] as string).split(','));
  const added = Object.getOwnPropertyNames(prototype).filter((name) => !known.has(name));
  for (const name of added) delete prototype[name];
  return `a prototype has ${added.join()} now`;
}

function copyInto(target: Record<string, unknown>, from: object): void {
  for (const [key, value] of Object.entries(from)) {
    const inner = target[key];
    if (typeof value === 'object' && value !== null && typeof inner === 'object' && inner !== null)
      copyInto(inner as Record<string, unknown>, value);
    else target[key] = value;
  }
}

function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
