import { describe, expect, it } from 'vitest';
import type { AccountListener } from '../../../src/simulator/accounts/account.js';
import { printAmount } from '../../../src/simulator/accounts/amount.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { ALICE, createDeskWorld, refusalOf } from './desk-world.js';

describe('money of an order', () => {
  it('is set aside when it rests, and comes back when it is canceled', () => {
    const world = createDeskWorld();
    const order = world.place({ price: '100', quantity: '1.5' });
    expect(world.money()).toEqual({ USDT: '9850/150', BTC: '2/0' });
    expect(world.desk.cancel(world.accountOf(), order)).toBe(true);
    expect(world.desk.cancel(world.accountOf(), order)).toBe(false);
    expect([world.money(), order.status, order.endReason]).toEqual([
      { USDT: '10000/0', BTC: '2/0' },
      'canceled',
      'user',
    ]);
    expect(world.audit()).toEqual([]);
  });

  it('gives the better price and its release to a taker, with the fee in what was bought', () => {
    const world = createDeskWorld();
    world.rest('sell', 900, 500);
    const order = world.place({ price: '100', quantity: '1' });
    expect(world.money()).toEqual({ USDT: '9905/50', BTC: '2.499/0' });
    expect([order.filledLots, printAmount(order.filledQuote), printAmount(order.fee)]).toEqual([500, '45', '0.001']);
    expect(world.audit()).toEqual([]);
  });

  it('charges a maker the smaller fee, in quote for a sale', () => {
    const world = createDeskWorld();
    const order = world.place({ side: 'sell', price: '100', quantity: '1' });
    world.hit('buy', 400);
    expect(world.money()).toEqual({ USDT: '10039.96/0', BTC: '1/0.6' });
    world.hit('buy', 600);
    expect([world.money(), order.status]).toEqual([{ USDT: '10099.9/0', BTC: '1/0' }, 'filled']);
    expect(world.audit()).toEqual([]);
  });

  it('spends a budget down to what no longer buys a lot, and returns the rest', () => {
    const world = createDeskWorld();
    world.rest('sell', 1_000, 100);
    world.rest('sell', 2_000, 1_000);
    const order = world.place({ type: 'market', timeInForce: 'ioc', quoteQuantity: '20.3' });
    expect([order.status, order.filledLots, printAmount(order.filledQuote)]).toEqual(['filled', 151, '20.2']);
    expect(world.money()).toEqual({ USDT: '9979.8/0', BTC: '2.150698/0' });
    expect(world.audit()).toEqual([]);
  });

  it('ends a market order that the book cannot fill', () => {
    const world = createDeskWorld();
    world.rest('sell', 1_000, 100);
    const order = world.place({ type: 'market', timeInForce: 'ioc', quoteQuantity: '20' });
    expect([order.status, order.endReason, order.filledLots]).toEqual(['canceled', 'depth', 100]);
    const empty = world.place({ side: 'sell', type: 'market', timeInForce: 'ioc', quantity: '1' });
    expect([empty.status, empty.endReason, empty.filledLots]).toEqual(['canceled', 'depth', 0]);
    expect(world.money()).toEqual({ USDT: '9990/0', BTC: '2.0998/0' });
    expect(world.audit()).toEqual([]);
  });

  it('trades with itself where no group forbids it, paying both fees', () => {
    const world = createDeskWorld();
    world.place({ side: 'sell', price: '100', quantity: '1' });
    world.place({ price: '100', quantity: '1' });
    expect(world.money()).toEqual({ USDT: '9999.9/0', BTC: '1.998/0' });
    expect(world.accountOf().fills.map(({ isSelfTrade, liquidity }) => [isSelfTrade, liquidity])).toEqual([
      [true, 'maker'],
      [true, 'taker'],
    ]);
    expect(world.audit()).toEqual([]);
  });
});

