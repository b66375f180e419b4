import { printUnits } from '../gateio/print-units.js';
import type { Pair } from './pairs.js';

/** The 24-hour ticker without sizes, as REST and the stream both print it. Source: Gate.io API v4 docs, tickers. */
export interface TickerFields {
  readonly currency_pair: string;
  readonly last: string;
  /** `''` when nobody sells. */
  readonly lowest_ask: string;
  /** `''` when nobody buys. */
  readonly highest_bid: string;
  /** Percent: `'1.62'` = 1.62 % up in 24 hours. */
  readonly change_percentage: string;
  readonly base_volume: string;
  readonly quote_volume: string;
  readonly high_24h: string;
  readonly low_24h: string;
}

export function tickerFields({ id, market }: Pair): TickerFields {
  const { priceDecimals, quantityDecimals } = market.spec;
  const day = market.statistics();
  const top = market.book(1);
  const price = (ticks: number | undefined) => (ticks === undefined ? '' : printUnits(ticks, priceDecimals));
  return {
    currency_pair: id,
    last: price(day.lastTicks),
    lowest_ask: price(top.asks[0]?.priceTicks),
    highest_bid: price(top.bids[0]?.priceTicks),
    change_percentage: changePercent(day.openTicks, day.lastTicks),
    base_volume: printUnits(day.baseLots, quantityDecimals),
    quote_volume: printUnits(day.quoteTickLots, priceDecimals + quantityDecimals),
    high_24h: price(day.highTicks),
    low_24h: price(day.lowTicks),
  };
}

/** Change from `open` to `last` in percent with two decimals; `'0'` without an opening price. */
export function changePercent(open: number, last: number): string {
  return open > 0 ? String(Math.round(((last - open) / open) * 10_000) / 100) : '0';
}
