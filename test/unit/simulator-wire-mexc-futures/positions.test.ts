import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALICE, createMexcFuturesPrivateWorld, OPEN_LONG, START_AT } from '../../support/mexc-futures-private-world.js';

let world: ReturnType<typeof createMexcFuturesPrivateWorld>;
beforeEach(() => {
  world = createMexcFuturesPrivateWorld();
  world.offer('sell', 100, 100);
  world.offer('buy', 99, 100);
});
afterEach(() => expect(world.audit()).toEqual([]));

/** Opens at the market and gives the number of the position. */
async function open(side: 1 | 3, vol: number, more: Record<string, unknown> = {}): Promise<number> {
  await world.create({ side, type: 5, vol, ...more });
  const found = world.positions().find(({ positionType }) => positionType === (side === 1 ? 1 : 2));
  return found!['positionId'] as number;
}

/** What the only position looks like. */
const position = (): Record<string, number> => world.positions()[0] as Record<string, number>;

describe('positions', () => {
  it('show what is held, at what price and margin; profit that is not realised is not there', async () => {
    const id = await open(1, 5);
    await open(3, 2, { leverage: 20, openType: 2 });
    expect(world.positions()).toHaveLength(2);
    const long = position();
    expect(long).toEqual({
      positionId: id,
      symbol: 'BTC_USDT',
      positionType: 1,
      openType: 1,
      state: 1,
      holdVol: 5,
      frozenVol: 0,
      closeVol: 0,
      holdAvgPrice: 100,
      openAvgPrice: 100,
      closeAvgPrice: 0,
      liquidatePrice: expect.any(Number),
      oim: 5,
      im: 5,
      holdFee: 0,
      realised: -0.02,
      adlLevel: 1,
      leverage: 10,
      marginRatio: expect.any(Number),
      autoAddIm: false,
      createTime: START_AT + 500,
      updateTime: START_AT + 500,
      version: expect.any(Number),
    });
    // Margin 5 over a value of 50, and a tenth of a percent of maintenance.
    expect(long['liquidatePrice']).toBeCloseTo(45 / 0.999 / 0.5, 6);
    expect(world.positions()[1]).toMatchObject({
      positionType: 2,
      openType: 2,
      holdVol: 2,
      holdAvgPrice: 99,
      leverage: 20,
    });
  });

  it('are found by contract and number', async () => {
    const id = await open(1, 5);
    expect(world.dataOf('GET', 'position/open_positions', { positionId: id })).toHaveLength(1);
    expect(world.dataOf('GET', 'position/open_positions', { positionId: id + 1 })).toEqual([]);
    expect(world.dataOf('GET', 'position/open_positions', { symbol: 'ETH_USDT' })).toEqual([]);
    expect(world.codeOf('GET', 'position/open_positions', { symbol: 'NOPE' })).toBe(1001);
  });

  it('count in the assets: equity is what is free, set aside and not yet realised', async () => {
    await open(1, 5);
    await world.create({ price: 90, vol: 1 });
    const [row] = world.dataOf('GET', 'account/assets') as [Record<string, number>];
    const { availableBalance, frozenBalance, positionMargin, equity, unrealized } = row!;
    expect(row).toMatchObject({ currency: 'USDT', positionMargin: 5, bonus: 0 });
    expect(availableBalance! + frozenBalance! + positionMargin! + unrealized!).toBeCloseTo(equity!, 9);
    expect(equity! - unrealized!).toBeCloseTo(1_000 - 0.02, 9);
    expect(world.dataOf('GET', 'account/asset/USDT')).toEqual(row);
    expect(world.codeOf('GET', 'account/asset/DOGE')).toBe(4001);
  });

  it('become history, newest first, with what they earned', async () => {
    await open(1, 5);
    await world.create({ side: 4, type: 5, vol: 5 });
    await open(3, 1);
    await world.create({ side: 2, type: 5, vol: 1 });
    const rows = world.dataOf('GET', 'position/list/history_positions') as Record<string, number>[];
    expect(rows).toMatchObject([
      { positionType: 2, state: 3, closeVol: 1, openAvgPrice: 99, closeAvgPrice: 100 },
      {
        positionType: 1,
        state: 3,
        holdVol: 0,
        closeVol: 5,
        openAvgPrice: 100,
        closeAvgPrice: 99,
        closeProfitLoss: -0.5,
      },
    ]);
    expect(rows[1]!['realised']).toBeCloseTo(-0.5 - 0.02 - 0.0198, 9);
    const list = (params: Record<string, unknown>): unknown[] =>
      world.dataOf('GET', 'position/list/history_positions', params);
    expect(list({ type: 1 })).toEqual([rows[1]]);
    expect(list({ symbol: 'ETH_USDT' })).toEqual([]);
    expect(list({ end_time: START_AT })).toEqual([]);
    expect(world.positions()).toEqual([]);
  });

  it('pay or receive funding when the interval ends', async () => {
    world.venue.start();
    await open(1, 5);
    await world.clock.advance(8 * 3_600_000);
    const { resultList, totalCount } = world.dataOf('GET', 'position/funding_records') as {
      resultList: Record<string, number>[];
      totalCount: number;
    };
    expect(totalCount).toBe(1);
    const [paid] = resultList;
    expect(paid).toMatchObject({ symbol: 'BTC_USDT', positionType: 1 });
    expect(Math.abs(paid!['funding']!)).toBeCloseTo(Math.abs(paid!['positionValue']! * paid!['rate']!), 9);
    expect(position()['holdFee']).toBe(paid!['funding']);
    const history = JSON.parse(
      world.send({ path: '/api/v1/contract/funding_rate/history', query: 'symbol=BTC_USDT&page_size=1' })!.body,
    );
    expect(history.data.resultList).toMatchObject([{ fundingRate: paid!['rate'], settleTime: paid!['settleTime'] }]);
    world.venue.close();
  });
});

