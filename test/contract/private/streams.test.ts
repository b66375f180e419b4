import { describe, expect, it } from 'vitest';
import { type Balance, type ExchangeError, type Fill, type Order, venues } from '../../../src/index.js';
import { ACCOUNTS, accountAt } from '../../support/accounts-under-test.js';
import { type PrivateWorld, privateWorld, words } from '../../support/private-world.js';

/** Watches everything; `ready` when the exchange is live. */
function watchAll({ exchange }: Pick<PrivateWorld, 'exchange'>) {
  const seen = { orders: [] as Order[], fills: [] as Fill[], balances: [] as Balance[], log: [] as string[] };
  exchange.on('status', ({ status }) => seen.log.push(status));
  const all = [
    exchange.watchOrders((order) => {
      seen.orders.push(order);
      seen.log.push(`${order.state} ${order.filledQuantity}`);
    }),
    exchange.watchFills((fill) => {
      seen.fills.push(fill);
      seen.log.push(`fill ${fill.quantity}`);
    }),
    exchange.watchBalances((balance) => void seen.balances.push(balance)),
  ];
  return { seen, ready: Promise.all(all.map((one) => one.ready)) };
}

/** The last word on each asset. */
function newest(balances: readonly Balance[]) {
  return Object.fromEntries(balances.map(({ asset, free, locked }) => [asset, { free, locked }]));
}

/** The fills as they really were. */
function expectEachFillOnce({ truth }: PrivateWorld, fills: readonly Fill[]): void {
  const plain = ({ orderId, price, quantity, side }: Omit<Fill, 'id'>) => ({ orderId, price, quantity, side });
  expect(fills.map(plain)).toEqual(truth.fills().map((one) => plain(one as unknown as Fill)));
  expect(new Set(fills.map(({ id }) => id)).size).toBe(fills.length);
}

