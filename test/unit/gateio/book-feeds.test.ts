import { describe, expect, it } from 'vitest';
import type { BookRequest } from '../../../src/adapter/book-feed.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import { BAD_NUMBERS, codeThrownBy, encodeContext } from '../../support/gateio-contexts.js';

const { chooseBook } = gateioSpot.streams;
const topicOf = (request: BookRequest) => chooseBook(request).topic({ symbol: 'BTC/USDT' }, encodeContext);
const brief = (request: BookRequest) => {
  const { name, speedMs, snapshot, snapshotDepth, publishedDepth } = chooseBook(request);
  return [name, speedMs, snapshot, snapshotDepth, publishedDepth];
};

function update(full: boolean, firstSequence: number, lastSequence: number): BookUpdate {
  return Object.assign(new BookUpdate(), { full, firstSequence, lastSequence });
}

function decode(request: BookRequest, payload: unknown) {
  const into = new BookUpdate();
  chooseBook(request).decode(payload, into);
  const { full, firstSequence, lastSequence, venueTime, bidCount, askCount } = into;
  const levels = (prices: Float64Array, quantities: Float64Array, count: number) =>
    Array.from({ length: count }, (_, at) => [prices[at], quantities[at]]);
  return {
    full,
    firstSequence,
    lastSequence,
    venueTime,
    bids: levels(into.bidPrices, into.bidQuantities, bidCount),
    asks: levels(into.askPrices, into.askQuantities, askCount),
  };
}

const UPDATE = { feed: 'order_book_update' };
const OBU = { feed: 'obu' };
const LIMITED = { feed: 'order_book' };

describe('The choice of a Gate.io book feed', () => {
  it.each([
    [{}, ['order_book_update', 100, 'rest', 100, 100]],
    [{ depth: 100 }, ['order_book_update', 100, 'rest', 100, 100]],
    [{ depth: 101 }, ['obu', 100, 'stream', 0, 400]],
    [{ depth: 400, speedMs: 100 }, ['obu', 100, 'stream', 0, 400]],
    [{ speedMs: 20 }, ['order_book_update', 20, 'rest', 20, 20]],
    [{ speedMs: 20, depth: 20 }, ['order_book_update', 20, 'rest', 20, 20]],
    [{ speedMs: 5, depth: 20 }, ['order_book_update', 20, 'rest', 20, 20]],
    [{ speedMs: 20, depth: 21 }, ['obu', 20, 'stream', 0, 50]],
    [{ speedMs: 99, depth: 50 }, ['obu', 20, 'stream', 0, 50]],
    [{ speedMs: 1_000 }, ['order_book_update', 100, 'rest', 100, 100]],
    [{ ...UPDATE, speedMs: 20 }, ['order_book_update', 20, 'rest', 20, 20]],
    [OBU, ['obu', 20, 'stream', 0, 50]],
    [{ ...OBU, depth: 51 }, ['obu', 100, 'stream', 0, 400]],
    [LIMITED, ['order_book', 100, 'stream', 0, 20]],
    [{ ...LIMITED, depth: 1 }, ['order_book', 100, 'stream', 0, 5]],
    [{ ...LIMITED, depth: 21, speedMs: 1_000 }, ['order_book', 1_000, 'stream', 0, 30]],
    [{ ...LIMITED, depth: 100, speedMs: 500 }, ['order_book', 100, 'stream', 0, 100]],
  ])('for %o is %o', (request, expected) => {
    expect(brief(request)).toEqual(expected);
  });

  it('refuses what no feed can give, and lists what they can', () => {
    expect(() => chooseBook({ depth: 401 })).toThrow(
      'depth: expected a combination that exists: order_book_update with up to 100 levels at 100 ms; order_book_update ' +
        'with up to 20 levels at 20 ms; obu with up to 50 levels at 20 ms; obu with up to 400 levels at 100 ms, ' +
        'received "401 levels at 100 ms"',
    );
    expect(() => chooseBook({ depth: 51, speedMs: 20 })).toThrow(/^speedMs: .*received "51 levels at 20 ms"$/);
    expect(() => chooseBook({ ...UPDATE, depth: 101 })).toThrow(/^depth: /);
    expect(() => chooseBook({ ...LIMITED, speedMs: 20 })).toThrow(/^speedMs: /);
    expect(() => chooseBook({ ...OBU, depth: 400, speedMs: 20 })).toThrow(/^speedMs: /);
  });

  it('refuses values that mean nothing, naming the field', () => {
    for (const depth of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5']) {
      expect(() => chooseBook({ depth: depth as number })).toThrow(/^depth: expected a whole number of levels from 1/);
    }
    for (const speedMs of [0, -20, Number.NaN, Number.POSITIVE_INFINITY, '20']) {
      expect(() => chooseBook({ speedMs: speedMs as number })).toThrow(/^speedMs: expected milliseconds above zero/);
    }
    for (const feed of ['', 'depth', 'constructor', '__proto__']) {
      expect(() => chooseBook({ feed })).toThrow(/^feed: expected one of order_book_update, obu, order_book/);
    }
  });

  it('subscribes each feed in its own form, and never mixes two of a pair', () => {
    expect(topicOf({})).toEqual({ channel: 'spot.order_book_update', key: 'BTC_USDT', args: ['BTC_USDT', '100ms'] });
    expect(topicOf({ speedMs: 20 })).toEqual({
      channel: 'spot.order_book_update',
      key: 'BTC_USDT@20',
      args: ['BTC_USDT', '20ms'],
    });
    expect(topicOf(OBU)).toEqual({ channel: 'spot.obu', key: 'ob.BTC_USDT.50', args: ['ob.BTC_USDT.50'] });
    expect(topicOf({ depth: 400 })).toEqual({ channel: 'spot.obu', key: 'ob.BTC_USDT.400', args: ['ob.BTC_USDT.400'] });
    expect(topicOf({ ...LIMITED, speedMs: 1_000 })).toEqual({
      channel: 'spot.order_book',
      key: 'BTC_USDT@20',
      args: ['BTC_USDT', '20', '1000ms'],
    });
  });
});

