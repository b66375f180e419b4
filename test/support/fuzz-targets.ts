import { gzipSync } from 'node:zlib';
import type { BookRequest } from '../../src/adapter/book-feed.js';
import type { DecodeContext, EncodeContext } from '../../src/adapter/endpoint.js';
import type { FrameCodec, FrameHandler } from '../../src/adapter/frame-codec.js';
import { parseJson } from '../../src/adapter/json.js';
import type { Venue } from '../../src/adapter/venue.js';
import { createExchangeError } from '../../src/errors/kinds.js';
import { venues } from '../../src/index.js';
import { BookUpdate } from '../../src/model/book-update.js';
import type { MarketSymbol } from '../../src/model/symbol.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';
import gateioFutures from '../fixtures/gateio/futures.json' with { type: 'json' };
import gateioSpot from '../fixtures/gateio/messages.json' with { type: 'json' };
import { bytesOf, FRAMES as MEXC_FRAMES } from './mexc-frames.js';
import { RECORDED, type RecordedVenue, type Reply, recordVenue } from './recorded-venue.js';

const CREDENTIALS = { apiKey: 'mx0fuzzed', secretKey: 'a-secret-of-the-fuzzed' };

/** Larger ones only take longer, in step with their size. */
const LARGEST = 10_000;

/** What decides how bytes are read, where that can be in several ways. */
export type Choices = Pick<SeededRandom, 'chance' | 'int' | 'pick'>;

/** Something of a venue that reads bytes. */
export interface FuzzTarget {
  /** `mexc_spot market`, `gateio_spot bodies`. */
  readonly name: string;
  /** Whole, and what is made of them is random. */
  readonly seeds: readonly Uint8Array[];
  /**
   * Reads bytes to the end. Everything that a user would be told goes to `told`.
   * @returns how often something was reported of them.
   * @throws {ExchangeError} when they cannot be read; nothing else.
   */
  read(bytes: Uint8Array, seed: number, told: (event: unknown) => void, random: Choices): number;
}

const asBytes = (message: unknown): Uint8Array => Buffer.from(JSON.stringify(message));

/** Frames that no simulated venue sends. */
const MORE: Readonly<Record<string, readonly Uint8Array[]>> = {
  mexc_spot: MEXC_FRAMES.map(({ hex }) => bytesOf(hex)),
  gateio_spot: gateioSpot.cases.flatMap(({ input }) => ('message' in input ? [asBytes(input.message)] : [])),
  gateio_futures: [
    ...gateioFutures.pushes.map(({ input }) => asBytes(input.message)),
    ...gateioFutures.answers.flatMap(({ input }) => input.frames.map(asBytes)),
  ],
};

export async function createTargets(): Promise<FuzzTarget[]> {
  const targets: FuzzTarget[] = [];
  for (const id of RECORDED) targets.push(...(await targetsOf(await recordVenue(id))));
  return targets;
}

async function targetsOf(recorded: RecordedVenue): Promise<FuzzTarget[]> {
  const { id, frames, replies } = recorded;
  const venue = venues[id];
  const account = venue.private;
  const placed = replies.find(({ endpoint }) => endpoint === account?.orders.place);
  if (account === undefined || placed === undefined) throw new Error(`${id} was not recorded`);
  // That of a call that names a market knows them all.
  const { context } = placed;
  const market = await venue.streams.loadCodec();
  const own = await account.streams.loadCodec(CREDENTIALS, '110');
  const socket = account.orderSocket;
  const channels = [...marketChannels(venue, recorded.symbol, context), ...accountChannels(venue, context)];
  // What is read in place is learned from what was subscribed to.
  market.subscribe(
    channels.flatMap(({ topic }) => topic),
    () => 1,
    1,
  );
  const targets = [
    frameTarget(`${id} market`, [...frames.market, ...(MORE[id] ?? [])], market, channels),
    frameTarget(`${id} account`, [...frames.account, ...(MORE[id] ?? [])], own, channels),
    bodyTarget(
      `${id} bodies`,
      replies.filter(({ body }) => body.length < LARGEST),
    ),
  ];
  if (id.startsWith('mexc_futures')) targets.push(packed(targets[0] as FuzzTarget));
  if (socket === undefined || frames.orders.length === 0) return targets;
  const read: FuzzTarget['read'] = (bytes, _seed, told) => {
    const answer = socket.readAnswer(bytes);
    if (answer === undefined) return 1;
    const { status, body } = answer;
    const refusal = venue.classify({ status, headers: {}, text: '', json: body, now: context.receivedAt });
    if (refusal === undefined) told(placed.endpoint.decode(body, placed.params, placed.context));
    return 1;
  };
  return [...targets, { name: `${id} orders`, seeds: frames.orders, read }];
}

