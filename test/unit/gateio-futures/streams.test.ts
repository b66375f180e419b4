import { describe, expect, it } from 'vitest';
import { BookUpdate } from '../../../src/model/book-update.js';
import { gateioFutures } from '../../../src/venues/gateio/index.js';
import fixture from '../../fixtures/gateio/futures.json' with { type: 'json' };
import { createRecorder } from '../../support/frame-recorder.js';
import { channelContext, encodeContext, NOW } from './support.js';

const { streams, funding } = gateioFutures;
const codec = await streams.loadCodec();
const BTC = { symbol: 'BTC/USDT:USDT' } as const;

const push = (channel: string, result: unknown, event = 'update') =>
  JSON.stringify({ time: 1_767_225_740, time_ms: 1_767_225_740_423, channel, event, result });

function read(frame: string): unknown[][] {
  const recorder = createRecorder();
  codec.read(frame, recorder);
  return recorder.calls;
}

describe('Frames of Gate.io futures', () => {
  it('with rows of several contracts go to each contract once', () => {
    const rows = [
      { contract: 'A_USDT', id: 1 },
      { contract: 'B_USDT', id: 2 },
      { contract: 'A_USDT', id: 3 },
    ];
    expect(read(push('futures.trades', rows))).toEqual([
      ['data', 'futures.trades', 'A_USDT', [rows[0], rows[2]], 1_767_225_740_423],
      ['data', 'futures.trades', 'B_USDT', [rows[1]], 1_767_225_740_423],
    ]);
  });

  it('with a bare object instead of rows are read all the same', () => {
    expect(read(push('futures.tickers', { contract: 'A_USDT' }))).toEqual([
      ['data', 'futures.tickers', 'A_USDT', [{ contract: 'A_USDT' }], 1_767_225_740_423],
    ]);
  });

  it('with a row that names no contract are not taken for data at all', () => {
    const rows = [{ contract: 'A_USDT' }, { id: 1 }];
    expect(read(push('futures.trades', rows))).toEqual([['malformed', 'futures.trades with a row without its market']]);
    expect(read(push('futures.trades', []))).toEqual([['unknown', 'futures.trades without rows']]);
  });

  it('of the limited book have an event of their own', () => {
    const result = { contract: 'BTC_USDT', l: '20', id: 1 };
    expect(read(push('futures.order_book', result, 'all'))).toEqual([
      ['data', 'futures.order_book', 'BTC_USDT@20', result, 1_767_225_740_423],
    ]);
    expect(read(push('futures.order_book', result))[0]?.[0]).toBe('unknown');
    expect(read(push('futures.trades', [{ contract: 'A' }], 'all'))[0]?.[0]).toBe('unknown');
  });

  it('tell books of different depth apart', () => {
    const keyOf = (result: object) => read(push('futures.order_book_update', result))[0]?.[2];
    expect([keyOf({ s: 'A', l: '100' }), keyOf({ s: 'A', l: 20 }), keyOf({ s: 'A' })]).toEqual(['A', 'A@20', 'A']);
  });

  it('say pong, and that the end is near', () => {
    expect(codec.ping(1_767_225_740_999)).toBe('{"time":1767225740,"channel":"futures.ping"}');
    expect(read('{"time":1,"channel":"futures.pong","event":"","result":null}')).toEqual([['pong']]);
    expect(read(push('futures.system', { type: 'upgrade', msg: 'soon' }))).toEqual([['closingSoon', 'soon']]);
    expect(read('{"time":1,"channel":"spot.pong","event":"","result":null}')[0]?.[0]).toBe('unknown');
  });

  it('that refuse an unknown contract say so', () => {
    const frame = {
      time: 1,
      id: 7,
      channel: 'futures.trades',
      event: 'subscribe',
      error: { code: 2, message: 'unknown contract FOO_USDT' },
      result: null,
    };
    expect(read(JSON.stringify(frame))).toEqual([
      ['ack', { id: 7, refused: 'all', code: 'invalid_symbol', venueCode: '2', message: 'unknown contract FOO_USDT' }],
    ]);
  });

  it('subscribe to many contracts at once where the channel takes a list', () => {
    let id = 0;
    const topics = ['A', 'B'].map((name) => ({ channel: 'futures.tickers', key: name, args: [name] }));
    const books = ['A', 'B'].map((name) => ({ channel: 'futures.obu', key: name, args: [`ob.${name}.50`] }));
    const texts = codec.subscribe([...topics, ...books], () => ++id, NOW).map(({ text }) => JSON.parse(text).payload);
    expect(texts).toEqual([['A', 'B'], ['ob.A.50'], ['ob.B.50']]);
  });
});

