import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mexcFutures } from '../../../src/venues/mexc/index.js';
import { createRecorder } from '../../support/frame-recorder.js';
import { encodeContext } from './support.js';

const { streams, funding } = mexcFutures;
const codec = await streams.loadCodec();
const BTC = { symbol: 'BTC/USDT:USDT' } as const;

function read(frame: unknown): unknown[][] {
  const recorder = createRecorder();
  codec.read(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame), recorder);
  return recorder.calls;
}

describe('a subscription of MEXC futures', () => {
  const topics = [
    streams.trades.topic(BTC, encodeContext),
    streams.candles.topic({ ...BTC, interval: '1h' }, encodeContext),
    streams.bookTicker.topic(BTC, encodeContext),
    ...(funding === undefined ? [] : [funding.streams.rate.topic(BTC, encodeContext)]),
  ];

  it('is one message for each topic, which says what its answer will name', () => {
    let id = 0;
    expect(codec.subscribe(topics, () => ++id, 0)).toEqual([
      {
        id: 1,
        reply: 'sub.deal',
        text: '{"method":"sub.deal","param":{"symbol":"BTC_USDT"},"gzip":false}',
        topics: [topics[0]],
      },
      {
        id: 2,
        reply: 'sub.kline',
        text: '{"method":"sub.kline","param":{"symbol":"BTC_USDT","interval":"Min60"},"gzip":false}',
        topics: [topics[1]],
      },
      {
        id: 3,
        reply: 'sub.depth.full',
        text: '{"method":"sub.depth.full","param":{"symbol":"BTC_USDT","limit":5},"gzip":false}',
        topics: [topics[2]],
      },
      {
        id: 4,
        reply: 'sub.funding.rate',
        text: '{"method":"sub.funding.rate","param":{"symbol":"BTC_USDT"},"gzip":false}',
        topics: [topics[3]],
      },
    ]);
  });

  it('ends with its parameters', () => {
    expect(codec.unsubscribe(topics.slice(1, 2), () => 5, 0)).toEqual([
      {
        id: 5,
        reply: 'unsub.kline',
        text: '{"method":"unsub.kline","param":{"symbol":"BTC_USDT","interval":"Min60"}}',
        topics: [topics[1]],
      },
    ]);
  });

  it('is sent one at a time, and pinged', () => {
    expect(streams.plan.oneAtATime).toBe(true);
    expect(codec.ping(0)).toBe('{"method":"ping"}');
  });
});