describe('orders that a desk does not take', () => {
  it('names what is wrong, and changes nothing', () => {
    const world = createDeskWorld();
    world.rest('sell', 1_000, 100);
    const attempts = {
      bad_price: { price: '-1', quantity: '1' },
      bad_quantity: { price: '100', quantity: '0' },
      price_precision: { price: '100.05', quantity: '1' },
      quantity_precision: { price: '100', quantity: '0.0005' },
      below_min_quantity: { price: '9000', quantity: '0.001' },
      below_min_notional: { price: '100', quantity: '0.049' },
      insufficient_balance: { price: '99', quantity: '102' },
      post_only_takes: { price: '100', quantity: '1', postOnly: true },
      fok_not_filled: { price: '100', quantity: '0.101', timeInForce: 'fok' as const },
    };
    for (const [reason, request] of Object.entries(attempts)) {
      expect(refusalOf(() => world.place(request))).toBe(reason);
    }
    const side = 'sell' as const;
    expect(refusalOf(() => world.place({ side, price: '100', quantity: '2.001' }))).toBe('insufficient_balance');
    expect([world.money(), world.accountOf().orders]).toEqual([{ USDT: '10000/0', BTC: '2/0' }, []]);
  });

  it('cancels impossible orders instead where the venue does so, and refuses a market order without a book', () => {
    const world = createDeskWorld([ALICE], { impossibleOrders: 'canceled', emptyBook: 'refused', maxOpenOrders: 1 });
    const market = { type: 'market', timeInForce: 'ioc' } as const;
    expect(refusalOf(() => world.place({ ...market, quoteQuantity: '50' }))).toBe('no_liquidity');
    world.rest('sell', 1_000, 100);
    const outcomes = [
      world.place({ price: '100', quantity: '1', postOnly: true }),
      world.place({ price: '100', quantity: '1', timeInForce: 'fok' }),
      world.place({ price: '99', quantity: '1', timeInForce: 'ioc' }),
      world.place({ price: '99', quantity: '1' }),
    ].map(({ status, endReason }) => [status, endReason]);
    expect(outcomes).toEqual([
      ['canceled', 'post_only'],
      ['canceled', 'fok'],
      ['canceled', 'ioc'],
      ['open', undefined],
    ]);
    expect(refusalOf(() => world.place({ price: '99', quantity: '1' }))).toBe('too_many_orders');
    expect(world.audit()).toEqual([]);
  });
});

describe('amending', () => {
  it('keeps the place in the line for less, and loses it for more', () => {
    const world = createDeskWorld();
    const order = world.place({ price: '100', quantity: '1' });
    world.rest('buy', 1_000, 1_000);
    const amend = (price: string | undefined, quantity: string | undefined) =>
      world.desk.amend(world.accountOf(), order, { price, quantity, note: 'n' });
    amend(undefined, '0.5');
    world.hit('sell', 200);
    expect([order.filledLots, world.money()['USDT']]).toEqual([200, '9950/30']);
    amend(undefined, '0.6');
    world.hit('sell', 1_000);
    expect([order.filledLots, world.money()['USDT']]).toEqual([200, '9940/40']);
    expect(refusalOf(() => amend('100', '0.6'))).toBe('no_change');
    expect(refusalOf(() => amend('100000', undefined))).toBe('insufficient_balance');
    amend(undefined, '0.2');
    expect([order.status, world.money()['USDT']]).toEqual(['canceled', '9980/0']);
    expect(refusalOf(() => amend('100', '9'))).toBe('not_open');
    expect(world.audit()).toEqual([]);
  });

  it('trades at once when the new price takes', () => {
    const world = createDeskWorld();
    world.rest('sell', 1_010, 300);
    const order = world.place({ price: '100', quantity: '1' });
    world.desk.amend(world.accountOf(), order, { price: '101', quantity: undefined, note: undefined });
    expect([order.filledLots, world.money()['USDT']]).toEqual([300, '9899/70.7']);
    expect(world.audit()).toEqual([]);
  });
});

describe('self-trade groups', () => {
  const group = (apiKey: string) => ({ ...ALICE, apiKey, selfTradeGroup: 7 });

  it.each([
    ['cancel_newest', 'open', ['canceled', 'self_trade', 0]],
    ['cancel_oldest', 'canceled', ['filled', 'filled', 1_000]],
    ['cancel_both', 'canceled', ['canceled', 'self_trade', 0]],
  ] as const)('%s acts between accounts of one group', (selfTradeRule, maker, taker) => {
    const world = createDeskWorld([group('alice'), group('bob'), { ...ALICE, apiKey: 'carol' }]);
    const resting = world.place({ side: 'sell', price: '100', quantity: '1' }, 'bob');
    world.place({ side: 'sell', price: '100', quantity: '1' }, 'carol');
    const order = world.place({ price: '100', quantity: '1', selfTradeRule });
    expect(resting.status).toBe(maker);
    expect([order.status, order.endReason, order.filledLots]).toEqual(taker);
    expect(world.audit()).toEqual([]);
  });
});

