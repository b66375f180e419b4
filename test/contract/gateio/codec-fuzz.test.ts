import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import books from '../../fixtures/gateio/books.json' with { type: 'json' };
import messages from '../../fixtures/gateio/messages.json' with { type: 'json' };
import { createRecorder } from '../../support/frame-recorder.js';
import { channelContext, createDecodeContext } from '../../support/gateio-contexts.js';

const { streams, market, classify } = gateioSpot;
const codec = await streams.loadCodec();
const BTC = { symbol: 'BTC/USDT' } as const;

const FRAMES: readonly string[] = [
  ...messages.cases.flatMap(({ input }) => ('message' in input ? [JSON.stringify(input.message)] : [])),
  ...books.updates.flatMap(({ input }) =>
    input.bufferedThenLive.map((result) => push('spot.order_book_update', result)),
  ),
  ...books.obu.flatMap(({ input }) => input.messages.map((result) => push('spot.obu', result))),
  push('spot.order_book', { t: 1, lastUpdateId: 2, s: 'A_USDT', l: '5', bids: [['1', '1']], asks: [['2', '1']] }),
  push('spot.system', { type: 'upgrade', msg: 'soon' }),
];

function push(channel: string, result: unknown): string {
  return JSON.stringify({ time: 1_767_225_641, time_ms: 1_767_225_641_045, channel, event: 'update', result });
}

/** Reads one frame and hands a push to every decoder; any failure must be one of ours. */
function swallow(frame: string | Uint8Array): number {
  const recorder = createRecorder();
  codec.read(frame, recorder);
  for (const [kind, , , payload] of recorder.calls) if (kind === 'data') decodeEverywhere(payload);
  return recorder.calls.length;
}

function decodeEverywhere(payload: unknown): void {
  const ignore = (): void => undefined;
  const context = createDecodeContext();
  const feeds = [{}, { feed: 'obu' }, { feed: 'order_book' }].map((request) => streams.chooseBook(request));
  const readers = [
    () => streams.bookTicker.decode(payload, channelContext(BTC), ignore),
    () => streams.trades.decode(payload, channelContext(BTC), ignore),
    () => streams.ticker.decode(payload, channelContext(BTC), ignore),
    () => streams.candles.decode(payload, channelContext({ ...BTC, interval: '1m' as const }), ignore),
    ...feeds.map((feed) => () => feed.decode(payload, new BookUpdate())),
    () => market.serverTime.decode(payload, undefined, context),
    () => market.instruments.decode(payload, undefined, context),
    () => market.instruments.decode([payload], undefined, context),
    () => market.orderBook.decode(payload, { ...BTC, depth: 5 }, context),
    () => market.bookTicker.decode([payload], BTC, context),
    () => market.tickers.decode([payload], undefined, context),
    () => market.recentTrades.decode([payload], { ...BTC, limit: 5 }, context),
    () => market.candles.decode([payload], { ...BTC, interval: '1m', limit: 5 }, context),
    () => classify({ status: 400, headers: {}, text: '', json: payload, now: 0 }),
  ];
  for (const read of readers) {
    try {
      read();
    } catch (error) {
      if (!isExchangeError(error, 'malformed_response')) throw error;
    }
  }
}

describe('The Gate.io codec', () => {
  it('calls exactly one method for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), (frame) => swallow(frame) === 1),
      {
        numRuns: 3_000,
      },
    );
  });

  it('calls exactly one method for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (frame) => swallow(frame) === 1),
      { numRuns: 2_000 },
    );
  });

  it('calls exactly one method for real frames with characters replaced, cut or inserted', () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat(3),
      fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('"', '{', '}', '0', '-', 'e', ',')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FRAMES), fc.array(edit, { minLength: 1, maxLength: 4 }), (frame, edits) => {
        let mutated = frame;
        for (const [at, cut, inserted] of edits) {
          const from = at % (mutated.length + 1);
          mutated = mutated.slice(0, from) + inserted + mutated.slice(from + cut);
        }
        return swallow(mutated) === 1;
      }),
      { numRuns: 10_000 },
    );
  });

  it('calls exactly one method for real frames with any field replaced by any value', () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(
        null,
        '',
        '0',
        '-1',
        'NaN',
        '1e400',
        -0,
        1e308,
        '__proto__',
        'constructor',
        [],
        {},
        { toString: 1, valueOf: 1 },
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FRAMES), fc.nat(), odd, (frame, pick, value) => {
        const message = JSON.parse(frame) as Record<string, unknown>;
        const holders = [message, message['result'], message['error']].filter(
          (holder): holder is Record<string, unknown> => typeof holder === 'object' && holder !== null,
        );
        const slots = holders.flatMap((holder) => Object.keys(holder).map((key) => ({ holder, key })));
        const slot = slots[pick % slots.length];
        if (slot !== undefined) slot.holder[slot.key] = value;
        return swallow(JSON.stringify(message)) === 1;
      }),
      { numRuns: 10_000 },
    );
  });

  it('calls exactly one method for every truncation of every real frame, and never takes one for the frame itself', () => {
    for (const frame of FRAMES) {
      for (let end = 0; end < frame.length; end++) {
        const recorder = createRecorder();
        codec.read(frame.slice(0, end), recorder);
        expect(recorder.calls.map(([kind]) => kind)).toEqual(['malformed']);
      }
    }
  });

  it('pollutes no prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      swallow(push('spot.trades', { currency_pair: name, [name]: { polluted: true } }));
      swallow(`{"__proto__":{"channel":"spot.pong"},"channel":"${name}","event":"update","result":{}}`);
      swallow(`{"channel":"spot.obu","event":"update","result":{"s":"${name}","__proto__":{"u":1}}}`);
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
