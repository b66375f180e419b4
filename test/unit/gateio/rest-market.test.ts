import { describe, expect, it } from 'vitest';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import { BAD_NUMBERS, codeThrownBy, createDecodeContext, encodeContext, NOW } from '../../support/gateio-contexts.js';

const { market } = gateioSpot;
const BTC = { symbol: 'BTC/USDT' } as const;
const TICKER = {
  currency_pair: 'BTC_USDT',
  last: '70000.5',
  lowest_ask: '70001',
  lowest_size: '0.5',
  highest_bid: '70000',
  highest_size: '1.25',
  change_percentage: '1.62',
  base_volume: '12.5',
  quote_volume: '875000.25',
  high_24h: '71000',
  low_24h: '69000.5',
};
const BOOK = {
  id: 900_001,
  current: 1_767_225_660_100,
  update: 1_767_225_660_090,
  bids: [
    ['70000', '1.25'],
    ['69999.5', '3'],
  ],
  asks: [
    ['70001', '0.5'],
    ['70002', '4'],
  ],
};
const TRADE = {
  id: '8812345678',
  create_time: '1767225640',
  create_time_ms: '1767225640213.457800',
  currency_pair: 'BTC_USDT',
  side: 'sell',
  amount: '0.0123',
  price: '70000.5',
  sequence_id: '2390902',
};

const bookOf = (changes: object) =>
  market.orderBook.decode({ ...BOOK, ...changes }, { ...BTC, depth: 2 }, createDecodeContext());
const tickerOf = (changes: object) => market.ticker.decode([{ ...TICKER, ...changes }], BTC, createDecodeContext());
const bookTickerOf = (changes: object) =>
  market.bookTicker.decode([{ ...TICKER, ...changes }], BTC, createDecodeContext());
const tapeOf = (rows: unknown) => market.recentTrades.decode(rows, { ...BTC, limit: 5 }, createDecodeContext());

describe('Gate.io time', () => {
  it('reads the clock of the venue in ms; ping reads the same and gives nothing', () => {
    const body = { server_time: 1_767_225_600_123 };
    expect(market.serverTime.decode(body, undefined, createDecodeContext())).toBe(1_767_225_600_123);
    expect(market.ping.decode(body, undefined, createDecodeContext())).toBeUndefined();
  });

  it('refuses an answer without a time, also as a ping', () => {
    for (const body of [undefined, null, [], {}, ...BAD_NUMBERS.map((server_time) => ({ server_time }))]) {
      expect(codeThrownBy(() => market.serverTime.decode(body, undefined, createDecodeContext()))).toBe(
        'malformed_response',
      );
      expect(codeThrownBy(() => market.ping.decode(body, undefined, createDecodeContext()))).toBe('malformed_response');
    }
  });
});

