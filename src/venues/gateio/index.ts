export { GATEIO_STREAM_ERRORS } from './errors.js';
export { GATEIO_FUTURES_ERRORS } from './futures/errors.js';
export type { FuturesSettle } from './futures/settle.js';
export { gateioFutures, gateioFuturesBtc } from './futures/venue.js';
export { GATEIO_RECONNECT_POLICY, GATEIO_RETRY_POLICY } from './policies.js';
export { GATEIO_SPOT_ERRORS } from './spot/errors.js';
export { gateioSpot } from './spot/venue.js';
