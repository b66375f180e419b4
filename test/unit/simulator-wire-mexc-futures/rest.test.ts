import { beforeEach, describe, expect, it } from 'vitest';
import { createFuturesWireWorld, START } from '../../support/mexc-futures-wire-world.js';

let world: ReturnType<typeof createFuturesWireWorld>;

beforeEach(() => {
  world = createFuturesWireWorld();
});

/** The whole envelope of an answer. */
function envelope(path: string): unknown {
  const { status, headers, body } = world.get(path);
  expect([status, headers['content-type']]).toEqual([200, 'application/json']);
  return JSON.parse(body);
}

function dataOf(path: string): unknown {
  const { data, ...rest } = envelope(path) as { data: unknown };
  expect(rest).toEqual({ success: true, code: 0 });
  return data;
}

describe('reference data', () => {
  it('answers ping with the server time and lists what can be transferred', () => {
    expect(world.get('contract/ping').body).toBe(`{"success":true,"code":0,"data":${START}}`);
    expect(dataOf('contract/support_currencies')).toEqual(['USDT', 'BTC']);
  });

  it('describes one contract completely, every rule as a JSON number', () => {
    expect(dataOf('contract/detail?symbol=BTC_USDT')).toEqual({
      symbol: 'BTC_USDT',
      displayName: 'BTC_USDT PERPETUAL',
      displayNameEn: 'BTC_USDT PERPETUAL',
      positionOpenType: 3,
      baseCoin: 'BTC',
      quoteCoin: 'USDT',
      baseCoinName: 'BTC',
      quoteCoinName: 'USDT',
      settleCoin: 'USDT',
      futureType: 1,
      contractSize: 0.0001,
      minLeverage: 1,
      maxLeverage: 500,
      priceScale: 1,
      volScale: 0,
      amountScale: 4,
      priceUnit: 0.1,
      volUnit: 1,
      minVol: 1,
      maxVol: 1_500_000,
      limitMaxVol: 1_500_000,
      bidLimitPriceRate: 0.1,
      askLimitPriceRate: 0.1,
      takerFeeRate: 0.0004,
      makerFeeRate: 0.0001,
      maintenanceMarginRate: 0.001,
      initialMarginRate: 0.002,
      riskBaseVol: 1_500_000,
      riskIncrVol: 1_500_000,
      riskIncrMmr: 0.004,
      riskIncrImr: 0.004,
      riskLevelLimit: 10,
      riskLimitType: 'BY_VOLUME',
      riskLimitMode: 'INCREASE',
      liquidationFeeRate: 0.0002,
      priceCoefficientVariation: 0.1,
      triggerProtect: 0.1,
      marketOrderMaxLevel: 20,
      marketOrderPriceLimitRate1: 0.2,
      marketOrderPriceLimitRate2: 0.005,
      maxNumOrders: [200, 50],
      state: 0,
      type: 1,
      apiAllowed: true,
      isNew: false,
      isHot: true,
      isHidden: false,
      isZeroFeeRate: false,
      depthStepList: ['0.1', '1', '10', '100'],
      feeRateMode: 'NORMAL',
      indexOrigin: ['MXC', 'GATEIO'],
      id: 10,
    });
  });

  it('lists every contract without a symbol, inverse ones settled in their base', () => {
    expect(dataOf('contract/detail')).toMatchObject([
      { symbol: 'BTC_USDT', settleCoin: 'USDT', contractSize: 0.0001 },
      { symbol: 'BTC_USD', settleCoin: 'BTC', contractSize: 100 },
    ]);
  });

  it('tells an uneven ladder of risk limits tier by tier', () => {
    const { terms } = world.perpetuals.btc;
    const tiers = terms.tiers
      .slice(0, 3)
      .map((tier, index) => (index === 2 ? { ...tier, maxLeverage: 80, limit: '9000000' as never } : tier));
    Object.assign(world.perpetuals.btc, { terms: { ...terms, tiers } });
    expect(dataOf('contract/detail?symbol=BTC_USDT')).toMatchObject({
      riskLimitMode: 'CUSTOM',
      riskLevelLimit: 3,
      riskLimitCustom: [
        { level: 1, maxVol: 1_500_000, mmr: 0.001, imr: 0.002, maxLeverage: 500 },
        { level: 2, maxVol: 3_000_000, mmr: 0.005, imr: 0.006, maxLeverage: 166 },
        { level: 3, maxVol: 9_000_000, mmr: 0.009, imr: 0.01, maxLeverage: 80 },
      ],
    });
  });
});

