import { describe, expect, it } from 'vitest';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import {
  decodeAggreDepth,
  decodeIncreaseDepth,
  decodeIncreaseDepthBatch,
  decodeLimitDepth,
} from '../../../src/venues/mexc/index.js';
import { loadWire } from '../../../src/venues/mexc/spot/wire.js';
import { frameNamed } from '../../support/mexc-frames.js';

const decode = await loadWire();

/** The message inside a published frame. */
function bodyOf(name: string): unknown {
  const push = decode(frameNamed(name));
  return push[push.body ?? ''];
}

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

describe('aggre.depth', () => {
  const push = { fromVersion: '5', toVersion: '6', asks: [], bids: [{ price: '1', quantity: '2' }] };

  it('is a change over a range of versions', () => {
    expect(fill(decodeAggreDepth, bodyOf('aggre-depth'))).toEqual({
      full: false,
      firstSequence: 80_000_000_236,
      lastSequence: 80_000_000_255,
      venueTime: Number.NaN,
      bids: [[64_999.9, 1.86837271]],
      asks: [
        [65_000.12, 0.25],
        [65_001, 0],
      ],
    });
  });

  it('may lack a side and the fields of June 2026', () => {
    expect(fill(decodeAggreDepth, bodyOf('aggre-depth-bids-only-no-2026-fields'))).toEqual({
      full: false,
      firstSequence: 80_000_000_256,
      lastSequence: 80_000_000_256,
      venueTime: Number.NaN,
      bids: [[64_999.9, 0]],
      asks: [],
    });
  });

  it.each([
    [undefined],
    [[]],
    [{ ...push, fromVersion: '' }],
    [{ ...push, fromVersion: '9007199254740993' }],
    [{ ...push, toVersion: '-1' }],
    [{ ...push, fromVersion: '-2', toVersion: '-1' }],
    [{ ...push, fromVersion: '7' }],
    [{ ...push, toVersion: '6.5' }],
    [{ ...push, asks: undefined }],
    [{ ...push, bids: [null] }],
    [{ ...push, bids: [{ price: '0', quantity: '1' }] }],
    [{ ...push, bids: [{ price: '-1', quantity: '1' }] }],
    [{ ...push, bids: [{ price: 'NaN', quantity: '1' }] }],
    [{ ...push, bids: [{ price: '1e400', quantity: '1' }] }],
    [{ ...push, bids: [{ price: '', quantity: '1' }] }],
    [{ ...push, asks: [{ price: '1', quantity: '-1' }] }],
    [{ ...push, asks: [{ price: '1', quantity: '' }] }],
    [{ ...push, asks: [{ price: '1' }] }],
  ])('is refused rather than read wrongly: %j', (payload) => {
    expect(() => fill(decodeAggreDepth, payload)).toThrow(MalformedResponseError);
  });
});

describe('limit.depth', () => {
  it('is a whole book', () => {
    expect(fill(decodeLimitDepth, bodyOf('limit-depth'))).toEqual({
      full: true,
      firstSequence: 80_000_000_263,
      lastSequence: 80_000_000_263,
      venueTime: Number.NaN,
      bids: [
        [64_999.9, 2.82651],
        [64_999.5, 0.4],
      ],
      asks: [
        [65_000.12, 0.21976424],
        [65_000.5, 1.2],
      ],
    });
  });

  it('without a version is refused, and so is the message of another channel', () => {
    expect(() => fill(decodeLimitDepth, { asks: [], bids: [] })).toThrow(MalformedResponseError);
    expect(() => fill(decodeLimitDepth, bodyOf('aggre-depth'))).toThrow(MalformedResponseError);
    expect(() => fill(decodeAggreDepth, bodyOf('limit-depth'))).toThrow(MalformedResponseError);
  });
});

describe('increase.depth', () => {
  const first = { version: '11', asks: [{ price: '2', quantity: '0' }], bids: [] };
  const second = { version: '12', asks: [], bids: [{ price: '1.5', quantity: '3' }] };
  const expected = [
    { full: false, firstSequence: 11, lastSequence: 11, venueTime: Number.NaN, bids: [], asks: [[2, 0]] },
    { full: false, firstSequence: 12, lastSequence: 12, venueTime: Number.NaN, bids: [[1.5, 3]], asks: [] },
  ];

  it('is one change', () => {
    expect(fill(decodeIncreaseDepth, first)).toEqual(expected[0]);
  });

  it('comes in batches of changes, each on its own', () => {
    const seen: unknown[] = [];
    decodeIncreaseDepthBatch({ items: [first, second] }, new BookUpdate(), (update) => seen.push(read(update)));
    expect(seen).toEqual(expected);
  });

  it('is refused without a version', () => {
    expect(() => fill(decodeIncreaseDepth, { ...first, version: '' })).toThrow(MalformedResponseError);
    expect(() => decodeIncreaseDepthBatch({}, new BookUpdate(), () => expect.unreachable())).toThrow(
      MalformedResponseError,
    );
  });
});
