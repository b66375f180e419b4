import type { DecodeContext } from '../../../adapter/endpoint.js';
import { type JsonObject, malformed, readArray, readObject } from '../../../adapter/read.js';
import type { Instrument } from '../../../model/instrument.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Trade } from '../../../model/trade.js';
import type { TickerOrigin } from './ticker.js';
import { decodeTrade } from './trade.js';

type RowContext = Pick<DecodeContext, 'toCanonical' | 'instrument' | 'receivedAt' | 'drift'>;

/**
 * Reads the ticker of one contract; the venue sends a list even for one.
 * @throws {MalformedResponseError} when the row is missing, so that another contract's prices are never taken for it.
 */
export function decodeOneTicker<T>(
  body: unknown,
  symbol: MarketSymbol,
  context: RowContext,
  decode: (row: JsonObject, origin: TickerOrigin) => T,
): T {
  for (const item of readArray(body, 'tickers')) {
    const row = readObject(item, 'tickers row');
    if (symbolOf(row, 'tickers row', context) === symbol) return decode(row, originOf(symbol, context));
  }
  throw malformed('tickers', `a row of ${symbol}`, undefined);
}

/** Rows of contracts that are not in the instrument list are left out; unreadable ones too, and they are reported. */
export function decodeAllTickers<T>(
  body: unknown,
  context: RowContext,
  decode: (row: JsonObject, origin: TickerOrigin) => T,
): T[] {
  return readArray(body, 'tickers').flatMap((item) => {
    try {
      const row = readObject(item, 'tickers row');
      const symbol = symbolOf(row, 'tickers row', context);
      return symbol === undefined ? [] : [decode(row, originOf(symbol, context))];
    } catch (error) {
      context.drift(`tickers row left out: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
}

/**
 * Trades of one contract, oldest first; the wire has the newest first.
 * @throws {MalformedResponseError} also when a row is of another contract.
 */
export function decodeTape(body: unknown, instrument: Instrument, context: RowContext): Trade[] {
  const trades = readArray(body, 'trades').map((item) => {
    const row = readObject(item, 'trades row');
    if (symbolOf(row, 'trades row', context) === instrument.symbol) return decodeTrade(row, instrument);
    throw malformed('trades row', `a trade of ${instrument.symbol}`, row);
  });
  return trades.reverse().sort((a, b) => a.matchedAt - b.matchedAt);
}

function originOf(symbol: MarketSymbol, { instrument, receivedAt }: RowContext): TickerOrigin {
  return { instrument: instrument(symbol), receivedAt };
}

function symbolOf(row: JsonObject, where: string, { toCanonical }: RowContext): MarketSymbol | undefined {
  const { contract } = row;
  if (typeof contract === 'string') return toCanonical(contract);
  throw malformed(`${where} contract`, 'a text', contract);
}