describe('the book and its changes', () => {
  beforeEach(() => {
    world.btc.set('ask', 650_002, 800);
    world.btc.set('ask', 650_001, 1_200);
    world.btc.set('bid', 650_000, 1_500);
    world.btc.set('bid', 649_999, 300);
  });

  it('serves levels from the best on, with contracts and the version of the streams', () => {
    expect(dataOf('contract/depth/BTC_USDT')).toEqual({
      asks: [
        [65_000.1, 1_200, 1],
        [65_000.2, 800, 1],
      ],
      bids: [
        [65_000, 1_500, 1],
        [64_999.9, 300, 1],
      ],
      version: 30_000_000_104,
      timestamp: START,
    });
    expect(dataOf('contract/depth/BTC_USDT?limit=1')).toMatchObject({ asks: [[65_000.1, 1_200, 1]] });
  });

  it('serves an older book when told to, and cuts what is deeper than 1500 levels', () => {
    world.state.snapshotSequence = 30_000_000_102;
    expect(dataOf('contract/depth/BTC_USDT')).toMatchObject({ bids: [], version: 30_000_000_102 });
    world.state.snapshotSequence = undefined;
    for (let i = 0; i < 1_600; i++) world.btc.set('ask', 660_000 + i, 1);
    const { asks } = dataOf('contract/depth/BTC_USDT?limit=5000') as { asks: unknown[] };
    expect(asks).toHaveLength(1_500);
  });

  it('serves the newest commits newest first, as the documented sample does', () => {
    world.btc.set('bid', 650_000, 0);
    expect(dataOf('contract/depth_commits/BTC_USDT/2')).toEqual([
      { asks: [], bids: [[65_000, 0, 0]], version: 30_000_000_105 },
      { asks: [], bids: [[64_999.9, 300, 1]], version: 30_000_000_104 },
    ]);
  });

  it('lists deals newest first, the taker of each by number', () => {
    world.btc.trade('buy', 650_001, 49);
    world.btc.trade('sell', 650_000, 18);
    expect(dataOf('contract/deals/BTC_USDT?limit=5')).toEqual([
      { p: 65_000, v: 18, T: 2, O: 3, M: 2, t: START, i: '2' },
      { p: 65_000.1, v: 49, T: 1, O: 3, M: 2, t: START, i: '1' },
    ]);
    expect(dataOf('contract/deals/BTC_USDT?limit=1')).toMatchObject([{ i: '2' }]);
  });
});

