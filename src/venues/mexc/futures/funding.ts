import { omitUndefined } from '../../../adapter/omit-undefined.js';
import {
  type JsonObject,
  readInteger,
  readObject,
  readOptional,
  readPrice,
  readSignedNumber,
} from '../../../adapter/read.js';
import type { FundingRate, FundingRateRecord, IndexPrice, MarkPrice } from '../../../model/funding.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readTime } from './read-numbers.js';

const HOUR_MS = 3_600_000;

/** What is known of a message outside its row. */
interface Origin {
  readonly symbol: MarketSymbol;
  readonly receivedAt: number;
}

/**
 * Reads the coming rate; `collectCycle` is in hours. Source: MEXC contract API docs, funding rate.
 * @throws {MalformedResponseError}
 */
export function decodeFundingRate(row: JsonObject, { symbol, receivedAt }: Origin): FundingRate {
  const { fundingRate, collectCycle, nextSettleTime, timestamp } = row;
  const hours = readOptional(collectCycle, 'collectCycle', readInteger);
  return {
    symbol,
    rate: readSignedNumber(fundingRate, 'fundingRate'),
    ...omitUndefined({
      nextFundingAt: readOptional(nextSettleTime, 'nextSettleTime', readTime),
      intervalMs: hours === undefined ? undefined : hours * HOUR_MS,
      updatedAt: readOptional(timestamp, 'funding rate timestamp', readTime),
    }),
    receivedAt,
  };
}

/**
 * Reads a push of `funding.rate`. Its rate is `rate`, the docs' table says `fundingRate`. Source: MEXC contract API
 * docs, funding rate stream.
 * @throws {MalformedResponseError}
 */
export function decodeFundingPush(payload: unknown, venueTime: number, origin: Origin): FundingRate {
  const { rate, fundingRate = rate, nextSettleTime } = readObject(payload, 'funding.rate');
  const timestamp = Number.isNaN(venueTime) ? undefined : venueTime;
  return decodeFundingRate({ fundingRate, nextSettleTime, timestamp }, origin);
}

/**
 * Reads a rate that was applied. Source: MEXC contract API docs, funding rate history.
 * @throws {MalformedResponseError}
 */
export function decodeFundingRecord(row: JsonObject, symbol: MarketSymbol): FundingRateRecord {
  const { fundingRate, settleTime } = row;
  return { symbol, rate: readSignedNumber(fundingRate, 'fundingRate'), fundedAt: readTime(settleTime, 'settleTime') };
}

/** `time`: epoch ms by the venue's clock, where it says one. @throws {MalformedResponseError} */
export function decodeMarkPrice(price: unknown, time: unknown, { symbol, receivedAt }: Origin): MarkPrice {
  return { symbol, markPrice: readPrice(price, 'fair price'), ...timeOf(time), receivedAt };
}

/** As {@link decodeMarkPrice}. @throws {MalformedResponseError} */
export function decodeIndexPrice(price: unknown, time: unknown, { symbol, receivedAt }: Origin): IndexPrice {
  return { symbol, indexPrice: readPrice(price, 'index price'), ...timeOf(time), receivedAt };
}

function timeOf(time: unknown): { updatedAt?: number } {
  if (Number.isNaN(time)) return {};
  return omitUndefined({ updatedAt: readOptional(time, 'price timestamp', readTime) });
}
