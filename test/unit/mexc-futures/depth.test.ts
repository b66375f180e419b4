import { describe, expect, it } from 'vitest';
import { BookUpdate } from '../../../src/model/book-update.js';
import { createContractScale } from '../../../src/model/contracts.js';
import { mexcFutures } from '../../../src/venues/mexc/index.js';
import { channelContext, decodeContext, emitted, encodeContext, INVERSE, LINEAR, NOW, success } from './support.js';

const { streams, market } = mexcFutures;
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const depth = streams.chooseBook({});
const full = streams.chooseBook({ feed: 'depth.full' });
const ROWS = {
  asks: [[65_000.1, 1_200, 3]],
  bids: [
    [65_000, 1_500],
    [64_999.9, 0, 0],
  ],
};

function read(feed: typeof depth, payload: unknown) {
  const into = new BookUpdate();
  feed.decode(payload, into);
  const side = (prices: Float64Array, quantities: Float64Array, count: number) =>
    Array.from({ length: count }, (_, at) => [prices[at], quantities[at]]);
  return {
    full: into.full,
    first: into.firstSequence,
    last: into.lastSequence,
    asks: side(into.askPrices, into.askQuantities, into.askCount),
    bids: side(into.bidPrices, into.bidQuantities, into.bidCount),
  };
}

describe('a push of depth', () => {
  it('covers begin to end, in contracts', () => {
    expect(depth.quantities).toBe('contracts');
    expect(read(depth, { ...ROWS, begin: 5, end: 9, version: 9 })).toEqual({
      full: false,
      first: 5,
      last: 9,
      asks: [[65_000.1, 1_200]],
      bids: [
        [65_000, 1_500],
        [64_999.9, 0],
      ],
    });
  });

  it('covers its version alone where the server does not merge', () => {
    expect(read(depth, { ...ROWS, version: 9 })).toMatchObject({ first: 9, last: 9 });
    expect(read(depth, { ...ROWS, begin: null, version: 9 })).toMatchObject({ first: 9, last: 9 });
  });

  it.each([
    [{ ...ROWS }],
    [{ ...ROWS, version: -1 }],
    [{ ...ROWS, version: 1.5 }],
    [{ ...ROWS, version: '99999999999999999999' }],
    [{ ...ROWS, begin: 10, end: 9 }],
    [{ ...ROWS, begin: 'x', end: 9 }],
    [{ asks: [], version: 9 }],
    [{ bids: [], version: 9 }],
    [{ ...ROWS, asks: [65_000, 1], version: 9 }],
    [{ ...ROWS, asks: [[0, 1]], version: 9 }],
    [{ ...ROWS, asks: [[-1, 1]], version: 9 }],
    [{ ...ROWS, asks: [['', 1]], version: 9 }],
    [{ ...ROWS, asks: [[1]], version: 9 }],
    [{ ...ROWS, asks: [[1, -1]], version: 9 }],
    [{ ...ROWS, asks: [[1, Number.NaN]], version: 9 }],
    [{ ...ROWS, bids: [[1, null]], version: 9 }],
    [[]],
    [null],
    ['x'],
  ])('is refused: %j', (payload) => {
    expect(() => read(depth, payload)).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });

  it.each([
    [9, 5, 9, 'skip'],
    [10, 5, 9, 'skip'],
    [8, 5, 9, 'apply'],
    [4, 5, 9, 'apply'],
    [3, 5, 9, 'gap'],
    [-1, 5, 9, 'gap'],
  ])('after %i a push of %i to %i means: %s', (last, first, end, verdict) => {
    const update = Object.assign(new BookUpdate(), { firstSequence: first, lastSequence: end });
    expect(depth.continues(last, update)).toBe(verdict);
  });
});

describe('a push of depth.full', () => {
  it('is the whole top of the book', () => {
    expect(full.quantities).toBe('contracts');
    expect(read(full, { ...ROWS, version: 9 })).toMatchObject({ full: true, first: 9, last: 9 });
    expect(() => read(full, ROWS)).toThrow('depth.full version: expected a whole number up to 2^53');
  });

  it.each([
    [10, 'skip'],
    [9, 'apply'],
    [8, 'apply'],
    [-1, 'apply'],
  ])('after %i one of 9 means: %s', (last, verdict) => {
    const update = Object.assign(new BookUpdate(), { full: true, firstSequence: 9, lastSequence: 9 });
    expect(full.continues(last, update)).toBe(verdict);
  });
});

describe('a choice of a feed', () => {
  it('is depth with a snapshot of 1,000 levels unless asked otherwise', () => {
    expect(streams.chooseBook({ depth: 1_000, speedMs: 200 })).toBe(depth);
    expect({ ...depth, topic: depth.topic(BTC, encodeContext) }).toMatchObject({
      name: 'depth',
      snapshot: 'rest',
      snapshotDepth: 1_000,
      publishedDepth: Number.POSITIVE_INFINITY,
      topic: { channel: 'depth', key: 'BTC_USDT', args: ['depth', '{"symbol":"BTC_USDT"}'] },
    });
  });

  it('shares its route with depth.full, whose pushes may come under its name', () => {
    expect(streams.chooseBook({ feed: 'depth.full', depth: 10 }).topic(BTC, encodeContext)).toEqual({
      channel: 'depth',
      key: 'BTC_USDT',
      args: ['depth.full', '{"symbol":"BTC_USDT","limit":10}'],
    });
    expect(full.publishedDepth).toBe(20);
  });

  it.each([
    [{ depth: 0 }, 'depth: expected a whole number from 1 to 1000'],
    [{ depth: 1_001 }, 'depth: expected a whole number from 1 to 1000'],
    [{ depth: 2.5 }, 'depth: expected a whole number from 1 to 1000'],
    [{ speedMs: 100 }, 'speedMs: expected 200, the only speed there is'],
    [{ feed: 'depth.full', depth: 7 }, "depth: expected 5, 10 or 20 with feed 'depth.full'"],
    [{ feed: 'depth.step' }, "feed: expected 'depth' or 'depth.full'"],
  ])('%j is refused', (request, message) => {
    expect(() => streams.chooseBook(request)).toThrow(message);
  });
});

