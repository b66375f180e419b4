import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Topic } from '../../../src/adapter/channel.js';
import { createFrameCodec } from '../../../src/venues/mexc/spot/frame.js';
import { loadWire } from '../../../src/venues/mexc/spot/wire.js';
import { bytesOf, FRAMES, frameNamed, readFixture, recordCalls } from '../../support/mexc-frames.js';
import { WRAPPER } from '../../support/protobuf-oracle.js';

const codec = createFrameCodec(await loadWire());
const CHANNEL = 'spot@public.aggre.bookTicker.v3.api.pb@100ms@BTCUSDT';

function read(frame: string | Uint8Array): unknown[][] {
  const { handler, calls } = recordCalls();
  codec.read(frame, handler);
  return calls;
}

const encode = (fields: object) => WRAPPER.encode(WRAPPER.create(fields)).finish();
const topicsOf = (symbols: readonly string[]): Topic[] =>
  symbols.map((symbol) => {
    const channel = `spot@public.aggre.depth.v3.api.pb@100ms@${symbol}`;
    return { channel, key: '', args: [channel] };
  });

function counter(from = 1): () => number {
  let id = from;
  return () => id++;
}

describe('a subscribe message', () => {
  it('carries many topics and an id', () => {
    const topics = topicsOf(['BTCUSDT', 'ETHUSDT']);
    const params = topics.map(({ channel }) => channel);
    expect(codec.subscribe(topics, counter(7), 0)).toEqual([
      { id: 7, text: JSON.stringify({ method: 'SUBSCRIPTION', params, id: 7 }), topics },
    ]);
    expect(codec.unsubscribe(topics, counter(8), 0)).toEqual([
      { id: 8, text: JSON.stringify({ method: 'UNSUBSCRIPTION', params, id: 8 }), topics },
    ]);
  });

  it('is split so that none is above 1024 bytes, whatever the symbols and ids, and no topic is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { maxLength: 40 }),
        (symbols) => {
          const topics = topicsOf(symbols);
          const messages = codec.subscribe(topics, counter(Number.MAX_SAFE_INTEGER - 100), 0);
          expect(messages.flatMap((message) => message.topics)).toEqual(topics);
          for (const { text, id, topics: own } of messages) {
            expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_024);
            expect(JSON.parse(text)).toEqual({ method: 'SUBSCRIPTION', params: own.flatMap(({ args }) => args), id });
          }
        },
      ),
    );
  });

  it('is nothing for no topics', () => {
    expect(codec.subscribe([], () => expect.unreachable('no id is needed'), 0)).toEqual([]);
  });
});

describe('the ping', () => {
  it('is upper case and without an id', () => {
    expect(codec.ping(0)).toBe('{"method":"PING"}');
  });
});

describe('a text frame', () => {
  it.each([['pong'], ['<html></html>'], ['{"id":1,'], ['[]'], ['7'], ['null'], ['']])(
    'that is no JSON object is malformed: %s',
    (text) => {
      expect(read(text)).toEqual([['malformed', 'a text frame that is not a JSON object']]);
    },
  );

  it.each([
    ['{}'],
    ['{"id":-1,"code":0,"msg":"x"}'],
    ['{"id":"7","code":0,"msg":"x"}'],
    ['{"id":1,"code":0}'],
    ['{"c":"spot@x","d":{}}'],
  ])('of another shape is unknown: %s', (text) => {
    expect(read(text)).toEqual([['unknown', 'a text frame without id and msg']]);
  });

  it('with wording that is neither yes nor no confirms nothing', () => {
    expect(read('{"id":3,"code":0,"msg":"msg format invalid"}')).toEqual([
      ['unknown', 'an answer that neither confirms nor refuses: msg format invalid'],
    ]);
  });

  it('with a code other than 0 refuses the whole message', () => {
    expect(read('{"id":3,"code":5,"msg":"no"}')).toEqual([
      ['ack', { id: 3, refused: 'all', code: 'subscription_refused', venueCode: '5', message: 'no' }],
    ]);
    expect(read('{"id":3,"code":"x","msg":"no"}')).toEqual([['unknown', 'a text frame without a numeric code']]);
  });

  it('whose list of refused names is cut off refuses the whole message', () => {
    const msg = 'Not Subscribed successfully! [spot@public.aggre.depth';
    expect(read(JSON.stringify({ id: 4, code: 0, msg }))).toEqual([
      ['ack', { id: 4, refused: 'all', code: 'subscription_refused', message: msg }],
    ]);
  });

  it('names each of several refused topics', () => {
    const msg = 'Not Subscribed successfully! [spot@a, 龙虾@b].  Reason： Blocked! ';
    expect(read(JSON.stringify({ id: 4, code: 0, msg }))).toEqual([
      ['ack', { id: 4, refused: ['spot@a', '龙虾@b'], code: 'subscription_refused', message: msg }],
    ]);
  });
});