describe('Gate.io book pushes', () => {
  const CHANGE = {
    t: 1_767_225_660_200,
    e: 'depthUpdate',
    s: 'BTC_USDT',
    l: '100',
    U: 7,
    u: 9,
    b: [['70000', '0']],
    a: [
      ['70001', '0.5'],
      ['70002', '4'],
    ],
  };
  const WHOLE = {
    t: 1_767_225_660_200,
    s: 'BTC_USDT',
    l: '20',
    lastUpdateId: 9,
    bids: [['70000', '1']],
    asks: [['70001', '0.5']],
  };

  it('reads a change in the order of the wire', () => {
    const expected = {
      full: false,
      firstSequence: 7,
      lastSequence: 9,
      venueTime: 1_767_225_660_200,
      bids: [[70000, 0]],
      asks: [
        [70001, 0.5],
        [70002, 4],
      ],
    };
    expect(decode(UPDATE, CHANGE)).toEqual(expected);
    expect(decode(OBU, CHANGE)).toEqual(expected);
  });

  it('reads a whole book; its first number is its last', () => {
    const expected = { full: true, firstSequence: 9, lastSequence: 9, bids: [[70000, 0]] };
    expect(decode(UPDATE, { ...CHANGE, full: true })).toMatchObject(expected);
    expect(decode(OBU, { ...CHANGE, U: undefined, full: true })).toMatchObject(expected);
    expect(decode(LIMITED, WHOLE)).toEqual({
      full: true,
      firstSequence: 9,
      lastSequence: 9,
      venueTime: 1_767_225_660_200,
      bids: [[70000, 1]],
      asks: [[70001, 0.5]],
    });
  });

  it('lets an obu change leave out its sides, but neither a whole book nor the other feeds', () => {
    const { a: _a, b: _b, ...bare } = CHANGE;
    expect(decode(OBU, bare)).toMatchObject({ full: false, lastSequence: 9, bids: [], asks: [] });
    for (const side of [{ a: [] }, { b: [] }, {}]) {
      expect(codeThrownBy(() => decode(OBU, { ...bare, ...side, full: true }))).toBe('malformed_response');
    }
    expect(codeThrownBy(() => decode(UPDATE, bare))).toBe('malformed_response');
    expect(codeThrownBy(() => decode(LIMITED, { ...WHOLE, asks: undefined }))).toBe('malformed_response');
  });

  it.each([UPDATE, OBU])('refuses numbers, sides and levels that cannot be: %o', (request) => {
    const bad: unknown[] = [
      ...BAD_NUMBERS.flatMap((value) => [
        { U: value },
        { u: value },
        { t: value },
        { b: [[value, '1']] },
        { a: [['1', value]] },
      ]),
      { U: 10 },
      { u: 1.5 },
      { u: '9007199254740993' },
      { full: 'true' },
      { full: 1 },
      { b: [['0', '1']] },
      { b: {} },
      { a: null },
      { a: [7] },
      { a: [['70001']] },
      { a: [[]] },
    ].map((change) => ({ ...CHANGE, ...change }));
    for (const payload of [...bad, null, undefined, [], 'x', 7]) {
      expect(
        codeThrownBy(() => decode(request, payload)),
        JSON.stringify(payload),
      ).toBe('malformed_response');
    }
  });

  it('refuses a limited book with numbers that cannot be', () => {
    for (const value of BAD_NUMBERS) {
      for (const change of [
        { lastUpdateId: value },
        { t: value },
        { bids: [[value, '1']] },
        { asks: [['1', value]] },
      ]) {
        expect(codeThrownBy(() => decode(LIMITED, { ...WHOLE, ...change }))).toBe('malformed_response');
      }
    }
  });
});

