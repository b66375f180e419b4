import { expect, it } from 'vitest';
import { perpetualWorld, refusal } from '../../support/perpetual-world.js';

const symbol = 'BTC/USDT:USDT';
const RATES = [
  { symbol, rate: 0.0001, intervalMs: 14_400_000, receivedAt: 1 },
  { symbol: 'NO/SUCH:SUCH', rate: 0, intervalMs: 1, receivedAt: 1 },
];
const TELLS = { ratesTellInterval: true };

it('the time between payments is asked for once for each list of instruments, by all who ask together', async () => {
  const world = perpetualWorld({ 'GET /rates': RATES }, TELLS);
  const { exchange } = world.openPublic();
  const [list, one] = await world.settled(Promise.all([exchange.getInstruments(), exchange.getInstrument(symbol)]));
  expect([one.fundingIntervalMs, list.get(symbol) === one, world.of('GET /rates').length]).toEqual([
    14_400_000,
    true,
    1,
  ]);
  expect([...list.values()].filter(({ fundingIntervalMs }) => fundingIntervalMs !== undefined)).toEqual([one]);
  await world.settled(exchange.getInstruments({ refresh: true }));
  expect(world.of('GET /rates')).toHaveLength(2);
});

it('instruments come without it when it cannot be had, which is reported, and asked for again with the next list', async () => {
  const world = perpetualWorld({ 'GET /rates': refusal('server') }, TELLS);
  const { exchange } = world.openPublic();
  expect((await world.settled(exchange.getInstrument(symbol))).fundingIntervalMs).toBeUndefined();
  expect(world.errors).toEqual([expect.objectContaining({ code: 'server' })]);
  world.script['GET /rates'] = RATES;
  expect((await world.settled(exchange.getInstrument(symbol))).fundingIntervalMs).toBeUndefined();
  await world.settled(exchange.getInstruments({ refresh: true }));
  expect((await world.settled(exchange.getInstrument(symbol))).fundingIntervalMs).toBe(14_400_000);
});

it('an exchange that is closed meanwhile says so', async () => {
  const world = perpetualWorld({ 'GET /rates': RATES }, TELLS);
  const { exchange } = world.openPublic();
  const asked = world.failure(() => exchange.getInstrument(symbol));
  await exchange.close();
  expect(await asked).toMatchObject({ code: 'closed' });
});

it('a venue whose list tells it is not asked for rates', async () => {
  const world = perpetualWorld();
  const { exchange } = world.openPublic();
  await world.settled(exchange.getInstruments());
  await world.settled(exchange.getInstrument(symbol));
  expect(world.of('GET /rates')).toEqual([]);
});

it('nothing that trades waits for it', async () => {
  const world = perpetualWorld({}, TELLS);
  const { exchange } = world.openPrivate();
  await world.settled(exchange.placeMarketOrder({ symbol, side: 'buy', quantity: '0.5' }));
  expect(world.of('GET /rates')).toEqual([]);
});
