import { describe, expect, it } from 'vitest';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import {
  decodeBookTicker,
  decodeBookTickerBatch,
  decodeDeals,
  decodeKline,
  decodeMiniTicker,
  decodeMiniTickers,
} from '../../../src/venues/mexc/index.js';
import { loadWire } from '../../../src/venues/mexc/spot/wire.js';
import { frameNamed } from '../../support/mexc-frames.js';
import { noInstrument } from '../../support/no-instrument.js';

const decode = await loadWire();
const context = { symbol: 'BTC/USDT', receivedAt: 1_782_900_000_500, venueTime: 1_782_900_000_400 } as const;

/** The message inside a published frame. */
function bodyOf(name: string): unknown {
  const push = decode(frameNamed(name));
  return push[push.body ?? ''];
}

describe('bookTicker', () => {
  const best = { bidPrice: 64_999.9, bidQuantity: 3.73485, askPrice: 65_000.12, askQuantity: 7.669875 };
  const times = { updatedAt: 1_782_900_000_400, receivedAt: 1_782_900_000_500 };

  it('is the best of both sides with its sequence', () => {
    expect(decodeBookTicker(bodyOf('aggre-book-ticker'), context)).toEqual({
      symbol: 'BTC/USDT',
      ...best,
      sequence: 80_000_000_260,
      ...times,
    });
  });

  it('has no sequence and no time where none is sent', () => {
    const ticker = decodeBookTicker(bodyOf('unknown-fields-skipped'), { ...context, venueTime: Number.NaN });
    expect(Object.keys(ticker)).toEqual(['symbol', 'bidPrice', 'bidQuantity', 'askPrice', 'askQuantity', 'receivedAt']);
  });

  it('of the older channel has the same shape', () => {
    const payload = { bidPrice: '64999.9', bidQuantity: '3.73485', askPrice: '65000.12', askQuantity: '7.669875' };
    expect(decodeBookTicker(payload, context)).toEqual({ symbol: 'BTC/USDT', ...best, ...times });
  });

  it.each([[''], [null]])('has a side without orders where its price is %j', (empty) => {
    const payload = { bidPrice: empty, bidQuantity: empty, askPrice: '2', askQuantity: '1' };
    expect(decodeBookTicker(payload, context)).toMatchObject({
      bidPrice: undefined,
      bidQuantity: 0,
      askPrice: 2,
      askQuantity: 1,
    });
  });

  it.each([
    ['1', '0.00'],
    ['0', '1'],
  ])('has a side without orders where price or quantity is zero: %s, %s', (bidPrice, bidQuantity) => {
    const payload = { bidPrice, bidQuantity, askPrice: '2', askQuantity: '1' };
    expect(decodeBookTicker(payload, context)).toMatchObject({ bidPrice: undefined, bidQuantity: 0 });
  });

  it('comes in batches, whose version is that of the last item', () => {
    expect(decodeBookTickerBatch(bodyOf('book-ticker-batch'), context)).toEqual([
      {
        symbol: 'BTC/USDT',
        bidPrice: 64_999.9,
        bidQuantity: 3.362925,
        askPrice: 65_000.12,
        askQuantity: 1.545255,
        sequence: 80_000_000_261,
        ...times,
      },
    ]);
    const item = { bidPrice: '1', bidQuantity: '1', askPrice: '2', askQuantity: '1' };
    const sequences = decodeBookTickerBatch({ items: [item, item], version: '9' }, context).map(
      ({ sequence }) => sequence,
    );
    expect(sequences).toEqual([undefined, 9]);
  });

  it.each([
    [{}],
    [{ bidPrice: '1', bidQuantity: '1' }],
    [{ bidPrice: '1', bidQuantity: '', askPrice: '2', askQuantity: '1' }],
    [{ bidPrice: 'x', bidQuantity: '1', askPrice: '2', askQuantity: '1' }],
    [{ bidPrice: '1', bidQuantity: '1', askPrice: '2', askQuantity: '1', version: 'v9' }],
  ])('is refused rather than read wrongly: %j', (payload) => {
    expect(() => decodeBookTicker(payload, context)).toThrow(MalformedResponseError);
  });
});

describe('deals', () => {
  const deal = { price: '1', quantity: '2', tradeType: 1, time: 1_782_900_000_000, tradeId: '' };

  it('are trades in the order of the wire', () => {
    expect(decodeDeals(bodyOf('aggre-deals'), 'BTC/USDT')).toEqual([
      {
        symbol: 'BTC/USDT',
        id: '740112233445566778X1',
        price: 65_000.12,
        quantity: 0.0444,
        takerSide: 'buy',
        matchedAt: 1_782_900_000_295,
      },
      {
        symbol: 'BTC/USDT',
        id: '740112233445566779X1',
        price: 65_000.11,
        quantity: 0.5,
        takerSide: 'sell',
        matchedAt: 1_782_900_000_298,
      },
    ]);
  });

  it('of the older channel have no id', () => {
    const { tradeId: _, ...older } = deal;
    const expected = { symbol: 'BTC/USDT', price: 1, quantity: 2, takerSide: 'buy', matchedAt: 1_782_900_000_000 };
    expect(decodeDeals({ deals: [deal, older] }, 'BTC/USDT')).toEqual([expected, expected]);
  });

  it.each([
    [{ ...deal, tradeType: 0 }],
    [{ ...deal, tradeType: '1' }],
    [{ ...deal, time: 0 }],
    [{ ...deal, time: { low: -1, high: 0x7fffffff } }],
    [{ ...deal, price: '0' }],
    [{ ...deal, quantity: '0' }],
    [7],
  ])('are refused rather than read wrongly: %j', (bad) => {
    expect(() => decodeDeals({ deals: [deal, bad] }, 'BTC/USDT')).toThrow(MalformedResponseError);
  });

  it('are refused without a list', () => {
    expect(() => decodeDeals(bodyOf('kline'), 'BTC/USDT')).toThrow(MalformedResponseError);
  });
});

