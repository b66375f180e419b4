import type { Source } from '../mexc/source.js';
import {
  createAggreBookTickerSource,
  createBookTickerBatchSource,
  createBookTickerSource,
} from './book-ticker-source.js';
import type { Channel } from './channel.js';
import { createAggreDealsSource, createDealsSource } from './deals-source.js';
import {
  createAggreDepthSource,
  createIncreaseDepthBatchSource,
  createIncreaseDepthSource,
  createLimitDepthSource,
} from './depth-source.js';
import type { FrameEncoder } from './frame-encoder.js';
import { createKlineSource } from './kline-source.js';
import type { WireMarkets } from './markets.js';
import { createMiniTickerSource, createMiniTickersSource } from './mini-ticker-source.js';

/** Between two looks at the market, ms. Where the docs call a channel real-time, the shortest documented interval. */
const REAL_TIME_MS = 10;
const LIMIT_DEPTH_MS = 100;
const KLINE_MS = 1_000;
const MINI_TICKER_MS = 3_000;

/** How often a channel looks at the market, ms. */
export function intervalOf(channel: Channel): number {
  switch (channel.kind) {
    case 'aggreDepth':
    case 'aggreDeals':
    case 'aggreBookTicker':
      return channel.speedMs;
    case 'limitDepth':
      return LIMIT_DEPTH_MS;
    case 'kline':
      return KLINE_MS;
    case 'miniTicker':
    case 'miniTickers':
      return MINI_TICKER_MS;
    default:
      return REAL_TIME_MS;
  }
}

/** What a channel publishes from now on. */
export function createSource(channel: Channel, encoder: FrameEncoder, markets: WireMarkets): Source {
  switch (channel.kind) {
    case 'aggreDepth':
      return createAggreDepthSource(channel, encoder);
    case 'aggreDeals':
      return createAggreDealsSource(channel, encoder);
    case 'aggreBookTicker':
      return createAggreBookTickerSource(channel, encoder);
    case 'bookTickerBatch':
      return createBookTickerBatchSource(channel, encoder);
    case 'limitDepth':
      return createLimitDepthSource(channel, encoder);
    case 'kline':
      return createKlineSource(channel, encoder);
    case 'miniTicker':
      return createMiniTickerSource(channel, encoder);
    case 'miniTickers':
      return createMiniTickersSource(channel, encoder, markets);
    case 'increaseDepth':
      return createIncreaseDepthSource(channel, encoder);
    case 'increaseDepthBatch':
      return createIncreaseDepthBatchSource(channel, encoder);
    case 'deals':
      return createDealsSource(channel, encoder);
    case 'bookTicker':
      return createBookTickerSource(channel, encoder);
  }
}
