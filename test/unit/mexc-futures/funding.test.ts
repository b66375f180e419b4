import { describe, expect, it } from 'vitest';
import type { FundingVenue } from '../../../src/adapter/funding-venue.js';
import { mexcFutures } from '../../../src/venues/mexc/index.js';
import { channelContext, decodeContext, emitted, encodeContext, NOW, success } from './support.js';

const funding = mexcFutures.funding as FundingVenue;
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const USD = { symbol: 'BTC/USD:BTC' } as const;
const RATE = {
  symbol: 'BTC_USDT',
  fundingRate: 0.000041,
  maxFundingRate: 0.0018,
  collectCycle: 8,
  nextSettleTime: 1_782_921_600_000,
  timestamp: 1_782_900_000_100,
};
const rate = {
  symbol: BTC.symbol,
  rate: 0.000041,
  nextFundingAt: 1_782_921_600_000,
  intervalMs: 28_800_000,
  updatedAt: 1_782_900_000_100,
  receivedAt: NOW,
};

describe('the coming funding rate', () => {
  it('is read of one market', () => {
    expect(funding.rate.encode(BTC, encodeContext)).toEqual({ path: '/api/v1/contract/funding_rate/BTC_USDT' });
    expect(funding.rate.decode(success(RATE), BTC, decodeContext())).toEqual(rate);
    expect(funding.rate.decode(success({ symbol: 'BTC_USDT', fundingRate: -5e-7 }), BTC, decodeContext())).toEqual({
      symbol: BTC.symbol,
      rate: -5e-7,
      receivedAt: NOW,
    });
  });

  it.each([
    ['symbol', 'BTC_USD'],
    ['fundingRate', undefined],
    ['fundingRate', 'x'],
    ['collectCycle', 1.5],
    ['nextSettleTime', 0],
  ])('whose %s is %o is refused', (field, value) => {
    expect(() => funding.rate.decode(success({ ...RATE, [field]: value }), BTC, decodeContext())).toThrow(
      expect.objectContaining({ code: 'malformed_response' }),
    );
  });

  it('is read of all markets at once', () => {
    const drifts: string[] = [];
    const rows = [RATE, { ...RATE, symbol: 'OLD_USDT' }, { ...RATE, fundingRate: null }];
    expect(funding.rates?.encode(undefined, encodeContext)).toEqual({});
    expect(funding.rates?.decode(success(rows), undefined, decodeContext(drifts))).toEqual([rate]);
    expect(drifts).toEqual([
      'funding rate left out: fundingRate: expected a decimal that is not negative, received null',
    ]);
  });

  it('is streamed under another name', () => {
    const decode = (payload: unknown, time: number) =>
      emitted((emit) => funding.streams.rate.decode(payload, channelContext(BTC, time), emit));
    const { intervalMs, ...streamed } = rate;
    expect(intervalMs).toBe(28_800_000);
    const push = { symbol: 'BTC_USDT', rate: 0.000041, nextSettleTime: 1_782_921_600_000 };
    expect(decode(push, 1_782_900_000_100)).toEqual([streamed]);
    expect(decode({ symbol: 'BTC_USDT', fundingRate: 1 }, Number.NaN)).toEqual([
      { symbol: BTC.symbol, rate: 1, receivedAt: NOW },
    ]);
    expect(() => decode({ symbol: 'BTC_USDT' }, 1)).toThrow('fundingRate: expected');
  });
});

describe('past funding rates', () => {
  const rows = [
    { symbol: 'BTC_USDT', fundingRate: -0.00003, settleTime: 1_782_892_800_000, collectCycle: 8 },
    { symbol: 'BTC_USDT', fundingRate: 0.00001, settleTime: 1_782_864_000_000, collectCycle: 8 },
  ];
  const params = { ...BTC, page: 2, limit: 100 };

  it('are paged by number from the newest on, and come out oldest first', () => {
    expect(funding.historyRules).toEqual({
      maxLimit: 100,
      paging: 'page',
      maxSpanMs: Number.POSITIVE_INFINITY,
      reachMs: Number.POSITIVE_INFINITY,
    });
    expect(funding.history.encode({ ...params, from: 1, to: 2 }, encodeContext)).toEqual({
      query: { symbol: 'BTC_USDT', page_num: 2, page_size: 100 },
    });
    const expected = [
      { symbol: BTC.symbol, rate: 0.00001, fundedAt: 1_782_864_000_000 },
      { symbol: BTC.symbol, rate: -0.00003, fundedAt: 1_782_892_800_000 },
    ];
    expect(
      funding.history.decode(success({ pageSize: 2, totalPage: 3, resultList: rows }), params, decodeContext()),
    ).toEqual(expected);
    expect(funding.history.decode(success(rows), params, decodeContext())).toEqual(expected);
  });

  it('of another market, or without a time, are refused', () => {
    for (const changes of [{ symbol: 'BTC_USD' }, { settleTime: undefined }, { fundingRate: 'x' }])
      expect(() => funding.history.decode(success([{ ...rows[0], ...changes }]), params, decodeContext())).toThrow(
        expect.objectContaining({ code: 'malformed_response' }),
      );
  });
});

