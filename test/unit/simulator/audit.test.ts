import { describe, expect, it } from 'vitest';
import { createDeskWorld } from './desk-world.js';

describe('an audit', () => {
  it('finds money that came from nowhere', () => {
    const world = createDeskWorld();
    world.accountOf().free.add('USDT', 10n ** 36n);
    expect(world.audit()).toEqual([
      { about: 'sum of all USDT', expected: '0', found: '1' },
      { about: 'all USDT of 3497082', expected: '10000', found: '10001' },
    ]);
  });

  it('finds an order that the book does not hold, and a lock that nothing needs', () => {
    const world = createDeskWorld();
    const order = world.place({ price: '100', quantity: '1' });
    world.market.engine.cancel(order.engineId!);
    order.locked = 0n;
    expect(world.audit()).toEqual([
      { about: 'order 1 of 3497082: in the book', expected: '1', found: '0' },
      { about: 'order 1 of 3497082: set aside', expected: '100', found: '0' },
      { about: 'locked USDT of 3497082', expected: '0', found: '100' },
    ]);
  });

  it('finds a fill that was forgotten', () => {
    const world = createDeskWorld();
    world.rest('sell', 1_000, 100);
    world.place({ price: '100', quantity: '0.1' });
    world.accountOf().fills.pop();
    expect(world.audit().map(({ about }) => about)).toEqual([
      'order 1 of 3497082: filled',
      'all USDT of 3497082',
      'all BTC of 3497082',
    ]);
  });
});