describe('a budget that meets an order of its own group', () => {
  it('is spent up to there, and ends because of it', () => {
    const grouped = { ...ALICE, selfTradeGroup: 7 };
    const world = createDeskWorld([grouped]);
    world.rest('sell', 1_000, 100);
    const own = world.place({ side: 'sell', price: '101', quantity: '1' });
    const buy = { type: 'market', timeInForce: 'ioc', quoteQuantity: '50' } as const;
    const first = world.place({ ...buy, selfTradeRule: 'cancel_newest' });
    expect([first.filledLots, first.status, first.endReason, own.status]).toEqual([
      100,
      'canceled',
      'self_trade',
      'open',
    ]);
    const second = world.place({ ...buy, selfTradeRule: 'cancel_both' });
    expect([second.filledLots, second.endReason, own.endReason]).toEqual([0, 'self_trade', 'self_trade']);
    expect(world.money()).toEqual({ USDT: '9990/0', BTC: '2.0998/0' });
    expect(world.audit()).toEqual([]);
  });
});

describe('what listeners hear', () => {
  it('is the whole story, in order', () => {
    const world = createDeskWorld();
    const heard: string[] = [];
    const listener: AccountListener = {
      order: (order, event) => heard.push(`${event} ${order.filledLots}`),
      fill: ({ lots, liquidity }) => heard.push(`fill ${lots} ${liquidity}`),
      balance: ({ asset, cause, free, locked }) =>
        heard.push(`${asset} ${cause} ${printAmount(free)}/${printAmount(locked)}`),
    };
    const end = world.accountOf().listen(listener);
    world.rest('sell', 1_000, 500);
    const order = world.place({ price: '100', quantity: '1' });
    world.desk.cancel(world.accountOf(), order, 'venue');
    end();
    world.place({ price: '1', quantity: '10' });
    expect(heard).toEqual([
      'USDT order_placed 9900/100',
      'placed 0',
      'USDT fill 9900/50',
      'BTC fill 2.5/0',
      'BTC fee 2.499/0',
      'fill 500 taker',
      'filled 500',
      'USDT order_ended 9950/0',
      'ended 500',
    ]);
  });
});

describe('the books', () => {
  it.each(['1', '2', '3', '4'])('add up after every step of any sequence of orders (seed %s)', (seed) => {
    const random = createSeededRandom(seed);
    const accounts = ['alice', 'bob'].map((apiKey) => ({ ...ALICE, apiKey, selfTradeGroup: 1 }));
    const world = createDeskWorld(accounts, { impossibleOrders: random.chance(0.5) ? 'refused' : 'canceled' });
    for (let step = 0; step < 600; step++) {
      const key = random.pick(['alice', 'bob']);
      const side = random.pick(['buy', 'sell'] as const);
      const account = world.accountOf(key);
      const price = ((980 + random.int(40)) / 10).toFixed(1);
      const quantity = ((2 + random.int(3_000)) / 1_000).toFixed(3);
      const u = random.next();
      const type = random.chance(0.3) ? 'market' : 'limit';
      try {
        if (u < 0.25) world.rest(side, 980 + random.int(40), 1 + random.int(2_000));
        else if (u < 0.35) world.hit(side, 1 + random.int(3_000));
        else if (u < 0.5 && account.openOrders.size > 0) {
          world.desk.cancel(account, random.pick([...account.openOrders]));
        } else if (u < 0.65 && account.openOrders.size > 0) {
          const [isPrice, isQuantity] = [random.chance(0.6), random.chance(0.6)];
          const change = { price: isPrice ? price : undefined, quantity: isQuantity ? quantity : undefined };
          world.desk.amend(account, random.pick([...account.openOrders]), { ...change, note: undefined });
        } else {
          const timeInForce = random.pick(
            type === 'market' ? (['ioc', 'fok'] as const) : (['gtc', 'ioc', 'fok'] as const),
          );
          const byBudget = type === 'market' && side === 'buy' && random.chance(0.5);
          world.place(
            {
              side,
              type,
              timeInForce,
              postOnly: type === 'limit' && timeInForce === 'gtc' && random.chance(0.3),
              ...(type === 'limit' ? { price } : {}),
              ...(byBudget ? { quoteQuantity: String(5 + random.int(400)) } : { quantity }),
              selfTradeRule: random.pick([undefined, 'cancel_newest', 'cancel_oldest', 'cancel_both'] as const),
            },
            key,
          );
        }
      } catch (error) {
        expect((error as Error).constructor.name, `seed ${seed} step ${step}: ${String(error)}`).toBe('DeskRefusal');
      }
      expect(world.audit(), `seed ${seed} step ${step}`).toEqual([]);
    }
    expect(world.accountOf('alice').fills.length).toBeGreaterThan(20);
  });
});