describe('prices, funding and tickers', () => {
  it('tells index and fair price, and the funding of one contract and of all', () => {
    expect(dataOf('contract/index_price/BTC_USDT')).toEqual({
      symbol: 'BTC_USDT',
      indexPrice: 65_001.2,
      timestamp: START,
    });
    expect(dataOf('contract/fair_price/BTC_USDT')).toEqual({
      symbol: 'BTC_USDT',
      fairPrice: 65_000.4,
      timestamp: START,
    });
    const row = {
      symbol: 'BTC_USDT',
      fundingRate: 0.000041,
      maxFundingRate: 0.0018,
      minFundingRate: -0.0018,
      collectCycle: 8,
      nextSettleTime: 1_782_921_600_000,
      idxPrice: 65_001.2,
      fairPrice: 65_000.4,
      timestamp: START,
    };
    expect(dataOf('contract/funding_rate/BTC_USDT')).toEqual(row);
    expect(dataOf('contract/funding_rate')).toEqual([row, { ...row, symbol: 'BTC_USD' }]);
  });

  it('pages through past funding, newest first', () => {
    expect(dataOf('contract/funding_rate/history?symbol=BTC_USDT&page_size=1&page_num=2')).toEqual({
      pageSize: 1,
      totalCount: 2,
      totalPage: 2,
      currentPage: 2,
      resultList: [{ symbol: 'BTC_USDT', fundingRate: -0.000012, settleTime: 1_782_864_000_000, collectCycle: 8 }],
    });
  });

  it('sums a day up in contracts, with the price band around the fair price', () => {
    world.btc.set('ask', 650_001, 1);
    world.btc.stats = {
      openTicks: 647_400,
      highTicks: 655_100,
      lowTicks: 640_105,
      lastTicks: 650_001,
      baseLots: 412,
      quoteTickLots: 412 * 650_000,
    };
    expect(dataOf('contract/ticker?symbol=BTC_USDT')).toEqual({
      contractId: 10,
      symbol: 'BTC_USDT',
      lastPrice: 65_000.1,
      ask1: 65_000.1,
      volume24: 412,
      amount24: 2_678,
      holdVol: 98_765,
      lower24Price: 64_010.5,
      high24Price: 65_510,
      riseFallRate: 0.004,
      riseFallValue: 260.1,
      indexPrice: 65_001.2,
      fairPrice: 65_000.4,
      fundingRate: 0.000041,
      maxBidPrice: 71_500.4,
      minAskPrice: 58_500.4,
      timestamp: START,
      riseFallRates: { zone: 'UTC+8', r: 0.004, v: 260.1 },
    });
    world.inverse.stats = { ...world.btc.stats };
    expect(dataOf('contract/ticker')).toMatchObject([{ symbol: 'BTC_USDT' }, { symbol: 'BTC_USD', amount24: 41_200 }]);
  });
});

describe('candles', () => {
  const MINUTE = 60_000;
  const candle = (openedAt: number, closeTicks: number) => ({
    openedAt,
    openTicks: 649_901,
    highTicks: 650_015,
    lowTicks: 649_883,
    closeTicks,
    baseLots: 15_210,
    quoteTickLots: 15_210 * 650_000,
  });

  it('come in columns, in seconds, both ends of the range included', () => {
    world.btc.candleList = [0, 1, 2, 3].map((i) => candle(START - i * MINUTE, 650_000 + i)).reverse();
    const [start, end] = [START / 1_000 - 120, START / 1_000 - 60];
    expect(dataOf(`contract/kline/BTC_USDT?interval=Min1&start=${start}&end=${end}`)).toEqual({
      time: [start, end],
      open: [64_990.1, 64_990.1],
      close: [65_000.2, 65_000.1],
      high: [65_001.5, 65_001.5],
      low: [64_988.3, 64_988.3],
      vol: [15_210, 15_210],
      amount: [98_865, 98_865],
      realOpen: [64_990.1, 64_990.1],
      realClose: [65_000.2, 65_000.1],
      realHigh: [65_001.5, 65_001.5],
      realLow: [64_988.3, 64_988.3],
    });
  });

  it('are at most the newest 2000, minutes by default', () => {
    world.btc.candleList = Array.from({ length: 2_100 }, (_, i) => candle(START - (2_099 - i) * MINUTE, 650_000));
    const { time } = dataOf('contract/kline/BTC_USDT') as { time: number[] };
    expect([time.length, time.at(-1)]).toEqual([2_000, START / 1_000]);
    const older = dataOf(`contract/kline/BTC_USDT?start=0&end=${START / 1_000 - 60}`) as { time: number[] };
    expect([older.time.length, older.time.at(-1)]).toEqual([2_000, START / 1_000 - 60]);
  });

  it('of the index and the fair price have no volume', () => {
    world.btc.candleList = [candle(START, 650_000)];
    expect(dataOf('contract/kline/index_price/BTC_USDT')).toMatchObject({ open: [64_990.11], vol: [0], amount: [0] });
    expect(dataOf('contract/kline/fair_price/BTC_USDT')).toMatchObject({ open: [64_990.12], realOpen: [64_990.12] });
  });
});

