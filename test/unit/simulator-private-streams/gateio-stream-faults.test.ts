import { describe, expect, it } from 'vitest';
import { createGateioStreamWorld, SOON, takeRows } from './gateio-client.js';

describe('faults', () => {
  it.each([
    ['drop', ['t-2']],
    ['duplicate', ['t-1', 't-1', 't-2']],
    ['reorder', ['t-2', 't-1']],
  ] as const)('%s acts on a private channel by its topic', async (kind, expected) => {
    const world = createGateioStreamWorld();
    const client = world.subscribed('spot.orders', ['!all']);
    world.faults[kind]('gateio_spot', { topic: 'spot.orders.BTC_USDT' });
    for (const text of ['t-1', 't-2']) {
      world.place({ text, amount: '0.1' });
      await world.clock.advance(SOON);
    }
    expect(takeRows(client, 'spot.orders').map(({ text }) => text)).toEqual(expected);
  });

  it('a hidden order is pushed late, and a cut socket gets nothing more', async () => {
    const world = createGateioStreamWorld();
    const client = world.subscribed('spot.orders', ['!all']);
    world.faults.hideOrders('gateio_spot', { lagMs: 1_000 });
    world.place({ text: 't-hidden', amount: '0.1' });
    world.place({ text: 't-seen', amount: '0.1' });
    await world.clock.advance(SOON);
    expect(takeRows(client, 'spot.orders').map(({ text }) => text)).toEqual(['t-seen']);
    await world.clock.advance(1_000);
    expect(takeRows(client, 'spot.orders').map(({ text }) => text)).toEqual(['t-hidden']);
    world.place({ text: 't-late', amount: '0.1' });
    world.faults.cut('gateio_spot');
    await world.clock.advance(SOON);
    expect([client.takeTexts(), client.closedWith]).toEqual([[], 1006]);
  });

  it('damage that a client can see is done to private pushes too', async () => {
    const world = createGateioStreamWorld();
    const client = world.subscribed('spot.balances');
    world.faults.corrupt('gateio_spot', { topic: 'spot.balances' });
    world.place();
    await world.clock.advance(SOON);
    const [text] = client.received;
    expect(() => JSON.parse(String(text))).toThrow();
  });
});
