import { describe, expect, it } from 'vitest';
import { supportsAmend } from '../../../src/index.js';
import { GATEIO_ACCOUNTS } from '../../support/accounts-under-test.js';
import { KEYS, type PrivateWorld, privateWorld, words } from '../../support/private-world.js';

const QUICK = { exchange: { timeoutMs: 2_000, recvWindowMs: 2_000 } };

const idsAt = ({ truth }: PrivateWorld): string[] => truth.orders().map(({ id }) => id);

describe.each(GATEIO_ACCOUNTS)('the order socket of $name', (user) => {
  const { id: venue, BTC, LIMIT: terms } = user;
  const LIMIT = { ...terms, via: 'ws' } as const;
  it('cancels, amends and reads as it places: without a call over HTTP', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, tap, truth } = world;
    if (!supportsAmend(exchange)) throw new Error('no amending');
    const { orderId, clientOrderId } = await outcome(exchange.placeLimitOrder(LIMIT));
    const before = tap.requests.length;
    const amended = await outcome(exchange.amend.amendOrder({ symbol: BTC, orderId, price: '99', via: 'ws' }));
    const read = await outcome(exchange.getOrder({ symbol: BTC, clientOrderId, via: 'ws' }));
    const canceled = await outcome(exchange.cancelOrder({ symbol: BTC, orderId, via: 'ws' }));
    expect([amended, read, canceled].map(({ price, state }) => [price, state])).toEqual([
      ['99', 'open'],
      ['99', 'open'],
      ['99', 'canceled'],
    ]);
    expect([tap.requests.length, truth.orders()[0]?.status]).toEqual([before, 'canceled']);
  });

  it('is connected and logged in before the first order when told so', async () => {
    await using world = await privateWorld(user, { exchange: { warmOrderSocket: true } });
    const { exchange, outcome, clock, tap } = world;
    await clock.advance(1_000);
    expect([tap.dials.length, tap.frames.filter((text) => text.includes('.login')).length]).toEqual([1, 1]);
    await outcome(exchange.placeLimitOrder(LIMIT));
    expect(tap.dials.length).toBe(1);
  });

  it('answers many at once, each with its own', async () => {
    await using world = await privateWorld(user);
    const prices = ['91', '92', '93', '94', '95', '96'];
    const orders = prices.map((price) => world.exchange.placeLimitOrder({ ...LIMIT, price }));
    const placed = await world.outcome(Promise.all(orders));
    expect(placed.map(({ price }) => price)).toEqual(prices);
    const truth = new Map(world.truth.orders().map(({ id, price }) => [id, price]));
    expect(placed.map(({ orderId = '' }) => truth.get(orderId))).toEqual(prices);
  });

  it('says what the venue refused, and that there is no order', async () => {
    await using world = await privateWorld(user, { account: { balances: { USDT: '100' } } });
    const refused = await world.failure(world.exchange.placeLimitOrder({ ...LIMIT, quantity: '50' }));
    expect([words(refused), idsAt(world)]).toEqual(['insufficient_balance rejected', []]);
  });

  it('finds the order when the socket breaks before the answer, and takes the next one on a new socket', async () => {
    await using world = await privateWorld(user, QUICK);
    const { exchange, outcome, sim, tap } = world;
    await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.timeoutHttp(venue, user.calls.socketPlace);
    const placing = exchange.placeLimitOrder({ ...LIMIT, price: '99' });
    while (tap.frames.filter((text) => text.includes('order_place')).length < 2) await world.clock.advance(1);
    await world.clock.advance(20);
    sim.faults.cut(venue);
    const second = await outcome(placing);
    const third = await outcome(exchange.placeLimitOrder({ ...LIMIT, price: '98' }));
    expect(idsAt(world).slice(1)).toEqual([second.orderId, third.orderId]);
    expect(tap.frames.filter((text) => text.includes('.login')).length).toBe(2);
  });

  it('finds the order when the line is dead but open', async () => {
    await using world = await privateWorld(user, QUICK);
    const { exchange, outcome, failure, sim } = world;
    const first = await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.halfOpen(venue);
    const lost = await failure(exchange.placeLimitOrder({ ...LIMIT, price: '99' }));
    expect([words(lost), idsAt(world)]).toEqual(['timeout rejected', [first.orderId]]);
    await world.clock.advance(60_000);
    const next = await outcome(exchange.placeLimitOrder({ ...LIMIT, price: '98' }));
    expect(idsAt(world)).toEqual([first.orderId, next.orderId]);
  });

  it.each([
    ['in time', 1_500, 'open'],
    ['too late to be taken', 30_000, 'timeout rejected'],
  ])('knows what became of an order that arrived %s', async (_what, delayMs, expected) => {
    await using world = await privateWorld(user, QUICK);
    const { exchange, outcome, sim } = world;
    await outcome(exchange.getOpenOrders(BTC));
    sim.faults.acceptLate(venue, user.calls.socketPlace, { delayMs });
    const ended = await outcome(exchange.placeLimitOrder(LIMIT).then(({ state }) => state, words));
    await world.clock.advance(60_000);
    expect([ended, idsAt(world).length]).toEqual([expected, expected === 'open' ? 1 : 0]);
  });

  it('proves that an order which got lost on the way is not there', async () => {
    await using world = await privateWorld(user, QUICK);
    world.sim.faults.loseRequest(venue, user.calls.socketPlace);
    expect(words(await world.failure(world.exchange.placeLimitOrder(LIMIT)))).toBe('timeout rejected');
    expect(idsAt(world)).toEqual([]);
  });

  it('knows that a cancel took place although its answer was lost', async () => {
    await using world = await privateWorld(user, QUICK);
    const { exchange, outcome, sim } = world;
    const { orderId } = await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.timeoutHttp(venue, user.calls.socketPlace.replace('place', 'cancel'));
    const canceled = await outcome(exchange.cancelOrder({ symbol: BTC, orderId, via: 'ws' }));
    expect(canceled).toMatchObject({ orderId, state: 'canceled' });
  });

  it('has sent nothing when it cannot connect, or is not let in', async () => {
    await using world = await privateWorld(user, QUICK);
    const { exchange, failure, sim, connect, tap } = world;
    sim.faults.refuseConnections(venue, 1_000);
    expect(words(await failure(exchange.placeLimitOrder(LIMIT)))).toMatch(/ not_sent$/);
    sim.faults.clear();
    const other = connect({ credentials: { ...KEYS, secretKey: 'a-wrong-secret-of-it' } });
    expect(words(await failure(other.exchange.placeLimitOrder(LIMIT)))).toBe('authentication not_sent');
    expect([...tap.frames, ...other.tap.frames].filter((text) => text.includes('order_place'))).toEqual([]);
    expect(idsAt(world)).toEqual([]);
  });

  it('leaves an order unknown, not lost, that is on its way when everything is closed', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, sim, tap, clock } = world;
    await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.timeoutHttp(venue, user.calls.socketPlace);
    const placing = exchange.placeLimitOrder({ ...LIMIT, price: '99' }).catch((error: unknown) => error);
    while (tap.frames.filter((text) => text.includes('order_place')).length < 2) await clock.advance(1);
    await clock.advance(20);
    await outcome(exchange.close());
    expect(await placing).toMatchObject({ outcome: 'unknown' });
    expect(idsAt(world).length).toBe(2);
  });
});
