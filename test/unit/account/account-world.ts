import type { Order } from '../../../src/index.js';
import { createPrivateExchange, type PrivateExchangeOptions, venues } from '../../../src/index.js';
import { startSimulator } from '../../../src/simulator/start-simulator.js';

type WorldVenue = 'mexc_spot' | 'gateio_spot';

const KEYS = { apiKey: 'mx0account', secretKey: 'a-secret-of-the-account' };
export const PLACING = { mexc_spot: 'POST /api/v3/order', gateio_spot: 'POST /api/v4/spot/orders' } as const;
export const LIMIT = { symbol: 'BTC/USDT', side: 'buy', quantity: '0.01', price: '1000' } as const;

/** An account with money at a venue whose book stands still: an ask at 2,000, a bid at 500. */
export async function openAccount(venue: WorldVenue, options: Partial<PrivateExchangeOptions> = {}) {
  // The virtual clock does not wait for a dynamic import.
  await venues[venue].private?.streams.loadCodec(KEYS);
  const sim = await startSimulator({
    clock: 'virtual',
    seed: 'account',
    venues: [venue],
    markets: ['BTC/USDT', 'ETH/USDT'],
    flow: { eventsPerSecond: 0, levels: 0 },
    accounts: [{ ...KEYS, balances: { USDT: '1000000', BTC: '10' } }],
  });
  for (const symbol of ['BTC/USDT', 'ETH/USDT'] as const) {
    sim.injectOrder(venue, { symbol, side: 'sell', type: 'limit', quantity: '100', price: '2000' });
    sim.injectOrder(venue, { symbol, side: 'buy', type: 'limit', quantity: '100', price: '500' });
  }
  const open = (more: Partial<PrivateExchangeOptions> = {}) =>
    createPrivateExchange(venues[venue], {
      credentials: KEYS,
      runtime: sim.runtime(),
      timeoutMs: 3_000,
      recvWindowMs: 2_000,
      resolveWithinMs: 60_000,
      ...options,
      ...more,
    });
  const exchange = open();
  const errors: unknown[] = [];
  exchange.on('error', (error) => errors.push(error));

  /** Lets time go on until the promise is settled. */
  async function settled<T>(promise: Promise<T>, withinMs = 120_000): Promise<T> {
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    promise.then(end, end);
    for (let ms = 0; !isOver && ms < withinMs; ms += 10) await sim.clock.advance(10);
    if (!isOver) throw new Error(`nothing in ${withinMs} ms`);
    return promise;
  }

  return {
    sim,
    exchange,
    errors,
    open,
    settled,
    /** What came of it: the order's state, or the error's code and outcome. */
    outcome: (promise: Promise<Order>) =>
      settled(
        promise.then(
          ({ state }) => state,
          (error) => `${error.code} ${error.outcome}`,
        ),
      ),
    truth: () => sim.account(KEYS.apiKey, venue).orders(),
    async end() {
      await settled(exchange.close());
      await sim.close();
    },
  };
}