describe('a frame of MEXC futures', () => {
  it.each([
    ['deal', [{ p: 1 }], 'deal', 'BTC_USDT'],
    ['deal', { p: 1 }, 'deal', 'BTC_USDT'],
    ['depth', { version: 1 }, 'depth', 'BTC_USDT'],
    ['depth.full', { version: 1 }, 'depth', 'BTC_USDT'],
    ['ticker', { symbol: 'BTC_USDT' }, 'ticker', 'BTC_USDT'],
    ['kline', { interval: 'Min1' }, 'kline', 'Min1 BTC_USDT'],
    ['funding.rate', { rate: 1 }, 'funding.rate', 'BTC_USDT'],
    ['index.price', { price: 1 }, 'index.price', 'BTC_USDT'],
    ['fair.price', { price: 1 }, 'fair.price', 'BTC_USDT'],
  ])('of %s goes where its topic is, whatever the order of its keys', (channel, data, route, key) => {
    const expected = [['data', route, key, data, 1_782_900_000_049]];
    expect(read({ symbol: 'BTC_USDT', data, channel: `push.${channel}`, ts: 1_782_900_000_049 })).toEqual(expected);
    expect(read({ channel: `push.${channel}`, ts: '1782900000049', data, symbol: 'BTC_USDT' })).toEqual(expected);
  });

  it('is routed to the topic that asked for it', () => {
    const topic = streams.candles.topic({ ...BTC, interval: '8h' }, encodeContext);
    const [call] = read({ channel: 'push.kline', symbol: 'BTC_USDT', data: { interval: 'Hour8' } });
    expect(call?.slice(1, 3)).toEqual([topic.channel, topic.key]);
  });

  it('takes the market from the data where the frame does not name it', () => {
    const data = { symbol: 'BTC_USDT', rate: 1 };
    expect(read({ channel: 'push.funding.rate', data })).toEqual([
      ['data', 'funding.rate', 'BTC_USDT', data, Number.NaN],
    ]);
  });

  it.each([[undefined], [null], [0], [-1], ['x'], [1.5], [{}]])('has no time where ts is %o', (ts) => {
    expect(read({ channel: 'push.deal', symbol: 'A', data: [], ts })).toEqual([['data', 'deal', 'A', [], Number.NaN]]);
  });

  it('may come as bytes, packed or not', () => {
    const text = '{"channel":"push.deal","symbol":"币_USDT","data":[],"ts":5}';
    const expected = [['data', 'deal', '币_USDT', [], 5]];
    expect(read(new TextEncoder().encode(text))).toEqual(expected);
    expect(read(new Uint8Array(gzipSync(text)))).toEqual(expected);
  });

  it('that is packed wrongly, or unpacks to more than a frame may hold, is malformed', () => {
    const packed = gzipSync('{"channel":"pong"}');
    expect(read(new Uint8Array(packed.subarray(0, 12)))).toEqual([['malformed', 'a frame that is not a JSON object']]);
    const bomb = gzipSync(Buffer.alloc(streams.plan.maxPayloadBytes + 1, 0x20));
    expect(read(new Uint8Array(bomb))).toEqual([['malformed', 'a frame that is not a JSON object']]);
  });

  it('loses no digit of an integer beyond 2^53', () => {
    expect(read('{"channel":"push.deal","symbol":"A","data":[{"i":739113577038255616}]}')[0]?.[3]).toEqual([
      { i: '739113577038255616' },
    ]);
  });

  it.each([
    ['', 'malformed'],
    ['[]', 'malformed'],
    ['null', 'malformed'],
    ['{', 'malformed'],
    [{}, 'unknown'],
    [{ channel: 7 }, 'unknown'],
    [{ channel: 'hello' }, 'unknown'],
    [{ channel: 'push.constructor', symbol: 'A', data: {} }, 'unknown'],
    [{ channel: 'push.personal.order', data: {} }, 'unknown'],
    [{ channel: 'push.deal', symbol: 'A' }, 'malformed'],
    [{ channel: 'push.deal', symbol: 'A', data: 7 }, 'malformed'],
    [{ channel: 'push.deal', data: [] }, 'malformed'],
    [{ channel: 'push.deal', symbol: '', data: [] }, 'malformed'],
    [{ channel: 'push.deal', symbol: 7, data: [] }, 'malformed'],
  ])('%o is %s', (frame, kind) => {
    expect(read(frame).map(([first]) => first)).toEqual([kind]);
  });
});

describe('an answer of MEXC futures', () => {
  it('names the method alone', () => {
    expect(read({ channel: 'rs.sub.depth.full', data: 'success', ts: 1 })).toEqual([
      ['ack', { reply: 'sub.depth.full', refused: 'none' }],
    ]);
  });

  it('that refuses may name the method or nothing', () => {
    expect(read({ channel: 'rs.error', data: "Contract doesn't exist!" })).toEqual([
      ['ack', { refused: 'all', code: 'invalid_symbol', message: "Contract doesn't exist!" }],
    ]);
    expect(read({ channel: 'rs.error', data: 'param error' })).toEqual([
      ['ack', { refused: 'all', code: 'subscription_refused', message: 'param error' }],
    ]);
    expect(read({ channel: 'rs.sub.depth', data: { why: 1 } })).toEqual([
      [
        'ack',
        { reply: 'sub.depth', refused: 'all', code: 'subscription_refused', message: 'refused without a reason' },
      ],
    ]);
    expect(read({ channel: 'rs.error', data: 'success' })).toMatchObject([['ack', { refused: 'all' }]]);
  });

  it('to a ping is a pong', () => {
    expect(read({ channel: 'pong', data: 1_782_900_000_123 })).toEqual([['pong']]);
  });
});