describe.each(ACCOUNTS)('the private streams of $name', (user) => {
  const { id: venue, BTC, idOf, LIMIT } = user;
  it('tell every order, each fill once, and balances that are right to the last digit', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, trade, clock, truth } = world;
    const { seen, ready } = watchAll(world);
    await outcome(ready);
    expect(newest(seen.balances)).toEqual(truth.balances());
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    trade('sell', '0.3', '100');
    await clock.advance(500);
    trade('sell', '0.2', '100');
    await clock.advance(500);
    await outcome(exchange.cancelOrder({ symbol: BTC, orderId }));
    await clock.advance(2_000);
    expectEachFillOnce(world, seen.fills);
    expect(seen.orders.at(-1)).toMatchObject({ orderId, state: 'canceled', filledQuantity: '0.5', origin: 'own' });
    expect(newest(seen.balances)).toEqual(truth.balances());
  });

  it('merge what happened while they were away, and are live only then', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, trade, clock, truth, sim } = world;
    const { seen, ready } = watchAll(world);
    await outcome(ready);
    const filled = await outcome(exchange.placeLimitOrder(LIMIT));
    const gone = await outcome(exchange.placeLimitOrder({ ...LIMIT, price: '90' }));
    await clock.advance(1_000);
    sim.faults.refuseConnections(venue, 2);
    sim.faults.cut(venue);
    trade('sell', '0.4', '100');
    await clock.advance(5);
    trade('sell', '0.6', '100');
    truth.cancelByVenue(gone.orderId as string);
    await clock.advance(10);
    seen.log.length = 0;
    for (let ms = 0; exchange.status !== 'live' && ms < 120_000; ms += 10) await clock.advance(10);
    const { log } = seen;
    expect(log.filter((word) => word.startsWith('fill '))).toEqual(['fill 0.4', 'fill 0.6']);
    expect(log).toContain('filled 1');
    expect(log).toContain('canceled 0');
    expect(log.at(-1)).toBe('live');
    expectEachFillOnce(world, seen.fills);
    expect(newest(seen.balances)).toEqual(truth.balances());
    expect(seen.orders.filter(({ orderId }) => orderId === filled.orderId).at(-1)?.state).toBe('filled');
  });

  it('are given up within two heartbeats where nothing comes any more, and tell afterwards what was missed', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, trade, clock, sim } = world;
    const { seen, ready } = watchAll(world);
    await outcome(ready);
    await outcome(exchange.placeLimitOrder(LIMIT));
    await clock.advance(31_000);
    sim.faults.halfOpen(venue);
    trade('sell', '1', '100');
    const { heartbeatMs = 0 } = venues[venue].private?.streams.plan ?? {};
    let silentMs = 0;
    for (; exchange.status === 'live' && silentMs < 120_000; silentMs += 10) await clock.advance(10);
    expect([exchange.status, silentMs <= 2 * heartbeatMs, seen.fills.length]).toEqual(['degraded', true, 0]);
    for (let ms = 0; exchange.status !== 'live' && ms < 60_000; ms += 10) await clock.advance(10);
    expect([exchange.status, seen.fills.length]).toEqual(['live', 1]);
  });

  it('are opened anew where they tell nothing, though they answer pings: found by what was filled meanwhile', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, trade, clock, sim, tap } = world;
    const errors: unknown[] = [];
    exchange.on('error', (error) => errors.push(error));
    const { seen, ready } = watchAll(world);
    await outcome(ready);
    await outcome(exchange.placeLimitOrder({ ...LIMIT, quantity: '10' }));
    await clock.advance(40_000);
    sim.faults.mute(venue, '');
    trade('sell', '1', '100');
    const dials = tap.dials.length;
    seen.log.length = 0;
    await clock.advance(45_000);
    expect([exchange.status, seen.fills.length, tap.dials.length]).toEqual(['live', 1, dials + 1]);
    expect(seen.log.filter((word) => word === 'degraded' || word === 'live')).toEqual(['degraded', 'live']);
    expect(errors.map(words)).toEqual(['malformed_response unknown']);
    // A stream that stays so is not opened anew all the time.
    for (let i = 0; i < 4; i++) {
      trade('sell', '1', '100');
      await clock.advance(40_000);
    }
    expect([exchange.status, seen.fills.length, tap.dials.length]).toEqual(['live', 5, dials + 1]);
    sim.faults.clear();
    trade('sell', '1', '100');
    await clock.advance(100);
    expect(seen.fills.length).toBe(6);
  });

  it('begin for a loop that is entered when they are live with the orders and balances that were there', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, connect, truth } = world;
    const placed = await outcome(connect().exchange.placeLimitOrder(LIMIT));
    const [orders, balances] = [exchange.watchOrders(), exchange.watchBalances()];
    await outcome(Promise.all([orders.ready, balances.ready]));
    const [order, balance] = await Promise.all([
      orders[Symbol.asyncIterator]().next(),
      balances[Symbol.asyncIterator]().next(),
    ]);
    expect(order.value).toMatchObject({ orderId: placed.orderId, state: 'open', origin: 'external' });
    expect(Object.keys(truth.balances())).toContain(balance.value?.asset);
  });

  it('keep new orders back while they are away, unless told otherwise', async () => {
    for (const placeWhileReconciling of [false, true]) {
      await using world = await privateWorld(user, { exchange: { placeWhileReconciling } });
      const { exchange, outcome, failure, clock, sim, truth } = world;
      await outcome(watchAll(world).ready);
      sim.faults.refuseConnections(venue, 3);
      sim.faults.cut(venue);
      await clock.advance(50);
      expect(exchange.status).toBe('degraded');
      if (placeWhileReconciling) await outcome(exchange.placeLimitOrder(LIMIT));
      else
        expect(await failure(exchange.placeLimitOrder(LIMIT))).toMatchObject({
          code: 'account_not_ready',
          outcome: 'not_sent',
          retryable: true,
        });
      expect(truth.orders().length).toBe(placeWhileReconciling ? 1 : 0);
    }
  });

  it('show orders of other clients as external; closing takes back only those that are named', async () => {
    for (const cancelOrders of ['none', 'own', 'all'] as const) {
      await using world = await privateWorld(user);
      const { exchange, connect, outcome, clock, truth } = world;
      const { seen, ready } = watchAll(world);
      await outcome(ready);
      await outcome(exchange.placeLimitOrder(LIMIT));
      await outcome(connect().exchange.placeLimitOrder({ ...LIMIT, price: '90', clientOrderId: idOf('theirs') }));
      await clock.advance(1_000);
      const origins = new Map(seen.orders.map(({ price, origin }) => [price, origin]));
      expect([...origins]).toEqual([
        ['100', 'own'],
        ['90', 'external'],
      ]);
      await outcome(exchange.close({ cancelOrders }));
      const left = { none: ['open', 'open'], own: ['canceled', 'open'], all: ['canceled', 'canceled'] }[cancelOrders];
      expect([cancelOrders, truth.orders().map(({ status }) => status)]).toEqual([cancelOrders, left]);
    }
  });

  it('end an iterator loudly that is too far behind, and lose nothing for the others', async () => {
    await using world = await privateWorld(user, { account: { balances: { USDT: '100000000' } } });
    const { exchange, outcome, clock, trade, truth } = world;
    const errors: unknown[] = [];
    exchange.on('error', (error) => errors.push(error));
    const heard: Fill[] = [];
    const fills = exchange.watchFills((fill) => void heard.push(fill));
    await outcome(fills.ready);
    const iterator = fills[Symbol.asyncIterator]();
    const first = iterator.next();
    await outcome(exchange.placeLimitOrder({ ...LIMIT, quantity: '10.1' }));
    for (let i = 0; i < 10_100; i++) {
      trade('sell', '0.001', '100');
      if (i % 100 === 99) await clock.advance(50);
    }
    await clock.advance(3_000);
    await first;
    let read = 1;
    const end = await failureOf(async () => {
      while (!(await iterator.next()).done) read++;
    });
    expect([words(end), read <= 10_001, heard.length]).toEqual(['overflow not_sent', true, truth.fills().length]);
    expect(errors.map(words)).toEqual(['overflow not_sent']);
    // Ten thousand fills: a busy machine takes a while.
  }, 60_000);

  it('isolate a handler that throws, and go on', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, clock } = world;
    const errors: unknown[] = [];
    exchange.on('error', (error) => errors.push(error));
    const heard: string[] = [];
    const orders = exchange.watchOrders(() => {
      throw new Error('mine');
    });
    orders.on((order) => void heard.push(order.state));
    await outcome(orders.ready);
    await outcome(exchange.placeLimitOrder(LIMIT));
    await clock.advance(1_000);
    expect(heard).toContain('open');
    expect(errors.map((error) => (error as Error).message)).toEqual(heard.map(() => 'mine'));
  });
});

