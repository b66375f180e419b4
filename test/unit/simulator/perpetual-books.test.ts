import { describe, expect, it } from 'vitest';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { FuturesRefusal } from '../../../src/simulator/positions/futures-request.js';
import type { Position } from '../../../src/simulator/positions/position.js';
import type { TradingDesk } from '../../../src/simulator/positions/trading-desk.js';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { createFuturesWorld, INVERSE, LINEAR } from './futures-world.js';

const KEYS = ['alice', 'bob', 'carol'];
const STEPS = 300;

type World = ReturnType<typeof createFuturesWorld>;
type Act = (world: World, random: SeededRandom) => unknown;

const symbolOf = (random: SeededRandom): MarketSymbol => random.pick([LINEAR, INVERSE]);
const sideOf = (random: SeededRandom): 'buy' | 'sell' => random.pick(['buy', 'sell']);
const near = (random: SeededRandom, width: number): number => 10_000 + random.int(2 * width) - width;

function order({ place, account }: World, random: SeededRandom): void {
  const [apiKey, symbol, side] = [random.pick(KEYS), symbolOf(random), sideOf(random)];
  const isHedge = account(apiKey).positionMode === 'hedge';
  const isLimit = random.chance(0.6);
  place(
    {
      side,
      positionSide: isHedge ? random.pick(['long', 'short'] as const) : 'net',
      reduceOnly: random.chance(0.3),
      closesAll: random.chance(0.1),
      contracts: String(1 + random.int(60)),
      postOnly: isLimit && random.chance(0.2),
      timeInForce: isLimit ? random.pick(['gtc', 'gtc', 'gtc', 'ioc', 'fok'] as const) : 'ioc',
      ...(isLimit ? { price: String(near(random, 600) / 10) } : {}),
    },
    symbol,
    apiKey,
  );
}

/** Each of them may be refused. */
const ACTS: readonly Act[] = [
  order,
  order,
  order,
  order,
  ({ rest }, random) => rest(sideOf(random), near(random, 700), 1 + random.int(80), symbolOf(random)),
  ({ rest }, random) => rest(sideOf(random), near(random, 700), 1 + random.int(80), symbolOf(random)),
  ({ hit }, random) => hit(sideOf(random), 1 + random.int(120), symbolOf(random)),
  ({ perpetual }, random) => perpetual(symbolOf(random)).forceMarkPrice(String(700 + random.int(600))),
  ({ perpetual }, random) => {
    const one = perpetual(symbolOf(random));
    one.forceFundingRate(String((random.int(6_001) - 3_000) / 1_000_000));
    one.settleFunding();
  },
  ({ desk, account }, random) => {
    const one = account(random.pick(KEYS));
    const [open] = [...one.openOrders];
    if (open !== undefined) desk.cancel(one, open);
  },
  ({ desk, account }, random) => {
    const one = account(random.pick(KEYS));
    const open = [...one.openOrders].at(-1);
    if (open === undefined) return;
    const price = random.chance(0.5) ? String(near(random, 600) / 10) : undefined;
    desk.amend(one, open, { price, contracts: String(1 + random.int(60)), note: undefined });
  },
  ({ desk, account, market }, random) => {
    const one = account(random.pick(KEYS));
    const sides = one.positionMode === 'hedge' ? (['long', 'short'] as const) : (['net'] as const);
    desk.setLeverage(
      one,
      market(symbolOf(random)),
      sides,
      1 + random.int(100),
      random.pick(['isolated', 'cross'] as const),
    );
  },
  ({ desk, account, amount }, random) => {
    const one = account(random.pick(KEYS));
    const [position] = one.positions();
    const change = amount(String(random.int(50)));
    if (position !== undefined) desk.changeMargin(one, position, random.chance(0.5) ? change : -change);
  },
  ({ desk, account }, random) =>
    desk.setPositionMode(account(random.pick(KEYS)), random.pick(['one_way', 'hedge'] as const)),
  ({ desk, account, market }, random) => {
    const one = account(random.pick(KEYS));
    desk.triggers.place(one, {
      market: market(symbolOf(random)),
      triggerTicks: 70_000 + random.int(60_000),
      rule: random.pick(['at_or_above', 'at_or_below'] as const),
      reference: random.pick(['last', 'mark', 'index'] as const),
      expiresAfterMs: undefined,
      order: {
        side: sideOf(random),
        positionSide: one.positionMode === 'hedge' ? 'long' : 'net',
        type: 'market',
        timeInForce: 'ioc',
        postOnly: false,
        reduceOnly: random.chance(0.5),
        contracts: String(1 + random.int(30)),
      },
      refusesReached: true,
      extra: undefined,
    });
  },
  ({ view }, random) => view(random.pick(KEYS)).deposit('USDT', String(1 + random.int(200))),
];

