import type { Clock } from '../../../../transport/clock.js';
import type { Random } from '../../../../transport/random.js';
import { createDepthWindow, type DepthStep } from '../../gateio/stream/depth-window.js';
import type { Feed } from '../../gateio/stream/topic.js';
import { wallMs } from '../../gateio/wall-time.js';
import type { Contract } from '../contracts.js';
import { printLevelArrays, printLevelObjects, type Sizes } from '../sizes.js';

/** How often the venue sends the whole window again although nobody asked: it may at any time, so it does. */
const FULL_CHANCE = 1 / 512;

/** `futures.obu` by level: period, ms. Source: Gate futures WebSocket v4 docs, order book v2. */
export const OBU_PERIODS: ReadonlyMap<string, number> = new Map([
  ['50', 20],
  ['400', 100],
]);

/** `futures.order_book_update` by frequency: period in ms and legal levels. Source: Gate futures WebSocket v4 docs, order book update. */
export const UPDATE_SHAPES: ReadonlyMap<string, { readonly periodMs: number; readonly levels: readonly number[] }> =
  new Map([
    ['20ms', { periodMs: 20, levels: [20] }],
    ['100ms', { periodMs: 100, levels: [20, 50, 100] }],
  ]);

/** Changes of the levels inside the window, levels as objects; `U` is the last `u` + 1, whatever was left out. */
export function createUpdateFeed(
  { id, perpetual }: Contract,
  levels: number,
  periodMs: number,
  random: Random,
  sizes: Sizes,
): Feed {
  const { market, spec } = perpetual;
  const window = createDepthWindow(market, levels);
  const print = (step: DepthStep): string => {
    const [bids, asks] = [printLevelObjects(spec, step.bids, sizes), printLevelObjects(spec, step.asks, sizes)];
    const full = step.full ? '"full":true,' : '';
    const head = `"t":${Math.floor(market.changedAt)},${full}"s":"${id}","U":${step.first},"u":${step.last},"l":"${levels}"`;
    return `{${head},"b":${bids},"a":${asks}}`;
  };
  return {
    periodMs,
    start: () => void window.restart(),
    poll(emit) {
      const step = window.advance();
      if (step !== undefined) emit(print(maybeFull(step, window.restart, random)));
    },
  };
}

/** Snapshot and changes in one stream, levels as arrays; a side without anything to tell is left out. @param stream `ob.BTC_USDT.50`. */
export function createObuFeed(
  { perpetual }: Contract,
  stream: string,
  levels: number,
  periodMs: number,
  clock: Clock,
  random: Random,
  sizes: Sizes,
): Feed {
  const { market, spec } = perpetual;
  const window = createDepthWindow(market, levels);
  const print = (step: DepthStep): string => {
    const range = step.full
      ? `"full":true,"s":"${stream}","u":${step.last}`
      : `"s":"${stream}","U":${step.first},"u":${step.last}`;
    const bids = step.bids.length === 0 ? '' : `,"b":${printLevelArrays(spec, step.bids, sizes)}`;
    const asks = step.asks.length === 0 ? '' : `,"a":${printLevelArrays(spec, step.asks, sizes)}`;
    return `{"t":${wallMs(clock)},${range}${bids}${asks}}`;
  };
  return {
    periodMs,
    poll(emit) {
      const step = window.advance();
      if (step !== undefined) emit(print(maybeFull(step, window.restart, random)));
    },
    welcome: () => print(window.restart()),
  };
}

function maybeFull(step: DepthStep, restart: () => DepthStep, random: Random): DepthStep {
  return random.next() < FULL_CHANCE ? restart() : step;
}
