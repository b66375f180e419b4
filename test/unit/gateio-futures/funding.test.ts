import { describe, expect, it } from 'vitest';
import type { FundingVenue } from '../../../src/adapter/funding-venue.js';
import { gateioFutures } from '../../../src/venues/gateio/index.js';
import { channelContext, contractRow, decodeContext, encodeContext, NOW } from './support.js';

const funding = gateioFutures.funding as FundingVenue;
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const USD = { symbol: 'BTC/USD:BTC' } as const;
const ROW = {
  contract: 'BTC_USDT',
  funding_rate: '-0.000114',
  mark_price: '91218.35',
  index_price: '91220.36',
  total_size: '736485321',
};

function pushed<E>(
  channel: { decode(payload: unknown, context: never, emit: (event: E) => void): void } | undefined,
  rows: unknown,
  venueTime = Number.NaN,
): E[] {
  const events: E[] = [];
  channel?.decode(rows, channelContext(BTC, venueTime) as never, (event) => events.push(event));
  return events;
}

describe('The funding rate', () => {
  it('is that of the contract, with its next time', () => {
    expect(funding.rate.encode(BTC, encodeContext)).toEqual({ path: '/futures/usdt/contracts/BTC_USDT' });
    expect(funding.rate.decode(contractRow(), BTC, decodeContext())).toEqual({
      ...BTC,
      rate: 0.000114,
      nextFundingAt: 1_767_225_600_000,
      intervalMs: 28_800_000,
      receivedAt: NOW,
    });
  });

  it('of another contract is refused', () => {
    expect(() => funding.rate.decode(contractRow({ name: 'ETH_USDT' }), BTC, decodeContext())).toThrow(
      'contract name: expected that of BTC/USDT:USDT',
    );
  });

  it('of all contracts comes from the tickers, with the interval of the instrument list', () => {
    expect(funding.rates?.decode([ROW], undefined, decodeContext())).toEqual([
      { ...BTC, rate: -0.000114, intervalMs: 28_800_000, receivedAt: NOW },
    ]);
  });

  it('is pushed with whatever the venue adds', () => {
    const newer = { ...ROW, t: 1_767_225_740_400, funding_interval: 3_600, funding_next_apply: 1_767_229_200 };
    expect(pushed(funding.streams.rate, [newer])).toEqual([
      {
        ...BTC,
        rate: -0.000114,
        nextFundingAt: 1_767_229_200_000,
        intervalMs: 3_600_000,
        updatedAt: 1_767_225_740_400,
        receivedAt: NOW,
      },
    ]);
    expect(pushed(funding.streams.rate, [ROW], 5)[0]).toMatchObject({ updatedAt: 5 });
  });

  it('that is no number is refused, and nothing of the push comes out', () => {
    expect(() => pushed(funding.streams.rate, [ROW, { ...ROW, funding_rate: 'much' }])).toThrow('funding_rate');
  });

  it('that was applied stands at its boundary, oldest first', () => {
    const rows = [
      { t: 1_767_225_601, r: '0.000101' },
      { t: 1_767_196_800, r: '-0.0002' },
    ];
    const params = { ...BTC, page: 1, limit: 1_000, from: 1_767_196_800_500, to: 1_767_225_601_000 };
    expect(funding.history.encode(params, encodeContext)).toEqual({
      query: { contract: 'BTC_USDT', limit: 1_000, from: 1_767_196_800, to: 1_767_225_602 },
    });
    expect(funding.history.decode(rows, params, decodeContext())).toEqual([
      { ...BTC, rate: -0.0002, fundedAt: 1_767_196_800_000 },
      { ...BTC, rate: 0.000101, fundedAt: 1_767_225_600_000 },
    ]);
    expect(() => funding.history.decode([{ t: 'x', r: '1' }], params, decodeContext())).toThrow('funding_rate t');
  });
});

