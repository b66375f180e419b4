import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createGateioWireWorld,
  type GateioWireWorld,
  type ScriptedMarket,
  START_AT,
  type WireClient,
} from '../../support/gateio-wire-world.js';

let world: GateioWireWorld;
let client: WireClient;
beforeEach(() => {
  world = createGateioWireWorld();
  client = world.connect();
});

/** What a depth frame holds, on either channel. */
interface DepthPush {
  readonly full?: boolean;
  readonly U?: number;
  readonly u: number;
  readonly b?: readonly (readonly [string, string])[];
  readonly a?: readonly (readonly [string, string])[];
}

function subscribe(one: WireClient, channel: string, ...payload: string[]): void {
  one.send({ channel, event: 'subscribe', payload });
}

function takeDepth(one: WireClient): DepthPush[] {
  const updates = one.take().filter(({ event }) => event === 'update');
  return updates.map(({ result }) => result as DepthPush);
}

async function depthAfter(ms: number): Promise<DepthPush[]> {
  await world.clock.advance(ms);
  return takeDepth(client);
}

function ladder(market: ScriptedMarket, levels: number): void {
  for (let i = 1; i <= levels; i++) {
    market.set('bid', 1_000 - i, 10);
    market.set('ask', 1_000 + i, 10);
  }
}

describe('order_book_update', () => {
  it('tells the last amount of each changed level, best first, and the range of steps', async () => {
    world.btc.set('bid', 912_350, 400_000);
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '100ms');
    takeDepth(client);
    await world.clock.advance(60);
    for (const [ticks, lots] of [
      [912_330, 1],
      [912_350, 700_000],
      [912_330, 1_500_000],
      [912_340, 2],
      [912_340, 0],
    ]) {
      world.btc.set('bid', ticks!, lots!);
    }
    world.btc.set('ask', 912_370, 1_000_000);
    world.btc.set('ask', 912_360, 500_000);
    expect(await depthAfter(40)).toEqual([
      {
        t: START_AT + 60,
        l: '100',
        e: 'depthUpdate',
        E: 1_767_225_600,
        s: 'BTC_USDT',
        U: 48_776_302,
        u: 48_776_308,
        b: [
          ['91235', '0.7'],
          ['91234', '0'],
          ['91233', '1.5'],
        ],
        a: [
          ['91236', '0.5'],
          ['91237', '1'],
        ],
      },
    ]);
  });

  it('is silent while nothing changes and goes on at the last u + 1', async () => {
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '20ms');
    world.btc.set('bid', 10, 1);
    expect(await depthAfter(20)).toMatchObject([{ l: '20', U: 48_776_301, u: 48_776_301 }]);
    expect(await depthAfter(1_000)).toEqual([]);
    world.btc.set('bid', 10, 2);
    world.btc.set('bid', 10, 3);
    expect(await depthAfter(20)).toMatchObject([{ U: 48_776_302, u: 48_776_303, b: [['1', '0.000003']], a: [] }]);
  });

  it('counts steps outside the window but does not tell them', async () => {
    ladder(world.btc, 20);
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '20ms');
    world.btc.set('bid', 979, 5);
    world.btc.set('ask', 1_021, 5);
    expect(await depthAfter(20)).toMatchObject([{ U: 48_776_341, u: 48_776_342, b: [], a: [] }]);
  });

  it('does not announce a level that slides into the window unchanged, nor one that is pushed out', async () => {
    ladder(world.btc, 21);
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '20ms');
    world.btc.set('bid', 999, 0);
    world.btc.set('ask', 1_000, 1);
    expect(await depthAfter(20)).toMatchObject([{ b: [['99.9', '0']], a: [['100', '0.000001']] }]);
  });

  it('tells a change of a level that the same interval brings into the window or takes out of it', async () => {
    ladder(world.btc, 21);
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '20ms');
    world.btc.set('bid', 979, 7);
    world.btc.set('bid', 999, 0);
    world.btc.set('ask', 1_000, 1);
    world.btc.set('ask', 1_020, 7);
    expect(await depthAfter(20)).toMatchObject([
      {
        b: [
          ['99.9', '0'],
          ['97.9', '0.000007'],
        ],
        a: [
          ['100', '0.000001'],
          ['102', '0.000007'],
        ],
      },
    ]);
  });

  it('sends the whole window when the journal lost the steps between', async () => {
    ladder(world.btc, 2);
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '20ms');
    world.btc.journalSteps = 1;
    world.btc.set('bid', 999, 5);
    world.btc.set('bid', 998, 0);
    const asks = [
      ['100.1', '0.00001'],
      ['100.2', '0.00001'],
    ];
    expect(await depthAfter(20)).toMatchObject([
      { full: true, U: 48_776_306, u: 48_776_306, b: [['99.9', '0.000005']], a: asks },
    ]);
    world.btc.set('bid', 999, 6);
    expect(await depthAfter(20)).toMatchObject([{ U: 48_776_307, u: 48_776_307, b: [['99.9', '0.000006']] }]);
  });

  it('sends the whole window out of turn now and then', async () => {
    ladder(world.btc, 1);
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '20ms');
    world.btc.set('bid', 999, 5);
    world.chance = 0;
    const sides = { b: [['99.9', '0.000005']], a: [['100.1', '0.00001']] };
    expect(await depthAfter(20)).toMatchObject([{ full: true, U: 48_776_303, u: 48_776_303, ...sides }]);
  });

  it('starts afresh after everybody left', async () => {
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '20ms');
    client.send({ channel: 'spot.order_book_update', event: 'unsubscribe', payload: ['BTC_USDT', '20ms'] });
    world.btc.set('bid', 10, 1);
    subscribe(client, 'spot.order_book_update', 'BTC_USDT', '20ms');
    world.btc.set('bid', 10, 2);
    expect(await depthAfter(20)).toMatchObject([{ U: 48_776_302, u: 48_776_302 }]);
  });
});

