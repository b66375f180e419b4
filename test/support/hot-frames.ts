import { createFrameEncoder } from '../../src/simulator/wire/mexc-spot/frame-encoder.js';
import type { ProtoWriter } from '../../src/simulator/wire/mexc-spot/proto-writer.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';
import { randomDecimal, randomInteger } from './hot-numbers.js';

const MARKETS = ['BTCUSDT', 'ETHUSDT', 'A', 'LONGNAMEUSDT', 'ЖUSDT', 'BTC@X'];
const PAIRS = ['BTC_USDT', 'ETH_USDT', 'A_B', 'Ж_USDT', 'X\\"Y', 'BTC_USDT_20261225'];
const encoder = createFrameEncoder();

/** Makes a frame of one sort; some of them are wrong before anybody changes a byte. */
export type MakeFrame = (random: SeededRandom) => Uint8Array;

/** MEXC spot: the three frequent pushes, and now and then one under another's channel. */
export const mexcFrame: MakeFrame = (random) => {
  const market = random.pick(MARKETS);
  const kind = random.pick(['depth', 'deals', 'bookTicker'] as const);
  const named = random.chance(0.97) ? kind : random.pick(['depth', 'deals', 'bookTicker', 'nothing'] as const);
  const speed = random.pick(['100ms', '10ms']);
  const channel = `spot@public.aggre.${named}.v3.api.pb@${speed}@${market}`;
  const symbol = random.chance(0.97) ? market : random.pick([...MARKETS, '']);
  const time = () => (random.chance(0.9) ? 1_767_225_600_000 + random.int(1e9) : random.pick([0, 1, 2 ** 50]));
  const envelope = {
    channel,
    symbol,
    symbolId: random.chance(0.03) ? 'x1' : '',
    createTime: random.chance(0.2) ? time() : 0,
    sendTime: time(),
  };
  const [field, write] = BODIES[kind];
  return encoder.frame(envelope, field, (to, item) => write(random, to, item, channel));
};

type WriteBody = (random: SeededRandom, to: ProtoWriter, item: ProtoWriter, channel: string) => void;

const writeLevels = (random: SeededRandom, to: ProtoWriter, item: ProtoWriter, field: number): void => {
  for (let left = random.chance(0.05) ? random.int(100) : random.int(5); left > 0; left--)
    to.message(field, item.reset().string(1, randomDecimal(random)).string(2, randomDecimal(random)));
};

const BODIES: Readonly<Record<'depth' | 'deals' | 'bookTicker', readonly [number, WriteBody]>> = {
  depth: [
    313,
    (random, to, item, channel) => {
      writeLevels(random, to, item, random.chance(0.95) ? 1 : 2);
      writeLevels(random, to, item, random.chance(0.95) ? 2 : 1);
      to.string(3, random.chance(0.95) ? channel.slice(0, channel.lastIndexOf('@')) : 'é');
      const first = 1 + random.int(1e12);
      to.string(4, random.chance(0.95) ? String(first) : randomInteger(random));
      to.string(5, random.chance(0.95) ? String(first + random.int(20)) : randomInteger(random));
      if (random.chance(0.8)) to.integer(6, random.int(2 ** 31));
    },
  ],
  deals: [
    314,
    (random, to, item, channel) => {
      for (let left = random.int(5); left > 0; left--) {
        item.reset().string(1, randomDecimal(random)).string(2, randomDecimal(random));
        item.integer(3, random.chance(0.95) ? 1 + random.int(2) : random.int(5));
        item.integer(4, random.chance(0.95) ? 1_767_225_600_000 + random.int(1e9) : 0);
        to.message(1, random.chance(0.8) ? item.string(5, random.chance(0.95) ? randomInteger(random) : 'дx"') : item);
      }
      to.string(2, channel);
    },
  ],
  bookTicker: [
    315,
    (random, to) => {
      for (let field = 1; field <= 4; field++) to.string(field, randomDecimal(random));
      if (random.chance(0.9)) to.string(5, randomInteger(random));
      if (random.chance(0.9)) to.integer(6, random.int(2 ** 31));
    },
  ],
};