describe('Published pushes of Gate.io futures', () => {
  function example(name: string): { payload: unknown; at: number; channel: unknown; key: unknown } {
    const found = fixture.pushes.find((one) => one.name === name);
    const [call] = read(JSON.stringify(found?.input.message));
    return { channel: call?.[1], key: call?.[2], payload: call?.[3], at: call?.[4] as number };
  }

  it('of trades', () => {
    const { payload, key } = example('ws-trades');
    const trades: unknown[] = [];
    // The contract of the example is not listed here: it is read as one of 0.0001.
    streams.trades.decode(payload, channelContext(BTC), (trade) => trades.push(trade));
    expect(key).toBe('LTC_USDT');
    expect(trades).toEqual([
      { ...BTC, id: '27753479', price: 96.4, quantity: 0.0108, takerSide: 'sell', matchedAt: 1_767_225_730_098 },
      { ...BTC, id: '27753480', price: 96.5, quantity: 0.00035, takerSide: 'buy', matchedAt: 1_767_225_730_099 },
    ]);
  });

  it('of tickers', () => {
    const { payload, at } = example('ws-tickers');
    const events: unknown[] = [];
    streams.ticker.decode(payload, channelContext(BTC, at), (event) => events.push(event));
    funding?.streams.markPrice.decode(payload, channelContext(BTC, at), (event) => events.push(event));
    expect(events).toEqual([
      {
        ...BTC,
        lastPrice: 91_218.4,
        highPrice: 92_132.5,
        lowPrice: 90_099.2,
        changeRatio: 0.0077,
        baseVolume: 74_548.757_7,
        quoteVolume: 6_800_332_000,
        updatedAt: 1_767_225_731_123,
        receivedAt: NOW,
      },
      { ...BTC, markPrice: 91_218.35, updatedAt: 1_767_225_731_123, receivedAt: NOW },
    ]);
  });

  it('of whole books', () => {
    const { payload, key } = example('ws-order-book-legacy-all');
    const update = new BookUpdate();
    streams.chooseBook({ feed: 'order_book', depth: 20 }).decode(payload, update);
    expect(key).toBe('BTC_USDT@20');
    expect([update.full, update.lastSequence, update.bidCount, update.askCount]).toEqual([true, 93_973_511, 2, 1]);
    expect([...update.bidPrices.slice(0, 2), ...update.bidQuantities.slice(0, 2)]).toEqual([91_235, 91_234, 50, 120]);
  });

  it('of candles of the mark price', () => {
    const { payload, key, channel } = example('ws-candle-mark');
    const candles: unknown[] = [];
    const params = { ...BTC, interval: '5m' } as const;
    funding?.streams.markCandles?.decode(payload, channelContext(params), (candle) => candles.push(candle));
    expect(funding?.streams.markCandles?.topic(params, encodeContext)).toEqual({
      channel,
      key,
      args: ['5m', 'mark_BTC_USDT'],
    });
    expect(candles).toEqual([
      {
        ...BTC,
        interval: '5m',
        openedAt: 1_767_225_600_000,
        open: 91_201,
        high: 91_230,
        low: 91_200,
        close: 91_218.35,
        baseVolume: 0,
        quoteVolume: 0,
        closed: false,
      },
    ]);
  });
});

describe('Other pushes of Gate.io futures', () => {
  it('of the best prices count base asset', () => {
    const payload = { t: 1_767_225_740_417, u: 5, s: 'BTC_USDT', b: '91235', B: '50', a: '91236', A: 2_245 };
    const events: unknown[] = [];
    streams.bookTicker.decode(payload, channelContext(BTC), (event) => events.push(event));
    expect(events).toEqual([
      {
        ...BTC,
        bidPrice: 91_235,
        bidQuantity: 0.005,
        askPrice: 91_236,
        askQuantity: 0.2245,
        sequence: 5,
        updatedAt: 1_767_225_740_417,
        receivedAt: NOW,
      },
    ]);
  });

  it('of candles may hold the one that closes and the next; nobody says their quote asset', () => {
    const row = { t: 1_767_225_600, v: 2500, a: '0.25', c: '2', h: '3', l: '1', o: '2', n: '1m_BTC_USDT', w: true };
    const events: unknown[] = [];
    const params = { ...BTC, interval: '1m' } as const;
    const rows = [row, { ...row, t: 1_767_225_660, w: false }];
    streams.candles.decode(rows, channelContext(params), (event) => events.push(event));
    const candle = { ...BTC, interval: '1m', open: 2, high: 3, low: 1, close: 2, baseVolume: 0.25 };
    expect(events).toEqual([
      { ...candle, openedAt: 1_767_225_600_000, closed: true },
      { ...candle, openedAt: 1_767_225_660_000, closed: false },
    ]);
  });

  it('that cannot be read bring out nothing', () => {
    const events: unknown[] = [];
    const good = { id: 1, price: '1', size: 1, create_time_ms: 1_767_225_730_098 };
    const rows = [good, { ...good, size: 0 }];
    expect(() => streams.trades.decode(rows, channelContext(BTC), (event) => events.push(event))).toThrow('trade size');
    expect(() => streams.ticker.decode({}, channelContext(BTC), (event) => events.push(event))).toThrow('rows');
    expect(events).toEqual([]);
  });
});