describe('leverage and margin', () => {
  it('are told for both sides, and changed for a place without a position', () => {
    const change = { symbol: 'BTC_USDT', positionType: 2, openType: 2, leverage: 33 };
    expect(world.call('POST', 'position/change_leverage', change)).toEqual({ success: true, code: 0 });
    expect(world.dataOf('GET', 'position/leverage', { symbol: 'BTC_USDT' })).toEqual([
      { positionType: 1, level: 1, imr: 0.002, mmr: 0.001, leverage: 20, openType: 1, maxVol: 1_500_000 },
      { positionType: 2, level: 1, imr: 0.002, mmr: 0.001, leverage: 33, openType: 2, maxVol: 1_500_000 },
    ]);
  });

  it('change with a position by its number: the margin follows', async () => {
    const positionId = await open(1, 5);
    world.dataOf('POST', 'position/change_leverage', { positionId, leverage: 20 });
    expect(position()).toMatchObject({ leverage: 20, im: 2.5 });
    expect(world.codeOf('POST', 'position/change_leverage', { positionId: 999, leverage: 20 })).toBe(2009);
    const mixed = { symbol: 'BTC_USDT', positionType: 1, openType: 2, leverage: 20 };
    expect(world.codeOf('POST', 'position/change_leverage', mixed)).toBe(2027);
    await world.create({ price: 90, leverage: 20 });
    expect(world.codeOf('POST', 'position/change_leverage', { positionId, leverage: 10 })).toBe(2019);
  });

  it.each([
    [{ symbol: 'BTC_USDT', positionType: 1, openType: 1, leverage: 501 }, 2006],
    [{ symbol: 'BTC_USDT', positionType: 1, openType: 1, leverage: 0 }, 2006],
    [{ symbol: 'BTC_USDT', positionType: 1, openType: 1 }, 600],
    [{ symbol: 'BTC_USDT', positionType: 3, openType: 1, leverage: 5 }, 600],
    [{ symbol: 'BTC_USDT', positionType: 1, openType: 3, leverage: 5 }, 2002],
    [{ symbol: 'BTC_USDT', positionType: 1, leverage: 5 }, 600],
    [{ symbol: 'NOPE', positionType: 1, openType: 1, leverage: 5 }, 1001],
    [{ leverage: 5 }, 600],
  ])('refuse %j with %i', (body, code) => {
    expect(world.codeOf('POST', 'position/change_leverage', body)).toBe(code);
  });

  it('of an isolated position can be added to and taken from again', async () => {
    const positionId = await open(1, 5);
    world.dataOf('POST', 'position/change_margin', { positionId, amount: 3.5, type: 'ADD' });
    expect(position()['im']).toBe(8.5);
    world.dataOf('POST', 'position/change_margin', { positionId, amount: 1, type: 'SUB' });
    expect(position()['im']).toBe(7.5);
    const refused = (body: Record<string, unknown>): number =>
      world.codeOf('POST', 'position/change_margin', { positionId, amount: 1, type: 'ADD', ...body });
    expect(refused({ type: 'SUB', amount: 7 })).toBe(2018);
    expect(refused({ amount: 10_000 })).toBe(2005);
    expect(refused({ amount: 0 })).toBe(600);
    expect(refused({ type: 'MORE' })).toBe(600);
    expect(refused({ positionId: 999 })).toBe(2009);
    const cross = await open(3, 1, { openType: 2 });
    expect(refused({ positionId: cross })).toBe(2026);
  });
});