type Product = 'spot' | 'futures';

/** Gate.io: frequent pushes in the venue's order of fields, or in any. */
export const gateFrame =
  (product: Product): MakeFrame =>
  (random) => {
    const kind = random.pick(['order_book_update', 'obu', 'book_ticker', 'trades'] as const);
    const pair = random.chance(0.95) ? random.pick(PAIRS.slice(0, 3)) : random.pick(PAIRS);
    const isList = product === 'futures' && kind === 'trades' && random.chance(0.95);
    const result = isList
      ? writeRows(random, () => contractTrade(random, JSON.stringify(random.chance(0.99) ? pair : random.pick(PAIRS))))
      : writeObject(random, GATE_RESULTS[kind](random, JSON.stringify(pair), product));
    const fields: Field[] = [
      ['time', whole(random, 1_767_225_600)],
      ['time_ms', whole(random, 1_767_225_600_123)],
      ['channel', `"${product}.${random.chance(0.98) ? kind : random.pick(['obu', 'trades', 'tickers'])}"`],
      ['event', random.chance(0.98) ? '"update"' : random.pick(['"all"', '"subscribe"', 'null'])],
      ['result', result],
    ];
    if (random.chance(0.02)) fields.push(['error', random.pick(['null', '{"code":2}', '0'])]);
    if (kind === 'obu' && random.chance(0.8)) fields.splice(0, 1);
    return Buffer.from(writeObject(random, fields));
  };

/** MEXC futures: merged book changes and trades, their keys in any order. */
export const mexcFuturesFrame: MakeFrame = (random) => {
  const isDeal = random.chance(0.4);
  const named = isDeal ? 'push.deal' : 'push.depth';
  const symbol = JSON.stringify(random.chance(0.95) ? 'BTC_USDT' : random.pick(PAIRS));
  return Buffer.from(
    writeObject(random, [
      ['symbol', symbol],
      ['data', isDeal ? mexcDeals(random) : writeObject(random, mexcDepth(random))],
      [
        'channel',
        random.chance(0.97) ? `"${named}"` : random.pick(['"push.depth.full"', '"push.deal"', '"push.depth"', '1']),
      ],
      [
        'ts',
        random.chance(0.95)
          ? String(1_767_225_600_000 + random.int(1e9))
          : random.pick(['"1767225600000"', '0', 'null']),
      ],
    ]),
  );
};

type Field = [name: string, value: string];

function mexcDepth(random: SeededRandom): Field[] {
  const first = 1 + random.int(1e12);
  return [
    ['asks', bareLevels(random)],
    ['bids', bareLevels(random)],
    ['begin', random.chance(0.95) ? String(first) : whole(random, 5)],
    ['end', random.chance(0.95) ? String(first + random.int(20)) : whole(random, 5)],
    ['version', String(first + random.int(20))],
  ];
}

/** Ids as numbers, as texts, or none. */
function mexcDeals(random: SeededRandom): string {
  const hasId = random.chance(0.5);
  return writeRows(random, () => [
    ['p', bare(random)],
    ['v', bare(random)],
    ['T', random.chance(0.97) ? String(1 + random.int(2)) : whole(random, 1)],
    ['O', '3'],
    ['M', String(1 + random.int(2))],
    ['t', random.chance(0.97) ? String(1_782_900_000_047 + random.int(1_000)) : whole(random, 1_782_900_000_047)],
    ...(hasId ? [['i', random.chance(0.9) ? '309143071' : random.pick(['"17"', '""', 'null', '-1'])] as Field] : []),
  ]);
}

