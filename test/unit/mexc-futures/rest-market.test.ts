import { describe, expect, it } from 'vitest';
import { mexcFutures } from '../../../src/venues/mexc/index.js';
import { channelContext, decodeContext, emitted, encodeContext, NOW, success } from './support.js';

const { market, streams } = mexcFutures;
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const USD = { symbol: 'BTC/USD:BTC' } as const;

describe('the clock', () => {
  it('is the answer to a ping', () => {
    expect(market.serverTime.path).toBe('/api/v1/contract/ping');
    expect(market.serverTime.encode(undefined, encodeContext)).toEqual({});
    expect(market.serverTime.decode(success(1_782_900_000_123), undefined, decodeContext())).toBe(1_782_900_000_123);
    expect(market.ping.decode(success(1), undefined, decodeContext())).toBeUndefined();
  });

  it.each([[undefined], [0], [-1], [1.5], ['x'], [null], [{}]])('is refused as %o', (data) => {
    for (const call of [market.serverTime, market.ping])
      expect(() => call.decode(success(data), undefined, decodeContext())).toThrow('server time: expected');
  });
});

const TICKER = {
  contractId: 10,
  symbol: 'BTC_USDT',
  lastPrice: 65_000.1,
  bid1: 65_000,
  ask1: 65_000.1,
  volume24: 412_345_678,
  amount24: 2_680_246_907.1,
  holdVol: 98_765_432,
  lower24Price: 64_010.5,
  high24Price: 65_510,
  riseFallRate: -0.004,
  indexPrice: 65_001.2,
  fairPrice: 65_000.4,
  fundingRate: 0.000041,
  timestamp: 1_782_900_000_123,
};

describe('a ticker', () => {
  const expected = {
    symbol: BTC.symbol,
    lastPrice: 65_000.1,
    bidPrice: 65_000,
    askPrice: 65_000.1,
    highPrice: 65_510,
    lowPrice: 64_010.5,
    changeRatio: -0.004,
    baseVolume: 41_234.5678,
    quoteVolume: 2_680_246_907.1,
    updatedAt: 1_782_900_000_123,
    receivedAt: NOW,
  };

  it('is the same from call and stream', () => {
    expect(market.ticker.encode(BTC, encodeContext)).toEqual({ query: { symbol: 'BTC_USDT' } });
    expect(market.ticker.decode(success(TICKER), BTC, decodeContext())).toEqual(expected);
    expect(market.ticker.decode(success([TICKER]), BTC, decodeContext())).toEqual(expected);
    expect(emitted((emit) => streams.ticker.decode(TICKER, channelContext(BTC), emit))).toEqual([expected]);
  });

  it('of inverse contracts tells the turnover in quote asset, which alone is certain', () => {
    const { baseVolume, ...rest } = expected;
    const row = { ...TICKER, symbol: 'BTC_USD', volume24: 7 };
    expect(baseVolume).toBeGreaterThan(0);
    expect(market.ticker.decode(success(row), USD, decodeContext())).toEqual({
      ...rest,
      symbol: USD.symbol,
      quoteVolume: 700,
    });
  });

  it('leaves out what the venue does not send', () => {
    expect(
      market.ticker.decode(success({ symbol: 'BTC_USDT', lastPrice: 1, bid1: 0, ask1: null }), BTC, decodeContext()),
    ).toEqual({
      symbol: BTC.symbol,
      lastPrice: 1,
      receivedAt: NOW,
    });
  });

  it.each([
    ['lastPrice', 0],
    ['lastPrice', undefined],
    ['bid1', -1],
    ['volume24', 'x'],
    ['amount24', {}],
    ['riseFallRate', 'up'],
    ['timestamp', -1],
    ['symbol', 'BTC_USD'],
    ['symbol', 'NOPE_USDT'],
    ['symbol', undefined],
  ])('whose %s is %o is refused', (field, value) => {
    expect(() => market.ticker.decode(success({ ...TICKER, [field]: value }), BTC, decodeContext())).toThrow(
      expect.objectContaining({ code: 'malformed_response' }),
    );
  });

  it('of every listed market comes in one call; what cannot be read is left out and reported', () => {
    const drifts: string[] = [];
    const rows = [TICKER, { ...TICKER, symbol: 'OLD_USDT' }, { ...TICKER, symbol: 'BTC_USD', lastPrice: 0 }, 7];
    expect(market.tickers.encode(undefined, encodeContext)).toEqual({});
    expect(market.tickers.decode(success(rows), undefined, decodeContext(drifts))).toEqual([expected]);
    expect(drifts).toEqual([
      'ticker left out: ticker lastPrice: expected a decimal above zero, received number',
      'ticker left out: ticker: expected an object, received number',
    ]);
  });
});