interface Listener {
  readonly topic: readonly { readonly channel: string; readonly key: string; readonly args: readonly string[] }[];
  readonly channel: string;
  decode(payload: unknown, venueTime: number, told: (event: unknown) => void): void;
}

function frameTarget(
  name: string,
  seeds: readonly Uint8Array[],
  codec: FrameCodec,
  listeners: readonly Listener[],
): FuzzTarget {
  return {
    name,
    seeds,
    read(bytes, _seed, told, random) {
      let reports = 0;
      const report = (): void => void reports++;
      const handler: FrameHandler = {
        data(channel, _key, payload, venueTime) {
          reports++;
          let heard = 0;
          for (const listener of listeners) {
            if (listener.channel !== channel) continue;
            heard++;
            listener.decode(payload, venueTime, told);
          }
          // Of a payload under a wrong name nothing is known.
          if (heard === 0 && listeners.length > 0) random.pick(listeners).decode(payload, venueTime, told);
        },
        ack: report,
        pong: report,
        closingSoon: report,
        sessionLost: report,
        unknown: report,
        malformed: report,
      };
      codec.read(isText(bytes) && random.chance(0.3) ? Buffer.from(bytes).toString() : bytes, handler);
      return reports;
    },
  };
}

function isText(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b;
}

/** The venue may pack what it sends although it was asked not to. */
function packed(target: FuzzTarget): FuzzTarget {
  return {
    ...target,
    name: `${target.name} packed`,
    seeds: target.seeds.slice(0, 40).map((seed) => Uint8Array.from(gzipSync(seed))),
  };
}

function bodyTarget(name: string, replies: readonly Reply[]): FuzzTarget {
  return {
    name,
    seeds: replies.map(({ body }) => Buffer.from(body)),
    read(bytes, seed, told, random) {
      const { venue, endpoint, params, context } = replies[seed] as Reply;
      const text = Buffer.from(bytes).toString();
      const status = random.chance(0.8) ? 200 : 100 + random.int(500);
      const headers = random.chance(0.9) ? {} : { 'retry-after': random.pick(['5', 'x', '-1', '1e9', '']) };
      const json = parsed(text);
      const refusal = venue.classify({ status, headers, text, json, now: context.receivedAt });
      if (refusal === undefined && (status < 200 || status > 299))
        throw new Error(`status ${status} is taken for a success`);
      if (refusal !== undefined) return refused(refusal.retryAfterMs);
      if (json === undefined)
        throw createExchangeError('malformed_response', { message: 'no JSON', outcome: 'unknown' });
      told(endpoint.decode(json, params, { ...context, drift: () => undefined }));
      return 1;
    },
  };
}

function refused(waitMs = 500): number {
  if (!(waitMs >= 0 && waitMs <= 259_200_000)) throw new Error(`a wait of ${waitMs} ms`);
  return 1;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function marketChannels({ streams, funding }: Venue, symbol: MarketSymbol, context: DecodeContext): Listener[] {
  const instrument = context.instrument(symbol);
  const encode: EncodeContext = { toVenue: () => instrument.venueSymbol, instrument: () => instrument };
  const params = { symbol, interval: '1m' as const };
  const channels = [
    ...[streams.bookTicker, streams.trades, streams.ticker, streams.candles],
    ...Object.values(funding?.streams ?? {}),
  ];
  const events = channels.map((one): Listener => {
    const topic = one.topic(params, encode);
    return {
      topic: [topic],
      channel: topic.channel,
      decode: (payload, venueTime, told) =>
        one.decode(payload, { symbol, params, instrument, receivedAt: context.receivedAt, venueTime }, told),
    };
  });
  const requests: BookRequest[] = [{}, ...['obu', 'order_book', 'depth.full', 'aggre.depth'].map((feed) => ({ feed }))];
  const books = requests.flatMap((request): Listener[] => {
    const feed = chosen(() => streams.chooseBook(request));
    if (feed === undefined) return [];
    const topic = feed.topic({ symbol }, encode);
    const decode: Listener['decode'] = (payload, _venueTime, told) => {
      const into = new BookUpdate();
      feed.decode(payload, into);
      told(into);
    };
    return [{ topic: [topic], channel: topic.channel, decode }];
  });
  return [...events, ...books];
}

/** Feeds that another venue has. */
function chosen<T>(choose: () => T): T | undefined {
  try {
    return choose();
  } catch {
    return undefined;
  }
}

function accountChannels({ private: account }: Venue, context: DecodeContext): Listener[] {
  const { orders, fills, balances, positions } = account?.streams ?? {};
  return [orders, fills, balances, positions].flatMap((one): Listener[] => {
    if (one === undefined) return [];
    return [
      {
        topic: [],
        channel: one.topic.channel,
        decode: (payload, venueTime, told) =>
          one.decode(payload, { ...context, venueTime, drift: () => undefined }, told),
      },
    ];
  });
}