describe('The continuation of a Gate.io book', () => {
  it.each([
    ['a whole book without a book', -1, update(true, 5, 5), 'apply'],
    ['a change without a book', -1, update(false, 0, 5), 'gap'],
    ['an old change', 10, update(false, 8, 10), 'skip'],
    ['the next change', 10, update(false, 11, 12), 'apply'],
    ['a change that overlaps', 10, update(false, 8, 11), 'apply'],
    ['a change after a hole', 10, update(false, 12, 12), 'gap'],
    ['a newer whole book', 10, update(true, 50, 50), 'apply'],
    ['a whole book of the same number', 10, update(true, 10, 10), 'skip'],
    ['an older whole book', 10, update(true, 9, 9), 'skip'],
  ])('order_book_update: %s', (_what, last, next, verdict) => {
    expect(chooseBook(UPDATE).continues(last, next)).toBe(verdict);
  });

  it.each([
    ['a whole book without a book', -1, update(true, 5, 5), 'apply'],
    ['a change without a book', -1, update(false, 0, 5), 'skip'],
    ['an old change', 10, update(false, 8, 10), 'skip'],
    ['the next change', 10, update(false, 11, 12), 'apply'],
    ['a change that overlaps', 10, update(false, 8, 11), 'gap'],
    ['a change after a hole', 10, update(false, 12, 12), 'gap'],
    ['a newer whole book', 10, update(true, 50, 50), 'apply'],
    ['an older whole book, as after a restart', 10, update(true, 9, 9), 'apply'],
  ])('obu: %s', (_what, last, next, verdict) => {
    expect(chooseBook(OBU).continues(last, next)).toBe(verdict);
  });

  it.each([
    ['the first one', -1, 5, 'apply'],
    ['a newer one', 10, 50, 'apply'],
    ['the same one again', 10, 10, 'apply'],
    ['an older one', 10, 9, 'skip'],
  ])('order_book: %s', (_what, last, sequence, verdict) => {
    expect(chooseBook(LIMITED).continues(last, update(true, sequence, sequence))).toBe(verdict);
  });
});
