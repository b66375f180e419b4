import { beforeEach, describe, expect, it } from 'vitest';
import type { TapeCandle } from '../../../src/simulator/contract.js';
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

function candle(openedAt: number, ticks: number): TapeCandle {
  const prices = { openTicks: ticks, highTicks: ticks + 20, lowTicks: ticks - 10, closeTicks: ticks + 5 };
  return { openedAt, ...prices, baseLots: 200_000_000, quoteTickLots: 2 * 100_000_000 * ticks };
}

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('klines', () => {
  const first = START - 999 * MINUTE;

  beforeEach(() => {
    world.btc.candleList = Array.from({ length: 1000 }, (_, i) => candle(first + i * MINUTE, 6_500_000 + i));
  });

  const opened = (query: string): number[] =>
    (answer(`/api/v3/klines?symbol=BTCUSDT${query}`) as number[][]).map((row) => row[0]!);

  it('gives rows of eight: open, high, low, close, base volume, exclusive end, quote volume', () => {
    expect(answer('/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1')).toEqual([
      [START, '65009.99', '65010.19', '65009.89', '65010.04', '2', START + MINUTE, '130019.98'],
    ]);
  });

  it('gives the newest 500 in ascending order however many are asked for', () => {
    const expected = Array.from({ length: 500 }, (_, i) => START - (499 - i) * MINUTE);
    expect(opened('&interval=1m')).toEqual(expected);
    expect(opened('&interval=1m&limit=1000')).toEqual(expected);
  });

  it('counts from the start time where it is given, else back from the end time', () => {
    expect(opened(`&interval=1m&limit=3&startTime=${first + 1}`)).toEqual([1, 2, 3].map((i) => first + i * MINUTE));
    expect(opened(`&interval=1m&limit=2&endTime=${START - 1}`)).toEqual([START - 2 * MINUTE, START - MINUTE]);
    expect(opened(`&interval=1m&startTime=${first}&endTime=${first + MINUTE}`)).toEqual([first, first + MINUTE]);
    expect(opened(`&interval=1m&startTime=${START + 1}`)).toEqual([]);
  });

  it('puts weeks from Mondays and calendar months together from days', () => {
    const monday = Date.UTC(2026, 5, 29);
    world.btc.candleList = [0, 1, 2].map((i) => candle(monday + i * DAY, 6_500_000 + i * 100));
    const week = [monday, '65000', '65002.2', '64999.9', '65002.05', '6', monday + 7 * DAY, '390006'];
    expect(answer(`/api/v3/klines?symbol=BTCUSDT&interval=1W&startTime=${monday}`)).toEqual([week]);
    const june = [Date.UTC(2026, 5, 1), '65000', '65001.2', '64999.9', '65001.05', '4', Date.UTC(2026, 6, 1), '260002'];
    const july = [Date.UTC(2026, 6, 1), '65002', '65002.2', '65001.9', '65002.05', '2', Date.UTC(2026, 7, 1), '130004'];
    expect(answer('/api/v3/klines?symbol=BTCUSDT&interval=1M&limit=2')).toEqual([june, july]);
  });

  it.each(['1m', '5m', '15m', '30m', '60m', '4h', '1d', '1W', '1M'])('knows the interval %s', (interval) => {
    world.btc.candleList = [];
    expect(answer(`/api/v3/klines?symbol=BTCUSDT&interval=${interval}`)).toEqual([]);
  });

  it.each(['1h', '8h', '1w', '3m', 'Min1', ''])('refuses the interval "%s"', (interval) => {
    const [status, body] = refusal(`/api/v3/klines?symbol=BTCUSDT&interval=${interval}`) as [number, { code: number }];
    expect([status, body.code]).toEqual([400, interval === '' ? 44444 : 33333]);
  });

  it('averages the last five minutes by volume, and falls back to the last price', () => {
    world.btc.candleList = [
      candle(START - 60 * MINUTE, 1),
      candle(START - MINUTE, 6_500_000),
      candle(START, 6_500_100),
    ];
    expect(answer('/api/v3/avgPrice?symbol=BTCUSDT')).toEqual({ mins: 5, price: '65000.50' });
    world.eth.stats = { ...world.eth.stats, lastTicks: 300_000 };
    expect(answer('/api/v3/avgPrice?symbol=ETHUSDT')).toEqual({ mins: 5, price: '3000.00' });
  });
});

describe('tickers', () => {
  beforeEach(() => {
    world.btc.set('bid', 6_499_990, 373_485_000);
    world.btc.set('ask', 6_500_012, 766_987_500);
    world.btc.stats = {
      openTicks: 6_474_010,
      highTicks: 6_551_000,
      lowTicks: 6_401_055,
      lastTicks: 6_500_012,
      baseLots: 766_672_025_800,
      quoteTickLots: 4.9833681677e18,
    };
  });

  it('gives 24 hours of one symbol as an object, with the change as a ratio', async () => {
    await world.clock.advance(123);
    expect(answer('/api/v3/ticker/24hr?symbol=BTCUSDT')).toEqual({
      symbol: 'BTCUSDT',
      priceChange: '260.02',
      priceChangePercent: '0.0040',
      prevClosePrice: '64740.10',
      lastPrice: '65000.12',
      bidPrice: '64999.90',
      bidQty: '3.73485',
      askPrice: '65000.12',
      askQty: '7.669875',
      openPrice: '64740.10',
      highPrice: '65510.00',
      lowPrice: '64010.55',
      volume: '7666.72025800',
      quoteVolume: '498336816.77',
      openTime: 1_782_813_600_000,
      closeTime: 1_782_900_000_123,
      count: null,
    });
  });

  it('gives all symbols as an array', () => {
    expect(answer('/api/v3/ticker/24hr')).toMatchObject([
      { symbol: 'BTCUSDT' },
      { symbol: 'ETHUSDT', bidPrice: '', bidQty: '' },
    ]);
  });

  it('gives prices', () => {
    const btc = { symbol: 'BTCUSDT', price: '65000.12' };
    const eth = { symbol: 'ETHUSDT', price: '0.00' };
    expect(answer('/api/v3/ticker/price?symbol=BTCUSDT')).toEqual(btc);
    expect(answer('/api/v3/ticker/price')).toEqual([btc, eth]);
    expect(answer('/api/v3/ticker/price?symbols=ETHUSDT')).toEqual([eth]);
  });

  it('gives best prices, null for an empty side', () => {
    const btc = {
      symbol: 'BTCUSDT',
      bidPrice: '64999.90',
      bidQty: '3.73485',
      askPrice: '65000.12',
      askQty: '7.669875',
    };
    const eth = { symbol: 'ETHUSDT', bidPrice: null, bidQty: null, askPrice: null, askQty: null };
    expect(answer('/api/v3/ticker/bookTicker?symbol=BTCUSDT')).toEqual(btc);
    expect(answer('/api/v3/ticker/bookTicker')).toEqual([btc, eth]);
  });
});
