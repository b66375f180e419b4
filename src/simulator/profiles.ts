import type { VenueProfile } from './venue-profile.js';
import { GATEIO_SPOT_RULES } from './wire/gateio-spot/rules.js';
import { createGateioSpotWire } from './wire/gateio-spot/wire.js';
import { MEXC_FUTURES_RULES } from './wire/mexc-futures/rules.js';
import { createMexcFuturesWire } from './wire/mexc-futures/wire.js';
import { MEXC_SPOT_RULES } from './wire/mexc-spot/rules.js';
import { createMexcSpotWire } from './wire/mexc-spot/wire.js';

/** Every venue that can be simulated. */
export type SimulatedVenueId = 'mexc_spot' | 'mexc_futures' | 'gateio_spot';

/** Source: MEXC spot v3 docs, base endpoints and exchange information; MEXC contract docs, base URLs and contract information; Gate.io API v4 docs, base URLs and currency pairs. */
export const PROFILES: Readonly<Record<SimulatedVenueId, VenueProfile>> = {
  mexc_spot: {
    kind: 'spot',
    exchange: 'mexc',
    hosts: { rest: 'https://api.mexc.com', ws: 'wss://wbs-api.mexc.com/ws' },
    fees: { makerFee: '0', takerFee: '0.0005' },
    rules: MEXC_SPOT_RULES,
    createWire: createMexcSpotWire,
  },
  mexc_futures: {
    kind: 'futures',
    exchange: 'mexc',
    hosts: { rest: 'https://api.mexc.com', ws: 'wss://contract.mexc.com/edge', paths: ['/api/v1/'] },
    fees: { makerFee: '0.0001', takerFee: '0.0004' },
    rules: MEXC_FUTURES_RULES,
    createWire: createMexcFuturesWire,
  },
  gateio_spot: {
    kind: 'spot',
    exchange: 'gateio',
    hosts: { rest: 'https://api.gateio.ws/api/v4', ws: 'wss://api.gateio.ws/ws/v4/' },
    fees: { makerFee: '0.002', takerFee: '0.002' },
    rules: GATEIO_SPOT_RULES,
    createWire: createGateioSpotWire,
  },
};
