import { type Contract, markNumber, priceBand, priceNumber, turnoverNumber, volNumber } from './contracts.js';

/** One contract's last 24 hours; an empty side is missing. Source: MEXC contract docs, ticker. */
export function tickerRow(contract: Contract, now: number): Record<string, unknown> {
  const { id, number, perpetual, view } = contract;
  const { bids, asks } = view.book(1);
  const { openTicks, highTicks, lowTicks, lastTicks, baseLots, quoteTickLots } = view.statistics();
  const { maxBid, minAsk } = priceBand(contract);
  const price = (ticks: number): number => priceNumber(contract, ticks);
  const ratio = openTicks === 0 ? 0 : Number(((lastTicks - openTicks) / openTicks).toFixed(4));
  const change = price(lastTicks - openTicks);
  return {
    contractId: number,
    symbol: id,
    lastPrice: price(lastTicks),
    bid1: bids[0] && price(bids[0].priceTicks),
    ask1: asks[0] && price(asks[0].priceTicks),
    volume24: volNumber(contract, baseLots),
    amount24: turnoverNumber(contract, { baseLots, quoteTickLots }),
    holdVol: volNumber(contract, perpetual.openInterestLots),
    lower24Price: price(lowTicks),
    high24Price: price(highTicks),
    riseFallRate: ratio,
    riseFallValue: change,
    indexPrice: markNumber(contract, perpetual.prices.indexTicks),
    fairPrice: markNumber(contract, perpetual.prices.markTicks),
    fundingRate: perpetual.prices.fundingRateMillionths / 1_000_000,
    maxBidPrice: maxBid,
    minAskPrice: minAsk,
    timestamp: now,
    riseFallRates: { zone: 'UTC+8', r: ratio, v: change },
  };
}

/** The shorter row of the stream of all contracts: no best prices there. Source: MEXC contract docs, tickers stream. */
export function shortTickerRow(contract: Contract, now: number): Record<string, unknown> {
  const row = tickerRow(contract, now);
  const names = [
    'symbol',
    'lastPrice',
    'riseFallRate',
    'fairPrice',
    'indexPrice',
    'volume24',
    'amount24',
    'maxBidPrice',
    'minAskPrice',
    'lower24Price',
    'high24Price',
    'timestamp',
  ];
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
