import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMexcFuturesPrivateWorld } from '../../support/mexc-futures-private-world.js';

let world: ReturnType<typeof createMexcFuturesPrivateWorld>;
beforeEach(() => {
  world = createMexcFuturesPrivateWorld();
  world.offer('sell', 100, 100);
  world.offer('buy', 94, 1_000);
});
afterEach(() => expect(world.audit()).toEqual([]));

/** Quote per base, from now on. */
function forceMark(price: number): void {
  world.venue.perpetuals.get('BTC/USDT:USDT')!.prices.forceMark(price * 100);
}

describe('the fair price moves', () => {
  beforeEach(async () => {
    await world.create({ type: 5, vol: 50, leverage: 20 });
  });

  it('and equity and the margin ratio with it, while the position is worth more than it must be', async () => {
    const [before] = world.positions();
    forceMark(96);
    const [asset] = world.dataOf('GET', 'account/assets') as [Record<string, number>];
    expect(asset).toMatchObject({ unrealized: -20, positionMargin: 25 });
    expect(asset!['equity']).toBeCloseTo(1_000 - 0.2 - 20, 9);
    const [position] = world.positions();
    expect(position).toMatchObject({ holdVol: 50, im: 25, liquidatePrice: before!['liquidatePrice'] });
    expect(position!['marginRatio']).toBeCloseTo(0.48 / 5, 4);
    expect(before!['liquidatePrice']).toBeCloseTo(475 / 0.999 / 5, 9);
  });

  it('past the liquidation price: the venue takes the position over with an order of its own, and tells so', async () => {
    const client = world.connect();
    client.login();
    forceMark(95);
    await world.clock.advance(10);
    expect(world.positions()).toEqual([]);
    const [order] = world.dataOf('GET', 'order/list/history_orders', { category: 2 }) as Record<string, unknown>[];
    expect(order).toMatchObject({ category: 2, side: 4, vol: 50, dealVol: 50, state: 3 });
    expect(world.dataOf('GET', `order/deal_details/${order!['orderId'] as string}`)).toMatchObject([{ category: 2 }]);
    const [closed] = world.dataOf('GET', 'position/list/history_positions') as Record<string, unknown>[];
    expect(closed).toMatchObject({ state: 3, closeVol: 50, positionType: 1 });
    expect(client.pushes('liquidate.risk')).toMatchObject([{ symbol: 'BTC_USDT', positionId: closed!['positionId'] }]);
    expect(client.pushes('position').at(-1)).toMatchObject({ state: 3, holdVol: 0 });
    const [asset] = world.dataOf('GET', 'account/assets') as [Record<string, number>];
    expect(asset).toMatchObject({ positionMargin: 0, unrealized: 0, frozenBalance: 0 });
    expect(asset!['availableBalance']).toBeGreaterThanOrEqual(1_000 - 25 - 1);
  });
});

describe('an inverse contract', () => {
  it('is traded in contracts of quote asset, and settled in its base', async () => {
    const holder = { apiKey: 'mx0coin', secretKey: 'coins', balances: { BTC: '10' } };
    world = createMexcFuturesPrivateWorld([holder], [{ symbol: 'BTC/USD:BTC', startPrice: 50_000, priceDecimals: 1 }]);
    world.rest('sell', 500_000, 10, 'BTC/USD:BTC');
    const id = await world.create({ symbol: 'BTC_USD', type: 5, vol: 10, price: undefined });
    expect(world.order(id)).toMatchObject({ feeCurrency: 'BTC', dealVol: 10, dealAvgPrice: 50_000 });
    // Ten contracts of 100 dollars at 50,000 are 0.02 BTC.
    expect(world.order(id)['takerFee']).toBeCloseTo(0.02 * 0.0004, 15);
    expect(world.positions()).toMatchObject([{ symbol: 'BTC_USD', holdVol: 10, holdAvgPrice: 50_000, im: 0.002 }]);
    world.venue.perpetuals.get('BTC/USD:BTC')!.prices.forceMark(4_900_000);
    const [asset] = world.dataOf('GET', 'account/assets') as [Record<string, number>];
    expect(asset).toMatchObject({ currency: 'BTC' });
    expect(asset!['unrealized']).toBeCloseTo(0.02 - 1_000 / 49_000, 12);
  });
});
