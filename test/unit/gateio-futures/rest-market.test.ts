import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/errors/kinds.js';
import { createContractScale } from '../../../src/model/contracts.js';
import { gateioFutures, gateioFuturesBtc } from '../../../src/venues/gateio/index.js';
import { decodeContext, encodeContext, INVERSE, LINEAR, NOW } from './support.js';

const { market } = gateioFutures;
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const ETH = { symbol: 'ETH/USDT:USDT' } as const;
const USD = { symbol: 'BTC/USD:BTC' } as const;

const BOOK = {
  id: 125_033_675_974,
  current: 1_767_225_740.417,
  update: 1_767_225_740.39,
  asks: [{ p: '91236', s: '2245' }],
  bids: [
    { p: '91235', s: '50' },
    { p: '91234', s: 120 },
  ],
};
const TICKER = {
  contract: 'BTC_USDT',
  last: '91218.4',
  low_24h: '90099.2',
  high_24h: '92132.5',
  change_percentage: '0.77',
  total_size: '736485321',
  volume_24h: '745487577',
  volume_24h_base: '74548',
  volume_24h_quote: '6800332000',
  mark_price: '91218.35',
  index_price: '91220.36',
  funding_rate: '0.000114',
  lowest_ask: '91218.5',
  lowest_size: '2245',
  highest_bid: '91218.4',
  highest_size: '50',
};

describe('The order book of Gate.io futures', () => {
  it('is asked for with its number', () => {
    expect(market.orderBook.path).toBe('/futures/usdt/order_book');
    expect(gateioFuturesBtc.market.orderBook.path).toBe('/futures/btc/order_book');
    expect(market.orderBook.encode({ ...BTC, depth: 20 }, encodeContext)).toEqual({
      query: { contract: 'BTC_USDT', limit: 20, with_id: true },
    });
  });

  it('comes in base asset, by the same conversion as a live book', () => {
    expect(market.orderBook.decode(BOOK, { ...BTC, depth: 20 }, decodeContext())).toEqual({
      ...BTC,
      bids: [
        { price: 91_235, quantity: 0.005 },
        { price: 91_234, quantity: 0.012 },
      ],
      asks: [{ price: 91_236, quantity: 0.2245 }],
      sequence: 125_033_675_974,
      updatedAt: 1_767_225_740_390,
      receivedAt: NOW,
    });
    if (INVERSE.contracts === undefined) throw new Error('no terms');
    const scale = createContractScale(INVERSE.contracts);
    const inverse = market.orderBook.decode(BOOK, { ...USD, depth: 20 }, decodeContext());
    expect(inverse.bids[0]?.quantity).toBe(scale(50, 91_235));
  });

  it.each([
    ['no number', { ...BOOK, id: undefined }],
    ['no time', { ...BOOK, update: undefined }],
    ['a side that is missing', { ...BOOK, asks: undefined }],
    ['levels as pairs', { ...BOOK, bids: [['91235', '50']] }],
    ['a level without contracts', { ...BOOK, bids: [{ p: '91235' }] }],
    ['a level of nothing', { ...BOOK, bids: [{ p: '91235', s: '0' }] }],
    ['a price of zero', { ...BOOK, bids: [{ p: '0', s: '1' }] }],
    ['prices out of order', { ...BOOK, bids: [...BOOK.bids].reverse() }],
  ])('with %s is refused', (_why, body) => {
    expect(() => market.orderBook.decode(body, { ...BTC, depth: 20 }, decodeContext())).toThrow(/order_book/);
  });
});

