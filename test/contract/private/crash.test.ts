import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMemoryIntentLog, openFileIntentLog, toDecimal } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

describe.each(ACCOUNTS)('an order that the log of a crashed run holds open on $name', (user) => {
  const { id: venue, BTC, idOf } = user;
  it.each([
    ['may still arrive, however long ago it was recorded: its absence is not proven at once', -40_000],
    ['is found, too, when the clock of that run was ahead when it was recorded', 90_000],
  ])('%s', async (_what, ms) => {
    await using world = await privateWorld(user);
    const { connect, outcome, clock, truth, sim } = world;
    const clientOrderId = idOf('slow');
    const terms = {
      symbol: BTC,
      side: 'buy',
      price: toDecimal('100'),
      quantity: toDecimal('1'),
      clientOrderId,
    } as const;
    const request = { ...terms, type: 'limit', timeInForce: 'GTC', postOnly: false } as const;
    const intentLog = createMemoryIntentLog();
    const now = clock.now();
    await intentLog.record({ venue, request, since: now + ms, fence: now + ms + 15_000 });
    const { exchange } = connect({ intentLog });
    await clock.advance(4_000);
    expect(intentLog.open().length).toBe(1);
    await outcome(connect().exchange.placeLimitOrder(terms));
    for (let ms = 0; intentLog.open().length > 0 && ms < 120_000; ms += 100) await clock.advance(100);
    expect(truth.orders().length).toBe(1);
    expect(await outcome(exchange.getOrder({ symbol: BTC, clientOrderId }))).toMatchObject({
      state: 'open',
      origin: 'own',
    });
    expect(sim.audit()).toEqual([]);
  });
});

describe.each(ACCOUNTS)('a crash with an order on its way to $name', (user) => {
  const { id: venue, BTC, idOf } = user;
  it.each([
    ['lost before it arrived', false],
    ['lost after it was taken', true],
  ])('whose answer is %s is cleared up by the next run, from the log', async (_, arrives) => {
    const folder = await mkdtemp(join(tmpdir(), 'cex-crash-'));
    const path = join(folder, 'intents.log');
    try {
      await using world = await privateWorld(user);
      const { connect, outcome, sim, clock, truth } = world;
      const before = await openFileIntentLog({ path });
      const clientOrderId = idOf('crashed');
      const order = { symbol: BTC, side: 'buy', quantity: '1', price: '100', clientOrderId } as const;
      const first = connect({ intentLog: before });
      await outcome(first.exchange.getOpenOrders(BTC));
      if (arrives) sim.faults.timeoutHttp(venue, user.calls.place);
      else sim.faults.loseRequest(venue, user.calls.place);
      first.exchange.placeLimitOrder(order).catch(() => undefined);
      for (let ms = 0; first.tap.calls('POST').length === 0 && ms < 5_000; ms += 10) await clock.advance(10);
      await clock.advance(100);
      expect(before.open().map(({ request }) => request.clientOrderId)).toEqual([clientOrderId]);
      // A crash: nothing more is written, the lock goes with the process.
      await before.close();

      const after = await openFileIntentLog({ path });
      expect(after.open().map(({ request }) => request.clientOrderId)).toEqual([clientOrderId]);
      const { exchange } = connect({ intentLog: after });
      for (let ms = 0; after.open().length > 0 && ms < 120_000; ms += 100) await clock.advance(100);
      expect(after.open()).toEqual([]);
      expect(truth.orders().map((one) => one.clientOrderId)).toEqual(arrives ? [clientOrderId] : []);
      const answer = await world.failure(exchange.placeLimitOrder(order));
      expect(answer).toMatchObject({ code: 'duplicate_order', outcome: 'not_sent' });
      expect(truth.orders().length).toBe(arrives ? 1 : 0);
      await outcome(exchange.close());
      await after.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
