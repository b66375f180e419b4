import type { Endpoint } from '../../src/adapter/endpoint.js';
import type { FrameCodec } from '../../src/adapter/frame-codec.js';
import type { ListRules } from '../../src/adapter/order-endpoints.js';
import type { PrivateVenue } from '../../src/adapter/private-venue.js';
import type { Venue } from '../../src/adapter/venue.js';
import type { VenueErrorCode } from '../../src/errors/kinds.js';
import { toDecimal as d } from '../../src/model/decimal.js';
import type { Instrument } from '../../src/model/instrument.js';
import { gateioSpot } from '../../src/venues/gateio/spot/venue.js';

/** A refusal that a test scripts. */
export interface Refused {
  readonly status: number;
  readonly code: VenueErrorCode;
  readonly outcome: 'rejected' | 'unknown';
}

const LINEAR: Instrument = {
  symbol: 'BTC/USDT:USDT',
  venueSymbol: 'BTC_USDT',
  kind: 'perpetual',
  base: 'BTC',
  quote: 'USDT',
  settle: 'USDT',
  status: 'trading',
  tickSize: d('0.1'),
  lotSize: d('0.001'),
  minQuantity: d('0.001'),
  contractSize: d('0.001'),
  contracts: { kind: 'linear', size: d('0.001'), step: d('1'), min: d('1'), max: d('100000') },
  minLeverage: d('1'),
  maxLeverage: d('125'),
  raw: {},
};
const INVERSE: Instrument = {
  ...LINEAR,
  symbol: 'BTC/USD:BTC',
  venueSymbol: 'BTC_USD',
  quote: 'USD',
  settle: 'BTC',
  contractSize: d('10'),
  contracts: { kind: 'inverse', size: d('10'), step: d('1'), min: d('1') },
};
export const INSTRUMENTS: readonly Instrument[] = [
  LINEAR,
  INVERSE,
  { ...LINEAR, symbol: 'ETH/USDT:USDT', venueSymbol: 'ETH_USDT', base: 'ETH' },
];

/** A call whose parameters and answer are JSON as they are. */
function plain<P, R>(method: 'GET' | 'POST', path: string, auth: 'none' | 'signed' = 'signed'): Endpoint<P, R> {
  return {
    method,
    path,
    auth,
    cost: {},
    idempotent: method === 'GET',
    encode: (params) => (method === 'GET' ? { query: { p: JSON.stringify(params ?? {}) } } : { body: params ?? {} }),
    decode: (body) => (body === null ? undefined : body) as R,
  };
}

const PAGES: ListRules = {
  maxLimit: 3,
  paging: 'page',
  maxSpanMs: Number.POSITIVE_INFINITY,
  reachMs: Number.POSITIVE_INFINITY,
};

/** Frames of JSON: `{sub|unsub: [channel], id}`, `{ack: id}`, `{no: id}`, `{channel, data}`. */
const codec: FrameCodec = {
  subscribe: (topics, nextId) => topics.map((topic) => say('sub', topic.channel, nextId(), topic)),
  unsubscribe: (topics, nextId) => topics.map((topic) => say('unsub', topic.channel, nextId(), topic)),
  ping: () => '{}',
  read(frame, handler) {
    const { ack, no, channel, data } = JSON.parse(String(frame)) as Record<string, never>;
    if (ack !== undefined) handler.ack({ id: ack, refused: 'none' });
    else if (no !== undefined) handler.ack({ id: no, refused: 'all', message: 'no' });
    else handler.data(channel as unknown as string, '', data, Number.NaN);
  },
};

function say<T>(verb: string, channel: string, id: number, topic: T) {
  return { id, topics: [topic], text: JSON.stringify({ [verb]: channel, id }) };
}

const stream = (channel: string) => ({
  topic: () => ({ channel, key: '', args: [channel] }),
  decode: (payload: unknown, _: unknown, emit: (event: never) => void) => emit(payload as never),
});
const account = (channel: string) => ({ ...stream(channel), topic: stream(channel).topic() });

/** Where a venue may differ. */
export interface PerpetualTraits {
  readonly leveragePerSide?: boolean;
  readonly hasSideLeverage?: boolean;
  readonly hasSettings?: boolean;
  readonly hasIdentity?: boolean;
  readonly hasRates?: boolean;
  readonly ratesTellInterval?: boolean;
  readonly hasLiquidations?: boolean;
  readonly hasMarkCandles?: boolean;
  readonly closesPosition?: boolean;
  readonly cancelTellsNothing?: boolean;
  readonly lifetimesMs?: readonly number[];
  /** Codecs that were loaded, by the identity that they got. */
  readonly identities?: (string | undefined)[];
}