describe('the position mode', () => {
  it('is a bare number, and changes only while nothing is open', async () => {
    expect(world.dataOf('GET', 'position/position_mode')).toBe(1);
    const id = await world.create({ price: 90 });
    const change = (positionMode: number): number =>
      world.codeOf('POST', 'position/change_position_mode', { positionMode });
    expect(change(2)).toBe(7001);
    world.dataOf('POST', 'order/cancel', [id]);
    await open(1, 1);
    expect(change(2)).toBe(7003);
    expect(change(1)).toBe(0);
    expect(change(3)).toBe(600);
    await world.create({ side: 4, type: 5, vol: 1 });
    expect(change(2)).toBe(0);
    expect(world.dataOf('GET', 'position/position_mode')).toBe(2);
  });
});

describe('closing at one blow', () => {
  it('closes every position at the market', async () => {
    await open(1, 5);
    await open(3, 2);
    expect(world.call('POST', 'position/close_all')).toEqual({ success: true, code: 0 });
    expect(world.positions()).toEqual([]);
    expect(world.call('POST', 'position/close_all')).toEqual({ success: true, code: 0 });
  });

  it('reverses a position', async () => {
    const positionId = await open(1, 5);
    const reverse = (body: Record<string, unknown>): number =>
      world.codeOf('POST', 'position/reverse', { symbol: 'BTC_USDT', positionId, vol: 5, ...body });
    expect(reverse({ symbol: 'ETH_USDT' })).toBe(2043);
    expect(reverse({ positionId: 999 })).toBe(2009);
    expect(reverse({})).toBe(0);
    expect(world.positions()).toMatchObject([{ positionType: 2, holdVol: 5, leverage: 10 }]);
  });

  it('reverses in one-way mode as well', async () => {
    world.dataOf('POST', 'position/change_position_mode', { positionMode: 2 });
    const positionId = await open(3, 5);
    world.dataOf('POST', 'position/reverse', { symbol: 'BTC_USDT', positionId, vol: 5 });
    expect(world.positions()).toMatchObject([{ positionType: 1, holdVol: 5 }]);
  });
});

describe('other reads of an account', () => {
  it('tell fees, risk limits and transfers', () => {
    expect(world.dataOf('GET', 'account/tiered_fee_rate/v2', { symbol: 'BTC_USDT' })).toMatchObject({
      realMakerFee: 0.0001,
      realTakerFee: 0.0004,
    });
    expect(world.codeOf('GET', 'account/tiered_fee_rate/v2')).toBe(600);
    const rows = world.dataOf('GET', 'account/contract/fee_rate') as Record<string, unknown>[];
    expect(rows.map(({ symbol, realTakerFee }) => [symbol, realTakerFee])).toEqual([
      ['BTC_USDT', 0.0004],
      ['ETH_USDT', 0.0004],
    ]);
    expect(world.dataOf('GET', 'account/contract/fee_rate', { symbol: 'ETH_USDT' })).toEqual([rows[1]]);
    expect(world.dataOf('GET', 'account/risk_limit', { symbol: 'BTC_USDT' })).toEqual({
      BTC_USDT: [1, 2].map((positionType) => ({
        symbol: 'BTC_USDT',
        positionType,
        level: 1,
        maxVol: 1_500_000,
        maxLeverage: 500,
        mmr: 0.001,
        imr: 0.002,
      })),
    });
    expect(Object.keys(world.dataOf('GET', 'account/risk_limit'))).toEqual(['BTC_USDT', 'ETH_USDT']);
    expect(world.dataOf('GET', 'account/transfer_record')).toMatchObject({ totalCount: 0, resultList: [] });
  });
});