async function live(seed: number) {
  const random = createSeededRandom(seed);
  const accounts = KEYS.map((apiKey) => ({
    apiKey,
    secretKey: 'x',
    balances: { USDT: '3000', BTC: '3' },
    selfTradeGroup: 1,
  }));
  const world = createFuturesWorld({
    seed,
    accounts,
    rules: { impossibleOrders: random.pick(['refused', 'canceled'] as const) },
  });
  const found: unknown[] = [];
  const refused = new Set<string>();
  for (let step = 0; step < STEPS; step++) {
    try {
      random.pick(ACTS)(world, random);
    } catch (error) {
      if (!(error instanceof FuturesRefusal)) throw error;
      refused.add(error.reason);
    }
    if (random.chance(0.05)) await world.clock.advance(1_000);
    found.push(...world.venue.audit());
    if (found.length > 0) break;
  }
  const each = KEYS.map((apiKey) => world.account(apiKey));
  return {
    world,
    found,
    refused,
    liquidations: each.flatMap((one) => one.liquidations).length,
    fundings: each.flatMap((one) => one.fundingPayments).length,
    fills: each.flatMap((one) => one.fills),
    closed: each.flatMap((one) => one.closedPositions).length,
    insurance: each.filter((one) => one.total('USDT', 'insurance') !== 0n || one.total('BTC', 'insurance') !== 0n)
      .length,
  };
}

describe('the books of a futures venue', () => {
  it('add up after every step of many random lives with leverage, funding, triggers and liquidations', async () => {
    const sums = { liquidations: 0, fundings: 0, fills: 0, closed: 0, reducing: 0, insurance: 0 };
    const refused = new Set<string>();
    for (let seed = 1; seed <= 60; seed++) {
      const life = await live(seed);
      expect(life.found, `seed ${seed}`).toEqual([]);
      sums.liquidations += life.liquidations;
      sums.fundings += life.fundings;
      sums.fills += life.fills.length;
      sums.closed += life.closed;
      sums.insurance += life.insurance;
      sums.reducing += life.fills.filter(({ order }) => order.reduceOnly && !order.isLiquidation).length;
      for (const reason of life.refused) refused.add(reason);
    }
    // Nothing of this would prove anything if nothing had happened.
    expect(Math.min(...Object.values(sums)), JSON.stringify(sums)).toBeGreaterThan(50);
    expect([...refused]).toEqual(
      expect.arrayContaining(['insufficient_available', 'position_empty', 'reduce_exceeded']),
    );
  });

  it.each<[string, (world: World, position: Position) => void]>([
    [
      'a balance that came from nowhere',
      ({ account, desk }) => account().post('pnl', 'USDT', 1n, (desk as TradingDesk).ledger.counterparty),
    ],
    [
      'a position that no fill explains',
      (_world, position) => {
        position.lots += 1;
      },
    ],
    [
      'an entry that is a little off',
      (_world, position) => {
        position.entryValue += 1n;
      },
    ],
    [
      'margin that an order does not need',
      ({ account }) => {
        [...account().openOrders][0]!.margin += 1n;
      },
    ],
    [
      'an order that is not in the book',
      ({ market, account }) => void market(LINEAR).market.engine.cancel([...account().openOrders][0]!.engineId!),
    ],
    ['a fill that was forgotten', ({ account }) => void account().fills.pop()],
  ])('do not add up after %s', (_what, damage) => {
    const world = createFuturesWorld();
    world.rest('sell', 10_000, 20);
    world.place({ contracts: '20' });
    world.place({ contracts: '3', price: '950' });
    expect(world.venue.audit()).toEqual([]);
    damage(world as World, world.account().positions()[0]!);
    expect(world.venue.audit()).not.toEqual([]);
  });
});
