import { expect } from 'vitest';
import {
  createPrivateExchange,
  createPublicExchange,
  type MarketSymbol,
  type Position,
  type PrivateExchangeOptions,
  venues,
} from '../../src/index.js';
import { startSimulator } from '../../src/simulator/index.js';
import { runOn } from './run-on.js';

export const LINEAR = 'BTC/USDT:USDT';
export const INVERSE = 'BTC/USD:BTC';

interface Place {
  readonly venue: 'mexc_futures' | 'gateio_futures' | 'gateio_futures_btc';
  readonly symbol: MarketSymbol;
  readonly flow: 'off' | { readonly eventsPerSecond: number };
  readonly keys: { readonly apiKey: string; readonly secretKey: string };
}

/** Both halves of a futures venue on the simulated venue, on the virtual clock; at the end its books have to add up. */
export async function simulatedPerpetual({ venue, symbol, flow, keys }: Place) {
  // The virtual clock does not wait for what a codec imports.
  await venues[venue].streams.loadCodec();
  await venues[venue].private?.streams.loadCodec(keys);
  const sim = await startSimulator({
    clock: 'virtual',
    seed: 20_261_128,
    venues: [venue],
    markets: [{ symbol: symbol === LINEAR ? 'BTC/USDT' : symbol, startPrice: 90_000 }],
    flow,
    accounts: [{ ...keys, balances: { USDT: '100000', BTC: '10' } }],
  });
  const open: { close(): Promise<void> }[] = [];
  const kept = <T extends { close(): Promise<void> }>(exchange: T): T => {
    open.push(exchange);
    return exchange;
  };

  const run = runOn(sim.clock);

  return {
    sim,
    run,
    venue,
    market: kept(createPublicExchange(venue, { runtime: sim.runtime() })),
    connect: (more: Partial<PrivateExchangeOptions> = {}) =>
      kept(createPrivateExchange(venue, { credentials: keys, runtime: sim.runtime(), ...more })),
    failure: (promise: Promise<unknown>) =>
      run(promise).then(
        (value) => ({ unexpected: value }),
        (error: unknown) => error,
      ),
    truth: sim.account(keys.apiKey, venue),
    async [Symbol.asyncDispose]() {
      for (const one of open) await run(one.close());
      expect(sim.audit()).toEqual([]);
      await sim.close();
    },
  } as const;
}

/** What a position is known by. */
export const positionShape = ({ side, contracts, mode, marginMode, leverage }: Position) => ({
  side,
  contracts,
  mode,
  marginMode,
  leverage,
});
