import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/adapter/channel.js';
import type { CandleInterval } from '../../../src/model/candle.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import { BAD_NUMBERS, channelContext, codeThrownBy, encodeContext, NOW } from '../../support/gateio-contexts.js';

const { bookTicker, trades, ticker, candles, candleIntervals } = gateioSpot.streams;
const BTC = { symbol: 'BTC/USDT' } as const;
const MINUTES = { symbol: 'BTC/USDT', interval: '1m' } as const;

function eventsOf<P extends { readonly symbol: MarketSymbol }, E>(
  channel: Channel<P, E>,
  payload: unknown,
  params: P,
  venueTime?: number,
): E[] {
  const events: E[] = [];
  channel.decode(payload, channelContext(params, venueTime), (event) => {
    events.push(event);
  });
  return events;
}

/** Each change alone must be refused, and nothing may be emitted before the refusal. */
function expectRefusals<P extends { readonly symbol: MarketSymbol }, E>(
  channel: Channel<P, E>,
  good: object,
  params: P,
  changes: readonly object[],
): void {
  for (const payload of [...changes.map((change) => ({ ...good, ...change })), null, undefined, [], [good], 'x', 7]) {
    let emitted = 0;
    const decode = () =>
      channel.decode(payload, channelContext(params), () => {
        emitted++;
      });
    expect({ code: codeThrownBy(decode), emitted }, JSON.stringify(payload)).toEqual({
      code: 'malformed_response',
      emitted: 0,
    });
  }
}

describe('Gate.io book ticker stream', () => {
  const PUSH = { t: 1_767_225_641_720, u: 500_001, s: 'BTC_USDT', b: '70000', B: '1.25', a: '70001', A: '0.5' };

  it('subscribes by pair', () => {
    expect(bookTicker.topic(BTC, encodeContext)).toEqual({
      channel: 'spot.book_ticker',
      key: 'BTC_USDT',
      args: ['BTC_USDT'],
    });
  });

  it('reads both sides, the book number and the time of the venue', () => {
    expect(eventsOf(bookTicker, PUSH, BTC)).toEqual([
      {
        symbol: 'BTC/USDT',
        bidPrice: 70000,
        bidQuantity: 1.25,
        askPrice: 70001,
        askQuantity: 0.5,
        sequence: 500_001,
        updatedAt: 1_767_225_641_720,
        receivedAt: NOW,
      },
    ]);
  });

  it('shows an empty text as a side without orders', () => {
    expect(eventsOf(bookTicker, { ...PUSH, b: '', B: '', a: '', A: '' }, BTC)).toEqual([
      {
        symbol: 'BTC/USDT',
        bidPrice: undefined,
        bidQuantity: 0,
        askPrice: undefined,
        askQuantity: 0,
        sequence: 500_001,
        updatedAt: 1_767_225_641_720,
        receivedAt: NOW,
      },
    ]);
  });

  it('refuses what it cannot read', () => {
    const prices = [...BAD_NUMBERS, '0', 0].filter((bad) => bad !== '');
    expectRefusals(bookTicker, PUSH, BTC, [
      ...prices.flatMap((bad) => [{ b: bad }, { a: bad }]),
      ...BAD_NUMBERS.flatMap((bad) => [{ B: bad }, { A: bad }, { t: bad }, { u: bad }]),
      { u: 1.5 },
      { u: '9007199254740993' },
    ]);
  });
});

describe('Gate.io trades stream', () => {
  const PUSH = {
    id: 309_143_071,
    id_market: 2_390_902,
    create_time: 1_767_225_640,
    create_time_ms: '1767225640213.4578',
    side: 'buy',
    currency_pair: 'BTC_USDT',
    amount: '0.0100000000',
    price: '70000.5',
    range: '2390902-2390902',
  };

  it('subscribes by pair', () => {
    expect(trades.topic(BTC, encodeContext)).toEqual({ channel: 'spot.trades', key: 'BTC_USDT', args: ['BTC_USDT'] });
  });

  it('reads one trade; the id is text, the side is the taker’s, the time is cut to whole ms', () => {
    expect(eventsOf(trades, PUSH, BTC)).toEqual([
      {
        symbol: 'BTC/USDT',
        id: '309143071',
        price: 70000.5,
        quantity: 0.01,
        takerSide: 'buy',
        matchedAt: 1_767_225_640_213,
      },
    ]);
  });

  it('refuses what it cannot read', () => {
    expectRefusals(trades, PUSH, BTC, [
      ...BAD_NUMBERS.flatMap((bad) => [{ price: bad }, { amount: bad }]),
      ...BAD_NUMBERS.filter((bad) => bad !== undefined).map((bad) => ({ create_time_ms: bad })),
      ...[undefined, null, '', 1.5, {}, Number.NaN].map((bad) => ({ id: bad })),
      ...[undefined, 'BUY', '', 1, 'toString'].map((bad) => ({ side: bad })),
      { create_time_ms: undefined, create_time: undefined },
    ]);
  });
});

