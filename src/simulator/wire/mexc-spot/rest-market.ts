import type { TapeTrade, TrueLevel } from '../../contract.js';
import { printPadded, printProduct, printTrimmed } from '../mexc/print-number.js';
import { badCombination, type RestHandler, readLimit, readTimes, requireMarket } from './rest-call.js';

/** Levels per side that are served, whatever is asked. Source: published measurement; the docs say 5000. */
const MAX_LEVELS = 2000;

/**
 * Numbers are padded with zeros, unlike on the stream. Source: MEXC spot v3 docs, order book; the timestamp is sent
 * although it is not documented.
 */
export const depth: RestHandler = (call) => {
  const { view } = requireMarket(call);
  const limit = readLimit(call, 100, MAX_LEVELS);
  const { symbol, priceDecimals, quantityDecimals } = view.spec;
  const asked = call.model.snapshotSequence(symbol);
  const book = (asked === undefined ? undefined : view.bookAt(asked, limit)) ?? view.book(limit);
  const print = (levels: readonly TrueLevel[]): string =>
    levels
      .map(
        ({ priceTicks, lots }) =>
          `["${printPadded(priceTicks, priceDecimals)}","${printPadded(lots, quantityDecimals)}"]`,
      )
      .join(',');
  const { sequence, bids, asks } = book;
  return `{"lastUpdateId":${sequence},"bids":[${print(bids)}],"asks":[${print(asks)}],"timestamp":${call.now}}`;
};

/** Newest first, without ids. Source: MEXC spot v3 docs, recent trades; `tradeType` is sent although not documented. */
export const trades: RestHandler = (call) => {
  const { view } = requireMarket(call);
  const { priceDecimals, quantityDecimals } = view.spec;
  const rows = view.recentTrades(readLimit(call, 500, 1000)).map((trade) => ({
    id: null,
    price: printTrimmed(trade.priceTicks, priceDecimals),
    qty: printTrimmed(trade.lots, quantityDecimals),
    quoteQty: printProduct(trade.priceTicks, trade.lots, priceDecimals + quantityDecimals),
    time: trade.at,
    isBuyerMaker: trade.takerSide === 'sell',
    isBestMatch: true,
    tradeType: trade.takerSide === 'buy' ? 'BID' : 'ASK',
  }));
  return JSON.stringify(rows.reverse());
};

/** Newest first, without ids; times inclusive, both or neither. Source: MEXC spot v3 docs, aggregate trades list. */
export const aggTrades: RestHandler = (call) => {
  const { view } = requireMarket(call);
  const { priceDecimals, quantityDecimals } = view.spec;
  const limit = readLimit(call, 500, 1000);
  const { start, end } = readTimes(call);
  if ((start === undefined) !== (end === undefined)) throw badCombination();
  const inWindow = ({ at }: TapeTrade): boolean => start === undefined || (at >= start && at <= end!);
  const found = start === undefined ? view.recentTrades(limit) : view.tradesSince(0).filter(inWindow).slice(-limit);
  const rows = found.map((trade) => ({
    a: null,
    f: null,
    l: null,
    p: printTrimmed(trade.priceTicks, priceDecimals),
    q: printTrimmed(trade.lots, quantityDecimals),
    T: trade.at,
    m: trade.takerSide === 'sell',
    M: true,
  }));
  return JSON.stringify(rows.reverse());
};
