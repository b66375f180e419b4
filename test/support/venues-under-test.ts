import type { Instrument, MarketSymbol, RawCall } from '../../src/index.js';
import type { InjectedOrder } from '../../src/simulator/inject-order.js';
import type { SimulatedVenueId } from '../../src/simulator/profiles.js';

/** A venue as the contract meets it: what is asked of all alike, in the words of this one. */
export interface VenueUnderTest {
  /** As titles show it. */
  readonly name: string;
  readonly id: SimulatedVenueId;
  readonly isPerpetual: boolean;
  /** What it lists, sorted. */
  readonly markets: readonly MarketSymbol[];
  /** The first of them. */
  readonly symbol: MarketSymbol;
  /** The last of them; the same where it lists one only. */
  readonly other: MarketSymbol;
  readonly venueSymbol: string;
  /** Of its instrument. */
  readonly facts: Pick<Instrument, 'kind' | 'base' | 'quote'>;
  /** Calls that the list of instruments takes. */
  readonly listCalls: number;
  /** Further calls that instruments take when they are asked for: for what the list does not say. */
  readonly detailCalls: number;
  /** Of the tickers, raw. */
  readonly tickerCall: RawCall;
  readonly timePath: string;
  /** What the venue says, with status 400, that is in no table; and the code in it. */
  readonly newRefusal: readonly [body: string, code: string];
  /** An amount as a stranger brings it to the book, and in base asset at a price. */
  readonly amount: (times: number) => Amount;
}

interface Amount {
  readonly given: Pick<InjectedOrder, 'quantity' | 'contracts'>;
  readonly baseAt: (price: number) => number;
}

const thousandths = (times: number): Amount => ({
  given: { quantity: (times / 1_000).toFixed(3) },
  baseAt: () => times / 1_000,
});

/** Contracts that are each worth so much of the quote asset. */
const inverse =
  (size: number) =>
  (times: number): Amount => ({
    given: { contracts: String(times) },
    baseAt: (price) => (times * size) / price,
  });

const GATEIO = {
  timePath: '/spot/time',
  newRefusal: ['{"label":"NEW_LABEL","message":"new"}', 'NEW_LABEL'],
} as const;

const MEXC_FUTURES = {
  id: 'mexc_futures',
  listCalls: 1,
  detailCalls: 1,
  isPerpetual: true,
  timePath: '/api/v1/contract/ping',
  newRefusal: ['{"success":false,"code":987654,"message":"new"}', '987654'],
} as const;

const SPOT = {
  isPerpetual: false,
  markets: ['BTC/USDT', 'ETH/USDT'],
  symbol: 'BTC/USDT',
  other: 'ETH/USDT',
  listCalls: 1,
  detailCalls: 0,
  facts: { kind: 'spot', base: 'BTC', quote: 'USDT' },
} as const;
const LINEAR = {
  isPerpetual: true,
  markets: ['BTC/USDT:USDT', 'ETH/USDT:USDT'],
  symbol: 'BTC/USDT:USDT',
  other: 'ETH/USDT:USDT',
  facts: { kind: 'perpetual', base: 'BTC', quote: 'USDT' },
} as const;

const MEXC_SPOT: VenueUnderTest = {
  ...SPOT,
  name: 'mexc_spot',
  id: 'mexc_spot',
  venueSymbol: 'BTCUSDT',
  tickerCall: { method: 'GET', path: '/api/v3/ticker/price', query: { symbol: 'BTCUSDT' } },
  timePath: '/api/v3/time',
  newRefusal: ['{"code":987654,"msg":"new"}', '987654'],
  amount: thousandths,
};

const GATEIO_SPOT: VenueUnderTest = {
  ...SPOT,
  ...GATEIO,
  name: 'gateio_spot',
  id: 'gateio_spot',
  venueSymbol: 'BTC_USDT',
  tickerCall: { method: 'GET', path: '/spot/tickers', query: { currency_pair: 'BTC_USDT' } },
  amount: thousandths,
};

const MEXC_LINEAR: VenueUnderTest = {
  ...LINEAR,
  ...MEXC_FUTURES,
  name: 'mexc_futures',
  venueSymbol: 'BTC_USDT',
  tickerCall: { method: 'GET', path: '/api/v1/contract/ticker', query: { symbol: 'BTC_USDT' } },
  amount: thousandths,
};

const MEXC_INVERSE: VenueUnderTest = {
  ...MEXC_FUTURES,
  name: 'inverse mexc_futures',
  markets: ['BTC/USD:BTC'],
  symbol: 'BTC/USD:BTC',
  other: 'BTC/USD:BTC',
  facts: { kind: 'perpetual', base: 'BTC', quote: 'USD' },
  venueSymbol: 'BTC_USD',
  tickerCall: { method: 'GET', path: '/api/v1/contract/ticker', query: { symbol: 'BTC_USD' } },
  amount: inverse(100),
};

const GATEIO_LINEAR: VenueUnderTest = {
  ...LINEAR,
  ...GATEIO,
  name: 'gateio_futures',
  id: 'gateio_futures',
  // The list is asked for until nothing new comes.
  listCalls: 2,
  detailCalls: 0,
  venueSymbol: 'BTC_USDT',
  tickerCall: { method: 'GET', path: '/futures/usdt/tickers', query: { contract: 'BTC_USDT' } },
  amount: thousandths,
};

const GATEIO_INVERSE: VenueUnderTest = {
  ...GATEIO,
  name: 'gateio_futures_btc',
  id: 'gateio_futures_btc',
  // The list is asked for until nothing new comes.
  listCalls: 2,
  detailCalls: 0,
  isPerpetual: true,
  markets: ['BTC/USD:BTC'],
  symbol: 'BTC/USD:BTC',
  other: 'BTC/USD:BTC',
  facts: { kind: 'perpetual', base: 'BTC', quote: 'USD' },
  venueSymbol: 'BTC_USD',
  tickerCall: { method: 'GET', path: '/futures/btc/tickers', query: { contract: 'BTC_USD' } },
  amount: inverse(1),
};

export const VENUES: readonly VenueUnderTest[] = [MEXC_SPOT, GATEIO_SPOT, MEXC_LINEAR, GATEIO_LINEAR, GATEIO_INVERSE];
/** Perpetuals of every kind: linear and inverse at each exchange. */
export const PERPETUALS: readonly VenueUnderTest[] = [MEXC_LINEAR, MEXC_INVERSE, GATEIO_LINEAR, GATEIO_INVERSE];
/** Every kind of market at every venue. */
export const MARKETS: readonly VenueUnderTest[] = [MEXC_SPOT, GATEIO_SPOT, ...PERPETUALS];