describe('the order book call', () => {
  const body = (data: object) => success({ ...ROWS, version: 105, timestamp: 1_782_900_000_100, ...data });
  const call = (data: unknown, depthAsked = 5, symbol: 'BTC/USDT:USDT' | 'BTC/USD:BTC' = BTC.symbol) =>
    market.orderBook.decode(data, { symbol, depth: depthAsked }, decodeContext());

  it('asks by path', () => {
    expect(market.orderBook.encode({ ...BTC, depth: 1_000 }, encodeContext)).toEqual({
      path: '/api/v1/contract/depth/BTC_USDT',
      query: { limit: 1_000 },
    });
  });

  it('gives base asset, bit for bit as a live book converts pushes', () => {
    const toBase = createContractScale(LINEAR.contracts ?? (undefined as never));
    expect(call(body({}))).toEqual({
      symbol: BTC.symbol,
      asks: [{ price: 65_000.1, quantity: toBase(1_200, 65_000.1) }],
      bids: [{ price: 65_000, quantity: toBase(1_500, 65_000) }],
      sequence: 105,
      updatedAt: 1_782_900_000_100,
      receivedAt: NOW,
    });
    expect(toBase(1_200, 65_000.1)).toBe(0.12);
  });

  it('gives base asset of inverse contracts at the price of their level', () => {
    const { asks } = call(body({}), 5, 'BTC/USD:BTC');
    expect(asks).toEqual([
      { price: 65_000.1, quantity: createContractScale(INVERSE.contracts as never)(1_200, 65_000.1) },
    ]);
    expect(asks[0]?.quantity).toBeCloseTo(120_000 / 65_000.1, 12);
  });

  it('may come without its envelope, and with more levels than were asked for', () => {
    const bids = [
      [3, 1],
      [2, 1],
      [1, 1],
    ];
    expect(call({ asks: [], bids, version: 1 }, 2)).toEqual({
      symbol: BTC.symbol,
      asks: [],
      bids: [
        { price: 3, quantity: 0.0001 },
        { price: 2, quantity: 0.0001 },
      ],
      sequence: 1,
      receivedAt: NOW,
    });
  });

  it.each([
    [
      {
        asks: [
          [2, 1],
          [1, 1],
        ],
      },
      'prices from the best on',
    ],
    [
      {
        bids: [
          [1, 1],
          [2, 1],
        ],
      },
      'prices from the best on',
    ],
    [
      {
        bids: [
          [1, 1],
          [1, 1],
        ],
      },
      'prices from the best on',
    ],
    [{ version: undefined }, 'depth version'],
    [{ timestamp: 'x' }, 'depth timestamp'],
    [{ asks: [[1, -1]] }, 'depth asks'],
  ])('is refused with %j', (changes, message) => {
    expect(() => call(body(changes))).toThrow(message);
  });

  it('without data is refused', () => {
    expect(() => call(success())).toThrow('depth: expected an object');
  });
});

describe('the best prices', () => {
  const top = {
    symbol: BTC.symbol,
    bidPrice: 65_000,
    bidQuantity: 0.15,
    askPrice: 65_000.1,
    askQuantity: 0.12,
    sequence: 105,
    receivedAt: NOW,
  };

  it('are the top of the order book call', () => {
    expect(market.bookTicker.encode(BTC, encodeContext)).toEqual({
      path: '/api/v1/contract/depth/BTC_USDT',
      query: { limit: 20 },
    });
    const body = success({ ...ROWS, version: 105, timestamp: 1_782_900_000_100 });
    expect(market.bookTicker.decode(body, BTC, decodeContext())).toEqual({ ...top, updatedAt: 1_782_900_000_100 });
  });

  it('are streamed from the top of a book of five levels', () => {
    expect(streams.bookTicker.topic(BTC, encodeContext)).toEqual({
      channel: 'depth',
      key: 'BTC_USDT',
      args: ['depth.full', '{"symbol":"BTC_USDT","limit":5}'],
    });
    const push = { ...ROWS, version: 105 };
    expect(emitted((emit) => streams.bookTicker.decode(push, channelContext(BTC, 7), emit))).toEqual([
      { ...top, updatedAt: 7 },
    ]);
    expect(emitted((emit) => streams.bookTicker.decode(push, channelContext(BTC), emit))).toEqual([top]);
  });

  it('say so where a side has no orders', () => {
    expect(
      emitted((emit) => streams.bookTicker.decode({ asks: [], bids: [], version: 1 }, channelContext(BTC), emit)),
    ).toEqual([
      {
        symbol: BTC.symbol,
        bidPrice: undefined,
        bidQuantity: 0,
        askPrice: undefined,
        askQuantity: 0,
        sequence: 1,
        receivedAt: NOW,
      },
    ]);
  });
});
