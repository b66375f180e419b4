import type { SeededRandom } from '../../src/transport/seeded-random.js';

/** How a frame or body is changed, by name. */
export const MUTATIONS = {
  bytes: (frame, random) => {
    const changed = Uint8Array.from(frame);
    for (let left = 1 + random.int(4); left > 0; left--) changed[random.int(changed.length)] = random.int(256);
    return changed;
  },
  bit: (frame, random) => {
    const changed = Uint8Array.from(frame);
    const at = random.int(changed.length);
    changed[at] = (changed[at] as number) ^ (1 << random.int(8));
    return changed;
  },
  cut: (frame, random) => frame.slice(0, random.int(frame.length)),
  lost: (frame, random) => {
    const at = random.int(frame.length);
    return joined(frame.subarray(0, at), frame.subarray(at + 1 + random.int(8)));
  },
  spliced: (frame, random, other) =>
    joined(frame.subarray(0, random.int(frame.length)), other.subarray(random.int(other.length))),
  repeated: (frame, random) => {
    const at = random.int(frame.length);
    const piece = frame.subarray(at, at + 1 + random.int(40));
    const times = random.chance(0.005) ? 500 : 1 + random.int(4);
    return joined(frame.subarray(0, at), ...Array<Uint8Array>(times).fill(piece), frame.subarray(at));
  },
  number: (frame, random) => replaceAt(frame, random, numberNear, numberText(random)),
  value: (frame, random) => replaceAt(frame, random, valueNear, random.pick(VALUES)),
  nested: (frame, random) => {
    const depth = random.chance(0.01) ? 2_000 : 1 + random.int(60);
    const [open, close] = random.pick([
      ['[', ']'],
      ['{"a":', '}'],
    ]);
    return replaceAt(frame, random, valueNear, `${open.repeat(depth)}1${close.repeat(depth)}`);
  },
  key: (frame, random) => replaceAt(frame, random, keyNear, random.pick(KEYS)),
  doubled: (frame, random) => {
    const text = latin(frame);
    const end = text.indexOf('}', random.int(text.length));
    if (end < 0) return frame;
    return insert(frame, end, `,"${random.pick([...KEYS, ...NAMES])}":${random.pick(VALUES)}`);
  },
  unicode: (frame, random) => insert(frame, random.int(frame.length), random.pick(STRANGE)),
  made: (_frame, random) => Buffer.from(makeJson(random, 3)),
  varint: (frame, random) => {
    const long = Array.from({ length: 9 + random.int(3) }, () => 0x80 | random.int(128));
    return insertBytes(frame, random.int(frame.length), Uint8Array.from([...long, random.int(128)]));
  },
  length: (frame, random) => {
    // A small number in a binary frame is mostly a length or a tag.
    const changed = Uint8Array.from(frame);
    for (let tries = 20; tries > 0; tries--) {
      const at = random.int(changed.length);
      if ((changed[at] as number) > 40) continue;
      changed[at] = random.pick([0, 1, 0x7f, 0xff, (changed[at] as number) + 1, (changed[at] as number) * 2]);
      break;
    }
    return changed;
  },
} as const satisfies Readonly<Record<string, Mutate>>;

type Mutate = (frame: Uint8Array, random: SeededRandom, other: Uint8Array) => Uint8Array;

