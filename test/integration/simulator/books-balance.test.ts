import { describe, expect, it } from 'vitest';
import { type AccountOption, createSeededRandom, startSimulator } from '../../../src/simulator/index.js';
import { drawGateio, drawMexc, fire } from './private-client.js';

const ACCOUNTS: readonly AccountOption[] = ['a', 'b'].map((apiKey) => ({
  apiKey,
  secretKey: 'the secret of those accounts',
  balances: { USDT: '2000', BTC: '20' },
  selfTradeGroup: 1,
}));

/** Two traders on both venues, in the flow, for a minute and a half, with every kind of fault. */
async function trade(seed: number) {
  const sim = await startSimulator({
    seed,
    clock: 'virtual',
    venues: ['mexc_spot', 'gateio_spot'],
    accounts: ACCOUNTS,
    markets: [{ symbol: 'BTC/USDT', startPrice: 100, priceDecimals: 2, quantityDecimals: 3 }],
    faults: { meanIntervalMs: 500 },
  });
  const random = createSeededRandom(seed).fork('traders');
  const http = sim.runtime().createHttp({ origin: 'https://api.mexc.com', maxBodyBytes: 1_000_000, timeoutMs: 3_000 });
  const found: unknown[] = [];
  for (let step = 0; step < 1_000; step++) {
    fire(http, random.pick([drawMexc, drawGateio])(random, random.pick(ACCOUNTS), sim.clock.now()));
    await sim.clock.advance(100);
    found.push(...sim.audit());
  }
  const accounts = ACCOUNTS.flatMap(({ apiKey }) =>
    (['mexc_spot', 'gateio_spot'] as const).map((venue) => sim.account(apiKey, venue)),
  );
  const world = {
    found,
    trace: sim.trace(),
    faults: sim.faults.counts(),
    orders: accounts.map((account) => account.orders().length),
    fills: accounts.flatMap((account) => account.fills()),
  };
  await sim.close();
  return world;
}

describe('the books of both venues', () => {
  it.each([1, 2, 3])('add up at every moment of a life with every kind of fault (seed %i)', async (seed) => {
    const { found, fills, orders, faults } = await trade(seed);
    expect(found).toEqual([]);
    expect(fills.length).toBeGreaterThan(50);
    expect(Math.min(...orders)).toBeGreaterThan(0);
    expect(Object.keys(faults).length).toBeGreaterThan(10);
  });

  it('come out the same for the same seed', async () => {
    const [first, again, other] = [await trade(5), await trade(5), await trade(6)];
    expect(again).toEqual(first);
    expect(other.trace).not.toBe(first.trace);
  });
});
