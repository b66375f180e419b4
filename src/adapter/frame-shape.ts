import { type Literal, literalOf, makeLiteral } from './literal.js';
import type { JsonObject } from './read.js';

/**
 * What a variable part of a frame is. `whole`: up to 15 digits. `decimal`: a decimal, in quotes or not. `milliseconds`: a
 * text of ms whose fraction is cut. `digits`: an id, kept as text. `name`: a text that is looked up. `either`: one of two
 * texts, the second of which counts as 1, the first as 0. `signed`: a decimal that may have a minus. `rows`: a list of objects
 * that are written alike. `ignored`: anything.
 */
export type SlotKind =
  | 'whole'
  | 'decimal'
  | 'signed'
  | 'milliseconds'
  | 'digits'
  | 'name'
  | 'either'
  | 'bids'
  | 'asks'
  | 'rows'
  | 'ignored';

export interface Slot {
  readonly kind: SlotKind;
  /** Where the number goes; 0 where there is none. */
  readonly place: number;
  /** The two texts of `either`. */
  readonly texts?: readonly [string, string];
}

/** How frames like a given one are read. */
export interface ShapePlan<T> {
  /** What goes with every frame of this shape. */
  readonly note: T;
  /** Variable parts by their path: `'time'`, `'result.t'`. */
  readonly slots: Readonly<Record<string, Slot>>;
  /** Paths whose value belongs to the shape: it never changes. Numbers, texts elsewhere are ignored. */
  readonly fixed: ReadonlySet<string>;
  /** Path of the text that tells kinds of frames apart best, and how many of its characters are alike in all of them. */
  readonly probe: { readonly path: string; readonly skip: number };
  readonly levels: 'pair' | 'named';
  /** How each object of `rows` is read; their numbers go to places from 8 up to 15. */
  readonly row?: RowPlan;
}

/** As in a {@link ShapePlan}, by the names of the fields. */
export type RowPlan = Pick<ShapePlan<unknown>, 'slots' | 'fixed'>;

/** A value of a frame: where it stands, quotes excluded. */
interface Member {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly isText: boolean;
}

/** How a part is read: as its slot says; a `decimal` without quotes is a `number`, and ignored is a `text` or not. */
const KINDS = [
  'whole',
  'decimal',
  'name',
  'number',
  'milliseconds',
  'digits',
  'either',
  'bids',
  'asks',
  'text',
  'anyNumber',
  'rows',
  'signed',
  'signedNumber',
  'end',
] as const;

type PartKind = (typeof KINDS)[number];

/** Objects that differ only in their variable parts. */
export interface Parts {
  /**
   * Eight numbers for each part: how many `words` stand before it; the up to seven bytes behind those as two words, each with
   * a mask of what counts; how many there are; the place of its kind in the list of kinds; its place. The last part is the end.
   */
  readonly parts: Int32Array;
  /** What stands before the parts, eight bytes at a time, one part after the other. */
  readonly words: Float64Array;
  /** The two texts of each `either`, by the number of the part. */
  readonly texts: readonly (readonly [Literal, Literal])[];
}

/** Frames that differ only in their variable parts, and in how many rows they have. */
export interface FrameShape<T> {
  readonly note: T;
  readonly frame: Parts;
  /** An object of `rows`. */
  readonly row: Parts | undefined;
  readonly levels: 'pair' | 'named';
  readonly probeAt: number;
  /** Four bytes, the first of them lowest. */
  readonly probe: number;
}

const TEXT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Works out the shape of a frame. Only compact JSON of printable ASCII without escapes has one, objects in an object.
 * @returns `undefined` for a frame without a shape, or of which `planOf` knows nothing.
 */
export function learnShape<T>(
  bytes: Uint8Array,
  planOf: (message: JsonObject) => ShapePlan<T> | undefined,
): FrameShape<T> | undefined {
  if (bytes.some((byte) => byte < 0x20 || byte > 0x7e || byte === 0x5c)) return undefined;
  const text = TEXT.decode(bytes);
  const message = parse(text);
  const plan = message && planOf(message);
  const members = plan && membersOf(text);
  if (message === undefined || members === undefined || members.length !== countOf(message)) return undefined;
  return build(bytes, text, members, plan as ShapePlan<T>);
}

function build<T>(
  bytes: Uint8Array,
  text: string,
  members: readonly Member[],
  plan: ShapePlan<T>,
): FrameShape<T> | undefined {
  const { note, levels } = plan;
  const frame = buildParts(bytes, members, plan);
  const list = members.find(({ path }) => plan.slots[path]?.kind === 'rows');
  const row = list && plan.row && buildRow(bytes, text, list.from + 1, plan.row);
  if (frame === undefined || (list !== undefined && row === undefined)) return undefined;
  const probeAt = placeOfProbe(members, plan);
  const probe = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getInt32(probeAt, true);
  return { note, frame, row, levels, probeAt, probe };
}

