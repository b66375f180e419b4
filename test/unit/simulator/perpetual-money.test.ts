import { describe, expect, it } from 'vitest';
import { createFuturesWorld, INVERSE, LINEAR } from './futures-world.js';

// All figures are worked out by hand. One linear contract is 0.1 BTC; one inverse contract is 100 dollars.

const numbers = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));

/** 20 contracts at 1,000: 2 BTC, worth 2,000. */
function withLong() {
  const world = createFuturesWorld();
  world.rest('sell', 10_000, 20);
  world.place({ contracts: '20' });
  return world;
}

describe('a linear position', () => {
  it('costs its margin and the fee of taking', () => {
    const { view } = withLong();
    expect(view().positions()).toMatchObject([
      {
        symbol: LINEAR,
        side: 'long',
        contracts: '20',
        quantity: '2',
        entryPrice: '1000',
        leverage: 10,
        marginMode: 'isolated',
        margin: '200',
        fees: '-1',
        unrealisedPnl: '0',
      },
    ]);
    expect(view().balances()['USDT']).toEqual({ free: '799', locked: '200' });
  });

  it('averages its entry, gains by the mark price, and realises what is closed', () => {
    const world = withLong();
    world.rest('sell', 11_000, 20);
    world.place({ contracts: '20' });
    world.perpetual().forceMarkPrice('1100');
    // 4 BTC bought for 4,200, worth 4,400; margin 200 + 220.
    expect(world.view().positions()).toMatchObject([
      { contracts: '40', entryPrice: '1050', margin: '420', unrealisedPnl: '200' },
    ]);
    world.rest('buy', 11_000, 10);
    const sold = world.place({ side: 'sell', contracts: '10', reduceOnly: true });
    // 1 BTC for 1,100 that cost 1,050.
    expect(world.view().fills().at(-1)).toMatchObject({ orderId: sold.id, pnl: '50', fee: '0.55', contracts: '10' });
    expect(world.view().positions()).toMatchObject([{ contracts: '30', margin: '315', realisedPnl: '50' }]);
  });

  it('turns around: what closes realises, what is left opens anew', () => {
    const world = withLong();
    world.rest('buy', 9_900, 30);
    world.place({ side: 'sell', contracts: '30' });
    // 2 BTC lose 20; 1 BTC is sold short at 990 with a margin of 99.
    expect(world.view().positions()).toMatchObject([
      { side: 'short', contracts: '10', entryPrice: '990', margin: '99', realisedPnl: '0' },
    ]);
    const [closed] = world.account().closedPositions;
    expect(closed).toMatchObject({ side: 'long', closedLots: 20, number: 1 });
    expect(numbers({ ...world.view().balances()['USDT'] })).toEqual({ free: 1000 - 1 - 20 - 1.485 - 99, locked: 99 });
  });

  it('has the liquidation price at which margin and profit are the maintenance margin', () => {
    const { view, venue } = withLong();
    // 200 + 2 (P - 1000) = 2 P × 0.005 → P = 1800 / 1.99
    expect(Number(view().positions()[0]!.liquidationPrice)).toBeCloseTo(1_800 / 1.99, 9);
    expect(venue.audit()).toEqual([]);
  });

  it('of the second tier needs more, less the deduction', () => {
    const world = createFuturesWorld({ accounts: [{ apiKey: 'alice', secretKey: 'x', balances: { USDT: '5000' } }] });
    world.rest('buy', 10_000, 200);
    world.place({ side: 'sell', contracts: '200' });
    // Short 20 BTC worth 20,000 with 2,000: 2000 + 20 (1000 - P) = 20 P × 0.01 - 50 → P = 22050 / 20.2
    expect(Number(world.view().positions()[0]!.liquidationPrice)).toBeCloseTo(22_050 / 20.2, 9);
    expect(
      numbers({ ...world.desk.summary(world.account(), 'USDT'), asset: 0 })['isolatedMaintenance']! / 1e36,
    ).toBeCloseTo(150, 9);
  });
});

describe('an inverse position', () => {
  it('is valued in the base asset and gains when the price rises', () => {
    const world = createFuturesWorld();
    world.rest('sell', 10_000, 50, INVERSE);
    world.place({ contracts: '50' }, INVERSE);
    // 5,000 dollars at 1,000 are 5 BTC, a tenth of that is the margin.
    expect(world.view().positions()).toMatchObject([{ margin: '0.5', entryPrice: '1000', fees: '-0.0025' }]);
    world.perpetual(INVERSE).forceMarkPrice('1250');
    // 5 - 5000 / 1250
    expect(world.view().positions()).toMatchObject([{ unrealisedPnl: '1', quantity: '4' }]);
    // 5 + 0.5 = 1.005 × 5000 / P
    expect(Number(world.view().positions()[0]!.liquidationPrice)).toBeCloseTo((1.005 * 5_000) / 5.5, 9);
    world.rest('buy', 12_500, 50, INVERSE);
    world.place({ side: 'sell', contracts: '50', reduceOnly: true }, INVERSE);
    expect(world.view().fills().at(-1)).toMatchObject({ pnl: '1', fee: '0.002' });
    expect(world.view().balances()['BTC']).toEqual({ free: '10.9955', locked: '0' });
    expect(world.venue.audit()).toEqual([]);
  });
});