/** A venue of perpetuals that speaks plain JSON of the model. */
export function definePerpetualVenue(traits: PerpetualTraits = {}): Venue {
  const { plan } = gateioSpot.streams;
  return {
    ...gateioSpot,
    id: 'fake_perpetual',
    name: 'Fake perpetuals',
    kind: 'perpetual',
    hosts: { rest: 'https://fake.test', ws: 'wss://fake.test/ws' },
    headers: {},
    limits: {},
    errors: {},
    classify: ({ status, json }) => {
      const { code, outcome } = (json ?? {}) as Refused;
      return status === 200 ? undefined : { code, outcome, message: 'scripted' };
    },
    market: {
      ...gateioSpot.market,
      instruments: plain('GET', '/instruments', 'none'),
      serverTime: plain('GET', '/time', 'none'),
    },
    streams: { ...gateioSpot.streams, plan, loadCodec: async () => codec },
    funding: {
      rate: plain('GET', '/rate', 'none'),
      ...(traits.hasRates === false ? {} : { rates: plain('GET', '/rates', 'none') }),
      ratesTellInterval: traits.ratesTellInterval ?? false,
      history: plain('GET', '/rates/history', 'none'),
      historyRules: PAGES,
      markPrice: plain('GET', '/mark', 'none'),
      indexPrice: plain('GET', '/index', 'none'),
      openInterest: plain('GET', '/interest', 'none'),
      ...(traits.hasLiquidations === false
        ? {}
        : { liquidations: { endpoint: plain('GET', '/liquidations', 'none'), rules: { ...PAGES, paging: 'time' } } }),
      markCandles: plain('GET', '/candles/mark', 'none'),
      indexCandles: plain('GET', '/candles/index', 'none'),
      candleIntervals: ['1m', '1h'],
      maxCandles: 3,
      streams: {
        rate: stream('rate'),
        markPrice: stream('prices'),
        indexPrice: stream('prices'),
        ...(traits.hasLiquidations === false ? {} : { liquidations: stream('liquidations') }),
        ...(traits.hasMarkCandles === true ? { markCandles: stream('markCandles') } : {}),
      },
    },
    private: definePrivate(traits),
  };
}

function definePrivate(traits: PerpetualTraits): PrivateVenue {
  return {
    createSigner: () => ({
      sign: ({ query }) => ({
        query: query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
        headers: {},
      }),
    }),
    signedHosts: ['fake.test'],
    orders: {
      place: plain('POST', '/orders'),
      cancel: plain('POST', '/orders/cancel'),
      cancelAll: plain('POST', '/orders/cancel-all'),
      get: plain('GET', '/orders/one'),
      open: plain('GET', '/orders'),
      openRules: { ...PAGES, needsSymbol: false },
      history: plain('GET', '/orders/ended'),
      historyRules: PAGES,
      fills: plain('GET', '/fills'),
      fillsRules: PAGES,
      amend: plain('POST', '/orders/amend'),
      rules: {
        marketBuyByBase: true,
        marketSellByQuote: false,
        clientIdPrefix: '',
        clientIdLength: 32,
        visibilityLagMs: 1_000,
        clientIdLifeMs: 60_000,
        forgetsClientIds: false,
      },
    },
    account: { balances: plain('GET', '/balances'), tradingFees: plain('GET', '/fees') },
    streams: {
      orders: account('orders'),
      fills: account('fills'),
      balances: account('balances'),
      positions: account('positions'),
      plan: gateioSpot.streams.plan,
      ...(traits.hasIdentity === true ? { identity: plain('GET', '/identity') } : {}),
      loadCodec: async (_, identity) => {
        traits.identities?.push(identity);
        return codec;
      },
    },
    positions: {
      list: plain('GET', '/positions'),
      mode: plain('GET', '/mode'),
      ...(traits.hasSettings === false ? {} : { settings: plain('GET', '/settings') }),
      setMode: plain('POST', '/mode'),
      setLeverage: plain('POST', '/leverage'),
      leveragePerSide: traits.leveragePerSide ?? false,
      ...(traits.hasSideLeverage === true ? { setSideLeverage: plain('POST', '/side-leverage') } : {}),
      setMarginMode: plain('POST', '/margin-mode'),
      changeMargin: plain('POST', '/margin'),
      riskLimits: plain('GET', '/tiers'),
      fundingPayments: plain('GET', '/payments'),
      fundingRules: PAGES,
    },
    triggers: {
      place: plain('POST', '/triggers'),
      cancel: plain('POST', '/triggers/cancel'),
      cancelAll: plain('POST', '/triggers/cancel-all'),
      list: plain('GET', '/triggers'),
      listRules: PAGES,
      ...(traits.lifetimesMs === undefined ? {} : { lifetimesMs: traits.lifetimesMs }),
      closesPosition: traits.closesPosition ?? true,
      ...(traits.cancelTellsNothing === undefined ? {} : { cancelTellsNothing: traits.cancelTellsNothing }),
    },
  };
}
