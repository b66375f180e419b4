import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import {
  decodeAggreDepth,
  decodeBookTicker,
  decodeBookTickerBatch,
  decodeDeals,
  decodeIncreaseDepth,
  decodeIncreaseDepthBatch,
  decodeKline,
  decodeLimitDepth,
  decodeMiniTicker,
  decodeMiniTickers,
} from '../../../src/venues/mexc/index.js';
import { loadWire } from '../../../src/venues/mexc/spot/wire.js';
import { bytesOf, FRAMES } from '../../support/mexc-frames.js';
import { noInstrument } from '../../support/no-instrument.js';

const decode = await loadWire();
const context = { symbol: 'BTC/USDT', receivedAt: 1_782_900_000_500, venueTime: 1_782_900_000_400 } as const;

function read(update: BookUpdate) {
  const { full, firstSequence, lastSequence, bidCount, askCount } = update;
  const bids = Array.from({ length: bidCount }, (_, at) => [update.bidPrices[at], update.bidQuantities[at]]);
  const asks = Array.from({ length: askCount }, (_, at) => [update.askPrices[at], update.askQuantities[at]]);
  return { full, firstSequence, lastSequence, venueTime: update.venueTime, bids, asks };
}

function fill(decodeBook: (payload: unknown, into: BookUpdate) => void, payload: unknown) {
  const into = new BookUpdate();
  decodeBook(payload, into);
  return read(into);
}

describe('any push', () => {
  const decoders: ((payload: unknown) => unknown)[] = [
    (payload) => fill(decodeAggreDepth, payload),
    (payload) => fill(decodeLimitDepth, payload),
    (payload) => fill(decodeIncreaseDepth, payload),
    (payload) => decodeIncreaseDepthBatch(payload, new BookUpdate(), () => {}),
    (payload) => decodeBookTicker(payload, context),
    (payload) => decodeBookTickerBatch(payload, context),
    (payload) => decodeDeals(payload, 'BTC/USDT'),
    (payload) => decodeKline(payload, 'BTC/USDT', '1m'),
    (payload) => decodeMiniTicker(payload, context),
    (payload) =>
      decodeMiniTickers(payload, {
        ...context,
        toCanonical: () => 'BTC/USDT',
        instrument: noInstrument,
        drift: () => {},
      }),
  ];

  /** Every number of a decoded value, however deep; `updatedAt` and `venueTime` come from outside the body. */
  function numbersIn(value: unknown): number[] {
    if (typeof value === 'number') return [value];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      name === 'venueTime' || name === 'changeRatio' ? [] : numbersIn(inner),
    );
  }

  function isSound(payload: unknown): void {
    for (const read of decoders) {
      try {
        for (const number of numbersIn(read(payload))) {
          expect(number).toSatisfy((value: number) => Number.isFinite(value) && value >= 0);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedResponseError);
      }
    }
  }

  it('with changed bytes gives sound numbers or is refused by every decoder', () => {
    const changes = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...FRAMES), changes, ({ hex }, edits) => {
        const frame = bytesOf(hex);
        for (const [at, byte] of edits) frame[at % frame.length] = byte;
        let payload: unknown;
        try {
          const push = decode(frame);
          payload = push[push.body ?? ''];
        } catch {
          return;
        }
        isSound(payload);
      }),
      { numRuns: 3_000 },
    );
  });

  it('of any shape gives sound numbers or is refused by every decoder', () => {
    const names = [
      'asks',
      'bids',
      'items',
      'deals',
      'price',
      'quantity',
      'fromVersion',
      'toVersion',
      'version',
      'time',
    ];
    const shape = fc.object({ key: fc.constantFrom(...names, 'bidPrice', 'bidQuantity', 'askPrice', 'askQuantity') });
    fc.assert(fc.property(fc.oneof(shape, fc.anything()), isSound), { numRuns: 2_000 });
  });
});