/** A trade of a contract: sizes have a sign, and are texts or numbers. */
function contractTrade(random: SeededRandom, contract: string): Field[] {
  const size = `${random.chance(0.5) ? '-' : ''}${random.chance(0.97) ? randomDecimal(random) : random.pick(['-', '--1', '1e3', '0'])}`;
  const moment = () => random.pick([1_767_225_600, 0, 99_999_999_999, 100_000_000_000, 100_000_000_000_000]);
  return [
    ['size', random.chance(0.8) ? `"${size}"` : size || '1'],
    ['id', whole(random, 27_753_479)],
    ['create_time', whole(random, 1_767_225_600)],
    ['create_time_ms', random.chance(0.97) ? whole(random, 1_767_225_600_123) : String(moment())],
    ['price', decimal(random)],
    ['contract', contract],
    ...(random.chance(0.05) ? [['is_internal', 'true'] as Field] : []),
  ];
}

/** Seldom a single row that is no list, seldom very many. */
function writeRows(random: SeededRandom, write: () => Field[]): string {
  const count = random.chance(0.02) ? random.int(90) : 1 + random.int(3);
  const rows = Array.from({ length: count }, () => `{${fieldsOf(write())}}`).join(random.chance(0.99) ? ',' : ', ');
  return random.chance(0.01) ? writeObject(random, write()) : `[${rows}]`;
}

function fieldsOf(fields: readonly Field[]): string {
  return fields.map(([name, value]) => `"${name}":${value}`).join(',');
}

const GATE_RESULTS = {
  order_book_update: (random: SeededRandom, pair: string, product: Product): Field[] => {
    const first = 1 + random.int(1e12);
    const side = product === 'spot' ? pairLevels : namedLevels;
    return withFull(random, [
      ['t', whole(random, 1_767_225_600_120)],
      ['l', random.chance(0.9) ? random.pick(['"100"', '"20"']) : random.pick(['100', '"x"', '0', 'null', '[1]'])],
      ['e', '"depthUpdate"'],
      ['E', whole(random, 1_767_225_600)],
      ['s', pair],
      ['U', String(first)],
      ['u', random.chance(0.97) ? String(first + random.int(9)) : whole(random, 4)],
      ['b', side(random)],
      ['a', side(random)],
    ]);
  },
  obu: (random: SeededRandom, pair: string): Field[] => {
    const first = 1 + random.int(1e12);
    return withFull(random, [
      ['t', whole(random, 1_767_225_600_120)],
      ['s', `"ob.${pair.slice(1, -1)}.50"`],
      ['U', String(first)],
      ['u', random.chance(0.97) ? String(first + random.int(9)) : whole(random, 4)],
      ...(random.chance(0.9) ? [['b', pairLevels(random)] as Field] : []),
      ...(random.chance(0.9) ? [['a', pairLevels(random)] as Field] : []),
    ]);
  },
  book_ticker: (random: SeededRandom, pair: string): Field[] => [
    ['t', whole(random, 1_767_225_600_120)],
    ['u', whole(random, 48_776_301)],
    ['s', pair],
    ['b', decimal(random)],
    ['B', decimal(random)],
    ['a', decimal(random)],
    ['A', decimal(random)],
  ],
  trades: (random: SeededRandom, pair: string): Field[] => [
    ['id', random.chance(0.95) ? whole(random, 309_143_071) : `"${randomInteger(random)}"`],
    ['id_market', whole(random, 12)],
    ['create_time', whole(random, 1_767_225_600)],
    [
      'create_time_ms',
      random.chance(0.9) ? `"${1_767_225_600_213 + random.int(1e6)}.${random.int(10_000)}"` : decimal(random),
    ],
    ['side', random.chance(0.97) ? random.pick(['"buy"', '"sell"']) : random.pick(['"Buy"', '1', '""'])],
    [random.chance(0.98) ? 'currency_pair' : 'contract', pair],
    ['amount', decimal(random)],
    ['price', decimal(random)],
    ['range', '"2390902-2390902"'],
  ],
} as const;

function withFull(random: SeededRandom, fields: Field[]): Field[] {
  if (random.chance(0.1)) fields.splice(1, 0, ['full', random.pick(['true', 'true', 'false', '1', 'null'])]);
  return fields;
}

