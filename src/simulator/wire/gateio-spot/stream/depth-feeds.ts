import type { Clock } from '../../../../transport/clock.js';
import type { Random } from '../../../../transport/random.js';
import type { MarketView } from '../../../contract.js';
import { createDepthWindow, type DepthStep } from '../../gateio/stream/depth-window.js';
import type { Feed } from '../../gateio/stream/topic.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import type { Pair } from '../pairs.js';
import { printLevels } from '../print-levels.js';

/** How often the venue sends the whole window again although nobody asked: it may at any time, so it does. */
const FULL_CHANCE = 1 / 512;

/** How much of the book a stream shows, and how often. */
export interface DepthShape {
  /** Levels per side. */
  readonly levels: number;
  readonly periodMs: number;
}

/** `spot.order_book_update` by speed. Source: Gate.io spot WebSocket v4 docs, changed order book levels. */
export const UPDATE_SHAPES: ReadonlyMap<string, DepthShape> = new Map([
  ['20ms', { levels: 20, periodMs: 20 }],
  ['100ms', { levels: 100, periodMs: 100 }],
]);

/** `spot.obu` by level. Source: Gate.io spot WebSocket v4 docs, order book v2. */
export const OBU_SHAPES: ReadonlyMap<string, DepthShape> = new Map([
  ['50', { levels: 50, periodMs: 20 }],
  ['400', { levels: 400, periodMs: 100 }],
]);

/** Changes of the levels inside the window; `U` is the last `u` + 1, whatever was left out. */
export function createUpdateFeed(pair: Pair, { levels, periodMs }: DepthShape, random: Random): Feed {
  const window = createDepthWindow(pair.market, levels);
  return {
    periodMs,
    start: () => void window.restart(),
    poll(emit) {
      const step = window.advance();
      if (step !== undefined) emit(printUpdate(pair, levels, maybeFull(step, window.restart, random)));
    },
  };
}

function printUpdate({ id, market }: Pair, levels: number, step: DepthStep): string {
  const at = Math.floor(market.changedAt);
  const head = `{"t":${at},${step.full ? '"full":true,' : ''}"l":"${levels}","e":"depthUpdate","E":${toSeconds(at)}`;
  const [bids, asks] = [printLevels(market.spec, step.bids), printLevels(market.spec, step.asks)];
  return `${head},"s":"${id}","U":${step.first},"u":${step.last},"b":${bids},"a":${asks}}`;
}

/** Snapshot and changes in one stream; a side without anything to tell is left out. @param stream `ob.BTC_USDT.50`. */
export function createObuFeed(
  market: MarketView,
  stream: string,
  { levels, periodMs }: DepthShape,
  clock: Clock,
  random: Random,
): Feed {
  const window = createDepthWindow(market, levels);
  const print = (step: DepthStep) => printObu(market, stream, wallMs(clock), step);
  return {
    periodMs,
    poll(emit) {
      const step = window.advance();
      if (step !== undefined) emit(print(maybeFull(step, window.restart, random)));
    },
    welcome: () => print(window.restart()),
  };
}

function printObu({ spec }: MarketView, stream: string, now: number, step: DepthStep): string {
  const range = step.full
    ? `"full":true,"s":"${stream}","u":${step.last}`
    : `"s":"${stream}","U":${step.first},"u":${step.last}`;
  const bids = step.bids.length === 0 ? '' : `,"b":${printLevels(spec, step.bids)}`;
  const asks = step.asks.length === 0 ? '' : `,"a":${printLevels(spec, step.asks)}`;
  return `{"t":${now},${range}${bids}${asks}}`;
}

function maybeFull(step: DepthStep, restart: () => DepthStep, random: Random): DepthStep {
  return random.next() < FULL_CHANCE ? restart() : step;
}
