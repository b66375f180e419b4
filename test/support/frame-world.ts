import type { FrameCodec, FrameHandler } from '../../src/adapter/frame-codec.js';
import type { MarketStreams } from '../../src/adapter/venue.js';
import { BookUpdate } from '../../src/model/book-update.js';
import type { Instrument } from '../../src/model/instrument.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { createGateioCodec } from '../../src/venues/gateio/frame.js';
import { FUTURES_WIRE } from '../../src/venues/gateio/futures/routes.js';
import { gateioFuturesStreams } from '../../src/venues/gateio/futures/stream-market.js';
import { PushReader as GatePushReader } from '../../src/venues/gateio/push-reader.js';
import { SPOT_WIRE } from '../../src/venues/gateio/spot/routes.js';
import { gateioSpotStreams } from '../../src/venues/gateio/spot/stream-market.js';
import { createMarketCodec } from '../../src/venues/mexc/futures/frame.js';
import { loadGunzip } from '../../src/venues/mexc/futures/gunzip.js';
import { PushReader as MexcFuturesReader } from '../../src/venues/mexc/futures/push-reader.js';
import { mexcFuturesStreams } from '../../src/venues/mexc/futures/stream-market.js';
import { createFrameCodec } from '../../src/venues/mexc/spot/frame.js';
import { PushReader } from '../../src/venues/mexc/spot/push-reader.js';
import { mexcSpotStreams } from '../../src/venues/mexc/spot/stream-market.js';
import { loadWire } from '../../src/venues/mexc/spot/wire.js';
import { gateFrame, type MakeFrame, mexcFrame, mexcFuturesFrame, mutate } from './hot-frames.js';
import type { WorldResult } from './many-worlds.js';

const FRAMES = 2_000;
const NOTHING = { learn: () => {}, read: () => false };
/** Frames that were read in place since the world began, by their channels. */
let inPlace: Record<string, number> = {};
const INSTRUMENT = {
  symbol: 'BTC/USDT:USDT',
  base: 'BTC',
  quote: 'USDT',
  contracts: { size: '0.0001', kind: 'linear' },
} as unknown as Instrument;

/** A venue's frames, read in place and by the general decoder alone. */
interface Sort {
  readonly make: MakeFrame;
  readonly streams: MarketStreams;
  readonly codec: () => FrameCodec;
  readonly oracle: () => FrameCodec;
}

let sorts: Readonly<Record<string, Sort>> = {};

/** Loads what the codecs import. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  const wire = await loadWire();
  const gunzip = await loadGunzip(1_000_000);
  sorts = {
    'mexc spot': {
      make: mexcFrame,
      streams: mexcSpotStreams,
      codec: () => createFrameCodec(wire, counted(new PushReader())),
      oracle: () => createFrameCodec(wire, NOTHING),
    },
    'mexc futures': {
      make: mexcFuturesFrame,
      streams: mexcFuturesStreams,
      codec: () => createMarketCodec(gunzip, counted(new MexcFuturesReader())),
      oracle: () => createMarketCodec(gunzip, NOTHING),
    },
    'gateio spot': {
      make: gateFrame('spot'),
      streams: gateioSpotStreams,
      codec: () => createGateioCodec(SPOT_WIRE, undefined, counted(new GatePushReader(SPOT_WIRE))),
      oracle: () => createGateioCodec(SPOT_WIRE, undefined, NOTHING),
    },
    'gateio futures': {
      make: gateFrame('futures'),
      streams: gateioFuturesStreams,
      codec: () => createGateioCodec(FUTURES_WIRE, undefined, counted(new GatePushReader(FUTURES_WIRE))),
      oracle: () => createGateioCodec(FUTURES_WIRE, undefined, NOTHING),
    },
  };
}

/** Frames of one venue, half of them changed, through both decoders. The mistake is one of what is read in place. */
export async function runWorld(
  seed: string,
  { mistake }: { readonly mistake?: 'takes one digit for another' } = {},
): Promise<WorldResult> {
  const random = createSeededRandom(seed);
  const sort = random.pick(Object.keys(sorts));
  const { make, streams, codec, oracle } = sorts[sort] as Sort;
  const [own, general] = [codec(), oracle()];
  const faults = { changed: 0, read: 0, refused: 0 };
  inPlace = {};
  const failures: string[] = [];
  for (let at = 0; at < FRAMES && failures.length === 0; at++) {
    const isChanged = random.chance(0.5);
    const made = make(random);
    const frame = isChanged ? mutate(made, random) : made;
    if (isChanged) faults.changed++;
    const expected = witness(general, streams, frame);
    const got = witness(own, streams, mistake === undefined ? frame : nineForEight(frame));
    faults[expected.startsWith('data') ? 'read' : 'refused']++;
    if (got !== expected)
      failures.push(`frame ${at}, ${Buffer.from(frame).toString('base64')}: ${got} instead of ${expected}`);
  }
  return { seed, sort, count: FRAMES, checks: FRAMES, faults: { ...faults, ...inPlace }, failures };
}