describe('obu', () => {
  it('starts with the whole window, then tells changes; a side without changes is left out', async () => {
    world.btc.set('bid', 912_350, 400_000);
    world.btc.set('ask', 912_360, 500_000);
    subscribe(client, 'spot.obu', 'ob.BTC_USDT.50');
    const s = 'ob.BTC_USDT.50';
    expect(takeDepth(client)).toEqual([
      { t: START_AT, full: true, s, u: 48_776_302, b: [['91235', '0.4']], a: [['91236', '0.5']] },
    ]);
    world.btc.set('ask', 912_360, 800_000);
    expect(await depthAfter(20)).toEqual([
      { t: START_AT + 20, s, U: 48_776_303, u: 48_776_303, a: [['91236', '0.8']] },
    ]);
    world.btc.set('bid', 912_350, 0);
    expect(await depthAfter(20)).toEqual([{ t: START_AT + 40, s, U: 48_776_304, u: 48_776_304, b: [['91235', '0']] }]);
  });

  it('sends the ids alone when only levels outside the window changed', async () => {
    ladder(world.btc, 50);
    subscribe(client, 'spot.obu', 'ob.BTC_USDT.50');
    takeDepth(client);
    world.btc.set('bid', 5, 1);
    world.btc.set('bid', 4, 1);
    expect(await depthAfter(20)).toEqual([{ t: START_AT + 20, s: 'ob.BTC_USDT.50', U: 48_776_401, u: 48_776_402 }]);
  });

  it.each([
    [0.9, ['subscribe', 'update']],
    [0.1, ['update', 'subscribe']],
  ])('sends the first book before or after the acknowledgement, by chance (%d)', (chance, events) => {
    world.chance = chance;
    subscribe(client, 'spot.obu', 'ob.BTC_USDT.400');
    expect(client.take().map(({ event }) => event)).toEqual(events);
  });

  it('gives a late subscriber a book of his own and both one unbroken chain', async () => {
    subscribe(client, 'spot.obu', 'ob.BTC_USDT.400');
    takeDepth(client);
    await world.clock.advance(50);
    world.btc.set('bid', 10, 1);
    const late = world.connect();
    subscribe(late, 'spot.obu', 'ob.BTC_USDT.400');
    expect(takeDepth(client)).toMatchObject([{ U: 48_776_301, u: 48_776_301, b: [['1', '0.000001']] }]);
    expect(takeDepth(late)).toMatchObject([{ full: true, u: 48_776_301, b: [['1', '0.000001']] }]);
    world.btc.set('bid', 10, 2);
    const next = { t: START_AT + 100, s: 'ob.BTC_USDT.400', U: 48_776_302, u: 48_776_302, b: [['1', '0.000002']] };
    expect(await depthAfter(50)).toEqual([next]);
    expect(takeDepth(late)).toEqual([next]);
  });
});

