import type { FuturesModel } from './positions/futures-model.js';
import type { VenueProfile } from './venue-profile.js';
import { GATEIO_FUTURES_RULES } from './wire/gateio-futures/rules.js';
import { createGateioFuturesWire } from './wire/gateio-futures/wire.js';
import { GATEIO_SPOT_RULES } from './wire/gateio-spot/rules.js';
import { createGateioSpotWire } from './wire/gateio-spot/wire.js';
import { MEXC_FUTURES_RULES } from './wire/mexc-futures/rules.js';
import { createMexcFuturesWire } from './wire/mexc-futures/wire.js';
import { MEXC_SPOT_RULES } from './wire/mexc-spot/rules.js';
import { createMexcSpotWire } from './wire/mexc-spot/wire.js';

/** Every venue that can be simulated. */
export type SimulatedVenueId = 'mexc_spot' | 'mexc_futures' | 'gateio_spot' | 'gateio_futures' | 'gateio_futures_btc';

/** Source: Gate API v4 docs, futures fee rates of the lowest tier. */
const GATEIO_FUTURES = {
  kind: 'futures',
  exchange: 'gateio',
  fees: { makerFee: '0.0002', takerFee: '0.0005' },
  rules: GATEIO_FUTURES_RULES,
} as const;

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
  gateio_futures: {
    ...GATEIO_FUTURES,
    hosts: {
      rest: 'https://api.gateio.ws/api/v4',
      ws: 'wss://fx-ws.gateio.ws/v4/ws/usdt',
      paths: ['/api/v4/futures/usdt/'],
    },
    settles: ['USDT'],
    createWire: (model: FuturesModel) => createGateioFuturesWire(model, 'usdt'),
  },
  gateio_futures_btc: {
    ...GATEIO_FUTURES,
    hosts: {
      rest: 'https://api.gateio.ws/api/v4',
      ws: 'wss://fx-ws.gateio.ws/v4/ws/btc',
      paths: ['/api/v4/futures/btc/'],
    },
    settles: ['BTC'],
    defaultMarkets: ['BTC/USD:BTC'],
    onlyWhenNamed: true,
    createWire: (model: FuturesModel) => createGateioFuturesWire(model, 'btc'),
  },
};
