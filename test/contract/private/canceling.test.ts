import { describe, expect, it } from 'vitest';
import {
  createPublicExchange,
  type Order,
  supportsAmend,
  supportsDeadManSwitch,
  supportsTrading,
  supportsWallet,
} from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld, words } from '../../support/private-world.js';

describe.each(ACCOUNTS)('canceling on $name', (user) => {
  const { id: venue, BTC, ETH, idOf, LIMIT } = user;
  it('cancels by either id, and gives the money back', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth } = world;
    const before = truth.balances()['USDT'];
    const clientOrderId = idOf('gone');
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    await outcome(exchange.placeLimitOrder({ ...LIMIT, clientOrderId }));
    const first = await outcome(exchange.cancelOrder({ symbol: BTC, orderId }));
    const second = await outcome(exchange.cancelOrder({ symbol: BTC, clientOrderId }));
    expect([first, second]).toMatchObject([
      { orderId, state: 'canceled', filledQuantity: '0', origin: 'own' },
      { clientOrderId, state: 'canceled', filledQuantity: '0', origin: 'own' },
    ]);
    expect([truth.orders().map(({ status }) => status), truth.balances()['USDT']]).toEqual([
      ['canceled', 'canceled'],
      before,
    ]);
  });

  it('tells what was filled before the cancel', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, trade } = world;
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    trade('sell', '0.3', '100');
    expect(await outcome(exchange.cancelOrder({ symbol: BTC, orderId }))).toMatchObject({
      state: 'canceled',
      filledQuantity: '0.3',
    });
  });

  it('answers the filled order when the fill was faster', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, trade } = world;
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    trade('sell', '1', '100');
    expect(await outcome(exchange.cancelOrder({ symbol: BTC, orderId }))).toMatchObject({
      state: 'filled',
      filledQuantity: '1',
    });
  });

  it('knows that the cancel took place although its answer was lost', async () => {
    await using world = await privateWorld(user, { exchange: { timeoutMs: 2_000 } });
    const { exchange, outcome, sim, truth } = world;
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.timeoutHttp(venue, user.calls.cancel);
    expect(await outcome(exchange.cancelOrder({ symbol: BTC, orderId }))).toMatchObject({ state: 'canceled' });
    expect(truth.orders()).toMatchObject([{ status: 'canceled' }]);
  });

  it('does not find what never was', async () => {
    await using world = await privateWorld(user);
    const { exchange, failure } = world;
    const refused = await failure(exchange.cancelOrder({ symbol: BTC, orderId: '999999999' }));
    expect(words(refused)).toBe('order_not_found rejected');
  });

  it('cancels many, and answers one by one in the order given', async () => {
    await using world = await privateWorld(user, { exchange: { rateLimit: { share: 0.8 } } });
    const { exchange, outcome, truth } = world;
    const orders: Order[] = [];
    for (let i = 0; i < 12; i++) orders.push(await outcome(exchange.placeLimitOrder({ ...LIMIT, price: 50 + i })));
    const refs = orders.map(({ orderId = '' }) => ({ symbol: BTC, orderId }) as const);
    refs.splice(5, 0, { symbol: BTC, orderId: '999999999' });
    const answers = await outcome(exchange.cancelOrders(refs));
    expect(answers.map((one) => ('code' in one ? one.code : one.orderId))).toEqual(
      refs.map(({ orderId }) => (orderId === '999999999' ? 'order_not_found' : orderId)),
    );
    expect(truth.orders().every(({ status }) => status === 'canceled')).toBe(true);
  });

  it('cancels all of a market, or all there is; also what another client placed', async () => {
    await using world = await privateWorld(user);
    const { exchange, connect, outcome, truth } = world;
    const other = connect().exchange;
    await outcome(exchange.placeLimitOrder(LIMIT));
    await outcome(other.placeLimitOrder({ ...LIMIT, price: '99' }));
    await outcome(exchange.placeLimitOrder({ ...LIMIT, symbol: ETH }));
    const canceled = await outcome(exchange.cancelAllOrders(BTC));
    expect(canceled.map(({ price, state, origin }) => [price, state, origin]).sort()).toEqual([
      ['100', 'canceled', 'own'],
      ['99', 'canceled', 'external'],
    ]);
    expect(truth.orders().map(({ status }) => status)).toEqual(['canceled', 'canceled', 'open']);
    expect(await outcome(exchange.cancelAllOrders())).toMatchObject([{ symbol: ETH, state: 'canceled' }]);
    expect(await outcome(exchange.cancelAllOrders())).toEqual([]);
    expect(truth.orders().map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled']);
  });

  it.each([BTC, undefined] as const)('cancels what the venue still hides from its lists, too (%s)', async (symbol) => {
    await using world = await privateWorld(user);
    const { exchange, outcome, sim, truth } = world;
    sim.faults.hideOrders(venue, { lagMs: 5_000 });
    await outcome(exchange.placeLimitOrder(LIMIT));
    expect(await outcome(exchange.getOpenOrders(BTC))).toEqual([]);
    await outcome(exchange.cancelAllOrders(symbol));
    expect(truth.orders().map(({ status }) => status)).toEqual(['canceled']);
  });

  it('has the facets of the venue, as the guards say', async () => {
    await using world = await privateWorld(user);
    const { exchange } = world;
    const { isGateio: isGate, isPerpetual } = user;
    const open = createPublicExchange(venue, { runtime: world.sim.runtime() });
    const guards = [supportsTrading, supportsWallet, supportsAmend, supportsDeadManSwitch];
    expect(guards.map((supports) => supports(exchange))).toEqual([true, !isPerpetual, isGate, isGate]);
    expect(guards.map((supports) => supports(open))).toEqual([false, false, false, false]);
    expect(['amend' in exchange, 'deadManSwitch' in exchange]).toEqual([isGate, isGate]);
    await world.outcome(open.close());
  });
});
