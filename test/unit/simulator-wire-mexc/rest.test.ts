import { beforeEach, describe, expect, it } from 'vitest';
import { createWireWorld, START, type WireWorld } from '../../support/mexc-wire-world.js';

let world: WireWorld;

beforeEach(() => {
  world = createWireWorld();
});

function answer(path: string): unknown {
  const { status, headers, body } = world.get(path);
  expect([status, headers['content-type']]).toEqual([200, 'application/json']);
  return JSON.parse(body);
}

function refusal(path: string): unknown {
  const { status, body } = world.get(path);
  return [status, JSON.parse(body)];
}

describe('reference data', () => {
  it('answers ping, time and the default symbols', () => {
    expect(answer('/api/v3/ping')).toEqual({});
    expect(answer('/api/v3/time')).toEqual({ serverTime: START });
    expect(answer('/api/v3/defaultSymbols')).toEqual({
      code: 0,
      msg: 'success',
      data: ['BTCUSDT', 'ETHUSDT'],
      timestamp: START,
    });
    expect(answer('/api/v3/symbol/offline')).toEqual({ data: [] });
  });

  it('describes one symbol completely', () => {
    expect(answer('/api/v3/exchangeInfo?symbol=BTCUSDT')).toEqual({
      timezone: 'CST',
      serverTime: START,
      rateLimits: [],
      exchangeFilters: [],
      symbols: [
        {
          symbol: 'BTCUSDT',
          status: '1',
          baseAsset: 'BTC',
          baseAssetPrecision: 8,
          quoteAsset: 'USDT',
          quotePrecision: 2,
          quoteAssetPrecision: 2,
          baseCommissionPrecision: 8,
          quoteCommissionPrecision: 2,
          orderTypes: ['LIMIT', 'MARKET', 'LIMIT_MAKER'],
          isSpotTradingAllowed: true,
          isMarginTradingAllowed: false,
          quoteAmountPrecision: '1',
          baseSizePrecision: '0.000001',
          permissions: ['SPOT'],
          filters: [{ filterType: 'PERCENT_PRICE_BY_SIDE', bidMultiplierUp: '0.005', askMultiplierDown: '0.005' }],
          maxQuoteAmount: '4000000',
          makerCommission: '0',
          takerCommission: '0.0005',
          quoteAmountPrecisionMarket: '1',
          maxQuoteAmountMarket: '4000000',
          fullName: 'BTC',
          tradeSideType: 1,
          contractAddress: '',
          conceptPlateIds: [],
          st: false,
        },
      ],
    });
  });

  it.each([
    ['', ['BTCUSDT', 'ETHUSDT']],
    ['?symbols=ETHUSDT%2CBTCUSDT', ['ETHUSDT', 'BTCUSDT']],
    ['?symbols=ETHUSDT', ['ETHUSDT']],
  ])('lists what exchangeInfo%s asks for', (query, expected) => {
    const { symbols } = answer(`/api/v3/exchangeInfo${query}`) as { symbols: { symbol: string }[] };
    expect(symbols.map(({ symbol }) => symbol)).toEqual(expected);
  });
});

describe('depth', () => {
  beforeEach(() => {
    world.btc.set('bid', 6_499_990, 123_450_000);
    world.btc.set('bid', 6_499_950, 40_000_000);
    world.btc.set('ask', 6_500_050, 120_000_000);
    world.btc.set('ask', 6_500_012, 25_000_000);
  });

  it('prints padded numbers, best first, with the number of the book', () => {
    expect(world.get('/api/v3/depth?symbol=BTCUSDT').body).toBe(
      '{"lastUpdateId":80000000004,"bids":[["64999.90","1.23450000"],["64999.50","0.40000000"]],' +
        `"asks":[["65000.12","0.25000000"],["65000.50","1.20000000"]],"timestamp":${START}}`,
    );
  });

  it('serves the book as it was while a stale snapshot is asked for, and the newest when that is out of reach', () => {
    world.snapshotSequence = 80_000_000_003;
    expect(answer('/api/v3/depth?symbol=BTCUSDT&limit=1')).toEqual({
      lastUpdateId: 80_000_000_003,
      bids: [['64999.90', '1.23450000']],
      asks: [['65000.50', '1.20000000']],
      timestamp: START,
    });
    world.snapshotSequence = 5;
    expect(answer('/api/v3/depth?symbol=BTCUSDT&limit=1')).toMatchObject({ lastUpdateId: 80_000_000_004 });
  });

  it.each([
    ['', 100],
    ['&limit=1', 1],
    ['&limit=1000', 1000],
    ['&limit=5000', 2000],
  ])('gives at most 2000 levels, 100 by default (%s)', (query, expected) => {
    for (let i = 0; i < 2_100; i++) world.eth.set('bid', 200_000 - i, 1);
    const { bids, asks } = answer(`/api/v3/depth?symbol=ETHUSDT${query}`) as { bids: unknown[]; asks: unknown[] };
    expect([bids.length, asks.length]).toEqual([expected, 0]);
  });
});

