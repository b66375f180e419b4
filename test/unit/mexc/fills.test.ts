import { describe, expect, it } from 'vitest';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { account, decodeContext, encodeContext } from './private-support.js';

const { fills, fillsRules } = account.orders;
const symbol = 'BTC/USDT' as const;

describe('fills', () => {
  const fill = {
    symbol: 'BTCUSDT',
    id: '505979017439002624X1',
    orderId: 'C02__740112233445566778',
    orderListId: -1,
    price: '64000.10',
    qty: '0.00040',
    quoteQty: '25.60004',
    commission: '0.00000012800020',
    commissionAsset: 'MX',
    time: 1_782_900_001_000,
    isBuyer: true,
    isMaker: false,
    isBestMatch: true,
    isSelfTrade: false,
    clientOrderId: 'my-order-1',
  };
  const told = {
    symbol: 'BTC/USDT',
    id: '505979017439002624X1',
    orderId: 'C02__740112233445566778',
    clientOrderId: 'my-order-1',
    side: 'buy',
    price: '64000.10',
    quantity: '0.00040',
    fee: '0.00000012800020',
    feeAsset: 'MX',
    liquidity: 'taker',
    filledAt: 1_782_900_001_000,
  };
  const params = { symbol, page: 1, limit: 100 };
  const read = (changes: object) => fills.decode([{ ...fill, ...changes }], params, decodeContext());

  it('are told digit for digit, oldest first', () => {
    const older = { ...fill, id: '1', time: 1, isBuyer: false, isMaker: true, commission: '-0.1', clientOrderId: null };
    const { clientOrderId, ...rest } = told;
    expect(fills.decode([fill, older], params, decodeContext())).toEqual([
      { ...rest, id: '1', side: 'sell', fee: '-0.1', liquidity: 'maker', filledAt: 1 },
      told,
    ]);
  });

  it('are asked for by order and window', () => {
    expect(fills.encode({ ...params, orderId: 'C02__1', from: 1, to: 2 }, encodeContext)).toEqual({
      query: { symbol: 'BTCUSDT', orderId: 'C02__1', startTime: 1, endTime: 2, limit: 100 },
    });
    expect(fillsRules).toEqual({ maxLimit: 100, paging: 'time', maxSpanMs: 604_800_000, reachMs: 2_592_000_000 });
  });

  it('may lack fee and role', () => {
    const { fee, feeAsset, liquidity, ...rest } = told;
    expect(read({ commission: null, commissionAsset: '', isMaker: undefined })).toEqual([rest]);
  });

  it.each([
    ['no id', { id: null }],
    ['no order', { orderId: undefined }],
    ['no side', { isBuyer: 'true' }],
    ['a role that is none', { isMaker: 1 }],
    ['no price', { price: '0' }],
    ['no quantity', { qty: '0.000' }],
    ['a fee that is no decimal', { commission: 'free' }],
    ['no time', { time: undefined }],
    ['another market', { symbol: 'MXUSDT' }],
  ])('with %s are refused', (_what, changes) => {
    expect(() => read(changes)).toThrow(MalformedResponseError);
  });

  it('of another order than the one asked for are refused', () => {
    expect(() => fills.decode([fill], { ...params, orderId: 'C02__1' }, decodeContext())).toThrow(
      MalformedResponseError,
    );
  });
});