describe('Gate.io order book', () => {
  it('asks for the id, so that changes can be aligned', () => {
    expect(market.orderBook.encode({ ...BTC, depth: 100 }, encodeContext)).toEqual({
      query: { currency_pair: 'BTC_USDT', limit: 100, with_id: true },
    });
  });

  it('reads levels from the best on, the id, and the time of the last change', () => {
    expect(bookOf({})).toEqual({
      symbol: 'BTC/USDT',
      bids: [
        { price: 70000, quantity: 1.25 },
        { price: 69999.5, quantity: 3 },
      ],
      asks: [
        { price: 70001, quantity: 0.5 },
        { price: 70002, quantity: 4 },
      ],
      sequence: 900_001,
      updatedAt: 1_767_225_660_090,
      receivedAt: NOW,
    });
  });

  it('reads a book without orders', () => {
    expect(bookOf({ bids: [], asks: [] })).toMatchObject({ bids: [], asks: [] });
  });

  it.each([
    ['a missing id', { id: undefined }],
    ['a negative id', { id: -1 }],
    ['an id beyond 2^53', { id: '9007199254740993' }],
    ['an id with a fraction', { id: 1.5 }],
    ['a missing time', { update: undefined }],
    ['a missing side', { bids: undefined }],
    ['a side that is no list', { asks: {} }],
    ['a level that is no list', { asks: [{ p: '1', s: '2' }] }],
    ['a level without a quantity', { asks: [['70001']] }],
    ['an empty level', { bids: [['70000', '0']] }],
    [
      'bids that are not falling',
      {
        bids: [
          ['69999', '1'],
          ['70000', '1'],
        ],
      },
    ],
    [
      'asks that are not rising',
      {
        asks: [
          ['70002', '1'],
          ['70001', '1'],
        ],
      },
    ],
    [
      'a bid price twice',
      {
        bids: [
          ['70000', '1'],
          ['70000.0', '2'],
        ],
      },
    ],
    [
      'an ask price twice',
      {
        asks: [
          ['70001', '1'],
          ['70001.0', '2'],
        ],
      },
    ],
  ])('refuses %s', (_what, changes) => {
    expect(codeThrownBy(() => bookOf(changes))).toBe('malformed_response');
  });

  it('refuses every price and quantity that is not a decimal above zero', () => {
    for (const bad of [...BAD_NUMBERS, '0', 0]) {
      expect(codeThrownBy(() => bookOf({ bids: [[bad, '1']] }))).toBe('malformed_response');
      expect(codeThrownBy(() => bookOf({ asks: [['70001', bad]] }))).toBe('malformed_response');
    }
  });
});

describe('Gate.io tickers', () => {
  it('asks for one pair, or for all', () => {
    expect(market.ticker.encode(BTC, encodeContext)).toEqual({ query: { currency_pair: 'BTC_USDT' } });
    expect(market.bookTicker.encode(BTC, encodeContext)).toEqual({ query: { currency_pair: 'BTC_USDT' } });
    expect(market.tickers.encode(undefined, encodeContext)).toEqual({});
    expect(codeThrownBy(() => market.ticker.encode({ symbol: 'NOPE/USDT' }, encodeContext))).toBe('validation');
  });

  it('reads every statistic; the change is a fraction with the nearest double', () => {
    expect(tickerOf({})).toEqual({
      symbol: 'BTC/USDT',
      lastPrice: 70000.5,
      bidPrice: 70000,
      askPrice: 70001,
      highPrice: 71000,
      lowPrice: 69000.5,
      changeRatio: 0.0162,
      baseVolume: 12.5,
      quoteVolume: 875000.25,
      receivedAt: NOW,
    });
    expect(tickerOf({ change_percentage: '-0.7' })).toMatchObject({ changeRatio: -0.007 });
  });

  it('leaves out what the venue leaves out or sends empty', () => {
    const row = { currency_pair: 'BTC_USDT', last: '1', lowest_ask: '', highest_bid: null };
    expect(market.ticker.decode([row], BTC, createDecodeContext())).toEqual({
      symbol: 'BTC/USDT',
      lastPrice: 1,
      receivedAt: NOW,
    });
  });

  it('never takes the row of another pair', () => {
    for (const body of [
      [],
      [{ ...TICKER, currency_pair: 'ETH_USDT' }],
      [{ ...TICKER, currency_pair: 'constructor' }],
    ]) {
      expect(codeThrownBy(() => market.ticker.decode(body, BTC, createDecodeContext()))).toBe('malformed_response');
      expect(codeThrownBy(() => market.bookTicker.decode(body, BTC, createDecodeContext()))).toBe('malformed_response');
    }
  });

  it('refuses a bad last price and a body that is not a list of objects', () => {
    for (const last of BAD_NUMBERS) expect(codeThrownBy(() => tickerOf({ last }))).toBe('malformed_response');
    for (const body of [null, {}, [7], [null], 'x', [{ last: '1' }]]) {
      expect(codeThrownBy(() => market.ticker.decode(body, BTC, createDecodeContext()))).toBe('malformed_response');
    }
    expect(codeThrownBy(() => tickerOf({ change_percentage: 'x' }))).toBe('malformed_response');
    expect(codeThrownBy(() => tickerOf({ high_24h: '-1' }))).toBe('malformed_response');
  });

  it('reads all tickers, leaves out pairs that are not listed, and reports rows that cannot be read', () => {
    const context = createDecodeContext();
    const rows = [
      { ...TICKER, currency_pair: 'NEW_USDT' },
      { ...TICKER, last: 'NaN' },
      null,
      { ...TICKER, currency_pair: 'ETH_USDT' },
    ];
    const read = market.tickers.decode(rows, undefined, context);
    expect(read.map(({ symbol }) => symbol)).toEqual(['ETH/USDT']);
    expect(context.drifts).toHaveLength(2);
  });

  it('takes the best prices and sizes out of the ticker of one pair', () => {
    expect(bookTickerOf({})).toEqual({
      symbol: 'BTC/USDT',
      bidPrice: 70000,
      bidQuantity: 1.25,
      askPrice: 70001,
      askQuantity: 0.5,
      receivedAt: NOW,
    });
  });

  it('shows a side without orders as undefined', () => {
    expect(bookTickerOf({ lowest_ask: '', lowest_size: '' })).toEqual({
      symbol: 'BTC/USDT',
      bidPrice: 70000,
      bidQuantity: 1.25,
      askPrice: undefined,
      askQuantity: 0,
      receivedAt: NOW,
    });
  });

  it('refuses a best price that is missing, zero or without its size', () => {
    for (const bad of [...BAD_NUMBERS, '0'].filter((value) => value !== '')) {
      expect(codeThrownBy(() => bookTickerOf({ highest_bid: bad }))).toBe('malformed_response');
    }
    for (const bad of BAD_NUMBERS) {
      expect(codeThrownBy(() => bookTickerOf({ lowest_size: bad }))).toBe('malformed_response');
    }
  });
});