describe('trades', () => {
  const rows = [
    { p: 65_000.1, v: 49, T: 2, O: 3, M: 2, t: 1_782_900_000_047, i: '739113577038255616' },
    { p: 65_000, v: 1, T: 1, O: 1, M: 2, t: 1_782_900_000_040 },
  ];
  const sell = {
    symbol: BTC.symbol,
    id: '739113577038255616',
    price: 65_000.1,
    quantity: 0.0049,
    takerSide: 'sell',
    matchedAt: 1_782_900_000_047,
  };
  const buy = { symbol: BTC.symbol, price: 65_000, quantity: 0.0001, takerSide: 'buy', matchedAt: 1_782_900_000_040 };

  it('come out oldest first, in base asset, with an id where there is one', () => {
    expect(market.recentTrades.encode({ ...BTC, limit: 50 }, encodeContext)).toEqual({
      path: '/api/v1/contract/deals/BTC_USDT',
      query: { limit: 50 },
    });
    expect(market.recentTrades.decode(success(rows), { ...BTC, limit: 50 }, decodeContext())).toEqual([buy, sell]);
    expect(market.recentTrades.decode(success({ resultList: rows }), { ...BTC, limit: 1 }, decodeContext())).toEqual([
      sell,
    ]);
  });

  it('of one millisecond keep the order in which they happened', () => {
    const twins = [2, 1].map((i) => ({ p: i, v: 1, T: 1, t: 5 }));
    expect(
      market.recentTrades.decode(success(twins), { ...BTC, limit: 5 }, decodeContext()).map(({ price }) => price),
    ).toEqual([1, 2]);
  });

  it('are streamed as a list or one by one, in the order of the wire', () => {
    expect(emitted((emit) => streams.trades.decode(rows, channelContext(BTC), emit))).toEqual([sell, buy]);
    expect(emitted((emit) => streams.trades.decode(rows[1], channelContext(BTC), emit))).toEqual([buy]);
  });

  it('of inverse contracts are base asset at their price', () => {
    const [trade] = emitted((emit) =>
      streams.trades.decode([{ p: 50_000, v: 3, T: 1, t: 5 }], channelContext(USD), emit),
    );
    expect(trade).toMatchObject({ quantity: 0.006, price: 50_000 });
  });

  it.each([
    ['p', 0],
    ['v', 0],
    ['v', -1],
    ['T', 3],
    ['T', '1'],
    ['t', 0],
    ['t', undefined],
    ['i', {}],
  ])('of which the last has %s %o are not emitted at all', (field, value) => {
    const events: unknown[] = [];
    const push = [rows[0], { ...rows[1], [field]: value }];
    expect(() => streams.trades.decode(push, channelContext(BTC), (event) => events.push(event))).toThrow(
      expect.objectContaining({ code: 'malformed_response' }),
    );
    expect(events).toEqual([]);
  });
});

describe('candles', () => {
  const data = {
    time: [1_782_899_940, 1_782_899_880],
    open: [64_995, 64_990.1],
    close: [65_000.1, 64_995],
    high: [65_001.5, 64_996],
    low: [64_993.2, 64_988.3],
    vol: [9_050, 15_210],
    amount: [58_823.1, 98_867.2],
    realOpen: [1, 1],
  };
  const first = {
    symbol: BTC.symbol,
    interval: '1m',
    openedAt: 1_782_899_880_000,
    open: 64_990.1,
    high: 64_996,
    low: 64_988.3,
    close: 64_995,
    baseVolume: 1.521,
    quoteVolume: 98_867.2,
  };
  const second = {
    ...first,
    openedAt: 1_782_899_940_000,
    open: 64_995,
    high: 65_001.5,
    low: 64_993.2,
    close: 65_000.1,
    baseVolume: 0.905,
    quoteVolume: 58_823.1,
  };
  const params = { ...BTC, interval: '1m', limit: 10 } as const;
  const call = (changes: object, asked: object = {}) =>
    market.candles.decode(success({ ...data, ...changes }), { ...params, ...asked }, decodeContext());

  it('are asked for in seconds that cover the span', () => {
    expect(market.candles.encode({ ...params, from: 1_999, to: 3_001 }, encodeContext)).toEqual({
      path: '/api/v1/contract/kline/BTC_USDT',
      query: { interval: 'Min1', start: 1, end: 4 },
    });
    expect(market.candles.encode(params, encodeContext).query).toEqual({
      interval: 'Min1',
      start: undefined,
      end: undefined,
    });
    expect(() => market.candles.encode({ ...params, interval: '3m' }, encodeContext)).toThrow(
      'interval: expected one of 1m, 5m',
    );
  });

  it('come out of columns, oldest first, in base asset', () => {
    expect(call({})).toEqual([first, second]);
    expect(call({}, { limit: 1 })).toEqual([second]);
    expect(call({}, { from: 0, limit: 1 })).toEqual([first]);
    expect(call({}, { from: second.openedAt, to: second.openedAt })).toEqual([second]);
  });

  it('of inverse contracts are base asset at the close, and quote asset exactly', () => {
    const [candle] = market.candles.decode(
      success({ time: [60], open: [100], close: [200], high: [300], low: [50], vol: [4], amount: [0.1] }),
      { ...USD, interval: '1m', limit: 1 },
      decodeContext(),
    );
    expect(candle).toMatchObject({ baseVolume: 2, quoteVolume: 400 });
  });

  it.each([
    [{ open: [1] }, 'lists of one length'],
    [{ vol: undefined }, 'kline vol: expected an array'],
    [{ time: [0, 0] }, 'kline time'],
    [{ time: ['x', 1] }, 'kline time'],
    [{ high: [1, 1] }, 'high or below'],
    [{ close: [0, 1] }, 'kline close'],
    [{ amount: [-1, 1] }, 'kline amount'],
  ])('with %j are refused', (changes, message) => {
    expect(() => call(changes)).toThrow(message);
  });

  it('are streamed with every change', () => {
    const push = {
      symbol: 'BTC_USDT',
      interval: 'Min1',
      t: 1_782_899_880,
      o: 64_990.1,
      c: 64_995,
      h: 64_996,
      l: 64_988.3,
      a: 98_867.2,
      q: 15_210,
    };
    const decode = (payload: unknown) =>
      emitted((emit) => streams.candles.decode(payload, channelContext({ ...BTC, interval: '1m' as const }), emit));
    expect(decode(push)).toEqual([first]);
    expect(() => decode({ ...push, interval: 'Min5' })).toThrow('kline interval: expected that of 1m');
    expect(() => decode({ ...push, q: undefined })).toThrow('kline vol');
  });
});
