import { expect } from 'vitest';
import {
  createPrivateExchange,
  createPublicExchange,
  type MarketSymbol,
  type PositionMode,
  type PrivateExchangeOptions,
  venues,
} from '../../src/index.js';
import { startSimulator } from '../../src/simulator/index.js';
import { runOn } from './run-on.js';
import { tapRuntime } from './tap-runtime.js';

const KEYS = { apiKey: 'life-of-perpetuals', secretKey: 'a-secret-of-the-life-of-perpetuals' };
/** Offered to sellers and, a dollar lower, to buyers; the mark price at the start. */
export const START = 90_000;

/** A perpetual, with an amount of it and what that is in contracts. */
export interface StillMarket {
  readonly venue: 'mexc_futures' | 'gateio_futures' | 'gateio_futures_btc';
  readonly symbol: MarketSymbol;
  readonly amount: { readonly quantity: string } | { readonly quoteQuantity: string };
  readonly contracts: string;
  /** Of inverse contracts: the amount, quote asset. */
  readonly quote: number | undefined;
}

export const STILL_MARKETS = [
  { venue: 'mexc_futures', symbol: 'BTC/USDT:USDT', amount: { quantity: '0.02' }, contracts: '200', quote: undefined },
  { venue: 'mexc_futures', symbol: 'BTC/USD:BTC', amount: { quoteQuantity: '600' }, contracts: '6', quote: 600 },
  {
    venue: 'gateio_futures',
    symbol: 'BTC/USDT:USDT',
    amount: { quantity: '0.02' },
    contracts: '200',
    quote: undefined,
  },
  {
    venue: 'gateio_futures_btc',
    symbol: 'BTC/USD:BTC',
    amount: { quoteQuantity: '600' },
    contracts: '600',
    quote: 600,
  },
] as const satisfies readonly StillMarket[];

/** Each of them in both position modes. */
export const STILL_MARKETS_BY_MODE = STILL_MARKETS.flatMap((market) =>
  (['one_way', 'hedge'] as const).map((mode) => ({ ...market, mode })),
);

interface StillOptions {
  /** How the account trades; default: as the venue has it. */
  readonly mode?: PositionMode;
  readonly exchange?: Partial<PrivateExchangeOptions>;
}

/** One account in one perpetual of a venue whose market stands still, so that every number can be worked out by hand. */
export async function stillPerpetual({ venue, symbol }: StillMarket, { mode, exchange: more }: StillOptions = {}) {
  // The virtual clock does not wait for what a codec imports.
  await venues[venue].streams.loadCodec();
  await venues[venue].private?.streams.loadCodec(KEYS);
  const sim = await startSimulator({
    clock: 'virtual',
    seed: 20_261_128,
    venues: [venue],
    markets: [{ symbol: symbol.endsWith('USDT') ? 'BTC/USDT' : symbol, startPrice: START }],
    flow: 'off',
    accounts: [{ ...KEYS, balances: { USDT: '100000', BTC: '10' } }],
  });
  sim.injectOrder(venue, { symbol, side: 'sell', price: START, contracts: '100000' });
  sim.injectOrder(venue, { symbol, side: 'buy', price: START - 1, contracts: '100000' });
  const perpetual = sim.perpetual(venue, symbol);
  perpetual.forceMarkPrice(START);
  perpetual.forceFundingRate('0');
  const { runtime, tap } = tapRuntime(sim.runtime());
  const open: { close(): Promise<void> }[] = [];
  const kept = <T extends { close(): Promise<void> }>(one: T): T => {
    open.push(one);
    return one;
  };
  const connect = () => kept(createPrivateExchange(venue, { credentials: KEYS, runtime: sim.runtime() }));
  const exchange = kept(createPrivateExchange(venue, { credentials: KEYS, runtime, ...more }));
  const errors: unknown[] = [];
  exchange.on('error', (error) => errors.push(error));
  const { positions, triggers } = exchange;
  if (positions === undefined || triggers === undefined) throw new Error('no facets');

  const run = runOn(sim.clock);

  if (mode !== undefined) {
    const { positions: setting } = connect();
    await run(setting?.setPositionMode(mode) ?? Promise.reject(new Error('no positions')));
  }
  return {
    sim,
    run,
    exchange,
    positions,
    triggers,
    perpetual,
    tap,
    /** Told by `exchange` outside of a call. */
    errors,
    truth: sim.account(KEYS.apiKey, venue),
    failure: (promise: Promise<unknown>) =>
      run(promise).then(
        (value) => ({ unexpected: value }),
        (error: unknown) => error,
      ),
    /** Commands that were sent. */
    commands: () => tap.requests.filter(({ method }) => method !== 'GET').length,
    /** Market data. */
    watch: () => kept(createPublicExchange(venue, { runtime: sim.runtime() })),
    /** Another client of the same account. */
    connect,
    async [Symbol.asyncDispose]() {
      for (const one of open) await run(one.close());
      expect(sim.audit()).toEqual([]);
      await sim.close();
    },
  };
}

export type StillPerpetual = Awaited<ReturnType<typeof stillPerpetual>>;
