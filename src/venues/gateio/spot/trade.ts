import { malformed, readId, readObject, readPrice } from '../../../adapter/read.js';
import type { Side } from '../../../model/side.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Trade } from '../../../model/trade.js';
import { TradeView } from '../push-views.js';
import { readMilliseconds, readSeconds } from '../times.js';

/**
 * Reads one public trade; the endpoint sends ids as texts, the channel as numbers. `side` is the taker's.
 * Source: Gate API v4 docs, retrieve market trades; Gate spot WebSocket v4 docs, trades channel.
 * @throws {MalformedResponseError} when a field is missing or impossible.
 */
export function decodeTrade(row: unknown, symbol: MarketSymbol): Trade {
  if (row instanceof TradeView) return fromView(row, symbol);
  const { id, price, amount, side, create_time, create_time_ms } = readObject(row, 'trade');
  return {
    symbol,
    id: readId(id, 'trade id'),
    price: readPrice(price, 'trade price'),
    quantity: readPrice(amount, 'trade amount'),
    takerSide: readSide(side),
    matchedAt:
      create_time_ms === undefined
        ? readSeconds(create_time, 'trade create_time')
        : readMilliseconds(create_time_ms, 'trade create_time_ms'),
  };
}

function fromView({ id, price, quantity, isBuy, matchedAt }: TradeView, symbol: MarketSymbol): Trade {
  return { symbol, id, price, quantity, takerSide: isBuy ? 'buy' : 'sell', matchedAt };
}

function readSide(value: unknown): Side {
  if (value === 'buy' || value === 'sell') return value;
  throw malformed('trade side', "'buy' or 'sell'", value);
}
