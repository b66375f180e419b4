import { describe, expect, it } from 'vitest';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import { createRecorder } from '../../support/frame-recorder.js';

const codec = await gateioSpot.streams.loadCodec();

function read(frame: unknown): unknown[][] {
  const recorder = createRecorder();
  codec.read(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame), recorder);
  return recorder.calls;
}
const answer = (fields: object) =>
  read({ time: 1_767_225_643, id: 8, channel: 'spot.tickers', event: 'subscribe', payload: ['A_USDT'], ...fields });
const failed = (error: unknown) => answer({ error, result: { status: 'fail' } });
const push = (channel: string, result: unknown, envelope: object = { time_ms: 1_767_225_641_045 }) =>
  read({ time: 1_767_225_641, ...envelope, channel, event: 'update', result });

describe('Gate.io pushes', () => {
  it.each([
    ['spot.tickers', { currency_pair: 'A_USDT' }, 'A_USDT'],
    ['spot.trades', { currency_pair: 'A_USDT' }, 'A_USDT'],
    ['spot.book_ticker', { s: 'A_USDT' }, 'A_USDT'],
    ['spot.candlesticks', { n: '7d_A_USDT' }, '7d_A_USDT'],
    ['spot.obu', { s: 'ob.A_USDT.50' }, 'ob.A_USDT.50'],
    ['spot.order_book_update', { s: 'A_USDT', l: '100' }, 'A_USDT'],
    ['spot.order_book_update', { s: 'A_USDT' }, 'A_USDT'],
    ['spot.order_book_update', { s: 'A_USDT', l: '20' }, 'A_USDT@20'],
    ['spot.order_book', { s: 'A_USDT', l: '5' }, 'A_USDT@5'],
    ['spot.order_book', { s: 'A_USDT', l: 50 }, 'A_USDT@50'],
    ['spot.trades', { currency_pair: '__proto__' }, '__proto__'],
  ])('routes %s %o by %s', (channel, result, key) => {
    expect(push(channel, result)).toEqual([['data', channel, key, result, 1_767_225_641_045]]);
  });

  it('takes the time of the envelope in ms, else in seconds, else none', () => {
    const timeOf = (envelope: object) => push('spot.trades', { currency_pair: 'A_USDT' }, envelope)[0]?.[4];
    expect(timeOf({ time_ms: 5, time: 1 })).toBe(5);
    expect(timeOf({ time: 2 })).toBe(2_000);
    expect(timeOf({ time_ms: '5', time: 2 })).toBe(2_000);
    expect(timeOf({ time: undefined })).toBeNaN();
    expect(timeOf({ time: 'x', time_ms: null })).toBeNaN();
  });

  it('loses no digit of an integer beyond 2^53', () => {
    const frame =
      '{"channel":"spot.trades","event":"update","time_ms":1,"result":{"currency_pair":"A_B","id":9007199254740993}}';
    expect(read(frame)).toEqual([['data', 'spot.trades', 'A_B', { currency_pair: 'A_B', id: '9007199254740993' }, 1]]);
  });

  it('reads the same text from bytes', () => {
    const frame = { time_ms: 1, channel: 'spot.trades', event: 'update', result: { currency_pair: '币_USDT' } };
    expect(read(new TextEncoder().encode(JSON.stringify(frame)))).toEqual(read(frame));
  });

  it.each([
    ['spot.trades', null],
    ['spot.trades', []],
    ['spot.trades', 'x'],
    ['spot.trades', {}],
    ['spot.trades', { currency_pair: '' }],
    ['spot.trades', { currency_pair: 7 }],
    ['spot.book_ticker', { currency_pair: 'A_USDT' }],
    ['spot.candlesticks', { s: 'A_USDT' }],
    ['spot.order_book_update', { s: 'A_USDT', l: { toString: 1, valueOf: 1 } }],
    ['spot.system', undefined],
  ])('calls a push of %s with %o malformed', (channel, result) => {
    expect(push(channel, result).map(([kind]) => kind)).toEqual(['malformed']);
  });
});