describe('the listen key of mexc_spot', () => {
  it('is kept alive, made anew when the venue ends it, and removed at the end', async () => {
    await using world = await privateWorld(accountAt('mexc_spot'));
    const {
      exchange,
      outcome,
      clock,
      sim,
      tap,
      trade,
      user: { LIMIT },
    } = world;
    const { seen, ready } = watchAll(world);
    await outcome(ready);
    await outcome(exchange.placeLimitOrder(LIMIT));
    for (let minutes = 0; minutes < 70; minutes++) await clock.advance(60_000);
    expect(tap.calls('userDataStream').slice(0, 3)).toEqual([
      'POST /api/v3/userDataStream',
      'PUT /api/v3/userDataStream',
      'PUT /api/v3/userDataStream',
    ]);
    expect(exchange.status).toBe('live');
    sim.faults.expireListenKeys('mexc_spot');
    trade('sell', '0.4', '100');
    await clock.advance(30_000);
    trade('sell', '0.6', '100');
    await clock.advance(2_000);
    expect(exchange.status).toBe('live');
    expectEachFillOnce(world, seen.fills);
    expect(tap.calls('POST /api/v3/userDataStream').length).toBe(2);
    await outcome(exchange.close());
    expect(tap.calls('userDataStream').at(-1)).toBe('DELETE /api/v3/userDataStream');
  });
});

describe('a listen key of mexc_spot that the venue does not keep alive any more', () => {
  it('is made anew, on a new connection: the old one may have fallen silent', async () => {
    await using world = await privateWorld(accountAt('mexc_spot'), { exchange: { reconcileEveryMs: 3_600_000 } });
    const {
      exchange,
      outcome,
      clock,
      sim,
      tap,
      trade,
      user: { LIMIT },
    } = world;
    const { seen, ready } = watchAll(world);
    await outcome(ready);
    await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.mute('mexc_spot', 'spot@private', { forMs: 1_830_000 });
    const refusal = { status: 400, body: '{"code":22222,"msg":"no such key"}', processed: false } as const;
    sim.faults.respond('mexc_spot', 'PUT /api/v3/userDataStream', refusal);
    trade('sell', '0.4', '100');
    for (let minutes = 0; minutes < 32; minutes++) await clock.advance(60_000);
    trade('sell', '0.6', '100');
    await clock.advance(2_000);
    expectEachFillOnce(world, seen.fills);
    expect([exchange.status, tap.calls('POST /api/v3/userDataStream').length]).toEqual(['live', 2]);
    expect(new Set(tap.dials).size).toBe(2);
    expect(seen.log).toContain('degraded');
  });
});

async function failureOf(work: () => Promise<void>): Promise<unknown> {
  return work().then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

// Gate.io does not say how long it bans for.
describe.each(ACCOUNTS.filter(({ isGateio }) => !isGateio))('the private streams of $name', (user) => {
  const { id: venue } = user;
  it('are live again right after a ban, however often they have tried before', async () => {
    await using world = await privateWorld(user, { exchange: { retry: { maxAttempts: 1 }, timeoutMs: 1_000 } });
    const { exchange, outcome, failure, clock, sim } = world;
    await outcome(watchAll(world).ready);
    sim.faults.refuseConnections(venue, 6);
    sim.faults.cut(venue);
    const { retryAfterMs = 0 } = await bannedFor(20_000);
    for (let ms = 0; ms < retryAfterMs; ms += 10) await clock.advance(10);
    expect(exchange.status).toBe('degraded');
    let lateMs = 0;
    for (; exchange.status !== 'live' && lateMs < 120_000; lateMs += 10) await clock.advance(10);
    expect(lateMs).toBeLessThan(5_000);

    /** Begins after a while. */
    async function bannedFor(afterMs: number): Promise<ExchangeError> {
      await clock.advance(afterMs);
      sim.faults.ban(venue);
      return (await failure(exchange.getBalances())) as ExchangeError;
    }
  });
});