describe('Trades of Gate.io futures', () => {
  const row = (changes: object) => ({
    id: 512_345_678,
    create_time: 1_767_225_740.417,
    create_time_ms: 1_767_225_740.417,
    contract: 'BTC_USDT',
    size: '-108',
    price: '91235',
    ...changes,
  });
  const decode = (rows: unknown, params: typeof BTC | typeof ETH = BTC) =>
    market.recentTrades.decode(rows, { ...params, limit: 5 }, decodeContext());

  it('say the side of the taker by their sign, and come out oldest first', () => {
    const rows = [row({ id: 2, create_time_ms: '1767225741.5', size: 3 }), row({ id: 1 })];
    expect(decode(rows)).toEqual([
      { ...BTC, id: '1', price: 91_235, quantity: 0.0108, takerSide: 'sell', matchedAt: 1_767_225_740_417 },
      { ...BTC, id: '2', price: 91_235, quantity: 0.0003, takerSide: 'buy', matchedAt: 1_767_225_741_500 },
    ]);
  });

  it('keep fractions of contracts', () => {
    expect(decode([row({ contract: 'ETH_USDT', size: '5116.8' })], ETH)[0]?.quantity).toBe(51.168);
  });

  it.each([
    ['size', '0'],
    ['size', 'many'],
    ['size', undefined],
    ['price', '0'],
    ['id', undefined],
    ['create_time_ms', 'now'],
    ['contract', 'ETH_USDT'],
    ['contract', undefined],
  ])('with %s %s are refused', (field, value) => {
    expect(() => decode([row({ [field]: value })])).toThrow(/trade/);
  });

  it('are asked for by contract', () => {
    expect(market.recentTrades.encode({ ...BTC, limit: 7 }, encodeContext)).toEqual({
      query: { contract: 'BTC_USDT', limit: 7 },
    });
  });
});

describe('Tickers of Gate.io futures', () => {
  it('say volumes in base and quote asset', () => {
    expect(market.ticker.decode([TICKER], BTC, decodeContext())).toEqual({
      ...BTC,
      lastPrice: 91_218.4,
      bidPrice: 91_218.4,
      askPrice: 91_218.5,
      highPrice: 92_132.5,
      lowPrice: 90_099.2,
      changeRatio: 0.0077,
      baseVolume: 74_548.757_7,
      quoteVolume: 6_800_332_000,
      receivedAt: NOW,
    });
  });

  it('cut no volume where contracts tell it: the venue prints whole numbers of either asset', () => {
    const volumes = (row: object, params: typeof BTC | typeof USD) => {
      const { baseVolume, quoteVolume } = market.ticker.decode([{ ...TICKER, ...row }], params, decodeContext());
      return [baseVolume, quoteVolume];
    };
    expect(volumes({ volume_24h: 3, volume_24h_base: '0' }, BTC)).toEqual([0.0003, 6_800_332_000]);
    expect(volumes({ volume_24h: undefined }, BTC)).toEqual([74_548, 6_800_332_000]);
    const inverse = { contract: 'BTC_USD', volume_24h_base: '1', volume_24h_quote: '91000' };
    expect(volumes({ ...inverse, volume_24h: '91234' }, USD)).toEqual([1, 91_234]);
    expect(volumes({ ...inverse, volume_24h: undefined }, USD)).toEqual([1, 91_000]);
  });

  it('hold the best prices, with sizes in base asset', () => {
    expect(market.bookTicker.decode([TICKER], BTC, decodeContext())).toEqual({
      ...BTC,
      bidPrice: 91_218.4,
      bidQuantity: 0.005,
      askPrice: 91_218.5,
      askQuantity: 0.2245,
      receivedAt: NOW,
    });
    const empty = { ...TICKER, highest_bid: '', highest_size: '' };
    expect(market.bookTicker.decode([empty], BTC, decodeContext())).toMatchObject({
      bidPrice: undefined,
      bidQuantity: 0,
    });
  });

  it('of another contract are never taken for the one asked for', () => {
    const other = [{ ...TICKER, contract: 'ETH_USDT' }];
    expect(() => market.ticker.decode(other, BTC, decodeContext())).toThrow('a row of BTC/USDT:USDT');
  });

  it('of all contracts leave out what is not listed in silence, and what cannot be read with a report', () => {
    const drifts: string[] = [];
    const rows = [TICKER, { ...TICKER, contract: 'NEW_USDT' }, { ...TICKER, last: 'x' }, 7];
    expect(market.tickers.decode(rows, undefined, decodeContext(drifts)).map(({ symbol }) => symbol)).toEqual([
      'BTC/USDT:USDT',
    ]);
    expect(drifts).toHaveLength(2);
  });
});

