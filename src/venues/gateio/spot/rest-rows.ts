import type { DecodeContext } from '../../../adapter/endpoint.js';
import { type JsonObject, malformed, readArray, readObject } from '../../../adapter/read.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Ticker } from '../../../model/ticker.js';
import type { Trade } from '../../../model/trade.js';
import { decodeTicker } from './ticker.js';
import { decodeTrade } from './trade.js';

/**
 * The row of one pair; the venue sends a list even for one.
 * @throws {MalformedResponseError} when the row is missing, so that another pair's prices are never taken for it.
 */
export function findTickerRow(body: unknown, symbol: MarketSymbol, context: DecodeContext): JsonObject {
  for (const item of readArray(body, 'tickers')) {
    const row = readObject(item, 'tickers row');
    if (symbolOf(row, 'tickers row', context) === symbol) return row;
  }
  throw malformed('tickers', `a row of ${symbol}`, undefined);
}

/** Rows of pairs that are not in the instrument list are left out; unreadable ones too, and they are reported. */
export function decodeAllTickers(body: unknown, context: DecodeContext): Ticker[] {
  const { receivedAt } = context;
  const tickers: Ticker[] = [];
  for (const item of readArray(body, 'tickers')) {
    try {
      const row = readObject(item, 'tickers row');
      const symbol = symbolOf(row, 'tickers row', context);
      if (symbol !== undefined) tickers.push(decodeTicker(row, { symbol, receivedAt }));
    } catch (error) {
      context.drift(`tickers row left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return tickers;
}

/**
 * Trades of one pair, oldest first; the wire has the newest first.
 * @throws {MalformedResponseError} also when a row is of another pair.
 */
export function decodeTape(body: unknown, symbol: MarketSymbol, context: DecodeContext): Trade[] {
  const trades = readArray(body, 'trades').map((item) => {
    const row = readObject(item, 'trades row');
    if (symbolOf(row, 'trades row', context) === symbol) return decodeTrade(row, symbol);
    throw malformed('trades row', `a trade of ${symbol}`, row);
  });
  return trades.reverse().sort((a, b) => a.matchedAt - b.matchedAt);
}

function symbolOf(row: JsonObject, where: string, { toCanonical }: DecodeContext): MarketSymbol | undefined {
  const { currency_pair } = row;
  if (typeof currency_pair === 'string') return toCanonical(currency_pair);
  throw malformed(`${where} currency_pair`, 'a text', currency_pair);
}
