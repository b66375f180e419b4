import type { Source } from '../../mexc/source.js';
import type { Contracts } from '../contracts.js';
import type { Channel } from './channel.js';
import {
  createEachDepthFeed,
  createFullDepthFeed,
  createMergedDepthFeed,
  createStepDepthFeed,
  type Feed,
} from './depth-feeds.js';
import { pushFrame } from './frames.js';
import {
  createDealFeed,
  createFundingFeed,
  createKlineFeed,
  createPriceFeed,
  createTickerFeed,
  createTickersFeed,
} from './market-feeds.js';

/** Between two looks at the market, ms. Where nothing is documented ("on change", "live"), a choice. */
const INTERVALS: Readonly<Record<Channel['kind'], number>> = {
  depth: 200,
  'depth.full': 200,
  'depth.step': 200,
  deal: 50,
  kline: 500,
  ticker: 1_000,
  tickers: 2_000,
  'funding.rate': 1_000,
  'index.price': 500,
  'fair.price': 500,
  contract: 60_000,
  'event.contract': 60_000,
};

/** Pushes that are not merged come as things happen; the wire looks this often, ms. */
const REAL_TIME_MS = 10;

/** What a channel publishes from now on, and how often it looks at the market. */
export function openSource(
  channel: Channel,
  contracts: Contracts,
): { readonly intervalMs: number; readonly source: Source } {
  const feed = createFeed(channel, contracts);
  const symbol = 'contract' in channel ? channel.contract.id : undefined;
  const isEach = 'merged' in channel && !channel.merged;
  return {
    intervalMs: isEach ? REAL_TIME_MS : INTERVALS[channel.kind],
    source: (now, emit) => {
      for (const data of feed(now)) emit(pushFrame(channel.push, symbol, data, now));
    },
  };
}

function createFeed(channel: Channel, contracts: Contracts): Feed {
  switch (channel.kind) {
    case 'depth':
      return channel.merged ? createMergedDepthFeed(channel.contract) : createEachDepthFeed(channel.contract);
    case 'depth.full':
      return createFullDepthFeed(channel.contract, channel.limit);
    case 'depth.step':
      return createStepDepthFeed(channel.contract, channel.step);
    case 'deal':
      return createDealFeed(channel.contract, channel.merged);
    case 'kline':
      return createKlineFeed(channel.contract, channel.step);
    case 'ticker':
      return createTickerFeed(channel.contract);
    case 'tickers':
      return createTickersFeed(contracts);
    case 'funding.rate':
      return createFundingFeed(channel.contract);
    case 'index.price':
      return createPriceFeed(channel.contract, 'index');
    case 'fair.price':
      return createPriceFeed(channel.contract, 'mark');
    case 'contract':
    case 'event.contract':
      // No contract ever changes here, and there are no prediction contracts.
      return () => [];
  }
}
