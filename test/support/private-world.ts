import { expect } from 'vitest';
import {
  createPrivateExchange,
  isExchangeError,
  type MarketSymbol,
  type PrivateExchange,
  type PrivateExchangeOptions,
  venues,
} from '../../src/index.js';
import type { AccountOption } from '../../src/simulator/index.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import type { AccountUnderTest } from './accounts-under-test.js';
import { type Tap, tapRuntime } from './tap-runtime.js';

export const KEYS = { apiKey: 'mx0contract', secretKey: 'a-secret-of-the-contract' };

export interface PrivateWorldOptions {
  /** Default: an empty book that stands still. */
  readonly flow?: SimulatorOptions['flow'];
  readonly markets?: SimulatorOptions['markets'];
  /** The account's rights and money. */
  readonly account?: Partial<AccountOption>;
  readonly exchange?: Partial<PrivateExchangeOptions>;
}

/**
 * A private exchange on a simulated venue, without sockets, on the virtual clock. Everything that it does to the outside
 * world is counted and kept; at the end the venue's books have to add up.
 */
export async function privateWorld(user: AccountUnderTest, options: PrivateWorldOptions = {}) {
  const { id: venue } = user;
  const { flow = { eventsPerSecond: 0, levels: 0 }, markets = user.markets } = options;
  const account = { ...KEYS, balances: { USDT: '100000', BTC: '10', ETH: '10' }, ...options.account };
  // The virtual clock does not wait for what a codec imports.
  await venues[venue].streams.loadCodec();
  await venues[venue].private?.streams.loadCodec(account);
  const sim = await startSimulator({
    clock: 'virtual',
    seed: 20_251_126,
    venues: [venue],
    markets,
    flow,
    accounts: [account],
  });
  const { clock } = sim;
  const credentials = { apiKey: account.apiKey, secretKey: account.secretKey };
  const opened: PrivateExchange[] = [];

  /** Another client of the same account, from another address. */
  function connect(more: Partial<PrivateExchangeOptions> = {}): { exchange: PrivateExchange; tap: Tap } {
    const { runtime, tap } = tapRuntime(sim.runtime());
    const exchange = createPrivateExchange(venue, { credentials, runtime, ...more });
    opened.push(exchange);
    return { exchange, tap };
  }

  /** Lets time pass until the promise is settled; gives its value, or its error. */
  async function outcome<T>(promise: Promise<T>, mostMs = 120_000): Promise<T> {
    let isDone = false;
    const done = promise.finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    for (let ms = 0; !isDone && ms < mostMs; ms += 10) await clock.advance(10);
    return isDone ? done : Promise.reject(new Error(`nothing came of it in ${mostMs} ms`));
  }

  async function failure(promise: Promise<unknown>, mostMs?: number): Promise<unknown> {
    return outcome(promise, mostMs).then(
      (value) => ({ unexpected: value }),
      (error: unknown) => error,
    );
  }

  // What is held changes with the mark price, which no push tells.
  if (user.isPerpetual) for (const symbol of [user.BTC, user.ETH]) sim.perpetual(venue, symbol).forceMarkPrice('100');
  if (user.isPerpetual && account.permissions?.includes('trade') !== false) {
    // Everything here is written for one position a market, as on a spot market there is one balance.
    const { positions } = connect().exchange;
    await outcome(positions?.getPositionMode() ?? Promise.reject(new Error('no positions'))).then((mode) =>
      mode === 'one_way' ? undefined : outcome(positions?.setPositionMode('one_way') ?? Promise.resolve()),
    );
  }
  const { exchange, tap } = connect(options.exchange);
  return {
    sim,
    clock,
    venue,
    user,
    BTC: user.BTC,
    ETH: user.ETH,
    exchange,
    tap,
    connect,
    outcome,
    failure,
    /** What the venue really has. */
    truth: sim.account(account.apiKey, venue),
    /** Somebody else at the venue rests or takes. */
    trade: (side: 'buy' | 'sell', quantity: string, price: string, symbol: MarketSymbol = user.BTC) =>
      sim.injectOrder(venue, { symbol, side, quantity, price }),
    async [Symbol.asyncDispose]() {
      for (const one of opened) await outcome(one.close());
      expect(sim.audit()).toEqual([]);
      await sim.close();
    },
  };
}

export type PrivateWorld = Awaited<ReturnType<typeof privateWorld>>;

/** `code outcome` of an error of this library. */
export function words(error: unknown): unknown {
  return isExchangeError(error) ? `${error.code} ${error.outcome}` : error;
}
