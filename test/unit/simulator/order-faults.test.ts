import { describe, expect, it } from 'vitest';
import { createGateioPrivateWorld, LIMIT_BUY, START_AT } from '../../support/gateio-private-wire-world.js';
import { createMexcPrivateWorld, LIMIT_BUY as MEXC_BUY } from '../../support/mexc-private-wire-world.js';

const PLACING = 'POST /api/v4/spot/orders';

function place(world: ReturnType<typeof createGateioPrivateWorld>, headers: Record<string, string> = {}) {
  try {
    return world.call('POST', '/spot/orders', { body: LIMIT_BUY, headers }).status;
  } catch (error) {
    return (error as Error).name;
  }
}

const orders = (world: { account(key: string): { orders(): unknown[] } }, key = 'alice'): number =>
  world.account(key).orders().length;

describe('what can become of an order whose answer never comes', () => {
  it('it never arrived', () => {
    const world = createGateioPrivateWorld();
    world.faults.loseRequest('gateio_spot', PLACING);
    expect([place(world), orders(world)]).toEqual([0, 0]);
    expect([place(world), orders(world)]).toEqual([201, 1]);
    expect(Object.fromEntries(world.counts)).toEqual({ loseRequest: 1 });
  });

  it('it was accepted', () => {
    const world = createGateioPrivateWorld();
    world.faults.timeoutHttp('gateio_spot', PLACING);
    expect([place(world), orders(world)]).toEqual([0, 1]);
  });

  it('it is accepted later, unless it has expired by then', async () => {
    const world = createGateioPrivateWorld();
    const late = async (headers: Record<string, string>) => {
      world.faults.acceptLate('gateio_spot', PLACING, { delayMs: 10_000 });
      expect(place(world, headers)).toBe(0);
      await world.clock.advance(9_999);
      const before = orders(world);
      await world.clock.advance(1);
      return [before, orders(world)];
    };
    expect(await late({})).toEqual([0, 1]);
    expect(await late({ 'x-gate-exptime': String(START_AT + 13_000) })).toEqual([1, 1]);
    expect(await late({ 'x-gate-exptime': String(START_AT + 60_000) })).toEqual([1, 2]);
    expect(world.counts.get('acceptLate')).toBe(3);
    expect(world.audit()).toEqual([]);
  });

  it('it comes too late for its window', async () => {
    const world = createMexcPrivateWorld();
    for (const delayMs of [3_000, 3_001]) {
      world.faults.acceptLate('mexc_spot', 'POST /api/v3/order', { delayMs });
      expect(world.call('POST', '/order', MEXC_BUY, { recvWindow: '3000' }).status).toBe(0);
    }
    await world.clock.advance(3_001);
    expect(orders(world, 'mx0alice')).toBe(1);
  });

  it('nothing arrives any more once the world is closed', async () => {
    const world = createGateioPrivateWorld();
    world.faults.acceptLate('gateio_spot', PLACING, { delayMs: 1_000 });
    place(world);
    world.venue.close();
    await world.clock.advance(2_000);
    expect([orders(world), world.clock.pendingTimers]).toEqual([0, 0]);
  });
});

describe('what can become of an order whose answer is useless', () => {
  const answers = [
    { status: 502, body: '{}' },
    { status: 200, body: '<html></html>' },
  ] as const;

  it.each(answers)('it was accepted, or not: %o', ({ status, body }) => {
    const world = createGateioPrivateWorld();
    const seen = [true, false].map((processed) => {
      world.faults.respond('gateio_spot', PLACING, { status, body, processed });
      return [place(world), orders(world)];
    });
    const answered = status === 200 ? 'SyntaxError' : 502;
    expect(seen).toEqual([
      [answered, 1],
      [answered, 1],
    ]);
  });

  it('it was accepted and its body is cut short', () => {
    const world = createGateioPrivateWorld();
    world.faults.truncateBody('gateio_spot', PLACING);
    expect([place(world), orders(world)]).toEqual(['SyntaxError', 1]);
  });
});

describe('a fault of a method', () => {
  it('leaves the other methods of the path alone, and a fault of a path takes them all', () => {
    const world = createMexcPrivateWorld();
    world.faults.respond('mexc_spot', 'DELETE /api/v3/order', { status: 500, body: '{}', times: 9 });
    expect(world.place().status).toBe(200);
    expect(world.call('DELETE', '/order/all').status).toBe(500);
    world.faults.respond('mexc_spot', '/api/v3/order', { status: 502, body: '{}' });
    expect(world.place().status).toBe(502);
  });
});

describe('the clock of a venue', () => {
  it('is refused when it is not set to whole milliseconds', () => {
    const world = createGateioPrivateWorld();
    expect(() => world.faults.skewClock('gateio_spot', 0.5)).toThrow(
      expect.objectContaining({ code: 'configuration', field: 'aheadMs' }),
    );
  });
});