describe('Candles of Gate.io futures', () => {
  const row = { t: 1_767_225_600, v: '2500', c: '91000', h: '91300', l: '90900', o: '91200', sum: '22799.5' };
  const params = { ...BTC, interval: '5m', limit: 10 } as const;

  it('take a number or a range, and a week is seven days', () => {
    const range = { ...params, interval: '1w', from: 1_767_225_600_000, to: 1_767_830_400_000 } as const;
    expect(market.candles.encode(params, encodeContext)).toEqual({
      query: { contract: 'BTC_USDT', interval: '5m', limit: 10 },
    });
    expect(market.candles.encode(range, encodeContext)).toEqual({
      query: { contract: 'BTC_USDT', interval: '7d', from: 1_767_225_600, to: 1_767_830_400 },
    });
    expect(() => market.candles.encode({ ...params, interval: '1M' }, encodeContext)).toThrow(ValidationError);
  });

  it('count base asset; the quote asset is the venue’s sum', () => {
    expect(market.candles.decode([row], params, decodeContext())).toEqual([
      {
        ...BTC,
        interval: '5m',
        openedAt: 1_767_225_600_000,
        open: 91_200,
        high: 91_300,
        low: 90_900,
        close: 91_000,
        baseVolume: 0.25,
        quoteVolume: 22_799.5,
      },
    ]);
  });

  it('of inverse contracts count their quote asset exactly', () => {
    const [candle] = market.candles.decode([row], { ...params, ...USD }, decodeContext());
    expect(candle).toMatchObject({ quoteVolume: 2_500, baseVolume: 2_500 / 91_000 });
  });

  it.each(['t', 'v', 'c', 'h', 'l', 'o'])('without %s are refused', (field) => {
    expect(() => market.candles.decode([{ ...row, [field]: undefined }], params, decodeContext())).toThrow(/candle/);
  });

  it('of mark and index price have their own names and no volumes', () => {
    const { funding } = gateioFutures;
    expect(funding?.markCandles.encode(params, encodeContext).query).toMatchObject({ contract: 'mark_BTC_USDT' });
    expect(funding?.indexCandles.encode(params, encodeContext).query).toMatchObject({ contract: 'index_BTC_USDT' });
    const { v, sum, ...bare } = row;
    expect(funding?.markCandles.decode([bare], params, decodeContext())).toEqual([
      expect.objectContaining({ close: 91_000, baseVolume: 0, quoteVolume: 0 }),
    ]);
    expect([v, sum]).toEqual(['2500', '22799.5']);
  });
});

describe('The two venues of Gate.io futures', () => {
  it('differ in paths and sockets, and ask for decimal sizes everywhere', () => {
    const both = [gateioFutures, gateioFuturesBtc].map(({ id, hosts, headers, streams, kind }) => ({
      id,
      ws: hosts.ws,
      sizes: [headers['x-gate-size-decimal'], streams.plan.headers['x-gate-size-decimal']],
      kind,
    }));
    expect(both).toEqual([
      { id: 'gateio_futures', ws: 'wss://fx-ws.gateio.ws/v4/ws/usdt', sizes: ['1', '1'], kind: 'perpetual' },
      { id: 'gateio_futures_btc', ws: 'wss://fx-ws.gateio.ws/v4/ws/btc', sizes: ['1', '1'], kind: 'perpetual' },
    ]);
    expect(LINEAR.settle).toBe('USDT');
  });
});
