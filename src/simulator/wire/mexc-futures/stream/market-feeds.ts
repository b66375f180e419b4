import { type CandleStep, readCandles } from '../../mexc/candle-step.js';
import { type Contract, type Contracts, markNumber, priceNumber, turnoverNumber, volNumber } from '../contracts.js';
import { dealRow } from '../rest/books.js';
import { shortTickerRow, tickerRow } from '../ticker-row.js';
import type { Feed } from './depth-feeds.js';

/** Deals since the last push, oldest first, in one list or one each. Source: MEXC contract docs, transaction stream. */
export function createDealFeed(contract: Contract, merged: boolean): Feed {
  const { view } = contract;
  let lastId = view.recentTrades(1)[0]?.id ?? 0;
  return () => {
    const trades = view.tradesSince(lastId);
    if (trades.length === 0) return [];
    lastId = trades.at(-1)!.id;
    const rows = trades.map((trade) => dealRow(contract, trade));
    return merged ? [rows] : rows.map((row) => [row]);
  };
}

/** Source: MEXC contract docs, ticker stream. */
export function createTickerFeed(contract: Contract): Feed {
  return (now) => [tickerRow(contract, now)];
}

/** Source: MEXC contract docs, tickers stream. */
export function createTickersFeed(contracts: Contracts): Feed {
  return (now) => [[...contracts.values()].map((contract) => shortTickerRow(contract, now))];
}

/** The open candle whenever it changed. Source: MEXC contract docs, k-line stream. */
export function createKlineFeed(contract: Contract, step: CandleStep): Feed {
  const { id, view } = contract;
  const price = (ticks: number): number => priceNumber(contract, ticks);
  return whenChanged((now) => {
    const candle = readCandles(view, step, step.startOf(now), now).at(-1);
    if (candle === undefined) return undefined;
    const [o, c] = [price(candle.openTicks), price(candle.closeTicks)];
    const [h, l] = [price(candle.highTicks), price(candle.lowTicks)];
    return {
      symbol: id,
      interval: step.stream,
      t: candle.openedAt / 1_000,
      o,
      c,
      h,
      l,
      a: turnoverNumber(contract, candle),
      q: volNumber(contract, candle.baseLots),
      ro: o,
      rc: c,
      rh: h,
      rl: l,
    };
  });
}

/** The field is called `rate`, other than the docs' table says. Source: MEXC contract docs, funding rate stream, sample. */
export function createFundingFeed({ id, perpetual: { prices } }: Contract): Feed {
  return whenChanged(() => ({
    symbol: id,
    rate: prices.fundingRateMillionths / 1_000_000,
    nextSettleTime: prices.nextFundingAt,
  }));
}

/** Source: MEXC contract docs, index price and fair price streams. */
export function createPriceFeed(contract: Contract, kind: 'index' | 'mark'): Feed {
  const { prices } = contract.perpetual;
  return whenChanged(() => ({
    symbol: contract.id,
    price: markNumber(contract, kind === 'index' ? prices.indexTicks : prices.markTicks),
  }));
}

/** Once at the start, then only what differs from the last push. */
function whenChanged(look: (now: number) => unknown): Feed {
  let last = '';
  return (now) => {
    const data = look(now);
    const text = JSON.stringify(data);
    if (data === undefined || text === last) return [];
    last = text;
    return [data];
  };
}
