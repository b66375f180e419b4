import type { FuturesModel } from '../../../positions/futures-model.js';
import { CANDLE_WINDOWS } from '../../gateio/candle-windows.js';
import { invalidArgument } from '../../gateio/stream/refusal.js';
import type { Feed } from '../../gateio/stream/topic.js';
import type { TopicSpec } from '../../gateio/stream/topics.js';
import { namedCandles } from '../candle-source.js';
import type { Contract, Contracts } from '../contracts.js';
import type { Sizes } from '../sizes.js';
import { createObuFeed, createUpdateFeed, OBU_PERIODS, UPDATE_SHAPES } from './depth-feeds.js';
import * as feeds from './market-feeds.js';

/** What the payload of a channel is read against. */
interface Venue {
  readonly model: FuturesModel;
  readonly contracts: Contracts;
  readonly sizes: Sizes;
}

/** Reads the payload of a subscribe or unsubscribe. @throws {StreamRefusal} when any part of it is wrong. */
type ReadTopics = (payload: readonly string[], venue: Venue) => readonly TopicSpec[];

const SNAPSHOT_LEVELS: readonly string[] = ['100', '50', '20', '10', '5', '1'];
const CANDLE_INTERVALS: readonly string[] = ['10s', '1m', '5m', '15m', '30m', '1h', '4h', '8h', '1d', '7d'];
const STATS_INTERVALS: readonly string[] = ['1m', '5m', '15m', '30m', '1h', '4h', '8h', '1d', '7d'];
const EVERYTHING = '!all';

/** Every public channel. Source: Gate futures WebSocket v4 docs. */
const CHANNELS: ReadonlyMap<string, ReadTopics> = new Map<string, ReadTopics>([
  [
    'futures.tickers',
    perContract('futures.tickers', (one, { model, sizes }) => feeds.createTickerFeed(one, model.clock, sizes)),
  ],
  ['futures.trades', perContract('futures.trades', (one, { sizes }) => feeds.createTradeFeed(one, sizes))],
  [
    'futures.book_ticker',
    perContract('futures.book_ticker', (one, { sizes }) => feeds.createBookTickerFeed(one, sizes)),
  ],
  ['futures.order_book', readSnapshots],
  ['futures.order_book_update', readUpdates],
  ['futures.obu', readObu],
  ['futures.candlesticks', readCandles],
  ['futures.public_liquidates', readLiquidations],
  ['futures.contract_stats', readStats],
]);

/** The topics that a public channel's payload names; `undefined` = there is no such channel. */
export function topicsOf(
  channel: string,
  venue: Venue,
): ((payload: readonly string[]) => readonly TopicSpec[]) | undefined {
  const read = CHANNELS.get(channel);
  // Sizes are printed in two ways: those who want the other one have a publisher of their own.
  const suffix = venue.sizes.areDecimal ? '' : ' whole';
  return read && ((payload) => read(payload, venue).map((spec) => ({ ...spec, key: spec.name + suffix })));
}

function perContract(channel: string, createFeed: (contract: Contract, venue: Venue) => Feed): ReadTopics {
  return (payload, venue) =>
    payload.map((id) => {
      const contract = findContract(venue, id);
      return { name: `${channel}.${id}`, createFeed: () => createFeed(contract, venue) };
    });
}

function readSnapshots(payload: readonly string[], venue: Venue): readonly TopicSpec[] {
  const [id, levels, interval] = readParts(payload, 3);
  const contract = findContract(venue, id);
  requireOneOf(SNAPSHOT_LEVELS, levels, 'limit');
  requireOneOf(['0'], interval, 'interval');
  const createFeed = (): Feed => feeds.createSnapshotFeed(contract, Number(levels), venue.sizes);
  return [{ name: `futures.order_book.${id}.${levels}`, event: 'all', createFeed }];
}

function readUpdates(payload: readonly string[], venue: Venue): readonly TopicSpec[] {
  const [id, frequency, levels] = readParts(payload, 3);
  const contract = findContract(venue, id);
  const shape = UPDATE_SHAPES.get(frequency);
  if (shape === undefined) throw invalidArgument(`invalid frequency ${frequency}`);
  requireOneOf(shape.levels.map(String), levels, 'level');
  const { model, sizes } = venue;
  const createFeed = (): Feed => createUpdateFeed(contract, Number(levels), shape.periodMs, model.random, sizes);
  return [{ name: `futures.order_book_update.${id}.${frequency}.${levels}`, createFeed }];
}

function readObu(payload: readonly string[], venue: Venue): readonly TopicSpec[] {
  const { clock, random } = venue.model;
  return payload.map((stream) => {
    const [, id, levels] = /^ob\.(.+)\.(\d+)$/.exec(stream) ?? [];
    if (id === undefined || levels === undefined) throw invalidArgument(`invalid stream ${stream}`);
    const contract = findContract(venue, id);
    const periodMs = OBU_PERIODS.get(levels);
    if (periodMs === undefined) throw invalidArgument(`invalid level ${levels}`);
    const createFeed = (): Feed =>
      createObuFeed(contract, stream, Number(levels), periodMs, clock, random, venue.sizes);
    return { name: `futures.obu.${stream}`, duplicate: `Alert sub ${stream}`, createFeed };
  });
}

function readCandles(payload: readonly string[], venue: Venue): readonly TopicSpec[] {
  const [interval, name] = readParts(payload, 2);
  requireOneOf(CANDLE_INTERVALS, interval, 'interval');
  const named = namedCandles(name, venue.contracts);
  if (named === undefined) throw invalidArgument(`unknown contract ${name}`);
  const { clock, random } = venue.model;
  const topic = `${interval}_${name}`;
  const createFeed = (): Feed =>
    feeds.createCandleFeed(named, topic, CANDLE_WINDOWS.get(interval)!, clock, random, venue.sizes);
  return [{ name: `futures.candlesticks.${topic}`, createFeed }];
}

function readLiquidations(payload: readonly string[], venue: Venue): readonly TopicSpec[] {
  return payload.map((id) => {
    const contracts = id === EVERYTHING ? [...venue.contracts.values()] : [findContract(venue, id)];
    const createFeed = (): Feed => feeds.createLiquidationFeed(contracts, venue.sizes);
    return { name: `futures.public_liquidates.${id}`, createFeed };
  });
}

function readStats(payload: readonly string[], venue: Venue): readonly TopicSpec[] {
  const [id, interval] = readParts(payload, 2);
  const contract = findContract(venue, id);
  requireOneOf(STATS_INTERVALS, interval, 'interval');
  const createFeed = (): Feed =>
    feeds.createStatsFeed(contract, CANDLE_WINDOWS.get(interval)!, venue.model.clock, venue.sizes);
  return [{ name: `futures.contract_stats.${id}.${interval}`, createFeed }];
}

/** @throws {StreamRefusal} */
export function findContract({ contracts }: Pick<Venue, 'contracts'>, id: string): Contract {
  const contract = contracts.get(id);
  if (contract === undefined) throw invalidArgument(`unknown contract ${id}`);
  return contract;
}

function readParts(payload: readonly string[], count: number): readonly [string, string, string] {
  if (payload.length !== count) throw invalidArgument(`invalid payload: ${count} values expected`);
  return payload as unknown as readonly [string, string, string];
}

function requireOneOf(legal: readonly string[], value: string, name: string): void {
  if (!legal.includes(value)) throw invalidArgument(`invalid ${name} ${value}`);
}