function nineForEight(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte === 0x38 ? 0x39 : byte));
}

interface Reader {
  read(bytes: Uint8Array, handler: FrameHandler): boolean;
}

function counted<R extends Reader>(reader: R): R {
  const read = reader.read.bind(reader);
  return Object.assign(reader, {
    read: (bytes: Uint8Array, handler: FrameHandler): boolean => {
      let channel = '';
      const data: FrameHandler['data'] = (name, ...rest) => {
        channel = `in place: ${/aggre\.(depth|deals|bookTicker)|^[a-z._]+$/.exec(name)?.[0] ?? 'another'}`;
        handler.data(name, ...rest);
      };
      const isTaken = read(bytes, { ...handler, data });
      if (isTaken) inPlace[channel] = (inPlace[channel] ?? 0) + 1;
      return isTaken;
    },
  });
}

/** All that comes of a frame, as one text. */
function witness(codec: FrameCodec, streams: MarketStreams, frame: Uint8Array): string {
  let text = '';
  const tell = (kind: string) => (what?: unknown) => {
    text += `${kind} ${JSON.stringify(what)};`;
  };
  const handler: FrameHandler = {
    data: (channel, key, payload, venueTime) => {
      text += `data ${channel} ${key} ${venueTime} ${decode(streams, channel, payload, venueTime)};`;
    },
    ack: tell('ack'),
    pong: tell('pong'),
    closingSoon: tell('closingSoon'),
    unknown: tell('unknown'),
    malformed: tell('malformed'),
  };
  codec.read(frame, handler);
  return text;
}

function decode(streams: MarketStreams, channel: string, payload: unknown, venueTime: number): string {
  try {
    if (/depth|obu|order_book/.test(channel)) return bookOf(streams, channel, payload);
    const decoder = /deal|trades/.test(channel) ? streams.trades : streams.bookTicker;
    const events: unknown[] = [];
    const symbol = INSTRUMENT.symbol;
    const context = { symbol, instrument: INSTRUMENT, params: { symbol }, receivedAt: 1, venueTime };
    decoder.decode(payload, context, (event) => void events.push(event));
    return print(events);
  } catch {
    return 'refused';
  }
}

function bookOf(streams: MarketStreams, channel: string, payload: unknown): string {
  const name = /obu/.test(channel) ? { feed: 'obu' } : {};
  const into = new BookUpdate();
  streams.chooseBook(name).decode(payload, into);
  const copy = into.copy();
  return print([
    copy.full,
    copy.firstSequence,
    copy.lastSequence,
    copy.venueTime,
    ...[copy.bidPrices, copy.bidQuantities, copy.askPrices, copy.askQuantities].map((numbers) => [...numbers]),
  ]);
}

/** JSON that tells -0 from 0. */
function print(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) => (Object.is(field, -0) ? '-0' : field));
}