describe('trades', () => {
  beforeEach(async () => {
    world.btc.trade('buy', 6_500_012, 4_440_000);
    await world.clock.advance(5);
    world.btc.trade('sell', 6_500_000, 100_000_000);
  });

  it('lists the newest first, without ids', () => {
    const common = { id: null, isBestMatch: true };
    expect(answer('/api/v3/trades?symbol=BTCUSDT')).toEqual([
      { ...common, price: '65000', qty: '1', quoteQty: '65000', time: START + 5, isBuyerMaker: true, tradeType: 'ASK' },
      {
        ...common,
        price: '65000.12',
        qty: '0.0444',
        quoteQty: '2886.005328',
        time: START,
        isBuyerMaker: false,
        tradeType: 'BID',
      },
    ]);
    expect(answer('/api/v3/trades?symbol=BTCUSDT&limit=1')).toMatchObject([{ price: '65000' }]);
  });

  it('lists aggregates within inclusive times', () => {
    const older = { a: null, f: null, l: null, p: '65000.12', q: '0.0444', T: START, m: false, M: true };
    const newer = { a: null, f: null, l: null, p: '65000', q: '1', T: START + 5, m: true, M: true };
    const path = '/api/v3/aggTrades?symbol=BTCUSDT';
    expect(answer(path)).toEqual([newer, older]);
    expect(answer(`${path}&startTime=${START}&endTime=${START + 4}`)).toEqual([older]);
    expect(answer(`${path}&startTime=${START}&endTime=${START + 5}`)).toEqual([newer, older]);
    expect(answer(`${path}&startTime=${START + 6}&endTime=${START + 9}`)).toEqual([]);
  });

  it('refuses one time without the other', () => {
    const expected = [400, { code: -1128, msg: 'Combination of optional parameters invalid.' }];
    expect(refusal(`/api/v3/aggTrades?symbol=BTCUSDT&startTime=${START}`)).toEqual(expected);
    expect(refusal(`/api/v3/aggTrades?symbol=BTCUSDT&endTime=${START}`)).toEqual(expected);
    expect(refusal('/api/v3/aggTrades?symbol=BTCUSDT&startTime=2&endTime=1')).toEqual(expected);
  });
});

describe('refusals', () => {
  const needSymbol = ['depth', 'trades', 'aggTrades', 'klines', 'avgPrice'];

  it.each(needSymbol)('misses the symbol of %s', (name) => {
    const expected = [400, { code: 44444, msg: "Mandatory parameter 'symbol' was not sent." }];
    expect([refusal(`/api/v3/${name}`), refusal(`/api/v3/${name}?symbol=`)]).toEqual([expected, expected]);
  });

  const takeSymbol = [...needSymbol, 'exchangeInfo', 'ticker/24hr', 'ticker/price', 'ticker/bookTicker'];

  it.each(takeSymbol)('refuses unknown and lower-case symbols of %s', (name) => {
    const expected = [400, { code: -1121, msg: 'Invalid symbol.' }];
    for (const symbol of ['NOPEUSDT', 'btcusdt', 'BTC_USDT', '__proto__', '%E9%BE%99USDT']) {
      expect(refusal(`/api/v3/${name}?interval=1m&symbol=${symbol}`)).toEqual(expected);
    }
  });

  it.each(['0', '-1', '1.5', 'abc', '', '1e3', '99999999999999999999'])('refuses the limit "%s"', (limit) => {
    const expected = [400, { code: 33333, msg: "Parameter 'limit' error." }];
    for (const name of ['depth', 'trades', 'aggTrades', 'klines']) {
      expect(refusal(`/api/v3/${name}?symbol=BTCUSDT&interval=1m&limit=${limit}`)).toEqual(expected);
    }
  });

  it('answers unknown paths and methods with a page that is not JSON', () => {
    const expected = { status: 404, type: 'text/html' };
    for (const path of ['/', '/api/v3/nothing', '/api/v3/DEPTH', '/api/v4/ping']) {
      const { status, headers } = world.get(path);
      expect({ status, type: headers['content-type'] }).toEqual(expected);
    }
    const post = world.wire.http({ method: 'POST', path: '/api/v3/ping', query: '', headers: {}, body: '', ip: '1' });
    expect(post.status).toBe(404);
  });
});
