import { describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { type PrivateWorld, privateWorld, words } from '../../support/private-world.js';

/** Places so many, one after the other, each filled at once. */
async function fillMany({ exchange, outcome, trade, user }: PrivateWorld, count: number): Promise<void> {
  const LIMIT = { ...user.LIMIT, quantity: '0.1' };
  trade('sell', String(count), '100');
  for (let i = 0; i < count; i++) await outcome(exchange.placeLimitOrder(LIMIT));
}

const idsOf = (rows: ReadonlyArray<{ readonly orderId?: string }>) => rows.map(({ orderId }) => orderId);

describe.each(ACCOUNTS)('reading the account on $name', (user) => {
  const { id: venue, BTC, ETH, idOf, LIMIT: one } = user;
  const LIMIT = { ...one, quantity: '0.1' } as const;
  it('tells every balance to the last digit, and zero of what is not there', async () => {
    await using world = await privateWorld(user, {
      account: { balances: { USDT: user.isPerpetual ? '1234567.12345678' : '123456789.123456789', BTC: '0.00000001' } },
    });
    const { exchange, outcome, truth } = world;
    const balances = await outcome(exchange.getBalances());
    expect([...balances].map(([asset, { free, locked }]) => [asset, { free, locked }]).sort()).toEqual(
      Object.entries(truth.balances()).sort(),
    );
    expect(await outcome(exchange.getBalance('NOSUCH'))).toMatchObject({ asset: 'NOSUCH', free: '0', locked: '0' });
  });

  it('finds an open order by either id; one that never was it does not find', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, failure } = world;
    const clientOrderId = idOf('look');
    const { orderId = '' } = await outcome(exchange.placeLimitOrder({ ...LIMIT, clientOrderId }));
    const byId = await outcome(exchange.getOrder({ symbol: BTC, orderId }));
    const byOurs = await outcome(exchange.getOrder({ symbol: BTC, clientOrderId }));
    expect([byId.clientOrderId, byOurs.orderId, byId.state]).toEqual([clientOrderId, orderId, 'open']);
    const missing = { symbol: BTC, clientOrderId: idOf('never') } as const;
    expect(words(await failure(exchange.getOrder(missing)))).toBe('order_not_found rejected');
    expect(words(await failure(exchange.getOrder({ symbol: BTC, orderId: '999999999' })))).toBe(
      'order_not_found rejected',
    );
  });

  it('lists open orders of one market or of all, oldest first', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome } = world;
    const placed: (string | undefined)[] = [];
    for (const symbol of [BTC, ETH, BTC] as const)
      placed.push((await outcome(exchange.placeLimitOrder({ ...LIMIT, symbol }))).orderId);
    expect(idsOf(await outcome(exchange.getOpenOrders(BTC)))).toEqual([placed[0], placed[2]]);
    expect(idsOf(await outcome(exchange.getOpenOrders()))).toEqual(placed);
    expect(await outcome(exchange.getOpenOrders(ETH))).toMatchObject([{ symbol: ETH, price: '100', quantity: '0.1' }]);
  });

  it('pages over the limit of the venue: every open order, every fill, every ended order, each once', async () => {
    await using world = await privateWorld(user, { exchange: { rateLimit: { share: 0.8 } } });
    const { exchange, outcome, truth, clock } = world;
    await fillMany(world, 130);
    // Gate.io takes a hundred open orders of a contract.
    const resting = user.id === 'gateio_futures' ? 100 : 120;
    for (let i = 0; i < resting; i++) await outcome(exchange.placeLimitOrder({ ...LIMIT, price: '50' }));
    await clock.advance(5_000);
    const real = truth.orders();
    const open = await outcome(exchange.getOpenOrders(BTC));
    expect(new Set(idsOf(open))).toEqual(new Set(real.filter(({ status }) => status === 'open').map(({ id }) => id)));
    expect(open.length).toBe(resting);
    const fills = await outcome(exchange.getFills(BTC, { limit: 1_000 }));
    expect(fills.map(({ orderId, price, quantity, side }) => ({ orderId, price, quantity, side }))).toEqual(
      truth.fills().map(({ orderId, price, quantity, side }) => ({ orderId, price, quantity, side })),
    );
    expect(new Set(fills.map(({ id }) => id)).size).toBe(130);
    const ended = await outcome(exchange.getOrderHistory(BTC, { limit: 1_000 }));
    const over = ended.filter(({ state }) => state === 'filled');
    expect(idsOf(over)).toEqual(real.filter(({ status }) => status === 'filled').map(({ id }) => id));
  });

  it('history holds ended orders only, and says how each ended', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, trade, clock } = world;
    await outcome(exchange.placeLimitOrder({ ...LIMIT, price: '50' }));
    trade('sell', '0.15', '100');
    const filled = await outcome(exchange.placeLimitOrder(LIMIT));
    const partly = await outcome(exchange.placeLimitOrder({ ...LIMIT, timeInForce: 'IOC' }));
    await clock.advance(2_000);
    const ended = await outcome(exchange.getOrderHistory(BTC));
    expect(ended.map(({ orderId, state, filledQuantity }) => [orderId, state, filledQuantity])).toEqual([
      [filled.orderId, 'filled', '0.1'],
      [partly.orderId, 'canceled', '0.05'],
    ]);
  });

  it('gives the newest rows where there are more than asked for, and those of a time or an order alone', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, clock } = world;
    await fillMany(world, 5);
    await clock.advance(10_000);
    const middle = Math.floor(clock.now());
    await clock.advance(10_000);
    await fillMany(world, 3);
    await clock.advance(2_000);
    const real = truth.fills().map(({ orderId }) => orderId);
    expect(idsOf(await outcome(exchange.getFills(BTC, { limit: 2 })))).toEqual(real.slice(-2));
    expect(idsOf(await outcome(exchange.getFills(BTC, { since: middle })))).toEqual(real.slice(5));
    expect(idsOf(await outcome(exchange.getFills(BTC, { until: middle })))).toEqual(real.slice(0, 5));
    expect(idsOf(await outcome(exchange.getFills(BTC, { orderId: real[1] as string })))).toEqual([real[1]]);
    expect(idsOf(await outcome(exchange.getOrderHistory(BTC, { limit: 4 })))).toEqual(real.slice(-4));
  });

  it('tells what a fill cost, in which asset, and who made it', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, trade, clock } = world;
    trade('sell', '0.05', '99.99');
    await outcome(exchange.placeLimitOrder(LIMIT));
    trade('sell', '0.05', '100');
    await clock.advance(1_000);
    const fills = await outcome(exchange.getFills(BTC));
    expect(fills.map(({ price, quantity, liquidity, feeAsset }) => ({ price, quantity, liquidity, feeAsset }))).toEqual(
      truth.fills().map(({ price, quantity, liquidity, feeAsset }) => ({ price, quantity, liquidity, feeAsset })),
    );
    expect(fills.map(({ fee }) => Number(fee))).toEqual(truth.fills().map(({ fee }) => Number(fee)));
  });

  it('lists fills of one millisecond in the order in which they happened', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, trade, clock } = world;
    trade('sell', '0.04', '99.98');
    trade('sell', '0.06', '99.99');
    await outcome(exchange.placeLimitOrder(LIMIT));
    await clock.advance(1_000);
    const fills = await outcome(exchange.getFills(BTC));
    expect(truth.fills().map(({ quantity }) => quantity)).toEqual(['0.04', '0.06']);
    expect(fills.map(({ quantity }) => quantity)).toEqual(['0.04', '0.06']);
  });

  it('knows the rates of the account as fractions', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome } = world;
    const rates = user.fees;
    const { symbol, maker, taker } = await outcome(exchange.getTradingFees(BTC));
    expect([symbol, Number(maker), Number(taker)]).toEqual([BTC, Number(rates.maker), Number(rates.taker)]);
  });

  it('sends any call that is not wrapped, signed; the venue decides', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, failure, truth } = world;
    const path = user.rawCall;
    expect(JSON.stringify(await outcome(exchange.request({ method: 'GET', path })))).toContain(
      user.rawSays ?? truth.userId,
    );
    const unknown = await failure(exchange.request({ method: 'GET', path: `${path}-that-is-not-there` }));
    expect(unknown).toMatchObject({ name: expect.stringMatching(/Error$/), venue, httpStatus: 404 });
    expect(words(await failure(exchange.request({ method: 'GET', path: 'https://evil.test/' })))).toBe(
      'validation not_sent',
    );
  });

  it('is healthy while the venue answers, and says so when it does not', async () => {
    await using world = await privateWorld(user, { exchange: { retry: { maxAttempts: 1 } } });
    const { exchange, outcome, sim } = world;
    expect(await outcome(exchange.health())).toMatchObject({ venue, status: 'ok' });
    sim.faults.maintenance(venue);
    expect(await outcome(exchange.health())).toMatchObject({ venue, status: 'down' });
  });
});
