import type { VenueModel } from '../../../contract.js';
import { CANDLE_WINDOWS } from '../../gateio/candle-windows.js';
import { invalidArgument } from '../../gateio/stream/refusal.js';
import type { Feed } from '../../gateio/stream/topic.js';
import type { TopicSpec } from '../../gateio/stream/topics.js';
import type { Pair, Pairs } from '../pairs.js';
import { createObuFeed, createUpdateFeed, OBU_SHAPES, UPDATE_SHAPES } from './depth-feeds.js';
import {
  createBookTickerFeed,
  createCandleFeed,
  createSnapshotFeed,
  createTickerFeed,
  createTradeFeed,
  SNAPSHOT_LEVELS,
  SNAPSHOT_PERIODS,
} from './market-feeds.js';

/** Reads the payload of a subscribe or unsubscribe. @throws {StreamRefusal} when any part of it is wrong. */
export type ReadTopics = (payload: readonly string[], model: VenueModel, pairs: Pairs) => readonly TopicSpec[];

/** Every public channel. Source: Gate.io spot WebSocket v4 docs. */
export const PUBLIC_CHANNELS: ReadonlyMap<string, ReadTopics> = new Map<string, ReadTopics>([
  ['spot.tickers', perPair('spot.tickers', (pair) => createTickerFeed(pair))],
  ['spot.trades', perPair('spot.trades', (pair) => createTradeFeed(pair))],
  ['spot.trades_v2', perPair('spot.trades_v2', (pair) => createTradeFeed(pair))],
  ['spot.book_ticker', perPair('spot.book_ticker', (pair) => createBookTickerFeed(pair))],
  ['spot.candlesticks', readCandles],
  ['spot.order_book', readSnapshots],
  ['spot.order_book_update', readUpdates],
  ['spot.obu', readObu],
]);

function perPair(channel: string, createFeed: (pair: Pair) => Feed): ReadTopics {
  return (payload, _model, pairs) =>
    payload.map((id) => {
      const pair = findPair(pairs, id);
      return { name: `${channel}.${id}`, createFeed: () => createFeed(pair) };
    });
}

function readCandles(payload: readonly string[], { clock, random }: VenueModel, pairs: Pairs): readonly TopicSpec[] {
  const [interval, id] = readParts(payload, 2);
  const windows = choose(CANDLE_WINDOWS, interval, 'interval');
  const pair = findPair(pairs, id);
  const createFeed = () => createCandleFeed(pair, interval, windows, clock, random);
  return [{ name: `spot.candlesticks.${interval}_${id}`, createFeed }];
}

function readSnapshots(payload: readonly string[], _model: VenueModel, pairs: Pairs): readonly TopicSpec[] {
  const [id, levelsText, speed] = readParts(payload, 3);
  const pair = findPair(pairs, id);
  const levels = choose(SNAPSHOT_LEVELS, levelsText, 'level');
  const periodMs = choose(SNAPSHOT_PERIODS, speed, 'interval');
  const createFeed = () => createSnapshotFeed(pair, levels, periodMs);
  return [{ name: `spot.order_book.${id}.${levels}.${speed}`, createFeed }];
}

function readUpdates(payload: readonly string[], { random }: VenueModel, pairs: Pairs): readonly TopicSpec[] {
  const [id, speed] = readParts(payload, 2);
  const pair = findPair(pairs, id);
  const shape = choose(UPDATE_SHAPES, speed, 'interval');
  return [{ name: `spot.order_book_update.${id}.${speed}`, createFeed: () => createUpdateFeed(pair, shape, random) }];
}

function readObu(payload: readonly string[], { clock, random }: VenueModel, pairs: Pairs): readonly TopicSpec[] {
  return payload.map((stream) => {
    const [, id, levels] = /^ob\.(.+)\.(\d+)$/.exec(stream) ?? [];
    if (id === undefined || levels === undefined) throw invalidArgument(`invalid stream ${stream}`);
    const { market } = findPair(pairs, id);
    const shape = choose(OBU_SHAPES, levels, 'level');
    const createFeed = () => createObuFeed(market, stream, shape, clock, random);
    return { name: `spot.obu.${stream}`, duplicate: `Alert sub ${stream}`, createFeed };
  });
}

/** @throws {StreamRefusal} */
export function findPair(pairs: Pairs, id: string): Pair {
  const pair = pairs.get(id);
  if (pair === undefined) throw invalidArgument(`unknown currency pair ${id}`);
  return pair;
}

type Parts = readonly [string, string, string];

function readParts(payload: readonly string[], count: number): Parts {
  if (payload.length !== count) throw invalidArgument(`invalid payload: ${count} values expected`);
  return payload as unknown as Parts;
}

function choose<T>(legal: ReadonlyMap<string, T>, value: string, name: string): T {
  const found = legal.get(value);
  if (found === undefined) throw invalidArgument(`invalid ${name} ${value}`);
  return found;
}
