import { printAmount } from '../../accounts/amount.js';
import { indexPrice, markPrice } from '../../positions/valuation.js';
import { printUnits } from '../gateio/print-units.js';
import { printRate } from './contract-fields.js';
import type { Contract } from './contracts.js';
import type { Sizes } from './sizes.js';

/** The 24-hour ticker, as REST and the stream both print it. Source: Gate API v4 docs, futures tickers. */
export function tickerFields({ id, perpetual }: Contract, sizes: Sizes): Record<string, string> {
  const { spec, terms, market, prices } = perpetual;
  const day = market.statistics();
  const { bids, asks } = market.book(1);
  const price = (ticks: number | undefined): string =>
    ticks === undefined ? '' : printUnits(ticks, spec.priceDecimals);
  const size = (lots: number | undefined): string => String(sizes.print(spec, lots ?? 0));
  const change = day.lastTicks - day.openTicks;
  const volumes = volumesOf(
    day,
    Number(terms.contractSize),
    spec.quantityDecimals,
    spec.priceDecimals,
    terms.isInverse,
  );
  const rate = printRate(prices.fundingRateMillionths);
  return {
    contract: id,
    last: price(day.lastTicks),
    low_24h: price(day.lowTicks),
    high_24h: price(day.highTicks),
    change_percentage: day.openTicks > 0 ? String(Math.round((change / day.openTicks) * 10_000) / 100) : '0',
    change_price: change < 0 ? `-${price(-change)}` : price(change),
    total_size: size(perpetual.openInterestLots),
    volume_24h: size(day.baseLots),
    ...volumes,
    mark_price: printAmount(markPrice(perpetual)),
    index_price: printAmount(indexPrice(perpetual)),
    funding_rate: rate,
    funding_rate_indicative: rate,
    lowest_ask: price(asks[0]?.priceTicks),
    lowest_size: size(asks[0]?.lots),
    highest_bid: price(bids[0]?.priceTicks),
    highest_size: size(bids[0]?.lots),
    quanto_base_rate: '',
    quanto_multiplier: terms.isInverse ? '0' : terms.contractSize,
  };
}

/** Whole numbers, as the venue prints them. */
function volumesOf(
  day: { readonly baseLots: number; readonly quoteTickLots: number; readonly lastTicks: number },
  size: number,
  quantityDecimals: number,
  priceDecimals: number,
  isInverse: boolean,
): Record<string, string> {
  const underlying = (day.baseLots / 10 ** quantityDecimals) * size;
  const traded = (day.quoteTickLots / 10 ** (quantityDecimals + priceDecimals)) * size;
  const inBase = isInverse ? underlying / (day.lastTicks / 10 ** priceDecimals) : underlying;
  const inQuote = isInverse ? underlying : traded;
  const print = (value: number): string => String(Math.round(value));
  return {
    volume_24h_base: print(inBase),
    volume_24h_quote: print(inQuote),
    volume_24h_settle: print(isInverse ? inBase : inQuote),
    volume_24h_btc: '0',
    volume_24h_usd: print(inQuote),
  };
}