const decimal = (random: SeededRandom): string => {
  const text = randomDecimal(random);
  return random.chance(0.95) ? `"${text}"` : text || '0';
};

const whole = (random: SeededRandom, around: number): string => {
  if (random.chance(0.97)) return String(around + random.int(1_000));
  return random.pick(['0', '00', '1.5', '1e3', '-2', '"17"', 'null', 'true', '12345678901234567', '{}', '[]']);
};

function levelsOf(random: SeededRandom, write: () => string): string {
  const count = random.chance(0.03) ? random.int(90) : random.int(5);
  return `[${Array.from({ length: count }, write).join(random.chance(0.99) ? ',' : ', ')}]`;
}

const pairLevels = (random: SeededRandom): string =>
  levelsOf(random, () => `[${decimal(random)},${decimal(random)}${random.chance(0.01) ? ',1' : ''}]`);

const namedLevels = (random: SeededRandom): string =>
  levelsOf(random, () =>
    random.chance(0.98) ? `{"p":${decimal(random)},"s":${decimal(random)}}` : `{"s":${decimal(random)},"p":1}`,
  );

const bareLevels = (random: SeededRandom): string =>
  levelsOf(random, () => `[${bare(random)},${bare(random)}${random.chance(0.95) ? `,${random.int(9)}` : ''}]`);

function bare(random: SeededRandom): string {
  if (random.chance(0.97)) return randomDecimal(random) || '7';
  return random.pick(['1e-7', '1.5E+3', '2e400', '1e', '-1', '1e-400', '0e0', '"1.5"', 'null', '12e2.5', '1.e5']);
}

/** Fields in their order or, now and then, in another; one twice; or with a space. */
function writeObject(random: SeededRandom, fields: readonly Field[]): string {
  let list = [...fields];
  if (random.chance(0.05)) list.sort(() => random.next() - 0.5);
  if (random.chance(0.02)) list.push(random.pick(list));
  if (random.chance(0.02)) list = list.filter(() => random.chance(0.8));
  if (random.chance(0.02)) list.push(['extra', random.pick(['1', '"x"', 'null', '1.5', '-1', '{"a":1}', '[1]'])]);
  const space = random.chance(0.01) ? ' ' : '';
  return `{${list.map(([name, value]) => `"${name}":${space}${value}`).join(',')}}`;
}

/** Changes a frame: a byte, a piece lost, doubled or put elsewhere. */
export function mutate(frame: Uint8Array, random: SeededRandom): Uint8Array {
  let bytes = frame;
  for (let left = 1 + random.int(2); left > 0; left--) bytes = change(bytes, random.int(bytes.length + 1), random);
  return bytes.length === 0 ? Uint8Array.of(0x7b) : bytes;
}

function change(bytes: Uint8Array, at: number, random: SeededRandom): Uint8Array {
  switch (random.int(6)) {
    case 0:
      return spliced(bytes, at, 1, [random.int(256)]);
    case 1:
      return spliced(bytes, at, 1, [0x30 + random.int(10)]);
    case 2:
      return spliced(bytes, at, 1 + random.int(4), []);
    case 3:
      return spliced(bytes, at, 0, bytes.subarray(at, at + 1 + random.int(12)));
    case 4:
      return bytes.subarray(0, at);
    default:
      return spliced(bytes, at, 0, [random.pick([0x20, 0x22, 0x2c, 0x2e, 0x5c, 0x7d, 0x5d, 0x80, 0x0a, 0x65])]);
  }
}

function spliced(bytes: Uint8Array, at: number, lost: number, put: ArrayLike<number>): Uint8Array {
  const rest = bytes.subarray(at + lost);
  const result = new Uint8Array(at + put.length + rest.length);
  result.set(bytes.subarray(0, at));
  result.set(put, at);
  result.set(rest, at + put.length);
  return result;
}
