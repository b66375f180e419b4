import type { Decimal, MarketSymbol } from '../../src/index.js';
import type { MarketOption } from '../../src/simulator/market-spec.js';
import type { SimulatedVenueId } from '../../src/simulator/profiles.js';

/** A venue at which an account trades, in whose words faults and raw calls are named. */
export interface AccountUnderTest {
  readonly name: string;
  readonly id: SimulatedVenueId;
  readonly isPerpetual: boolean;
  readonly isGateio: boolean;
  readonly BTC: MarketSymbol;
  readonly ETH: MarketSymbol;
  /** Ticks of 0.01, lots of 0.001; a spot order is worth at least 1. */
  readonly markets: readonly MarketOption[];
  /** Rests in an empty book: 1 for 100. */
  readonly LIMIT: {
    readonly symbol: MarketSymbol;
    readonly side: 'buy';
    readonly quantity: '1';
    readonly price: '100';
  };
  /** Starts which client order ids must have. */
  idOf(name: string): string;
  readonly calls: Readonly<
    Record<'place' | 'cancel' | 'batch' | 'balances' | 'openOrders' | 'time' | 'instruments', string>
  > & {
    /** Amending, where there is any. */
    readonly amend: string;
    /** Placing over the socket, where there is one. */
    readonly socketPlace: string;
  };
  /** Raw: tells something of the account. */
  readonly rawCall: string;
  /** Part of its answer; default: the number of the user. */
  readonly rawSays?: string;
  /** For want of rights, with status 403. */
  readonly forbidden: string;
  readonly fees: { readonly maker: number; readonly taker: number };
}

const SPOT = { isPerpetual: false, BTC: 'BTC/USDT', ETH: 'ETH/USDT', ...marketsOf('BTC/USDT', 'ETH/USDT') } as const;
const LINEAR = {
  isPerpetual: true,
  BTC: 'BTC/USDT:USDT',
  ETH: 'ETH/USDT:USDT',
  ...marketsOf('BTC/USDT:USDT', 'ETH/USDT:USDT'),
} as const;
const MEXC = { isGateio: false, idOf: (name: string) => name } as const;
const GATEIO = {
  isGateio: true,
  idOf: (name: string) => `t-${name}`,
  forbidden: '{"label":"FORBIDDEN","message":"no"}',
} as const;

function marketsOf(BTC: MarketSymbol, ETH: MarketSymbol): Pick<AccountUnderTest, 'markets' | 'LIMIT'> {
  const prices = { startPrice: 100, priceDecimals: 2 };
  const markets = [BTC, ETH].map((symbol) =>
    symbol.includes(':')
      ? {
          symbol,
          ...prices,
          quantityDecimals: 0,
          perpetual: {
            contractSize: '0.001' as Decimal,
            minContracts: '1' as Decimal,
            maxPriceDeviation: '9' as Decimal,
          },
        }
      : { symbol, ...prices, quantityDecimals: 3 },
  );
  return { markets, LIMIT: { symbol: BTC, side: 'buy', quantity: '1', price: '100' } };
}

export const ACCOUNTS: readonly AccountUnderTest[] = [
  {
    ...SPOT,
    ...MEXC,
    name: 'mexc_spot',
    id: 'mexc_spot',
    calls: {
      place: 'POST /api/v3/order',
      cancel: 'DELETE',
      batch: '/api/v3/batchOrders',
      balances: 'GET /api/v3/account',
      openOrders: 'GET /api/v3/openOrders',
      time: '/api/v3/time',
      instruments: 'exchangeInfo',
      amend: 'none',
      socketPlace: 'none',
    },
    rawCall: '/api/v3/uid',
    forbidden: '{"code":700007,"msg":"no"}',
    fees: { maker: 0, taker: 0.0005 },
  },
  {
    ...SPOT,
    ...GATEIO,
    name: 'gateio_spot',
    id: 'gateio_spot',
    calls: {
      place: 'POST /api/v4/spot/orders',
      cancel: 'DELETE',
      batch: '/spot/batch_orders',
      balances: 'GET /api/v4/spot/accounts',
      openOrders: 'GET /api/v4/spot/open_orders',
      time: '/spot/time',
      instruments: 'currency_pairs',
      amend: 'PATCH ',
      socketPlace: 'WS spot.order_place',
    },
    rawCall: '/account/detail',
    fees: { maker: 0.002, taker: 0.002 },
  },
  {
    ...LINEAR,
    ...MEXC,
    name: 'mexc_futures',
    id: 'mexc_futures',
    calls: {
      place: 'POST /api/v1/private/order/create',
      cancel: 'POST /api/v1/private/order/cancel',
      batch: 'none',
      balances: 'GET /api/v1/private/account/assets',
      openOrders: 'GET /api/v1/private/order/list/open_orders',
      time: '/api/v1/contract/ping',
      instruments: 'contract/detail',
      amend: 'none',
      socketPlace: 'none',
    },
    rawCall: '/api/v1/private/account/assets',
    rawSays: 'availableBalance',
    forbidden: '{"success":false,"code":701,"message":"no"}',
    fees: { maker: 0.0001, taker: 0.0004 },
  },
  {
    ...LINEAR,
    ...GATEIO,
    name: 'gateio_futures',
    id: 'gateio_futures',
    calls: {
      place: 'POST /api/v4/futures/usdt/orders',
      cancel: 'DELETE',
      batch: '/futures/usdt/batch_orders',
      balances: 'GET /api/v4/futures/usdt/accounts',
      openOrders: 'GET /api/v4/futures/usdt/orders',
      time: '/spot/time',
      instruments: 'usdt/contracts',
      amend: 'PUT ',
      socketPlace: 'WS futures.order_place',
    },
    rawCall: '/futures/usdt/accounts',
    fees: { maker: 0.0002, taker: 0.0005 },
  },
];

export const GATEIO_ACCOUNTS = ACCOUNTS.filter(({ isGateio }) => isGateio);
export const SPOT_ACCOUNTS = ACCOUNTS.filter(({ isPerpetual }) => !isPerpetual);
export const PERPETUAL_ACCOUNTS = ACCOUNTS.filter(({ isPerpetual }) => isPerpetual);

/** @throws for a name that no venue has. */
export function accountAt(name: string): AccountUnderTest {
  const found = ACCOUNTS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no account at ${name}`);
  return found;
}
