import { describe, expect, it } from 'vitest';
import type { DecodeContext } from '../../../src/adapter/endpoint.js';
import { MalformedResponseError, ValidationError } from '../../../src/errors/kinds.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { mexcSpot } from '../../../src/venues/mexc/index.js';
import { noInstrument } from '../../support/no-instrument.js';

const { market } = mexcSpot;
const RECEIVED_AT = 1_782_900_000_500;
const toVenue = (symbol: string) => symbol.replace('/', '');
const symbol = 'BTC/USDT';

function contextWith(drifts: string[] = []): DecodeContext {
  const names = new Map<string, MarketSymbol>([
    ['BTCUSDT', 'BTC/USDT'],
    ['MXUSDT', 'MX/USDT'],
  ]);
  return {
    toCanonical: (name) => names.get(name),
    instrument: noInstrument,
    receivedAt: RECEIVED_AT,
    drift: (what) => drifts.push(what),
  };
}

describe('the requests', () => {
  it('are GETs without keys that may be repeated', () => {
    const { ping, serverTime, instruments, orderBook, bookTicker, ticker, tickers, recentTrades, candles } = market;
    for (const endpoint of [
      ping,
      serverTime,
      instruments,
      orderBook,
      bookTicker,
      ticker,
      tickers,
      recentTrades,
      candles,
    ]) {
      expect(endpoint).toMatchObject({ method: 'GET', auth: 'none', idempotent: true });
    }
  });

  it('carry what the venue asks for', () => {
    expect([
      [market.ping.path, market.ping.encode(undefined, { toVenue, instrument: noInstrument })],
      [market.serverTime.path, market.serverTime.encode(undefined, { toVenue, instrument: noInstrument })],
      [market.instruments.path, market.instruments.encode(undefined, { toVenue, instrument: noInstrument })],
      [market.tickers.path, market.tickers.encode(undefined, { toVenue, instrument: noInstrument })],
      [market.ticker.path, market.ticker.encode({ symbol }, { toVenue, instrument: noInstrument })],
      [market.bookTicker.path, market.bookTicker.encode({ symbol }, { toVenue, instrument: noInstrument })],
      [market.orderBook.path, market.orderBook.encode({ symbol, depth: 50 }, { toVenue, instrument: noInstrument })],
      [
        market.recentTrades.path,
        market.recentTrades.encode({ symbol, limit: 10 }, { toVenue, instrument: noInstrument }),
      ],
      [
        market.candles.path,
        market.candles.encode({ symbol, interval: '1h', limit: 500 }, { toVenue, instrument: noInstrument }),
      ],
      [
        market.candles.path,
        market.candles.encode(
          { symbol, interval: '1w', from: 1, to: 2, limit: 3 },
          { toVenue, instrument: noInstrument },
        ),
      ],
    ]).toEqual([
      ['/api/v3/ping', {}],
      ['/api/v3/time', {}],
      ['/api/v3/exchangeInfo', {}],
      ['/api/v3/ticker/24hr', {}],
      ['/api/v3/ticker/24hr', { query: { symbol: 'BTCUSDT' } }],
      ['/api/v3/ticker/bookTicker', { query: { symbol: 'BTCUSDT' } }],
      ['/api/v3/depth', { query: { symbol: 'BTCUSDT', limit: 50 } }],
      ['/api/v3/trades', { query: { symbol: 'BTCUSDT', limit: 10 } }],
      [
        '/api/v3/klines',
        { query: { symbol: 'BTCUSDT', interval: '60m', startTime: undefined, endTime: undefined, limit: 500 } },
      ],
      ['/api/v3/klines', { query: { symbol: 'BTCUSDT', interval: '1W', startTime: 1, endTime: 2, limit: 3 } }],
    ]);
  });

  it('exist for every candle interval of REST, and for no other', () => {
    const name = (interval: (typeof market.candleIntervals)[number]) =>
      market.candles.encode({ symbol, interval, limit: 1 }, { toVenue, instrument: noInstrument }).query?.['interval'];
    expect(market.candleIntervals.map(name)).toEqual(['1m', '5m', '15m', '30m', '60m', '4h', '1d', '1W', '1M']);
    expect(() => name('8h')).toThrow(ValidationError);
  });
});

