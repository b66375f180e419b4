import type { MarketSymbol } from '../../src/model/symbol.js';
import {
  type AccountOption,
  type AccountSettings,
  readAccounts,
} from '../../src/simulator/accounts/account-options.js';
import type {
  MarketSpec,
  ServiceState,
  SimFrame,
  SimHttpRequest,
  SimHttpResponse,
  SimSession,
} from '../../src/simulator/contract.js';
import type { SimulatedMarket } from '../../src/simulator/market.js';
import type { FuturesAccount } from '../../src/simulator/positions/futures-account.js';
import type { FuturesDesk, FuturesModel } from '../../src/simulator/positions/futures-model.js';
import type { PerpetualMarket } from '../../src/simulator/positions/perpetual-market.js';
import { MEXC_FUTURES_RULES } from '../../src/simulator/wire/mexc-futures/rules.js';
import { createMexcFuturesWire } from '../../src/simulator/wire/mexc-futures/wire.js';
import { createVirtualClock } from '../../src/transport/virtual-clock.js';
import { BTC_SPEC, FakeMarketView } from './fake-market-view.js';

export const START = 1_782_900_000_000;

/** One client of the wire, with everything that it was sent. */
export interface WireClient {
  readonly session: SimSession;
  readonly frames: SimFrame[];
  /** The close code, once the venue dropped it. */
  readonly closedWith: number | undefined;
  send(message: unknown): void;
  /** Messages received so far, read as JSON. */
  messages(): Record<string, unknown>[];
  /** Data of the pushes of one channel so far. */
  pushes(channel: string): unknown[];
}

/** Accounts of which only the key, the mode and the silence are real. */
function stubAccounts(options: readonly AccountOption[]): ReadonlyMap<string, FuturesAccount> {
  const stub = (settings: AccountSettings) =>
    ({ settings, positionMode: 'hedge', listen: () => () => {} }) as unknown as FuturesAccount;
  return new Map(readAccounts(options).map((settings) => [settings.apiKey, stub(settings)]));
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A perpetual that does only what a test tells it. */
function createFakePerpetual(view: FakeMarketView, isInverse = false) {
  const terms = MEXC_FUTURES_RULES.terms({
    settle: isInverse ? view.spec.base : view.spec.quote,
    isInverse,
    price: view.spec.startPrice,
    priceDecimals: view.spec.priceDecimals,
  });
  const prices: Mutable<PerpetualMarket['prices']> = {
    indexTicks: 6_500_120,
    markTicks: 6_500_040,
    fundingRateMillionths: 41,
    nextFundingAt: 1_782_921_600_000,
    fundingHistory: [
      { at: 1_782_864_000_000, rateMillionths: -12, markTicks: 6_400_000 },
      { at: 1_782_892_800_000, rateMillionths: 30, markTicks: 6_490_000 },
    ],
    candles: (kind, intervalMs, from, to) =>
      view
        .candles(intervalMs, from, to)
        .map((candle) => ({ ...candle, openTicks: candle.openTicks * 10 + (kind === 'index' ? 1 : 2) })),
    onTick: () => () => {},
  };
  return {
    spec: view.spec,
    terms,
    market: view as unknown as SimulatedMarket,
    prices,
    openInterestLots: 98_765,
    liquidations: [],
  };
}

const BTC_PERPETUAL: MarketSpec = {
  ...BTC_SPEC,
  symbol: 'BTC/USDT:USDT',
  priceDecimals: 1,
  quantityDecimals: 0,
  makerFee: '0.0001' as never,
  takerFee: '0.0004' as never,
};

/** The wire over two quiet perpetuals without a desk; `accounts` can log in but not trade. `chance` is what the wire's random draws give. */
export function createFuturesWireWorld(chance = 0.9, accounts: readonly AccountOption[] = []) {
  const clock = createVirtualClock({ startAt: START });
  const btc = new FakeMarketView(clock, BTC_PERPETUAL, 30_000_000_100);
  const inverseSpec: MarketSpec = { ...BTC_PERPETUAL, symbol: 'BTC/USD:BTC', quote: 'USD' };
  const inverse = new FakeMarketView(clock, inverseSpec, 70_000_000_000);
  const perpetuals = { btc: createFakePerpetual(btc), inverse: createFakePerpetual(inverse, true) };
  const markets = new Map<MarketSymbol, PerpetualMarket>([
    ['BTC/USDT:USDT', perpetuals.btc],
    ['BTC/USD:BTC', perpetuals.inverse],
  ]);
  const state: { snapshotSequence: number | undefined; service: ServiceState | undefined } = {
    snapshotSequence: undefined,
    service: undefined,
  };
  const model: FuturesModel = {
    clock,
    random: { next: () => chance },
    snapshotSequence: () => state.snapshotSequence,
    service: {
      stateOf: () => state.service,
      fateOf: () => ({ kind: 'served', answerAfterMs: 0 }),
      onListenKeysExpired() {},
    },
    markets,
    desk: { accounts: stubAccounts(accounts) } as unknown as FuturesDesk,
    transfers: { move: () => undefined },
  };
  const wire = createMexcFuturesWire(model);
  return {
    clock,
    wire,
    btc,
    inverse,
    perpetuals,
    state,
    get(pathAndQuery: string, ip = '10.0.0.1'): SimHttpResponse {
      const [path = '', query = ''] = pathAndQuery.split('?');
      return wire.http({ method: 'GET', path: `/api/v1/${path}`, query, headers: {}, body: '', ip });
    },
    send: (request: Partial<SimHttpRequest> & { readonly path: string }): SimHttpResponse =>
      wire.http({ method: 'GET', query: '', headers: {}, body: '', ip: '10.0.0.1', ...request }),
    connect(): WireClient {
      const frames: SimFrame[] = [];
      let closedWith: number | undefined;
      const session = wire.connect({
        ip: '10.0.0.1',
        url: '/edge',
        send: (frame) => frames.push(frame),
        close: (code) => {
          closedWith = code;
        },
      });
      const messages = () =>
        frames.flatMap(({ data }) => (typeof data === 'string' ? [JSON.parse(data) as Record<string, unknown>] : []));
      return {
        session,
        frames,
        get closedWith() {
          return closedWith;
        },
        send: (message) => session.receive(typeof message === 'string' ? message : JSON.stringify(message)),
        messages,
        pushes: (channel) =>
          messages()
            .filter((message) => message['channel'] === channel)
            .map(({ data }) => data),
      };
    },
  };
}
