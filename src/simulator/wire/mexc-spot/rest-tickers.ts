import { printPadded, printRatio, printSum, printTrimmed } from '../mexc/print-number.js';
import type { WireMarket } from './markets.js';
import { optionalMarket, optionalMarkets, type RestCall, type RestHandler } from './rest-call.js';

const DAY = 86_400_000;

/** One object with `symbol`, else an array of all. Source: MEXC spot v3 docs, 24 h ticker statistics. */
export const ticker24h: RestHandler = (call) => answer(call, (market) => statisticsRow(market, call.now));

/** Source: MEXC spot v3 docs, symbol price ticker. */
export const priceTicker: RestHandler = (call) =>
  answer(call, ({ id, view }) => ({
    symbol: id,
    price: printPadded(view.statistics().lastTicks, view.spec.priceDecimals),
  }));

/** An empty side is null. Source: MEXC spot v3 docs, symbol order book ticker. */
export const bookTicker: RestHandler = (call) =>
  answer(call, (market) => ({ symbol: market.id, ...bestOf(market, null) }));

function answer(call: RestCall, row: (market: WireMarket) => unknown): string {
  const one = optionalMarket(call);
  if (one !== undefined) return JSON.stringify(row(one));
  return JSON.stringify((optionalMarkets(call) ?? [...call.markets.values()]).map(row));
}

/** The change is a ratio although it is called percent. */
function statisticsRow(market: WireMarket, now: number): unknown {
  const { priceDecimals, quantityDecimals } = market.view.spec;
  const { openTicks, highTicks, lowTicks, lastTicks, baseLots, quoteTickLots } = market.view.statistics();
  const price = (ticks: number): string => printPadded(ticks, priceDecimals);
  const openTime = now - DAY;
  return {
    symbol: market.id,
    priceChange: price(lastTicks - openTicks),
    priceChangePercent: printRatio(lastTicks, openTicks),
    prevClosePrice: price(openTicks),
    lastPrice: price(lastTicks),
    ...bestOf(market, ''),
    openPrice: price(openTicks),
    highPrice: price(highTicks),
    lowPrice: price(lowTicks),
    volume: printPadded(baseLots, quantityDecimals),
    quoteVolume: printSum(quoteTickLots, priceDecimals + quantityDecimals),
    openTime: openTime - (openTime % 60_000),
    closeTime: now,
    count: null,
  };
}

function bestOf({ view }: WireMarket, empty: null | ''): Record<string, string | null> {
  const { priceDecimals, quantityDecimals } = view.spec;
  const { bids, asks } = view.book(1);
  const [bid] = bids;
  const [ask] = asks;
  return {
    bidPrice: bid === undefined ? empty : printPadded(bid.priceTicks, priceDecimals),
    bidQty: bid === undefined ? empty : printTrimmed(bid.lots, quantityDecimals),
    askPrice: ask === undefined ? empty : printPadded(ask.priceTicks, priceDecimals),
    askQty: ask === undefined ? empty : printTrimmed(ask.lots, quantityDecimals),
  };
}
