import type { MarketView, TapeTrade, VenueModel } from '../../../contract.js';
import { printUnits } from '../../gateio/print-units.js';
import { readFlag, readInteger } from '../../gateio/rest/params.js';
import { invalidValue } from '../../gateio/rest/refusal.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import type { Pair, Pairs } from '../pairs.js';
import { tradeId, tradeTimeMs } from '../trade-fields.js';
import { readPair } from './params.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** `limit × (page − 1)` may not exceed this. Source: Gate.io API v4 docs, pagination. */
const MAX_OFFSET = 100_000;
const THIRTY_DAYS_S = 30 * 24 * 3_600;

interface TradeRange {
  readonly limit: number;
  readonly offset: number;
  readonly keeps: (trade: TapeTrade) => boolean;
}

/** `GET /spot/trades`: newest first. `last_id` switches `from` and `to` off. Source: Gate.io API v4 docs, market trades. */
export function trades(query: URLSearchParams, model: VenueModel, pairs: Pairs): string {
  const pair = readPair(query, pairs);
  const range = readRange(query, toSeconds(wallMs(model.clock)));
  return JSON.stringify(selectNewestFirst(pair.market, range).map((trade) => printTrade(pair, trade)));
}

function readRange(query: URLSearchParams, nowS: number): TradeRange {
  const limit = readInteger(query, 'limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const offset = limit * ((readInteger(query, 'page', 1, Number.MAX_SAFE_INTEGER) ?? 1) - 1);
  if (offset > MAX_OFFSET) throw invalidValue('page');
  const lastId = readInteger(query, 'last_id', 0, Number.MAX_SAFE_INTEGER);
  const older = readFlag(query, 'reverse');
  const to = readInteger(query, 'to', 0, Number.MAX_SAFE_INTEGER) ?? Number.MAX_SAFE_INTEGER;
  const from = readInteger(query, 'from', 0, Number.MAX_SAFE_INTEGER) ?? Math.min(to, nowS) - THIRTY_DAYS_S;
  if (lastId !== undefined) return { limit, offset, keeps: (t) => (older ? tradeId(t) < lastId : tradeId(t) > lastId) };
  if (from > to) throw invalidValue('from');
  return { limit, offset, keeps: ({ at }) => toSeconds(at) >= from && toSeconds(at) <= to };
}

function selectNewestFirst(market: MarketView, { limit, offset, keeps }: TradeRange): TapeTrade[] {
  const recent = market.recentTrades(offset + limit);
  // The plain call wants the end of the tape; only a range that reaches further back walks all of it.
  const tape = recent.every(keeps) ? recent : market.tradesSince(0).filter(keeps);
  return tape.toReversed().slice(offset, offset + limit);
}

function printTrade({ id, market }: Pair, trade: TapeTrade): Record<string, string> {
  return {
    id: String(tradeId(trade)),
    create_time: String(toSeconds(trade.at)),
    create_time_ms: `${tradeTimeMs(trade)}00`,
    currency_pair: id,
    side: trade.takerSide,
    amount: printUnits(trade.lots, market.spec.quantityDecimals),
    price: printUnits(trade.priceTicks, market.spec.priceDecimals),
    sequence_id: String(trade.id),
  };
}