export type Mutation = keyof typeof MUTATIONS;

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', 'length', '0'];
const NAMES = [
  ...['price', 'side', 'id', 'result', 'channel', 'data', 'symbol', 'b', 'a', 'code', 'status', 's', 'event', 'items'],
  ...[
    'asks',
    'bids',
    'deals',
    'quantity',
    'version',
    'time',
    'orderId',
    'type',
    'origQty',
    'executedQty',
    'msg',
    'coin',
  ],
  ...[
    'listenKey',
    'asset',
    'success',
    'resultList',
    'p',
    'v',
    'T',
    't',
    'interval',
    'begin',
    'end',
    'contract',
    'size',
  ],
];
const WORDS = [
  '"BTC_USDT"',
  '"BTCUSDT"',
  '"BUY"',
  '"buy"',
  '"update"',
  '"push.deal"',
  '"spot.trades"',
  '"1.5"',
  '7',
  '2',
];
const VALUES = [
  ...[
    'null',
    'true',
    '""',
    '"x"',
    '{}',
    '[]',
    '[[]]',
    '[null]',
    '{"polluted":true}',
    '{"__proto__":{"polluted":true}}',
  ],
  ...['0', '-0', '-1', '"-1"', '"-0.1"', '1e400', '-1e400', '"NaN"', '"Infinity"', '"-Infinity"', '1e-400', '"1e5"'],
  ...[
    '"0x10"',
    '"１"',
    '" 1"',
    '"1 "',
    '"1_0"',
    '"+1"',
    '"."',
    '"1."',
    '".1"',
    '{"toString":1,"valueOf":1}',
    '[[[1]]]',
  ],
  ...['9007199254740993', '"9007199254740993"', '123456789012345678901234567890', '"__proto__"', '"constructor"'],
];
const STRANGE = ['\\ud800', '\ufeff', '\u0000', '\u2028', '龙', '\\u0000', '\u202e', '😀', '\\"', '\\', '"'];

/** Any JSON, of names that mean something and values that mean little. */
function makeJson(random: SeededRandom, depth: number): string {
  if (depth === 0 || random.chance(0.2)) return random.pick([...VALUES, ...WORDS]);
  const parts = Array.from({ length: random.int(7) }, () => makeJson(random, depth - 1));
  if (random.chance(0.3)) return `[${parts.join()}]`;
  return `{${parts.map((part) => `"${random.pick(random.chance(0.1) ? KEYS : NAMES)}":${part}`).join()}}`;
}

function numberText(random: SeededRandom): string {
  const digits = (count: number): string => Array.from({ length: count }, () => random.int(10)).join('');
  switch (random.int(6)) {
    case 0:
      return digits(1 + random.int(400));
    case 1:
      return `${digits(1 + random.int(20))}.${digits(1 + random.int(400))}`;
    case 2:
      return `-${digits(1 + random.int(18))}`;
    case 3:
      return `${digits(1)}e${random.pick(['', '+', '-'])}${digits(1 + random.int(4))}`;
    case 4:
      return random.chance(0.01) ? '7'.repeat(20_000) : digits(17);
    default:
      return random.pick(['0', '-0', '00', '0.0', '1e308', '2e308', '5e-324', '18446744073709551616', '4294967296']);
  }
}

/** Where something stands, first byte and the one after the last. */
type Find = (text: string, from: number) => readonly [number, number] | undefined;

const numberNear: Find = (text, from) => find(/-?\d[\d.eE+-]*/g, text, from);
const valueNear: Find = (text, from) => {
  const found = find(/:\s*(?:"[^"]{0,200}"|[^\s,{}[\]"]{1,200})/g, text, from);
  return found && [found[0] + 1, found[1]];
};
const keyNear: Find = (text, from) => {
  const found = find(/"[^"]{0,40}":/g, text, from);
  return found && [found[0] + 1, found[1] - 2];
};

function find(pattern: RegExp, text: string, from: number): readonly [number, number] | undefined {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? undefined : [match.index, match.index + match[0].length];
}

/** The first of its kind behind some place; a frame without one is left as it is. */
function replaceAt(frame: Uint8Array, random: SeededRandom, near: Find, put: string): Uint8Array {
  const found = near(latin(frame), random.int(frame.length));
  if (found === undefined) return frame;
  return joined(frame.subarray(0, found[0]), Buffer.from(put), frame.subarray(found[1]));
}

function insert(frame: Uint8Array, at: number, text: string): Uint8Array {
  return insertBytes(frame, at, Buffer.from(text));
}

function insertBytes(frame: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  return joined(frame.subarray(0, at), bytes, frame.subarray(at));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

function latin(frame: Uint8Array): string {
  return Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('latin1');
}