describe('Gate.io answers', () => {
  it('acknowledges by id', () => {
    expect(answer({ result: { status: 'success' } })).toEqual([['ack', { id: 8, refused: 'none' }]]);
    expect(answer({ event: 'unsubscribe', error: null, result: { status: 'success' } })).toEqual([
      ['ack', { id: 8, refused: 'none' }],
    ]);
  });

  it('refuses the whole message for one unknown pair', () => {
    expect(failed({ code: 2, message: 'unknown currency pair NOPE_USDT' })).toEqual([
      [
        'ack',
        { id: 8, refused: 'all', code: 'invalid_symbol', venueCode: '2', message: 'unknown currency pair NOPE_USDT' },
      ],
    ]);
  });

  it('takes "Alert sub" for what it says: the topic is subscribed already', () => {
    expect(failed({ code: 2, message: 'Alert sub ob.BTC_USDT.50' })).toEqual([
      ['ack', { id: 8, refused: 'none', venueCode: '2', message: 'Alert sub ob.BTC_USDT.50' }],
    ]);
  });

  it.each([
    [{ code: 1, message: 'invalid request' }, 'bad_request', '1', 'invalid request'],
    [{ code: 2, message: 'bad interval' }, 'bad_request', '2', 'bad interval'],
    [{ code: 3, message: 'oops' }, 'server', '3', 'oops'],
    [{ code: 4, message: 'no' }, 'authentication', '4', 'no'],
    [
      { code: '4', message: '{"label":"FORBIDDEN","message":"m"}' },
      'permission_denied',
      '4',
      '{"label":"FORBIDDEN","message":"m"}',
    ],
    [{ code: 4, message: '{"label":"constructor"}' }, 'authentication', '4', '{"label":"constructor"}'],
    [{ code: 4, message: '{broken' }, 'authentication', '4', '{broken'],
    [{ code: 99, message: 'new' }, 'subscription_refused', '99', 'new'],
    [{ code: 'constructor' }, 'subscription_refused', 'constructor', 'no text'],
    [{}, 'subscription_refused', 'none', 'no text'],
    ['text', 'subscription_refused', 'none', 'no text'],
  ])('gives a refusal with %o the code %s', (error, code, venueCode, message) => {
    expect(failed(error)).toEqual([['ack', { id: 8, refused: 'all', code, venueCode, message }]]);
  });

  it('takes a "fail" without an error for a refusal', () => {
    expect(answer({ result: { status: 'fail' } })).toEqual([
      [
        'ack',
        { id: 8, refused: 'all', code: 'subscription_refused', message: 'the venue answered "fail" without a reason' },
      ],
    ]);
  });

  it('cannot match an answer without an id, and says so', () => {
    for (const id of [undefined, null, '8', 1.5]) {
      expect(answer({ id, error: { code: 1, message: 'bad' } })).toEqual([
        ['unknown', 'answer of "spot.tickers" without an id, error 1: bad'],
      ]);
    }
  });
});

describe('Gate.io control frames', () => {
  it('knows its pong', () => {
    expect(read({ time: 1, time_ms: 1_001, channel: 'spot.pong', event: '', result: null })).toEqual([['pong']]);
  });

  it('hears that the connection will be closed', () => {
    expect(push('spot.system', { type: 'upgrade', msg: 'please reconnect' })).toEqual([
      ['closingSoon', 'please reconnect'],
    ]);
    expect(push('spot.system', { type: 'upgrade' })).toEqual([['closingSoon', 'upgrade']]);
    expect(push('spot.system', { type: 'party' })).toEqual([['unknown', 'spot.system notice "party"']]);
  });

  it.each([
    [{ channel: 'spot.new', event: 'update', result: {} }, 'channel "spot.new"'],
    [{ channel: 'constructor', event: 'update', result: {} }, 'channel "constructor"'],
    [{ channel: 'spot.trades', event: 'all', result: {} }, 'event "all" of "spot.trades"'],
    [{ channel: 'spot.trades', result: {} }, 'event undefined of "spot.trades"'],
    [{ channel: 'spot.trades', event: 'update', error: { code: 3, message: 'x' } }, '"spot.trades": error 3: x'],
    [{ header: { channel: 'spot.login' }, data: {} }, 'frame without a channel'],
    [{ channel: `spot.${'x'.repeat(500)}`, event: 'update' }, `channel "spot.${'x'.repeat(75)}"`],
  ])('reports %o as unknown', (frame, what) => {
    expect(read(frame)).toEqual([['unknown', what]]);
  });

  it.each([
    '',
    'x',
    '{',
    '[]',
    '[{"channel":"spot.pong"}]',
    'null',
    '7',
    '"spot.pong"',
    '{"channel":"spot.po',
    `${'['.repeat(100_000)}`,
  ])('reports %j as malformed', (frame) => {
    expect(read(frame).map(([kind]) => kind)).toEqual(['malformed']);
  });

  it('reports bytes that are no UTF-8 as malformed', () => {
    expect(read(new Uint8Array([0xff, 0xfe, 0x00])).map(([kind]) => kind)).toEqual(['malformed']);
  });

  it('never takes a failure of its handler for a bad frame', () => {
    const recorder = createRecorder();
    const failing = {
      ...recorder,
      pong: () => {
        throw new Error('the handler failed');
      },
    };
    expect(() => codec.read('{"channel":"spot.pong"}', failing)).toThrow('the handler failed');
    expect(recorder.calls).toEqual([]);
  });
});
