export { GATEIO_SPOT_ERRORS, GATEIO_STREAM_ERRORS } from './spot/errors.js';
export { GATEIO_RECONNECT_POLICY, GATEIO_RETRY_POLICY } from './spot/policies.js';
export { gateioSpot } from './spot/venue.js';
