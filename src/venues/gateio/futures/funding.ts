import {
  type JsonObject,
  malformed,
  readInteger,
  readOptional,
  readPrice,
  readSignedNumber,
} from '../../../adapter/read.js';
import type {
  FundingRate,
  FundingRateRecord,
  IndexPrice,
  Liquidation,
  MarkPrice,
  OpenInterest,
} from '../../../model/funding.js';
import type { Instrument } from '../../../model/instrument.js';
import { scaleOf } from './contract-terms.js';
import { readMoment } from './moment.js';
import { readTickerPrice, readTimes, type TickerOrigin } from './ticker.js';

const MINUTE_MS = 60_000;

/**
 * Reads the rate to be applied next out of a contract or a ticker; only contracts, and newer pushes, say when.
 * Source: Gate API v4 docs, futures contract and tickers; Gate futures WebSocket v4 docs, tickers.
 * @throws {MalformedResponseError}
 */
export function decodeFundingRate(row: JsonObject, origin: TickerOrigin): FundingRate {
  const { funding_rate, funding_next_apply, funding_interval } = row;
  const { symbol, fundingIntervalMs } = origin.instrument;
  const seconds = readOptional(funding_interval, 'funding_interval', readInteger) ?? 0;
  const intervalMs = seconds > 0 ? seconds * 1_000 : fundingIntervalMs;
  const nextFundingAt = readOptional(funding_next_apply, 'funding_next_apply', readMoment) ?? 0;
  return {
    symbol,
    rate: readSignedNumber(funding_rate, 'funding_rate'),
    ...(nextFundingAt > 0 ? { nextFundingAt } : {}),
    ...(intervalMs === undefined ? {} : { intervalMs }),
    ...readTimes(row, origin),
  };
}

/** A rate that was applied; its stamp may be a second late. Source: Gate API v4 docs, funding rate history. */
export function decodeFundingRecord({ t, r }: JsonObject, { symbol }: Instrument): FundingRateRecord {
  const at = readMoment(t, 'funding_rate t');
  return { symbol, rate: readSignedNumber(r, 'funding_rate r'), fundedAt: at - (at % MINUTE_MS) };
}

/** Source: Gate API v4 docs, futures tickers. */
export function decodeMarkPrice(row: JsonObject, origin: TickerOrigin): MarkPrice {
  const { symbol } = origin.instrument;
  return { symbol, markPrice: readTickerPrice(row, 'mark_price'), ...readTimes(row, origin) };
}

/** Source: Gate API v4 docs, futures tickers. */
export function decodeIndexPrice(row: JsonObject, origin: TickerOrigin): IndexPrice {
  const { symbol } = origin.instrument;
  return { symbol, indexPrice: readTickerPrice(row, 'index_price'), ...readTimes(row, origin) };
}

/** Contracts; inverse ones at the mark price. Source: Gate API v4 docs, futures tickers. */
export function decodeOpenInterest(row: JsonObject, origin: TickerOrigin): OpenInterest {
  const { total_size } = row;
  const contracts = Math.abs(readSignedNumber(total_size, 'ticker total_size'));
  const quantity = scaleOf(origin.instrument)(contracts, readTickerPrice(row, 'mark_price'));
  return { symbol: origin.instrument.symbol, quantity, contracts, ...readTimes(row, origin) };
}

/**
 * Reads a liquidation of the endpoint or the channel. The size is that of the position: above zero, a long was closed
 * by selling. Source: Gate API v4 docs, liquidated orders; Gate futures WebSocket v4 docs, public liquidates.
 * @throws {MalformedResponseError}
 */
export function decodeLiquidation(row: JsonObject, instrument: Instrument): Liquidation {
  const { size, price: pushed, fill_price, order_price, time, time_ms } = row;
  const price = readPrice(pushed ?? (isNothing(fill_price) ? order_price : fill_price), 'liquidation price');
  const contracts = readSignedNumber(size, 'liquidation size');
  if (contracts === 0) throw malformed('liquidation size', 'a number of contracts other than zero', size);
  return {
    symbol: instrument.symbol,
    side: contracts > 0 ? 'sell' : 'buy',
    price,
    quantity: scaleOf(instrument)(Math.abs(contracts), price),
    liquidatedAt: readMoment(time_ms ?? time, 'liquidation time'),
  };
}

function isNothing(price: unknown): boolean {
  return price === undefined || price === null || Number(price) === 0;
}
