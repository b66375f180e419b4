import type { MarketView, TrueBook, VenueModel } from '../../../contract.js';
import { readFlag, readInteger } from '../../gateio/rest/params.js';
import { invalidValue } from '../../gateio/rest/refusal.js';
import { wallMs } from '../../gateio/wall-time.js';
import type { Pairs } from '../pairs.js';
import { printLevels } from '../print-levels.js';
import { readPair } from './params.js';

const DEFAULT_LEVELS = 10;
/** More is asked for by some clients but never granted; the venue documents no maximum. */
const MAX_LEVELS = 1_000;

/**
 * `GET /spot/order_book`: prices unmerged, `id` only with `with_id=true`. Merged books (`interval` other than 0) are refused.
 * Source: Gate.io API v4 docs, order book.
 */
export function orderBook(query: URLSearchParams, model: VenueModel, pairs: Pairs): string {
  const { market } = readPair(query, pairs);
  const limit = readInteger(query, 'limit', 1, 1_000_000) ?? DEFAULT_LEVELS;
  const withId = readFlag(query, 'with_id');
  if ((query.get('interval') ?? '0') !== '0') throw invalidValue('interval');
  const book = bookToServe(model, market, Math.min(limit, MAX_LEVELS));
  const id = withId ? `"id":${book.sequence},` : '';
  const update = Math.floor(changeTime(market, book.sequence));
  const [asks, bids] = [printLevels(market.spec, book.asks), printLevels(market.spec, book.bids)];
  return `{${id}"current":${wallMs(model.clock)},"update":${update},"asks":${asks},"bids":${bids}}`;
}

function bookToServe(model: VenueModel, market: MarketView, depth: number): TrueBook {
  const sequence = model.snapshotSequence(market.spec.symbol);
  return (sequence === undefined ? undefined : market.bookAt(sequence, depth)) ?? market.book(depth);
}

function changeTime(market: MarketView, sequence: number): number {
  if (sequence === market.sequence) return market.changedAt;
  return market.changesSince(sequence - 1)[0]?.at ?? market.changedAt;
}