/** Where the probe stands in all frames of the shape; at their beginning when something before it varies in length. */
function placeOfProbe(members: readonly Member[], { probe, slots, fixed }: ShapePlan<unknown>): number {
  const at = members.findIndex(({ path }) => path === probe.path);
  const moves = members.slice(0, Math.max(0, at)).some(({ path, isText }) => {
    const kind = slots[path]?.kind ?? 'ignored';
    return !fixed.has(path) && kind !== 'whole' && (isText || kind !== 'ignored');
  });
  return at < 0 || moves ? 0 : (members[at] as Member).from + probe.skip;
}

/** From the first row: the others are read as it is. */
function buildRow(bytes: Uint8Array, text: string, from: number, plan: RowPlan): Parts | undefined {
  if (text[from] !== '{') return undefined;
  const to = closedAt(text, from, '{', '}');
  const row = text.slice(from, to);
  const message = parse(row);
  const members = membersOf(row);
  if (message === undefined || members === undefined || members.length !== countOf(message)) return undefined;
  return buildParts(bytes.subarray(from, to), members, plan);
}

function buildParts(bytes: Uint8Array, members: readonly Member[], { slots, fixed }: RowPlan): Parts | undefined {
  const parts: number[] = [];
  const words: number[] = [];
  const texts: (readonly [Literal, Literal])[] = [];
  const add = (before: Literal, kind: PartKind, place: number, [first, second]: readonly [string, string]): void => {
    const { low, lowMask, high, highMask, length } = before;
    parts.push(before.words.length, low, lowMask, high, highMask, length & 7, KINDS.indexOf(kind), place);
    words.push(...before.words);
    texts.push([literalOf(first), literalOf(second)]);
  };
  let done = 0;
  for (const { path, from, to, isText } of members) {
    const slot = Object.hasOwn(slots, path) ? slots[path] : undefined;
    if (slot === undefined && (fixed.has(path) || !isVariable(bytes[from], isText))) continue;
    const kind = kindOf(slot?.kind ?? 'ignored', isText);
    if (kind === undefined) return undefined;
    add(makeLiteral(bytes.subarray(done, from)), kind, slot?.place ?? 0, slot?.texts ?? ['', '']);
    done = to;
  }
  add(makeLiteral(bytes.subarray(done)), 'end', 0, ['', '']);
  return { parts: Int32Array.from(parts), words: Float64Array.from(words), texts };
}

/** `true`, `false` and `null` are fixed wherever they stand. */
function isVariable(first: number | undefined, isText: boolean): boolean {
  return isText || (first !== 0x74 && first !== 0x66 && first !== 0x6e);
}

function kindOf(kind: SlotKind, isText: boolean): PartKind | undefined {
  if (kind === 'ignored') return isText ? 'text' : 'anyNumber';
  if (kind === 'decimal') return isText ? 'decimal' : 'number';
  if (kind === 'signed') return isText ? 'signed' : 'signedNumber';
  if (kind === 'digits') return 'digits';
  const wantsText = kind === 'milliseconds' || kind === 'name' || kind === 'either';
  return wantsText === isText ? kind : undefined;
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Members of the message and of the objects in it; fewer than were written when a name stands twice. */
function countOf(message: JsonObject): number {
  return Object.values(message).reduce<number>(
    (count, value) =>
      count + (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).length : 1),
    0,
  );
}

const MEMBER = /"([^"]*)":(?:"([^"]*)"|([^"[\]{},]+)|(\[)|(\{))/y;

/** The members of valid JSON in the order of the text; `undefined` when it is not compact, or has objects in objects in objects. */
function membersOf(text: string): Member[] | undefined {
  const members: Member[] = [];
  let outer = '';
  let at = 1;
  while (at < text.length) {
    MEMBER.lastIndex = at;
    const match = MEMBER.exec(text);
    if (match === null) return undefined;
    const [whole, key, string, scalar, list] = match;
    const path = `${outer}${key}`;
    at += whole.length;
    if (string !== undefined) members.push({ path, from: at - 1 - string.length, to: at - 1, isText: true });
    else if (scalar !== undefined) members.push({ path, from: at - scalar.length, to: at, isText: false });
    else if (list !== undefined) {
      const from = at - 1;
      at = closedAt(text, from, '[', ']');
      members.push({ path, from, to: at, isText: false });
    } else if (outer === '') {
      outer = `${key}.`;
      continue;
    } else return undefined;
    if (text[at] === '}' && outer !== '') {
      outer = '';
      at++;
    }
    if (text[at] === '}') return at + 1 === text.length ? members : undefined;
    if (text[at] !== ',') return undefined;
    at++;
  }
  return undefined;
}

/** Place behind what closes the list or object that opens at `from`. */
function closedAt(text: string, from: number, open: '[' | '{', close: ']' | '}'): number {
  let depth = 0;
  let isText = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"') isText = !isText;
    else if (isText) continue;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return at + 1;
  }
  return text.length;
}