describe('plan orders', () => {
  const PLAN = { ...OPEN_LONG, price: 99, triggerPrice: 98, triggerType: 2, executeCycle: 1, orderType: 1, trend: 1 };
  const plans = (params: Record<string, unknown> = {}): Record<string, unknown>[] =>
    world.dataOf('GET', 'planorder/list/orders', params);

  it('are listed with what they wait for; their id is no order id', () => {
    const id = world.dataOf('POST', 'planorder/place/v2', PLAN);
    expect(plans()).toEqual([
      {
        id,
        symbol: 'BTC_USDT',
        leverage: 10,
        side: 1,
        triggerPrice: 98,
        price: 99,
        vol: 5,
        openType: 1,
        triggerType: 2,
        state: 1,
        executeCycle: 1,
        trend: 1,
        orderType: 1,
        errorCode: 0,
        priceProtect: 0,
        positionMode: 1,
        reduceOnly: false,
        createTime: START_AT,
        updateTime: START_AT,
      },
    ]);
    expect(world.codeOf('GET', `order/get/${id as string}`)).toBe(2040);
    expect(world.dataOf('GET', 'order/open_order_total_count')).toMatchObject({ sumCount: 1, planOrderCount: 1 });
  });

  it('answer their id as a number beyond 2^53 on the older path', () => {
    const time = String(START_AT);
    expect(time).toBeDefined();
    const answer = world.call('POST', 'planorder/place', PLAN);
    expect(Number(plans()[0]!['id'])).toBe(answer.data);
  });

  it('place their order once the price is reached, and name it', async () => {
    world.venue.start();
    const id = world.dataOf('POST', 'planorder/place/v2', { ...PLAN, triggerPrice: 99, price: 97 });
    expect(plans()).toMatchObject([{ state: 1 }]);
    world.take('sell', 1);
    await world.clock.advance(1_500);
    const [plan] = plans({ states: '3' });
    expect(plan).toMatchObject({ id, state: 3 });
    expect(world.order(plan!['orderId'] as string)).toMatchObject({ price: 97, vol: 5, state: 2, side: 1 });
    world.venue.close();
  });

  it('are canceled by id, or all at once', () => {
    const [first, second] = [PLAN, { ...PLAN, symbol: 'ETH_USDT', price: 9.9, triggerPrice: 9 }].map(
      (plan) => world.dataOf('POST', 'planorder/place/v2', plan) as string,
    );
    const cancel = (body: unknown): number => world.codeOf('POST', 'planorder/cancel', body);
    expect(cancel([{ symbol: 'BTC_USDT', orderId: '1' }])).toBe(2040);
    expect(cancel([{ symbol: 'BTC_USDT', orderId: first }])).toBe(0);
    expect(plans({ states: '1' })).toMatchObject([{ id: second }]);
    expect(world.codeOf('POST', 'planorder/cancel_all', { symbol: 'NOPE' })).toBe(1001);
    world.dataOf('POST', 'planorder/cancel_all', { symbol: 'BTC_USDT' });
    expect(plans({ states: '1' })).toHaveLength(1);
    world.dataOf('POST', 'planorder/cancel_all', {});
    expect(plans({ states: '2' })).toHaveLength(2);
  });

  it('can be given another price', () => {
    const orderId = world.dataOf('POST', 'planorder/place/v2', PLAN) as string;
    const change = {
      symbol: 'BTC_USDT',
      orderId,
      triggerPrice: 97.5,
      price: 97,
      orderType: 1,
      triggerType: 2,
      trend: 2,
    };
    world.dataOf('POST', 'planorder/change_price', change);
    expect(plans()).toMatchObject([{ id: orderId, triggerPrice: 97.5, price: 97, trend: 2 }]);
    expect(world.codeOf('POST', 'planorder/change_price', { ...change, orderId: '1' })).toBe(2040);
  });

  it.each([
    [{ triggerPrice: undefined }, 600],
    [{ triggerPrice: 0 }, 3004],
    [{ triggerPrice: 98.05 }, 3004],
    [{ triggerType: 3 }, 3002],
    [{ trend: 4 }, 3001],
    [{ executeCycle: 3 }, 3003],
    [{ orderType: 7 }, 2029],
    [{ side: 5 }, 2001],
    [{ symbol: 'NOPE' }, 1001],
  ])('with %j are refused with %i', (params, code) => {
    expect(world.codeOf('POST', 'planorder/place/v2', { ...PLAN, ...params })).toBe(code);
  });

  it('are at most fifty', async () => {
    for (let i = 0; i < 50; i++) {
      await world.clock.advance(500);
      world.dataOf('POST', 'planorder/place/v2', PLAN);
    }
    await world.clock.advance(500);
    expect(world.codeOf('POST', 'planorder/place/v2', PLAN)).toBe(2016);
  });
});

describe('several accounts', () => {
  it('trade with each other, and see only their own', async () => {
    const bob = { apiKey: 'mx0bob', secretKey: 'the secret of bob', balances: { USDT: '1000' } };
    const other = createMexcFuturesPrivateWorld([ALICE, bob]);
    const mine = await other.create();
    await other.create({ side: 3, type: 5 }, bob);
    expect(other.order(mine)).toMatchObject({ state: 3, makerFee: 0.00495 });
    expect(other.dataOf('GET', 'order/list/order_deals/v3', {}, bob)).toMatchObject([{ side: 3, vol: 5, taker: true }]);
    expect(other.codeOf('GET', `order/get/${mine}`, {}, bob)).toBe(2040);
    expect(other.dataOf('POST', 'order/cancel', [mine], bob)).toMatchObject([{ errorCode: 2040 }]);
    expect(other.audit()).toEqual([]);
  });
});
