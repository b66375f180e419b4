export { MEXC_FUTURES_ERRORS } from './futures/error-table.js';
export { mexcFutures } from './futures/venue.js';
export { MEXC_RECONNECT_POLICY, MEXC_RETRY_POLICY } from './policies.js';
export {
  decodeAggreDepth,
  decodeIncreaseDepth,
  decodeIncreaseDepthBatch,
  decodeLimitDepth,
} from './spot/decode-book.js';
export { decodeBookTicker, decodeBookTickerBatch } from './spot/decode-book-ticker.js';
export { decodeDeals } from './spot/decode-deals.js';
export { decodeKline } from './spot/decode-kline.js';
export { decodeMiniTicker, decodeMiniTickers } from './spot/decode-mini-ticker.js';
export { MEXC_SPOT_ERRORS } from './spot/error-table.js';
export type { PushContext } from './spot/push-context.js';
export { mexcSpot } from './spot/venue.js';