describe('funding', () => {
  it('is paid by longs and received by shorts, at the mark price, each interval', async () => {
    const world = createFuturesWorld({
      accounts: ['alice', 'bob'].map((apiKey) => ({ apiKey, secretKey: 'x', balances: { USDT: '1000' } })),
    });
    world.place({ side: 'sell', contracts: '20', price: '1000' }, LINEAR, 'bob');
    world.place({ contracts: '20' });
    world.perpetual().forceMarkPrice('1010');
    world.perpetual().forceFundingRate('0.001');
    await world.clock.advance(3_600_000);
    // 2,020 × 0.001
    expect([world.view('alice').positions()[0]!.funding, world.view('bob').positions()[0]!.funding]).toEqual([
      '-2.02',
      '2.02',
    ]);
    expect(numbers({ ...world.view('alice').balances()['USDT'] })['free']).toBeCloseTo(1000 - 200 - 1 - 2.02, 9);
    expect(world.account('bob').fundingPayments).toMatchObject([{ lots: -20, rateMillionths: 1_000, number: 1 }]);
    expect(world.venue.audit()).toEqual([]);
  });

  it('turns when the rate is below zero, and comes at once when it is asked for', () => {
    const world = withLong();
    world.perpetual().forceFundingRate('-0.0005');
    world.perpetual().settleFunding();
    expect(world.view().positions()[0]!.funding).toBe('1');
  });

  it('is held within the contract bounds', async () => {
    const world = createFuturesWorld();
    world.rest('buy', 14_000, 5);
    world.rest('sell', 14_100, 5);
    await world.clock.advance(10_000);
    expect(world.perpetual().fundingRate).toBe(0.003);
  });
});

describe('liquidation', () => {
  it('of an isolated position takes its margin, no more, and leaves the rest of the account alone', () => {
    const world = withLong();
    world.rest('buy', 9_000, 100);
    const stray = world.place({ contracts: '1', price: '900.1' });
    world.perpetual().forceMarkPrice('904.53');
    expect(world.view().positions()).toHaveLength(1);
    world.perpetual().forceMarkPrice('904.52');
    expect(world.view().positions()).toEqual([]);
    expect([stray.status, stray.endReason]).toEqual(['canceled', 'liquidation_canceled']);
    expect(world.view().balances()['USDT']).toEqual({ free: '799', locked: '0' });
    expect(world.account().liquidations).toMatchObject([{ lots: 20, positionSide: 'net', leverage: 10 }]);
    expect(world.view().orders().at(-1)).toMatchObject({ side: 'sell', status: 'filled', filledQuantity: '2' });
    expect(world.market(LINEAR).liquidations).toMatchObject([{ lots: 20, orderTicks: 9_000, fillTicks: 9_000 }]);
    expect(world.venue.audit()).toEqual([]);
  });

  it('is taken over by the insurance fund where the book does not take it', () => {
    const world = withLong();
    world.perpetual().forceMarkPrice('700');
    expect(world.view().positions()).toEqual([]);
    expect(world.view().balances()['USDT']).toEqual({ free: '799', locked: '0' });
    expect(world.view().fills().at(-1)).toMatchObject({ price: '900', contracts: '20' });
    expect(world.venue.audit()).toEqual([]);
  });

  it('of cross positions counts the whole account, cancels its orders first, and never leaves a debt', () => {
    const world = createFuturesWorld({ rules: { marginMode: 'cross' } });
    world.rest('sell', 10_000, 50);
    world.place({ contracts: '50' });
    const order = world.place({ side: 'buy', contracts: '1', price: '500' });
    // 5 BTC: 997.5 left. 997.5 + 5 (P - 1000) = 5 P × 0.005 → P = 4002.5 / 4.975
    expect(Number(world.view().positions()[0]!.liquidationPrice)).toBeCloseTo(4_002.5 / 4.975, 9);
    world.perpetual().forceMarkPrice('805');
    expect(order.status).toBe('open');
    world.perpetual().forceMarkPrice('804');
    expect([order.endReason, world.view().positions()]).toEqual(['liquidation_canceled', []]);
    expect(Number(world.view().balances()['USDT']!.free)).toBeGreaterThanOrEqual(0);
    expect(world.venue.audit()).toEqual([]);
  });
});

describe('the mark price', () => {
  it('is the index and a basis that follows the book slowly', async () => {
    const world = createFuturesWorld();
    expect(world.perpetual()).toMatchObject({ markPrice: 1_000, indexPrice: 1_000 });
    world.rest('buy', 10_039, 5);
    world.rest('sell', 10_041, 5);
    await world.clock.advance(1_000);
    // A thirtieth of 4.
    expect(world.perpetual().markPrice).toBeCloseTo(1_000.13, 9);
    await world.clock.advance(300_000);
    expect(world.perpetual().markPrice).toBeCloseTo(1_004, 2);
  });
});
