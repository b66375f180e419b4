import { describe, expect, it } from 'vitest';
import type { DecodeContext } from '../../../src/adapter/endpoint.js';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { mexcSpot } from '../../../src/venues/mexc/index.js';
import { noInstrument } from '../../support/no-instrument.js';

const { market } = mexcSpot;
const RECEIVED_AT = 1_782_900_000_500;
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

describe('the book ticker', () => {
  const body = { symbol: 'BTCUSDT', bidPrice: '64999.90', bidQty: '3.73485', askPrice: '65000.12', askQty: '7.669875' };
  const decode = (change: object) => market.bookTicker.decode({ ...body, ...change }, { symbol }, contextWith());

  it('is the best of both sides', () => {
    expect(decode({})).toEqual({
      symbol: 'BTC/USDT',
      bidPrice: 64_999.9,
      bidQuantity: 3.73485,
      askPrice: 65_000.12,
      askQuantity: 7.669875,
      receivedAt: RECEIVED_AT,
    });
  });

  it('has sides without orders', () => {
    expect(decode({ bidPrice: null, bidQty: null })).toMatchObject({
      bidPrice: undefined,
      bidQuantity: 0,
      askPrice: 65_000.12,
    });
  });

  it.each([[{ symbol: 'MXUSDT' }], [{ symbol: undefined }], [{ askPrice: undefined }], [{ askQty: null }]])(
    'is refused when it is another market’s or incomplete: %j',
    (change) => {
      expect(() => decode(change)).toThrow(MalformedResponseError);
    },
  );
});

describe('the ticker', () => {
  const body = {
    symbol: 'BTCUSDT',
    priceChange: '260.02',
    priceChangePercent: '0.0040',
    lastPrice: '65000.12',
    bidPrice: '64999.90',
    bidQty: '',
    askPrice: '65000.12',
    askQty: '',
    openPrice: '64740.10',
    highPrice: '65510.00',
    lowPrice: '64010.55',
    volume: '7666.72025800',
    quoteVolume: '498336816.77',
    openTime: 1_782_813_600_000,
    closeTime: 1_782_900_000_123,
    count: null,
  };
  const expected = {
    symbol: 'BTC/USDT',
    lastPrice: 65_000.12,
    bidPrice: 64_999.9,
    askPrice: 65_000.12,
    openPrice: 64_740.1,
    highPrice: 65_510,
    lowPrice: 64_010.55,
    changeRatio: 0.004,
    baseVolume: 7_666.720258,
    quoteVolume: 498_336_816.77,
    updatedAt: 1_782_900_000_123,
    receivedAt: RECEIVED_AT,
  };

  it('has the change as a fraction', () => {
    expect(market.ticker.decode(body, { symbol }, contextWith())).toEqual(expected);
  });

  it('leaves out what is null, empty or a price of nothing', () => {
    const sparse = { symbol: 'BTCUSDT', lastPrice: '1', bidPrice: '0', askPrice: '', quoteVolume: null };
    expect(market.ticker.decode(sparse, { symbol }, contextWith())).toEqual({
      symbol: 'BTC/USDT',
      lastPrice: 1,
      receivedAt: RECEIVED_AT,
    });
  });

  it.each([
    [{ symbol: 'MXUSDT' }],
    [{ lastPrice: null }],
    [{ lastPrice: '0' }],
    [{ volume: '-1' }],
    [{ priceChangePercent: '4%' }],
  ])('is refused rather than read wrongly: %j', (change) => {
    expect(() => market.ticker.decode({ ...body, ...change }, { symbol }, contextWith())).toThrow(
      MalformedResponseError,
    );
  });

  it('of all markets leaves out those that are not listed, and reports rows that cannot be read', () => {
    const drifts: string[] = [];
    const rows = [body, { ...body, symbol: 'NEWUSDT' }, { ...body, symbol: 'MXUSDT', lastPrice: '' }, 7];
    expect(market.tickers.decode(rows, undefined, contextWith(drifts))).toEqual([expected]);
    expect(drifts).toEqual([
      'ticker left out: ticker lastPrice: expected a decimal that is not negative, received string',
      'ticker left out: ticker: expected an object, received number',
    ]);
  });

  it('of all markets is refused as a whole when it is no list', () => {
    expect(() => market.tickers.decode(body, undefined, contextWith())).toThrow(MalformedResponseError);
  });
});

