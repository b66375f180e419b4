import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { malformed, readArray, readId, readObject, readOptional, readPrice } from '../../../adapter/read.js';
import type { Side } from '../../../model/side.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Trade } from '../../../model/trade.js';
import { DealsView } from './push-views.js';
import { readMoment } from './read-wire.js';

/**
 * Reads a `publicAggreDeals` or `publicDeals` body, in the order of the wire; the older one and servers before June 2026
 * send no trade ids. Source: MEXC spot v3 docs, trade streams.
 * @throws {MalformedResponseError}
 */
export function decodeDeals(payload: unknown, symbol: MarketSymbol): Trade[] {
  if (payload instanceof DealsView) return fromView(payload, symbol);
  const { deals } = readObject(payload, 'deals');
  return readArray(deals, 'deals list').map((deal) => readDeal(deal, symbol));
}

function fromView({ count, prices, quantities, isBuy, times, ids }: DealsView, symbol: MarketSymbol): Trade[] {
  const trades = new Array<Trade>(count);
  for (let at = 0; at < count; at++) {
    const id = ids[at] as string;
    const price = prices[at] as number;
    const quantity = quantities[at] as number;
    const takerSide = isBuy[at] === 1 ? 'buy' : 'sell';
    const matchedAt = times[at] as number;
    trades[at] =
      id === ''
        ? { symbol, price, quantity, takerSide, matchedAt }
        : { symbol, id, price, quantity, takerSide, matchedAt };
  }
  return trades;
}

function readDeal(deal: unknown, symbol: MarketSymbol): Trade {
  const { price, quantity, tradeType, time, tradeId } = readObject(deal, 'deal');
  return {
    symbol,
    ...omitUndefined({ id: readOptional(tradeId, 'deal tradeId', readId) }),
    price: readPrice(price, 'deal price'),
    quantity: readPrice(quantity, 'deal quantity'),
    takerSide: readTakerSide(tradeType),
    matchedAt: readMoment(time, 'deal time'),
  };
}

function readTakerSide(tradeType: unknown): Side {
  if (tradeType === 1) return 'buy';
  if (tradeType === 2) return 'sell';
  throw malformed('deal tradeType', '1 or 2', tradeType);
}