describe('Mark price, index price and open interest', () => {
  it('come out of one ticker', () => {
    expect([
      funding.markPrice.decode([ROW], BTC, decodeContext()),
      funding.indexPrice.decode([ROW], BTC, decodeContext()),
      funding.openInterest.decode([ROW], BTC, decodeContext()),
    ]).toEqual([
      { ...BTC, markPrice: 91_218.35, receivedAt: NOW },
      { ...BTC, indexPrice: 91_220.36, receivedAt: NOW },
      { ...BTC, quantity: 73_648.5321, contracts: 736_485_321, receivedAt: NOW },
    ]);
  });

  it('of inverse contracts: base asset at the mark price', () => {
    const row = { ...ROW, contract: 'BTC_USD', total_size: '9120', mark_price: '91200' };
    expect(funding.openInterest.decode([row], USD, decodeContext())).toMatchObject({ quantity: 0.1, contracts: 9_120 });
  });

  it('are pushed with the ticker', () => {
    expect(pushed(funding.streams.markPrice, [ROW])).toEqual([{ ...BTC, markPrice: 91_218.35, receivedAt: NOW }]);
    expect(pushed(funding.streams.indexPrice, [ROW])).toEqual([{ ...BTC, indexPrice: 91_220.36, receivedAt: NOW }]);
    expect(() => pushed(funding.streams.markPrice, [{ ...ROW, mark_price: '0' }])).toThrow('ticker mark_price');
  });

  it('share the topic of the ticker', () => {
    const topic = { channel: 'futures.tickers', key: 'BTC_USDT', args: ['BTC_USDT'] };
    const { rate, markPrice, indexPrice } = funding.streams;
    expect([rate, markPrice, indexPrice].map((channel) => channel.topic(BTC, encodeContext))).toEqual([
      topic,
      topic,
      topic,
    ]);
    expect(gateioFutures.streams.ticker.topic(BTC, encodeContext)).toEqual(topic);
  });
});

describe('Liquidations', () => {
  const params = { ...BTC, page: 1, limit: 100 };
  const row = {
    time: 1_767_225_700,
    contract: 'BTC_USDT',
    size: '600',
    order_size: '-600',
    order_price: '91000',
    fill_price: '91010',
    left: '0',
  };

  it('of a long are sold, at the price that was paid', () => {
    const rows = [{ ...row, size: -5, fill_price: '0', time: 1_767_225_701 }, row];
    expect(funding.liquidations?.endpoint.decode(rows, params, decodeContext())).toEqual([
      { ...BTC, side: 'sell', price: 91_010, quantity: 0.06, liquidatedAt: 1_767_225_700_000 },
      { ...BTC, side: 'buy', price: 91_000, quantity: 0.0005, liquidatedAt: 1_767_225_701_000 },
    ]);
  });

  it('are pushed by contract', () => {
    const push = { price: '91010', size: '600', time: 1_767_225_700, time_ms: 1_767_225_700_123, contract: 'BTC_USDT' };
    expect(pushed(funding.streams.liquidations, [push])).toEqual([
      { ...BTC, side: 'sell', price: 91_010, quantity: 0.06, liquidatedAt: 1_767_225_700_123 },
    ]);
    expect(funding.streams.liquidations?.topic(BTC, encodeContext)).toEqual({
      channel: 'futures.public_liquidates',
      key: 'BTC_USDT',
      args: ['BTC_USDT'],
    });
  });

  it.each([
    ['contract', 'ETH_USDT'],
    ['size', 0],
    ['time', undefined],
  ])('with %s %s are refused', (field, value) => {
    const rows = [{ ...row, [field]: value }];
    expect(() => funding.liquidations?.endpoint.decode(rows, params, decodeContext())).toThrow(/liq/);
  });

  it('are asked for an hour at a time', () => {
    expect(funding.liquidations?.rules).toMatchObject({ maxLimit: 100, paging: 'time', maxSpanMs: 3_598_000 });
  });
});
