import type { MarketSpec, TapeCandle, VenueModel } from '../../../contract.js';
import { CANDLE_WINDOWS, type CandleWindows, REST_INTERVALS } from '../../gateio/candle-windows.js';
import { printUnits } from '../../gateio/print-units.js';
import { readInteger } from '../../gateio/rest/params.js';
import { invalidValue, RestRefusal } from '../../gateio/rest/refusal.js';
import { wallMs } from '../../gateio/wall-time.js';
import type { Pairs } from '../pairs.js';
import { readPair } from './params.js';

const DEFAULT_POINTS = 100;
/** Points of one call. */
const MAX_POINTS = 1_000;
/** Older points do not exist. */
const REACH_POINTS = 10_000;
const MAX_SECONDS = 100_000_000_000;

/**
 * `GET /spot/candlesticks`: rows oldest first; `limit` or `from`/`to`, never both.
 * Source: Gate.io API v4 docs, market candlesticks.
 */
export function candlesticks(query: URLSearchParams, model: VenueModel, pairs: Pairs): string {
  const { market } = readPair(query, pairs);
  const interval = query.get('interval') ?? '30m';
  const windows = REST_INTERVALS.includes(interval) ? CANDLE_WINDOWS.get(interval) : undefined;
  if (windows === undefined) throw invalidValue('interval');
  const now = wallMs(model.clock);
  const [first, last] = readWindows(query, windows, now);
  const current = windows.indexOf(now);
  const closed = (candle: TapeCandle) => windows.indexOf(candle.openedAt) < current;
  return JSON.stringify(windows.read(market, first, last).map((candle) => row(candle, closed(candle), market.spec)));
}

/** First and last window asked for, both inclusive. */
function readWindows(query: URLSearchParams, windows: CandleWindows, now: number): readonly [number, number] {
  const limit = readInteger(query, 'limit', 1, MAX_POINTS);
  const from = readInteger(query, 'from', 0, MAX_SECONDS);
  const to = readInteger(query, 'to', 0, MAX_SECONDS);
  const current = windows.indexOf(now);
  // Long intervals would otherwise reach back before the epoch.
  if (from === undefined && to === undefined) return [Math.max(current - (limit ?? DEFAULT_POINTS) + 1, 0), current];
  if (limit !== undefined) throw invalidValue('limit');
  const last = to === undefined ? current : windows.indexOf(to * 1_000);
  const first = from === undefined ? Math.max(last - DEFAULT_POINTS + 1, 0) : firstOpeningFrom(windows, from * 1_000);
  if (from !== undefined && to !== undefined && from > to) throw invalidValue('from');
  if (first <= current - REACH_POINTS) throw tooLongAgo();
  if (last - first + 1 > MAX_POINTS) throw invalidValue('from');
  return [first, Math.min(last, current)];
}

function firstOpeningFrom(windows: CandleWindows, ms: number): number {
  const index = windows.indexOf(ms);
  return windows.opensAt(index) === ms ? index : index + 1;
}

function tooLongAgo(): RestRefusal {
  const message = `Candlestick too long ago. Maximum ${REACH_POINTS} points ago are allowed`;
  return new RestRefusal(400, 'INVALID_PARAM_VALUE', message);
}

function row(candle: TapeCandle, closed: boolean, { priceDecimals, quantityDecimals }: MarketSpec): string[] {
  return [
    String(candle.openedAt / 1_000),
    printUnits(candle.quoteTickLots, priceDecimals + quantityDecimals),
    printUnits(candle.closeTicks, priceDecimals),
    printUnits(candle.highTicks, priceDecimals),
    printUnits(candle.lowTicks, priceDecimals),
    printUnits(candle.openTicks, priceDecimals),
    printUnits(candle.baseLots, quantityDecimals),
    String(closed),
  ];
}
