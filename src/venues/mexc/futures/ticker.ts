import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import {
  type JsonObject,
  malformed,
  readNumber,
  readObject,
  readOptional,
  readPrice,
  readSignedNumber,
  readText,
} from '../../../adapter/read.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import { createContractScale } from '../../../model/contracts.js';
import type { OpenInterest } from '../../../model/funding.js';
import type { Instrument } from '../../../model/instrument.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Ticker } from '../../../model/ticker.js';
import { readTime, termsOf } from './read-numbers.js';

/**
 * Reads a ticker; call and stream send the same row. Of inverse contracts only the turnover in quote asset is certain,
 * since the traded contracts were worth different amounts of base asset. Source: MEXC contract API docs, ticker.
 * @throws {MalformedResponseError}
 */
export function decodeTicker(row: JsonObject, instrument: Instrument, receivedAt: number): Ticker {
  const { lastPrice, bid1, ask1, high24Price, lower24Price, riseFallRate, timestamp } = row;
  return {
    symbol: instrument.symbol,
    lastPrice: readPrice(lastPrice, 'ticker lastPrice'),
    ...omitUndefined({
      bidPrice: readOptional(bid1, 'ticker bid1', readNumber) || undefined,
      askPrice: readOptional(ask1, 'ticker ask1', readNumber) || undefined,
      highPrice: readOptional(high24Price, 'ticker high24Price', readNumber),
      lowPrice: readOptional(lower24Price, 'ticker lower24Price', readNumber),
      changeRatio: readOptional(riseFallRate, 'ticker riseFallRate', readSignedNumber),
      ...readVolumes(row, instrument),
      updatedAt: readOptional(timestamp, 'ticker timestamp', readTime),
    }),
    receivedAt,
  };
}

/** Rows of markets that are not in the instrument list are left out; unreadable ones too, and they are reported. */
export function decodeTickers(rows: readonly unknown[], context: DecodeContext): Ticker[] {
  return rows.flatMap((item) => {
    try {
      const row = readObject(item, 'ticker');
      const symbol = context.toCanonical(readText(row['symbol'], 'ticker symbol'));
      return symbol === undefined ? [] : [decodeTicker(row, context.instrument(symbol), context.receivedAt)];
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      context.drift(`ticker left out: ${error.message}`);
      return [];
    }
  });
}

/**
 * Base asset of inverse contracts at the mark price. Source: MEXC contract API docs, ticker, holdVol.
 * @throws {MalformedResponseError}
 */
export function decodeOpenInterest(row: JsonObject, instrument: Instrument, receivedAt: number): OpenInterest {
  const { holdVol, fairPrice, timestamp } = row;
  const contracts = readNumber(holdVol, 'ticker holdVol');
  const toBase = createContractScale(termsOf(instrument));
  return {
    symbol: instrument.symbol,
    quantity: toBase(contracts, readPrice(fairPrice, 'ticker fairPrice')),
    contracts,
    ...omitUndefined({ updatedAt: readOptional(timestamp, 'ticker timestamp', readTime) }),
    receivedAt,
  };
}

/**
 * The row of one market: an object, or the only one of a list.
 * @throws {MalformedResponseError} also when it is of another market.
 */
export function requireMarket(
  data: unknown,
  symbol: MarketSymbol,
  where: string,
  { toCanonical }: Pick<DecodeContext, 'toCanonical'>,
): JsonObject {
  const row = readObject(Array.isArray(data) && data.length === 1 ? data[0] : data, where);
  if (toCanonical(readText(row['symbol'], `${where} symbol`)) === symbol) return row;
  throw malformed(`${where} symbol`, `the market of ${symbol}`, row['symbol']);
}

function readVolumes({ volume24, amount24 }: JsonObject, instrument: Instrument) {
  const terms = termsOf(instrument);
  const contracts = readOptional(volume24, 'ticker volume24', readNumber);
  if (terms.kind === 'inverse')
    return { quoteVolume: contracts === undefined ? undefined : contracts * Number(terms.size) };
  return {
    baseVolume: contracts === undefined ? undefined : createContractScale(terms)(contracts, 1),
    quoteVolume: readOptional(amount24, 'ticker amount24', readNumber),
  };
}