describe('recent trades', () => {
  const row = (time: number, price: string, change: object = {}) => ({
    id: null,
    price,
    qty: '0.0444',
    quoteQty: '1',
    time,
    isBuyerMaker: false,
    isBestMatch: true,
    tradeType: 'BID',
    ...change,
  });
  const decode = (body: unknown, drifts: string[] = []) =>
    market.recentTrades.decode(body, { symbol, limit: 500 }, contextWith(drifts));

  it('come out oldest first, without ids', () => {
    expect(decode([row(3, '30'), row(2, '20', { isBuyerMaker: true, tradeType: 'ASK' })])).toEqual([
      { symbol: 'BTC/USDT', price: 20, quantity: 0.0444, takerSide: 'sell', matchedAt: 2 },
      { symbol: 'BTC/USDT', price: 30, quantity: 0.0444, takerSide: 'buy', matchedAt: 3 },
    ]);
  });

  it('of one moment keep the order in which they happened, whichever way the list runs', () => {
    const prices = (body: unknown[]) => decode(body).map(({ price }) => price);
    expect(prices([row(2, '4'), row(1, '3'), row(1, '2'), row(1, '1')])).toEqual([1, 2, 3, 4]);
    expect(prices([row(1, '1'), row(1, '2'), row(1, '3'), row(2, '4')])).toEqual([1, 2, 3, 4]);
  });

  it('keep an id where one is sent', () => {
    expect(decode([row(1, '1', { id: '9007199254740993' })])[0]?.id).toBe('9007199254740993');
  });

  it('read the side from whichever field is there; the documented one wins', () => {
    const drifts: string[] = [];
    const side = (change: object) => decode([row(1, '1', change)], drifts)[0]?.takerSide;
    expect(side({ isBuyerMaker: undefined, tradeType: 'ASK' })).toBe('sell');
    expect(side({ isBuyerMaker: true, tradeType: undefined })).toBe('sell');
    expect(drifts).toEqual([]);
    expect(side({ isBuyerMaker: true, tradeType: 'BID' })).toBe('sell');
    expect(drifts).toEqual(['trade: tradeType and isBuyerMaker disagree']);
  });

  it.each([
    [{}],
    [[7]],
    [[row(0, '1')]],
    [[row(1, '0')]],
    [[row(1, '1', { qty: '0' })]],
    [[row(1, '1', { isBuyerMaker: null, tradeType: null })]],
  ])('are refused rather than read wrongly: %j', (body) => {
    expect(() => decode(body)).toThrow(MalformedResponseError);
  });
});

describe('candles', () => {
  const MINUTE = 60_000;
  const row = (openTime: number, change: readonly unknown[] = []) =>
    Object.assign([openTime, '10', '12', '9', '11', '3.5', openTime + MINUTE, '36'], change);
  const at = (index: number) => 1_782_900_000_000 + index * MINUTE;
  const decode = (body: unknown, range: { from?: number; to?: number } = {}) =>
    market.candles.decode(body, { symbol, interval: '1m', limit: 500, ...range }, contextWith());
  const candle = {
    symbol: 'BTC/USDT',
    interval: '1m',
    open: 10,
    high: 12,
    low: 9,
    close: 11,
    baseVolume: 3.5,
    quoteVolume: 36,
  };

  it('come out oldest first; one that is followed by another is closed', () => {
    expect(decode([row(at(1)), row(at(0))])).toEqual([
      { ...candle, openedAt: at(0), closed: true },
      { ...candle, openedAt: at(1) },
    ]);
  });

  it('stay within the range asked for, both ends included', () => {
    const rows = [0, 1, 2, 3].map((index) => row(at(index)));
    expect(decode(rows, { from: at(1), to: at(2) })).toEqual([
      { ...candle, openedAt: at(1), closed: true },
      { ...candle, openedAt: at(2), closed: true },
    ]);
  });

  it('may be none', () => {
    expect(decode([])).toEqual([]);
  });

  it.each([
    [null],
    [[{}]],
    [[['x', '10', '12', '9', '11', '1', 1, '1']]],
    [[row(at(0), [at(0), '10', '9', '12'])]],
    [[row(at(0), [at(0), '-10'])]],
    [[row(at(0), [at(0), '10', '12', '9', '11', null])]],
    [[row(at(0)).slice(0, 7)]],
  ])('are refused rather than read wrongly: %j', (body) => {
    expect(() => decode(body)).toThrow(MalformedResponseError);
  });
});