describe('Gate.io trades', () => {
  it('asks for the newest ones', () => {
    expect(market.recentTrades.encode({ ...BTC, limit: 50 }, encodeContext)).toEqual({
      query: { currency_pair: 'BTC_USDT', limit: 50 },
    });
  });

  it('gives them oldest first, with the side of the taker', () => {
    const newer = { ...TRADE, id: '8812345679', side: 'buy', price: '70001', create_time_ms: '1767225640213.9' };
    expect(tapeOf([newer, TRADE])).toEqual([
      {
        symbol: 'BTC/USDT',
        id: '8812345678',
        price: 70000.5,
        quantity: 0.0123,
        takerSide: 'sell',
        matchedAt: 1_767_225_640_213,
      },
      {
        symbol: 'BTC/USDT',
        id: '8812345679',
        price: 70001,
        quantity: 0.0123,
        takerSide: 'buy',
        matchedAt: 1_767_225_640_213,
      },
    ]);
  });

  it('keeps ids beyond 2^53 whole', () => {
    expect(tapeOf([{ ...TRADE, id: '9007199254740993' }])[0]?.id).toBe('9007199254740993');
  });

  it('takes the seconds where the milliseconds are missing', () => {
    const { create_time_ms: _left, ...row } = TRADE;
    expect(tapeOf([row])[0]?.matchedAt).toBe(1_767_225_640_000);
  });

  it('refuses a list with one trade that cannot be read', () => {
    const bad: object[] = [
      ...BAD_NUMBERS.flatMap((value) => [{ price: value }, { amount: value }]),
      { price: '0' },
      { amount: '0' },
      { id: undefined },
      { id: '' },
      { id: 1.5 },
      { side: 'BUY' },
      { side: undefined },
      { side: 'constructor' },
      { create_time_ms: null },
      { currency_pair: 'ETH_USDT' },
      { currency_pair: undefined },
    ];
    for (const changes of bad)
      expect(codeThrownBy(() => tapeOf([TRADE, { ...TRADE, ...changes }]))).toBe('malformed_response');
    for (const body of [null, {}, 'x', [7]]) expect(codeThrownBy(() => tapeOf(body))).toBe('malformed_response');
  });
});