describe('the word that the listen key is not valid', () => {
  it('ends the session, with or without blanks around it', () => {
    expect(read('Invalid listen key')).toEqual([['sessionLost', 'Invalid listen key']]);
    expect(read(' Invalid listen key\n')).toEqual([['sessionLost', 'Invalid listen key']]);
  });

  it('is only reported where there is no session', () => {
    const { handler, calls } = recordCalls();
    const { sessionLost, ...withoutSession } = handler;
    codec.read('Invalid listen key', withoutSession);
    expect(calls).toEqual([['unknown', 'Invalid listen key']]);
  });
});

describe('a binary frame', () => {
  const body = { bidPrice: '1', bidQuantity: '2', askPrice: '3', askQuantity: '4' };

  it('takes its time from when it was sent, else from when it was made, else has none', () => {
    const times = (fields: object) =>
      read(encode({ channel: CHANNEL, publicAggreBookTicker: body, ...fields }))[0]?.[4];
    expect(times({ createTime: 1_782_900_000_000, sendTime: 1_782_900_000_009 })).toBe(1_782_900_000_009);
    expect(times({ createTime: 1_782_900_000_000 })).toBe(1_782_900_000_000);
    expect(times({})).toBeNaN();
    expect(times({ sendTime: -5 })).toBeNaN();
  });

  it('with a time beyond 2^53 is malformed', () => {
    const sendTime = { low: -1, high: 0x7fffffff, unsigned: false };
    expect(read(encode({ channel: CHANNEL, sendTime, publicAggreBookTicker: body }))[0]?.[0]).toBe('malformed');
  });

  it('without a known body is unknown, and the name of its channel is cut', () => {
    expect(read(encode({ channel: CHANNEL }))).toEqual([['unknown', `a push of ${CHANNEL} without a known body`]]);
    expect(read(encode({ channel: 'c'.repeat(10_000) }))).toEqual([
      ['unknown', `a push of ${'c'.repeat(80)} without a known body`],
    ]);
  });

  it('without a channel is malformed', () => {
    expect(read(new Uint8Array())).toEqual([['malformed', 'a push without a channel']]);
    expect(read(encode({ publicAggreBookTicker: body }))).toEqual([['malformed', 'a push without a channel']]);
  });

  it.each(['ETHUSDT', 'USDT', 'BTCUSD', 'BTCUSDT2'])(
    'of another market than its channel is malformed: %s',
    (symbol) => {
      expect(read(encode({ channel: CHANNEL, symbol, publicAggreBookTicker: body }))).toEqual([
        ['malformed', 'a push whose symbol is not that of its channel'],
      ]);
    },
  );

  it('with text that is not UTF-8 is malformed', () => {
    const frame = frameNamed('aggre-book-ticker');
    frame[10] = 0xff;
    expect(read(frame)).toEqual([['malformed', 'a binary frame of 131 bytes that is no push']]);
  });

  it('cut short anywhere is never a push', () => {
    for (const { hex } of FRAMES.filter(({ name }) => name !== 'unknown-fields-skipped')) {
      const frame = bytesOf(hex);
      for (let length = 0; length < frame.length; length++) {
        expect(read(frame.subarray(0, length)).map(([name]) => name)).not.toContain('data');
      }
    }
  });

  it('leaves nothing behind that changes with the bytes', () => {
    const frame = frameNamed('aggre-depth');
    const [call] = read(frame);
    const before = JSON.stringify(call);
    frame.fill(0);
    expect(JSON.stringify(call)).toBe(before);
  });
});

describe('any frame', () => {
  const exactlyOneCall = (frame: string | Uint8Array) => {
    expect(read(frame)).toHaveLength(1);
  };
  const controls = readFixture<{ frames: { text: string }[] }>('control-frames').frames;

  it('of random bytes leads to exactly one call', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), exactlyOneCall), { numRuns: 2_000 });
  });

  it('with changed bytes leads to exactly one call', () => {
    const changes = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...FRAMES), changes, ({ hex }, edits) => {
        const frame = bytesOf(hex);
        for (const [at, byte] of edits) frame[at % frame.length] = byte;
        exactlyOneCall(frame);
      }),
      { numRuns: 5_000 },
    );
  });

  it('of random text leads to exactly one call', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), exactlyOneCall), { numRuns: 2_000 });
  });

  it('with changed text leads to exactly one call', () => {
    fc.assert(
      fc.property(fc.constantFrom(...controls), fc.nat(200), fc.string({ maxLength: 3 }), ({ text }, at, insert) => {
        const from = at % text.length;
        exactlyOneCall(text.slice(0, from) + insert + text.slice(from + 1));
      }),
      { numRuns: 2_000 },
    );
  });
});