describe('Gate.io ticker stream', () => {
  const PUSH = {
    currency_pair: 'BTC_USDT',
    last: '70000.5',
    lowest_ask: '70001',
    highest_bid: '70000',
    change_percentage: '-0.81',
    base_volume: '12.5',
    quote_volume: '875000',
    high_24h: '71000',
    low_24h: '69000',
  };

  it('subscribes by pair', () => {
    expect(ticker.topic(BTC, encodeContext)).toEqual({ channel: 'spot.tickers', key: 'BTC_USDT', args: ['BTC_USDT'] });
  });

  it('takes its time from the envelope, and has none where the envelope has none', () => {
    const read = {
      symbol: 'BTC/USDT',
      lastPrice: 70000.5,
      bidPrice: 70000,
      askPrice: 70001,
      highPrice: 71000,
      lowPrice: 69000,
      changeRatio: -0.0081,
      baseVolume: 12.5,
      quoteVolume: 875000,
      receivedAt: NOW,
    };
    expect(eventsOf(ticker, PUSH, BTC, 1_767_225_641_045)).toEqual([{ ...read, updatedAt: 1_767_225_641_045 }]);
    expect(eventsOf(ticker, PUSH, BTC)).toEqual([read]);
  });

  it('refuses what it cannot read', () => {
    const given = BAD_NUMBERS.filter((bad) => bad !== undefined && bad !== null && bad !== '');
    expectRefusals(ticker, PUSH, BTC, [
      ...BAD_NUMBERS.map((bad) => ({ last: bad })),
      ...given.flatMap((bad) => [{ highest_bid: bad }, { lowest_ask: bad }, { base_volume: bad }, { low_24h: bad }]),
      { change_percentage: 'constructor' },
      { change_percentage: '--1' },
    ]);
  });
});

describe('Gate.io candle stream', () => {
  const PUSH = {
    t: '1767225600',
    v: '2362.5',
    c: '12',
    h: '13',
    l: '9',
    o: '10',
    n: '1m_BTC_USDT',
    a: '100.25',
    w: true,
  };

  it('subscribes by interval and pair, and routes by both', () => {
    expect(candles.topic(MINUTES, encodeContext)).toEqual({
      channel: 'spot.candlesticks',
      key: '1m_BTC_USDT',
      args: ['1m', 'BTC_USDT'],
    });
    expect(candles.topic({ ...MINUTES, interval: '1w' }, encodeContext).key).toBe('7d_BTC_USDT');
    expect(candles.topic({ ...MINUTES, interval: '1M' }, encodeContext).args).toEqual(['30d', 'BTC_USDT']);
  });

  it('takes every interval that it lists and refuses the others', () => {
    for (const interval of candleIntervals) {
      expect(codeThrownBy(() => candles.topic({ ...MINUTES, interval }, encodeContext))).toBe('nothing');
    }
    for (const interval of ['1s', '7d', '', 'constructor'] as CandleInterval[]) {
      expect(codeThrownBy(() => candles.topic({ ...MINUTES, interval }, encodeContext))).toBe('validation');
    }
  });

  it('reads v as quote volume and a as base volume', () => {
    expect(eventsOf(candles, PUSH, MINUTES)).toEqual([
      {
        symbol: 'BTC/USDT',
        interval: '1m',
        openedAt: 1_767_225_600_000,
        open: 10,
        high: 13,
        low: 9,
        close: 12,
        baseVolume: 100.25,
        quoteVolume: 2362.5,
        closed: true,
      },
    ]);
  });

  it('refuses what it cannot read', () => {
    expectRefusals(candles, PUSH, MINUTES, [
      ...BAD_NUMBERS.flatMap((bad) => ['t', 'v', 'c', 'h', 'l', 'o', 'a'].map((field) => ({ [field]: bad }))),
      { w: 'maybe' },
      { w: 1 },
    ]);
  });
});