/** A client's book by price text; it drops what lies beyond the window and knows how far it is complete. */
function createFollower(levels: number) {
  const sides = { b: new Map<string, string>(), a: new Map<string, string>() };
  const horizon = { b: Number.NEGATIVE_INFINITY, a: Number.NEGATIVE_INFINITY };
  const sorted = (side: 'b' | 'a') => {
    const sign = side === 'b' ? 1 : -1;
    return [...sides[side]].map(([p, q]) => ({ rank: Number(p) * sign, p, q })).sort((x, y) => y.rank - x.rank);
  };
  const apply = (push: DepthPush) => {
    for (const side of ['b', 'a'] as const) {
      if (push.full) sides[side].clear();
      for (const [price, amount] of push[side] ?? []) {
        if (amount === '0') sides[side].delete(price);
        else sides[side].set(price, amount);
      }
      const all = sorted(side);
      for (const { p } of all.slice(levels)) sides[side].delete(p);
      const edge = all[levels - 1]?.rank ?? Number.NEGATIVE_INFINITY;
      horizon[side] = push.full ? edge : Math.max(horizon[side], edge);
    }
  };
  /** Levels down to the price up to which nothing can be missing. */
  const reliable = (side: 'b' | 'a') =>
    sorted(side)
      .filter(({ rank }) => rank >= horizon[side])
      .map(({ p, q }): [string, string] => [p, q]);
  return { apply, reliable };
}

describe('continuity', () => {
  const step = fc.record({
    side: fc.constantFrom<'bid' | 'ask'>('bid', 'ask'),
    distance: fc.integer({ min: 1, max: 75 }),
    lots: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 9 }) }),
    waitMs: fc.constantFrom(0, 0, 0, 7, 20, 100),
    chance: fc.constantFrom(0.9, 0.9, 0.9, 0.9, 0),
  });
  const run = (start: (world: GateioWireWorld, client: WireClient) => readonly DepthPush[], levels: number) =>
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
      const one = createGateioWireWorld();
      const listener = one.connect();
      ladder(one.btc, levels);
      const follower = createFollower(levels);
      const pushes = [...start(one, listener)];
      let last = -1;
      const check = () => {
        for (const push of pushes.splice(0)) {
          if (!push.full && last >= 0) expect(push.U).toBe(last + 1);
          if (last >= 0) expect(push.u).toBeGreaterThan(last);
          last = push.u;
          follower.apply(push);
          const truth = one.btc.bookAt(push.u)!;
          const text = (level: { priceTicks: number; lots: number }) => [
            String(level.priceTicks / 10),
            String(level.lots / 1e6),
          ];
          const bids = follower.reliable('b').map(([p, q]) => [p, String(Number(q))]);
          const asks = follower.reliable('a').map(([p, q]) => [p, String(Number(q))]);
          expect(bids).toEqual(truth.bids.map(text).slice(0, bids.length));
          expect(asks).toEqual(truth.asks.map(text).slice(0, asks.length));
        }
      };
      check();
      for (const { side, distance, lots, waitMs, chance } of steps) {
        one.chance = chance;
        one.btc.set(side, side === 'bid' ? 1_000 - distance : 1_000 + distance, lots);
        await one.clock.advance(waitMs);
        pushes.push(...takeDepth(listener));
        check();
      }
      await one.clock.advance(100);
      pushes.push(...takeDepth(listener));
      check();
      expect(last).toBe(one.btc.sequence);
      one.wire.close();
    });

  it('a snapshot and every update after it make the book of the market, as far as the window shows it', async () => {
    const start = (one: GateioWireWorld, listener: WireClient): DepthPush[] => {
      subscribe(listener, 'spot.order_book_update', 'BTC_USDT', '20ms');
      listener.take();
      const { id, bids, asks } = one.get('/spot/order_book', 'currency_pair=BTC_USDT&limit=20&with_id=true').body as {
        id: number;
        bids: [string, string][];
        asks: [string, string][];
      };
      return [{ full: true, u: id, b: bids, a: asks }];
    };
    await fc.assert(run(start, 20), { numRuns: 150 });
  });

  it('the obu stream alone makes the book of the market', async () => {
    const start = (_one: GateioWireWorld, listener: WireClient): DepthPush[] => {
      subscribe(listener, 'spot.obu', 'ob.BTC_USDT.50');
      return takeDepth(listener);
    };
    await fc.assert(run(start, 50), { numRuns: 150 });
  });
});