describe('kline', () => {
  const row = {
    interval: 'Hour8',
    windowStart: 1_782_864_000,
    openingPrice: '10',
    closingPrice: '11',
    highestPrice: '12',
    lowestPrice: '9',
    volume: '0',
    amount: '0',
  };

  it('is a candle whose times were seconds', () => {
    expect(decodeKline(bodyOf('kline'), 'BTC/USDT', '1m')).toEqual({
      symbol: 'BTC/USDT',
      interval: '1m',
      openedAt: 1_782_900_000_000,
      open: 64_990.31,
      high: 65_010,
      low: 64_988.3,
      close: 65_000.12,
      baseVolume: 3.12599854,
      quoteVolume: 203_190.43,
    });
  });

  it('knows eight hours', () => {
    expect(decodeKline(row, 'BTC/USDT', '8h')).toMatchObject({
      interval: '8h',
      openedAt: 1_782_864_000_000,
      open: 10,
      close: 11,
    });
  });

  it.each([
    [{ ...row, interval: 'Hour4' }],
    [{ ...row, windowStart: 0 }],
    [{ ...row, windowStart: Number.MAX_SAFE_INTEGER }],
    [{ ...row, lowestPrice: '12.5' }],
    [{ ...row, volume: '' }],
    [{ ...row, closingPrice: '-1' }],
  ])('is refused rather than read wrongly: %j', (payload) => {
    expect(() => decodeKline(payload, 'BTC/USDT', '8h')).toThrow(MalformedResponseError);
  });

  it('of an interval that the venue lacks is refused', () => {
    expect(() => decodeKline({ ...row, interval: undefined }, 'BTC/USDT', '3m')).toThrow(MalformedResponseError);
  });
});

describe('miniTicker', () => {
  it('has base volume in quantity and quote turnover in volume', () => {
    expect(decodeMiniTicker(bodyOf('mini-ticker'), { ...context, symbol: 'MX/USDT' })).toEqual({
      symbol: 'MX/USDT',
      lastPrice: 2.5174,
      highPrice: 2.6299,
      lowPrice: Number('2.302'),
      changeRatio: 0.0766,
      baseVolume: 4_638_390.17,
      quoteVolume: 11_336_518.0264,
      updatedAt: 1_782_900_000_400,
      receivedAt: 1_782_900_000_500,
    });
  });

  it('takes the change of the zone that was subscribed', () => {
    expect(decodeMiniTicker({ price: '2', rate: '0.5', zonedRate: '-0.25' }, context).changeRatio).toBe(-0.25);
  });

  it('leaves out what is not sent and is refused without a price', () => {
    expect(decodeMiniTicker({ price: '2' }, { ...context, venueTime: Number.NaN })).toEqual({
      symbol: 'BTC/USDT',
      lastPrice: 2,
      receivedAt: 1_782_900_000_500,
    });
    expect(() => decodeMiniTicker({ price: '' }, context)).toThrow(MalformedResponseError);
    expect(() => decodeMiniTicker({ price: '2', volume: '-1' }, context)).toThrow(MalformedResponseError);
  });

  it('comes for all markets at once; unlisted ones are left out, unreadable ones reported', () => {
    const drifts: string[] = [];
    const all = {
      ...context,
      instrument: noInstrument,
      toCanonical: (name: string) => (name === 'BTCUSDT' ? 'BTC/USDT' : undefined),
      drift: (what: string) => drifts.push(what),
    } as const;
    expect(decodeMiniTickers(bodyOf('mini-tickers'), all)).toEqual([
      {
        symbol: 'BTC/USDT',
        lastPrice: 65_000.12,
        highPrice: 65_510,
        lowPrice: 64_010.55,
        changeRatio: -0.0012,
        baseVolume: 7_666.720258,
        quoteVolume: 498_336_816.77,
        updatedAt: 1_782_900_000_400,
        receivedAt: 1_782_900_000_500,
      },
    ]);
    expect(drifts).toEqual([]);
    const bad = { symbol: 'BTCUSDT', price: 'x' };
    expect(decodeMiniTickers({ items: [bad, null, { symbol: 'BTCUSDT', price: '3' }] }, all)).toMatchObject([
      { lastPrice: 3 },
    ]);
    expect(drifts).toHaveLength(2);
    expect(() => decodeMiniTickers({}, all)).toThrow(MalformedResponseError);
  });
});
