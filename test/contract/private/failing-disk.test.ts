import { describe, expect, it } from 'vitest';
import { ConfigurationError, createMemoryIntentLog, type IntentLog } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld, words } from '../../support/private-world.js';

/** A log in memory with a part of it replaced. */
function brokenLog(broken: Partial<IntentLog>): IntentLog {
  const log = createMemoryIntentLog();
  return {
    record: (intent) => log.record(intent),
    settle: (id, outcome) => log.settle(id, outcome),
    open: () => log.open(),
    close: () => log.close(),
    ...broken,
  };
}

const fail = () =>
  Promise.reject(new ConfigurationError({ field: 'intentLog', expected: 'a disk', received: 'ENOSPC' }));

describe.each(ACCOUNTS)('an intent log whose disk fails, of an account on $name', (user) => {
  const { BTC, LIMIT } = user;

  it('halts new orders, one by one and in batches, with nothing sent; what rests is canceled and read still', async () => {
    await using world = await privateWorld(user);
    const { connect, outcome, failure, truth } = world;
    let isBroken = false;
    const log = createMemoryIntentLog();
    const intentLog = brokenLog({ record: (intent) => (isBroken ? fail() : log.record(intent)) });
    const { exchange, tap } = connect({ intentLog });
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    await outcome(exchange.getOpenOrders(BTC));
    isBroken = true;
    const sent = tap.requests.length;
    expect(words(await failure(exchange.placeLimitOrder(LIMIT)))).toBe('configuration not_sent');
    const batch = await outcome(exchange.placeOrders([1, 2].map(() => ({ ...LIMIT, type: 'limit' as const }))));
    expect(batch.map(words)).toEqual(['configuration not_sent', 'configuration not_sent']);
    expect([tap.requests.length, truth.orders().length]).toEqual([sent, 1]);
    expect(await outcome(exchange.cancelOrder({ symbol: BTC, orderId }))).toMatchObject({ orderId, state: 'canceled' });
    expect(await outcome(exchange.getOpenOrders(BTC))).toEqual([]);
  });

  it('that fails when the answer is there changes nothing about the order, and is told', async () => {
    await using world = await privateWorld(user);
    const { exchange } = world.connect({ intentLog: brokenLog({ settle: fail }) });
    const errors: unknown[] = [];
    exchange.on('error', (error) => errors.push(words(error)));
    const { orderId } = await world.outcome(exchange.placeLimitOrder(LIMIT));
    expect(world.truth.orders().map(({ id }) => id)).toEqual([orderId]);
    expect(errors).toEqual(['configuration not_sent']);
  });

  it('that is slow holds the order back until it is recorded, and its life begins when it leaves', async () => {
    await using world = await privateWorld(user);
    const { clock, outcome, truth } = world;
    const log = createMemoryIntentLog();
    const record: IntentLog['record'] = async (intent) => {
      await new Promise<void>((resolve) => clock.setTimer(9_000, resolve));
      return log.record(intent);
    };
    const { exchange, tap } = world.connect({ intentLog: brokenLog({ record }), recvWindowMs: 2_000 });
    await outcome(exchange.getOpenOrders(BTC));
    const placing = exchange.placeLimitOrder(LIMIT);
    await clock.advance(8_900);
    expect([tap.calls(user.calls.place), truth.orders()]).toEqual([[], []]);
    const { orderId } = await outcome(placing);
    expect(truth.orders()).toMatchObject([{ id: orderId, status: 'open' }]);
  });
});
