import type { MarketView, TapeTrade, TrueBook } from '../../../contract.js';
import { printUnits } from '../../gateio/print-units.js';
import { readFlag, readInteger } from '../../gateio/rest/params.js';
import { invalidValue } from '../../gateio/rest/refusal.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import { contractFields } from '../contract-fields.js';
import type { Contract } from '../contracts.js';
import { printLevelObjects } from '../sizes.js';
import { tickerFields } from '../ticker-fields.js';
import { fractionalSeconds, signedLots, tradeIdOf } from '../trade-fields.js';
import { findContract, optionalContract, readContract } from './params.js';
import type { PublicCall, PublicHandler } from './public-call.js';

const MAX_CONTRACTS = 1_000;
const DEFAULT_LEVELS = 10;
const MAX_LEVELS = 300;
const MAX_TRADES = 1_000;
const MAX_SECONDS = 100_000_000_000;

/** `GET /futures/{settle}/contracts`. Source: Gate API v4 docs, list all futures contracts. */
export const listAll: PublicHandler = ({ query, contracts, sizes }) => {
  const limit = readInteger(query, 'limit', 1, MAX_CONTRACTS) ?? MAX_CONTRACTS;
  const offset = readInteger(query, 'offset', 0, MAX_SECONDS) ?? 0;
  return [...contracts.values()].slice(offset, offset + limit).map((one) => contractFields(one, sizes));
};

/** `GET /futures/{settle}/contracts/{contract}`. */
export const one: PublicHandler = ({ contracts, name, sizes }) => contractFields(findContract(contracts, name), sizes);

/** `GET /futures/{settle}/tickers`: always a list. Source: Gate API v4 docs, list futures tickers. */
export const tickers: PublicHandler = ({ query, contracts, sizes }) => {
  const asked = optionalContract(query, contracts);
  return (asked === undefined ? [...contracts.values()] : [asked]).map((contract) => tickerFields(contract, sizes));
};

/** `GET /futures/{settle}/order_book`: levels are objects, times fractional seconds. Source: Gate API v4 docs, futures order book. */
export const orderBook: PublicHandler = (call) => {
  const { query, contracts, model, sizes } = call;
  const { market, spec } = readContract(query, contracts).perpetual;
  const limit = readInteger(query, 'limit', 1, 1_000_000) ?? DEFAULT_LEVELS;
  const withId = readFlag(query, 'with_id');
  if ((query.get('interval') ?? '0') !== '0') throw invalidValue('interval');
  const book = bookToServe(call, market, Math.min(limit, MAX_LEVELS));
  const update = fractionalSeconds(changeTime(market, book.sequence));
  const id = withId ? `"id":${book.sequence},` : '';
  const [asks, bids] = [printLevelObjects(spec, book.asks, sizes), printLevelObjects(spec, book.bids, sizes)];
  const current = fractionalSeconds(wallMs(model.clock));
  return `{${id}"current":${current},"update":${update},"asks":${asks},"bids":${bids}}`;
};

/** `GET /futures/{settle}/trades`, newest first; `create_time_ms` is in seconds here. Source: Gate API v4 docs, futures trading history. */
export const trades: PublicHandler = ({ query, contracts, sizes }) => {
  const contract = readContract(query, contracts);
  const limit = readInteger(query, 'limit', 1, MAX_TRADES) ?? 100;
  const offset = readInteger(query, 'offset', 0, MAX_SECONDS) ?? 0;
  const [from, to] = [readInteger(query, 'from', 0, MAX_SECONDS), readInteger(query, 'to', 0, MAX_SECONDS)];
  const lastId = readInteger(query, 'last_id', 0, Number.MAX_SAFE_INTEGER);
  const keeps = ({ at, id }: TapeTrade): boolean =>
    toSeconds(at) >= (from ?? 0) &&
    toSeconds(at) <= (to ?? MAX_SECONDS) &&
    (lastId === undefined || tradeIdOf(id) < lastId);
  const { market } = contract.perpetual;
  const recent = market.recentTrades(offset + limit);
  // The plain call wants the end of the tape; only a range that reaches further back walks all of it.
  const tape = recent.every(keeps) ? recent : market.tradesSince(0).filter(keeps);
  const page = tape.toReversed().slice(offset, offset + limit);
  return page.map((trade) => tradeFields(contract, trade, sizes));
};

function tradeFields({ id, perpetual: { spec } }: Contract, trade: TapeTrade, sizes: PublicCall['sizes']): unknown {
  return {
    id: tradeIdOf(trade.id),
    create_time: fractionalSeconds(trade.at),
    create_time_ms: fractionalSeconds(trade.at),
    contract: id,
    size: sizes.print(spec, signedLots(trade)),
    price: printUnits(trade.priceTicks, spec.priceDecimals),
  };
}

function bookToServe({ model }: PublicCall, market: MarketView, depth: number): TrueBook {
  const sequence = model.snapshotSequence(market.spec.symbol);
  return (sequence === undefined ? undefined : market.bookAt(sequence, depth)) ?? market.book(depth);
}

function changeTime(market: MarketView, sequence: number): number {
  if (sequence === market.sequence) return market.changedAt;
  return market.changesSince(sequence - 1)[0]?.at ?? market.changedAt;
}
