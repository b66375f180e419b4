import { describe, expect, it } from 'vitest';
import { describeHedges, type HedgeSummary, isGoodHedge } from '../../../src/cli/demo/hedge/hedge-summary.js';
import { reckonHedge } from '../../../src/cli/demo/hedge/reckon-hedge.js';
import { type Decimal, type Fill, type FundingPayment, toDecimal } from '../../../src/index.js';

const decimal = (text: string): Decimal => toDecimal(text);

function fill(side: 'buy' | 'sell', quantity: string, price: string, fee: string, feeAsset: string): Fill {
  const [id, orderId, symbol] = ['1', '2', 'BTC/USDT'] as const;
  return {
    symbol,
    id,
    orderId,
    side,
    price: decimal(price),
    quantity: decimal(quantity),
    fee: decimal(fee),
    feeAsset,
    filledAt: 0,
  };
}

function payment(amount: string): FundingPayment {
  return { symbol: 'BTC/USDT:USDT', amount: decimal(amount), asset: 'USDT', paidAt: 0 };
}

describe('the reckoning of a hedge', () => {
  it('is that of a sheet of paper, with fees in both assets and funding', () => {
    // Bought for 50 and 51, sold for 101.796; sold short at 103, bought back at 102.5.
    expect(
      reckonHedge({
        base: 'BTC',
        spot: [
          fill('buy', '0.5', '100', '0.001', 'BTC'),
          fill('buy', '0.5', '102', '0.001', 'BTC'),
          fill('sell', '0.998', '102', '0.2', 'USDT'),
        ],
        perpetual: [fill('sell', '0.99', '103', '0.05', 'USDT'), fill('buy', '0.99', '102.5', '0.05', 'USDT')],
        payments: [payment('0.02'), payment('-0.005')],
      }),
    ).toEqual({
      spotPnl: '0.998',
      perpetualPnl: '0.495',
      fees: '0.502',
      funding: '0.015',
      realizedPnl: '1.006',
      left: '0',
    });
  });

  it('of nothing is nothing', () => {
    const zero = { spotPnl: '0', perpetualPnl: '0', fees: '0', funding: '0', realizedPnl: '0', left: '0' };
    expect(reckonHedge({ base: 'BTC', spot: [], perpetual: [], payments: [] })).toEqual(zero);
  });

  it('says what was bought and not sold', () => {
    const spot = [fill('buy', '1', '100', '0.001', 'BTC'), fill('sell', '0.9', '100', '0', 'USDT')];
    expect(reckonHedge({ base: 'BTC', spot, perpetual: [], payments: [] })).toMatchObject({
      left: '0.099',
      realizedPnl: '-10',
    });
  });
});

describe('the verdict on a hedge', () => {
  const good: HedgeSummary = {
    spot: 'mexc_spot',
    perpetual: 'mexc_futures',
    quantity: decimal('0.0499'),
    spotPnl: decimal('-0.5'),
    perpetualPnl: decimal('0.25'),
    fees: decimal('1.5'),
    funding: decimal('0.125'),
    realizedPnl: decimal('-1.625'),
    left: decimal('0'),
    ledgerPnl: decimal('-1.6250'),
    ledgerLeft: decimal('0'),
    isFlat: true,
    problems: [],
  };

  it('is good only when it was held, closed and reckoned to the last digit', () => {
    expect(
      [
        good,
        { ...good, ledgerPnl: decimal('-1.62500000001') },
        { ...good, ledgerLeft: decimal('0.00000001') },
        { ...good, quantity: decimal('0') },
        { ...good, isFlat: false },
        { ...good, problems: ['timeout'] },
      ].map(isGoodHedge),
    ).toEqual([true, false, false, false, false, false]);
  });

  it('is told with every amount, and with both sides of a difference', () => {
    expect(describeHedges([good, { ...good, ledgerPnl: decimal('-2'), problems: ['timeout'] }])).toEqual([
      '',
      'Hedged pairs, USDT',
      'long       short            BTC   spot   perp   fees  funding  realised',
      'mexc_spot  mexc_futures  0.0499  -0.50  +0.25  -1.50    +0.13     -1.63',
      'mexc_spot  mexc_futures  0.0499  -0.50  +0.25  -1.50    +0.13     -1.63',
      'mexc_spot + mexc_futures: -1.625 USDT realised, as the ledgers say',
      'mexc_spot + mexc_futures: -1.625 USDT realised, -2 by the ledgers, 0 BTC left; timeout',
    ]);
    expect(describeHedges([])).toEqual([]);
  });
});