describe('ping and time', () => {
  it('answer nothing and epoch milliseconds', () => {
    expect(market.ping.decode({}, undefined, contextWith())).toBeUndefined();
    expect(market.serverTime.decode({ serverTime: 1_782_900_000_123 }, undefined, contextWith())).toBe(
      1_782_900_000_123,
    );
  });

  it.each([[{}], [{ serverTime: '' }], [{ serverTime: 0 }], [{ serverTime: 1.5 }], [null], [[]]])(
    'refuse %j',
    (body) => {
      expect(() => market.serverTime.decode(body, undefined, contextWith())).toThrow(MalformedResponseError);
      if (!(body instanceof Object) || Array.isArray(body)) {
        expect(() => market.ping.decode(body, undefined, contextWith())).toThrow(MalformedResponseError);
      }
    },
  );
});

describe('the instrument list', () => {
  it('is read row by row', () => {
    const drifts: string[] = [];
    const row = {
      symbol: 'BTCUSDT',
      status: '1',
      baseAsset: 'BTC',
      quoteAsset: 'USDT',
      baseAssetPrecision: 8,
      quotePrecision: 2,
      isSpotTradingAllowed: true,
      tradeSideType: 1,
    };
    const instruments = market.instruments.decode(
      { symbols: [row, { symbol: 'BROKEN' }] },
      undefined,
      contextWith(drifts),
    );
    expect(instruments).toEqual([
      {
        symbol: 'BTC/USDT',
        venueSymbol: 'BTCUSDT',
        kind: 'spot',
        base: 'BTC',
        quote: 'USDT',
        status: 'trading',
        tickSize: '0.01',
        lotSize: '0.00000001',
        minQuantity: '0.00000001',
        raw: row,
      },
    ]);
    expect(drifts).toHaveLength(1);
  });

  it('is refused as a whole without rows', () => {
    expect(() => market.instruments.decode({}, undefined, contextWith())).toThrow(MalformedResponseError);
  });
});

describe('the order book', () => {
  const body = {
    lastUpdateId: 80_000_000_105,
    bids: [
      ['64999.90', '1.23450000'],
      ['64999.50', '0.40000000'],
    ],
    asks: [['65000.12', '0.25000000']],
    timestamp: 1_782_900_000_100,
  };
  const decode = (change: object) =>
    market.orderBook.decode({ ...body, ...change }, { symbol, depth: 100 }, contextWith());

  it('is a snapshot with its sequence', () => {
    expect(decode({})).toEqual({
      symbol: 'BTC/USDT',
      bids: [
        { price: 64_999.9, quantity: 1.2345 },
        { price: 64_999.5, quantity: 0.4 },
      ],
      asks: [{ price: 65_000.12, quantity: 0.25 }],
      sequence: 80_000_000_105,
      updatedAt: 1_782_900_000_100,
      receivedAt: RECEIVED_AT,
    });
  });

  it('may lack its time, its sides may be empty, and a level of nothing is no level', () => {
    expect(decode({ timestamp: undefined, bids: [], asks: [['2', '0.000']] })).toEqual({
      symbol: 'BTC/USDT',
      bids: [],
      asks: [],
      sequence: 80_000_000_105,
      receivedAt: RECEIVED_AT,
    });
  });

  it.each([
    [{ lastUpdateId: null }],
    [{ lastUpdateId: -1 }],
    [{ lastUpdateId: '9007199254740993' }],
    [{ bids: null }],
    [
      {
        bids: [
          ['1', '1'],
          ['2', '1'],
        ],
      },
    ],
    [
      {
        asks: [
          ['1', '1'],
          ['1.0', '1'],
        ],
      },
    ],
    [{ asks: [['x', '1']] }],
    [{ asks: [['1', '-1']] }],
    [{ asks: [['1']] }],
    [{ asks: [{}] }],
  ])('is refused rather than read wrongly: %j', (change) => {
    expect(() => decode(change)).toThrow(MalformedResponseError);
  });
});