describe('mark price, index price, open interest', () => {
  it('are read of one market', () => {
    expect(funding.markPrice.encode(BTC, encodeContext)).toEqual({ path: '/api/v1/contract/fair_price/BTC_USDT' });
    expect(
      funding.markPrice.decode(
        success({ symbol: 'BTC_USDT', fairPrice: 65_000.4, timestamp: 5 }),
        BTC,
        decodeContext(),
      ),
    ).toEqual({ symbol: BTC.symbol, markPrice: 65_000.4, updatedAt: 5, receivedAt: NOW });
    expect(funding.indexPrice.encode(BTC, encodeContext)).toEqual({ path: '/api/v1/contract/index_price/BTC_USDT' });
    expect(
      funding.indexPrice.decode(success({ symbol: 'BTC_USDT', indexPrice: 65_001.2 }), BTC, decodeContext()),
    ).toEqual({ symbol: BTC.symbol, indexPrice: 65_001.2, receivedAt: NOW });
    expect(funding.openInterest.encode(BTC, encodeContext)).toEqual({ query: { symbol: 'BTC_USDT' } });
    const row = { symbol: 'BTC_USDT', holdVol: 98_765_432, fairPrice: 65_000.4, timestamp: 5 };
    expect(funding.openInterest.decode(success(row), BTC, decodeContext())).toEqual({
      symbol: BTC.symbol,
      quantity: 9_876.5432,
      contracts: 98_765_432,
      updatedAt: 5,
      receivedAt: NOW,
    });
  });

  it('count inverse contracts at the mark price', () => {
    const row = { symbol: 'BTC_USD', holdVol: 300, fairPrice: 60_000 };
    expect(funding.openInterest.decode(success(row), USD, decodeContext())).toMatchObject({
      quantity: 0.5,
      contracts: 300,
    });
  });

  it.each([
    [() => funding.markPrice.decode(success({ symbol: 'BTC_USD', fairPrice: 1 }), BTC, decodeContext())],
    [() => funding.markPrice.decode(success({ symbol: 'BTC_USDT', fairPrice: 0 }), BTC, decodeContext())],
    [() => funding.indexPrice.decode(success({ symbol: 'BTC_USDT', fairPrice: 1 }), BTC, decodeContext())],
    [
      () =>
        funding.openInterest.decode(success({ symbol: 'BTC_USDT', holdVol: -1, fairPrice: 1 }), BTC, decodeContext()),
    ],
    [() => funding.openInterest.decode(success({ symbol: 'BTC_USDT', fairPrice: 1 }), BTC, decodeContext())],
    [() => funding.markPrice.decode(success(), BTC, decodeContext())],
  ])('are refused where they are missing, impossible, or of another market (%#)', (act) => {
    expect(act).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });

  it('are streamed as price', () => {
    const { markPrice, indexPrice } = funding.streams;
    const push = { symbol: 'BTC_USDT', price: 65_000.4 };
    expect(markPrice.topic(BTC, encodeContext)).toEqual({
      channel: 'fair.price',
      key: 'BTC_USDT',
      args: ['fair.price', '{"symbol":"BTC_USDT"}'],
    });
    expect(indexPrice.topic(BTC, encodeContext)).toMatchObject({ channel: 'index.price' });
    expect(emitted((emit) => markPrice.decode(push, channelContext(BTC, 7), emit))).toEqual([
      { symbol: BTC.symbol, markPrice: 65_000.4, updatedAt: 7, receivedAt: NOW },
    ]);
    expect(emitted((emit) => indexPrice.decode(push, channelContext(BTC), emit))).toEqual([
      { symbol: BTC.symbol, indexPrice: 65_000.4, receivedAt: NOW },
    ]);
    expect(() => markPrice.decode({ symbol: 'BTC_USDT' }, channelContext(BTC), () => {})).toThrow(
      'fair price: expected',
    );
    expect(() => indexPrice.decode(7, channelContext(BTC), () => {})).toThrow('index.price: expected an object');
  });
});

describe('candles of mark and index prices', () => {
  it('have no volumes, whatever the venue sends', () => {
    const params = { ...BTC, interval: '1h', limit: 1 } as const;
    expect(funding.markCandles.encode(params, encodeContext).path).toBe('/api/v1/contract/kline/fair_price/BTC_USDT');
    expect(funding.indexCandles.encode(params, encodeContext).path).toBe('/api/v1/contract/kline/index_price/BTC_USDT');
    const data = { time: [3_600], open: [1], close: [2], high: [3], low: [0.5] };
    for (const call of [funding.markCandles, funding.indexCandles])
      expect(call.decode(success(data), params, decodeContext())).toEqual([
        {
          symbol: BTC.symbol,
          interval: '1h',
          openedAt: 3_600_000,
          open: 1,
          high: 3,
          low: 0.5,
          close: 2,
          baseVolume: 0,
          quoteVolume: 0,
        },
      ]);
  });
});

describe('what MEXC does not publish', () => {
  it('is absent', () => {
    expect(funding).not.toHaveProperty('liquidations');
    expect(Object.keys(funding.streams)).toEqual(['rate', 'markPrice', 'indexPrice']);
  });
});
