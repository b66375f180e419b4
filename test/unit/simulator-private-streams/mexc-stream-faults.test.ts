import { describe, expect, it } from 'vitest';
import { createMexcStreamWorld, SOON } from './mexc-client.js';
import { ACCOUNT, ORDERS, readPush } from './mexc-pushes.js';

describe('faults', () => {
  it.each([
    ['drop', ['2']],
    ['duplicate', ['1', '1', '2']],
    ['reorder', ['2', '1']],
  ] as const)('%s acts on a private channel by its name', async (kind, expected) => {
    const world = createMexcStreamWorld();
    const client = world.subscribed(ORDERS);
    world.faults[kind]('mexc_spot', { topic: 'private.orders' });
    for (const newClientOrderId of ['1', '2']) {
      world.place({ newClientOrderId, quantity: '0.1' });
      await world.clock.advance(SOON);
    }
    expect(client.takeBytes().map((bytes) => readPush(bytes).body['clientId'])).toEqual(expected);
    expect(world.faults.counts()).toEqual({ [kind]: 1 });
  });

  it('mute silences one channel, half-open all of them, and a cut ends the socket', async () => {
    const world = createMexcStreamWorld();
    const client = world.subscribed(ORDERS, ACCOUNT);
    world.faults.mute('mexc_spot', ORDERS);
    world.place({ quantity: '0.1' });
    await world.clock.advance(SOON);
    expect(client.takeBytes().map((bytes) => readPush(bytes).channel)).toEqual([ACCOUNT]);
    world.faults.halfOpen('mexc_spot');
    world.place({ quantity: '0.1' });
    await world.clock.advance(SOON);
    expect([client.takeBytes(), client.closedWith]).toEqual([[], undefined]);
    world.faults.cut('mexc_spot');
    expect(client.closedWith).toBe(1006);
  });

  it('an order whose answer is lost is pushed, a lost request is not, and a hidden order is pushed late', async () => {
    const world = createMexcStreamWorld();
    const client = world.subscribed(ORDERS);
    const ids = () => client.takeBytes().map((bytes) => readPush(bytes).body['clientId']);
    world.faults.timeoutHttp('mexc_spot', 'POST /api/v3/order');
    world.place({ newClientOrderId: 'unanswered', quantity: '0.1' });
    world.faults.loseRequest('mexc_spot', 'POST /api/v3/order');
    world.place({ newClientOrderId: 'lost', quantity: '0.1' });
    world.faults.acceptLate('mexc_spot', 'POST /api/v3/order', { delayMs: 500 });
    world.place({ newClientOrderId: 'late', quantity: '0.1' });
    await world.clock.advance(SOON);
    expect(ids()).toEqual(['unanswered']);
    await world.clock.advance(500);
    expect(ids()).toEqual(['late']);
    world.faults.hideOrders('mexc_spot', { lagMs: 1_000 });
    world.place({ newClientOrderId: 'hidden', quantity: '0.1' });
    world.place({ newClientOrderId: 'seen', quantity: '0.1' });
    await world.clock.advance(SOON);
    expect(ids()).toEqual(['seen']);
    await world.clock.advance(1_000);
    expect(ids()).toEqual(['hidden']);
    expect(world.audit()).toEqual([]);
  });
});