describe('refusals', () => {
  it.each([
    ['contract/detail?symbol=NOPE_USDT', 1001],
    ['contract/depth/btc_usdt', 1001],
    ['contract/depth/BTCUSDT', 1001],
    ['contract/deals/NOPE', 1001],
    ['contract/kline/NOPE', 1001],
    ['contract/ticker?symbol=NOPE', 1001],
    ['contract/funding_rate/NOPE', 1001],
    ['contract/depth/BTC_USDT?limit=0', 600],
    ['contract/depth/BTC_USDT?limit=x', 600],
    ['contract/depth_commits/BTC_USDT/x', 600],
    ['contract/kline/BTC_USDT?interval=1m', 600],
    ['contract/kline/BTC_USDT?start=1.5', 600],
    ['contract/funding_rate/history', 600],
    ['contract/funding_rate/history?symbol=BTC_USDT&page_num=0', 600],
  ])('%s is refused with code %i and HTTP 200', (path, code) => {
    expect(envelope(path)).toEqual({ success: false, code, message: expect.any(String) });
  });

  it('answers a page without a code for a path of nobody', () => {
    for (const path of ['contract/nothing', 'contract/depth', 'contract/depth/%E0%A4%A', 'private/nothing']) {
      expect([world.get(path).status, world.get(path).headers['content-type']]).toEqual([404, 'text/html']);
    }
  });

  it.each([
    ['contract/detail', 10],
    ['contract/depth/BTC_USDT', 10],
    ['contract/ticker', 10],
    ['contract/deals/BTC_USDT', 20],
    ['contract/ping', 20],
  ])(
    '%s is served %i times in two seconds, for each address apart, then refused with 510 in HTTP 200',
    async (path, most) => {
      for (let i = 0; i < most; i++) expect(envelope(path)).toMatchObject({ success: true });
      expect(envelope(path)).toEqual({
        success: false,
        code: 510,
        message: 'Requests are too frequent, please try again later',
      });
      expect(JSON.parse(world.get(path, '10.0.0.2').body)).toMatchObject({ code: 0 });
      await world.clock.advance(1_999);
      expect(envelope(path)).toMatchObject({ code: 510 });
      await world.clock.advance(1);
      expect(envelope(path)).toMatchObject({ code: 0 });
    },
  );

  it('counts the depth of every contract together, and other endpoints apart', () => {
    for (let i = 0; i < 5; i++) {
      world.get('contract/depth/BTC_USDT');
      world.get('contract/depth/BTC_USD');
    }
    expect(envelope('contract/depth/BTC_USDT')).toMatchObject({ code: 510 });
    expect(envelope('contract/ping')).toMatchObject({ code: 0 });
  });

  it('blocks an address that sends more than 120 requests in a second with a page, whatever it asks', () => {
    for (let i = 0; i < 120; i++) world.get('contract/ping');
    expect(world.get('contract/detail')).toEqual({
      status: 403,
      headers: { 'content-type': 'text/html' },
      body: '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD></HTML>',
    });
    expect(world.get('contract/detail', '10.0.0.2').status).toBe(200);
  });

  it('says in its own words that it is under maintenance, limited or banned', () => {
    world.state.service = 'maintenance';
    expect(envelope('contract/ping')).toMatchObject({ success: false, code: 801 });
    world.state.service = 'limited';
    expect(envelope('contract/ping')).toMatchObject({ success: false, code: 510 });
    world.state.service = 'banned';
    expect(world.get('contract/ping').status).toBe(403);
  });
});
