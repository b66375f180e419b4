import type { MarketView, VenueModel } from '../../../contract.js';
import { printUnits } from '../../gateio/print-units.js';
import { invalidValue } from '../../gateio/rest/refusal.js';
import { wallMs } from '../../gateio/wall-time.js';
import type { Pair, Pairs } from '../pairs.js';
import { changePercent, tickerFields } from '../ticker-fields.js';
import { findPair } from './params.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Hours that the zone is ahead of UTC. */
const ZONES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  utc0: { change_utc0: 0 },
  utc8: { change_utc8: 8 },
  all: { change_utc0: 0, change_utc8: 8 },
};

/**
 * `GET /spot/tickers`: always a list; sizes of the best prices only when one pair is asked for.
 * Source: Gate.io API v4 docs, tickers.
 */
export function tickers(query: URLSearchParams, model: VenueModel, pairs: Pairs): string {
  const zone = query.get('timezone');
  if (zone !== null && !Object.hasOwn(ZONES, zone)) throw invalidValue('timezone');
  const changes = ({ market }: Pair) => zoneChanges(zone === null ? {} : ZONES[zone]!, market, wallMs(model.clock));
  const asked = query.get('currency_pair');
  if (asked === null)
    return JSON.stringify([...pairs.values()].map((pair) => ({ ...tickerFields(pair), ...changes(pair) })));
  const pair = findPair(pairs, asked);
  return JSON.stringify([{ ...tickerFields(pair), ...bestSizes(pair.market), ...changes(pair) }]);
}

function bestSizes(market: MarketView): Record<string, string> {
  const { bids, asks } = market.book(1);
  const size = (lots: number | undefined) => (lots === undefined ? '' : printUnits(lots, market.spec.quantityDecimals));
  return { lowest_size: size(asks[0]?.lots), highest_size: size(bids[0]?.lots) };
}

function zoneChanges(zones: Readonly<Record<string, number>>, market: MarketView, now: number): Record<string, string> {
  const last = market.statistics().lastTicks;
  const changes: Record<string, string> = {};
  for (const [field, aheadHours] of Object.entries(zones)) {
    const midnight = Math.floor((now + aheadHours * HOUR) / DAY) * DAY - aheadHours * HOUR;
    changes[field] = changePercent(market.candles(HOUR, midnight, midnight)[0]?.openTicks ?? last, last);
  }
  return changes;
}
