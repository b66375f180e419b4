import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMexcFuturesPrivateWorld, OPEN_LONG } from '../../support/mexc-futures-private-world.js';

let world: ReturnType<typeof createMexcFuturesPrivateWorld>;
beforeEach(() => {
  world = createMexcFuturesPrivateWorld();
});
afterEach(() => expect(world.audit()).toEqual([]));

/** Longer than a push is ever late. */
const LATE_MS = 10;

async function settle(): Promise<void> {
  await world.clock.advance(LATE_MS);
}

describe('private pushes', () => {
  it('tell everything after a login: the order, its fills, the position and the money', async () => {
    const client = world.connect();
    client.login();
    const id = await world.create({ externalOid: 'mine' });
    world.take('sell', 2);
    await settle();
    expect(client.pushes('order')).toMatchObject([
      {
        orderId: id,
        externalOid: 'mine',
        state: 2,
        dealVol: 0,
        remainVol: 5,
        version: 1,
        makerFeeRate: 0.0001,
        takerFeeRate: 0.0004,
      },
      { orderId: id, state: 2, dealVol: 2, remainVol: 3 },
    ]);
    const versions = client.pushes('order').map(({ version }) => version as number);
    expect(versions[1]).toBeGreaterThan(versions[0]!);
    expect(client.pushes('order.deal')).toMatchObject([
      { orderId: id, vol: 2, price: 99, fee: 0.00198, isTaker: false },
    ]);
    expect(client.pushes('order.deal')[0]).not.toHaveProperty('taker');
    expect(client.pushes('position')).toMatchObject([{ positionType: 1, holdVol: 2, holdAvgPrice: 99 }]);
    const [asset] = world.dataOf('GET', 'account/assets') as [Record<string, unknown>];
    const { positionMargin, availableBalance, frozenBalance } = asset!;
    expect(client.pushes('asset').at(-1)).toEqual({
      currency: 'USDT',
      positionMargin,
      frozenBalance,
      availableBalance,
      bonus: 0,
    });
    const order = client.messages().find(({ channel }) => channel === 'push.personal.order')!;
    expect(Object.keys(order)).toEqual(['channel', 'data', 'symbol', 'ts']);
    expect(client.messages().find(({ channel }) => channel === 'push.personal.asset')).not.toHaveProperty('symbol');
  });

  it('tell the last state of what is over, the closed position included', async () => {
    world.offer('sell', 100, 5);
    world.offer('buy', 99, 5);
    await world.create({ type: 5, vol: 5 });
    const client = world.connect();
    client.login();
    const id = await world.create({ side: 4, type: 5, vol: 5 });
    await settle();
    expect(client.pushes('order').at(-1)).toMatchObject({ orderId: id, state: 3, remainVol: 0, profit: -0.5 });
    expect(client.pushes('position').at(-1)).toMatchObject({ state: 3, holdVol: 0, closeVol: 5 });
  });

  it('tell of plan orders', async () => {
    const client = world.connect();
    client.login();
    const plan = { ...OPEN_LONG, triggerPrice: 98, triggerType: 2, executeCycle: 2, orderType: 5, trend: 2 };
    const id = world.dataOf('POST', 'planorder/place/v2', plan);
    world.dataOf('POST', 'planorder/cancel_all', {});
    await settle();
    expect(client.pushes('plan.order').at(-1)).toMatchObject({ id, state: 2, trend: 2, executeCycle: 2 });
  });

  it('are only what the last filter asks for', async () => {
    const client = world.connect();
    client.login({ subscribe: false });
    await world.create();
    await settle();
    expect(client.messages().map(({ channel }) => channel)).toEqual(['rs.login']);
    const filter = async (filters: unknown[]): Promise<void> => {
      client.send({ method: 'personal.filter', param: { filters } });
      await world.create();
      await world.create({ symbol: 'ETH_USDT', price: 9.9, vol: 1 });
      await settle();
    };
    await filter([{ filter: 'order', rules: ['BTC_USDT'] }]);
    expect(client.pushes('order')).toMatchObject([{ symbol: 'BTC_USDT' }]);
    expect(client.pushes('asset')).toEqual([]);
    await filter([{ filter: 'asset' }, { filter: 'order', rules: [] }]);
    expect(client.pushes('order')).toHaveLength(3);
    expect(client.pushes('asset').length).toBeGreaterThan(0);
    await filter([]);
    expect(client.pushes('order')).toHaveLength(5);
  });

  it('wait for an order that no read shows yet', async () => {
    const client = world.connect();
    client.login();
    world.faults.hideOrders('mexc_futures', { symbol: 'BTC/USDT:USDT', lagMs: 1_000 });
    const id = await world.create();
    await settle();
    expect(client.pushes('order')).toEqual([]);
    await world.clock.advance(1_000);
    expect(client.pushes('order')).toMatchObject([{ orderId: id }]);
  });

  it('go to their own account only, and to nobody before a login', async () => {
    const bob = { apiKey: 'mx0bob', secretKey: 'the secret of bob', balances: { USDT: '1000' } };
    world = createMexcFuturesPrivateWorld([{ apiKey: 'mx0alice', secretKey: 'a', balances: { USDT: '1000' } }, bob]);
    const [alice, stranger] = [world.connect(), world.connect()];
    alice.login();
    await world.create({}, bob);
    await settle();
    expect(alice.messages().map(({ channel }) => channel)).toEqual(['rs.login']);
    alice.login({}, bob);
    await world.create({}, bob);
    await settle();
    expect(alice.pushes('order')).toHaveLength(1);
    expect(stranger.messages()).toEqual([]);
  });

  it('have ids as text or, now and then, as numbers that a double does not hold', async () => {
    const client = world.connect();
    client.login();
    for (let i = 0; i < 20; i++) await world.create({ vol: 1, price: 95 });
    await settle();
    const ids = world.dataOf('GET', 'order/list/open_orders') as { orderId: string }[];
    expect(client.pushes('order').map(({ orderId }) => orderId)).toEqual(ids.map(({ orderId }) => orderId).reverse());
    const bare = client.texts().filter((text) => /"orderId":\d{18},/.test(text));
    expect([bare.length > 0, bare.length < 20]).toEqual([true, true]);
  });

  it('can be muted and dropped by their topic', async () => {
    const client = world.connect();
    client.login();
    world.faults.drop('mexc_futures', { topic: 'push.personal.order.BTC_USDT', times: 1 });
    const [, second] = [await world.create(), await world.create()];
    await settle();
    expect(client.pushes('order')).toMatchObject([{ orderId: second }]);
  });
});
