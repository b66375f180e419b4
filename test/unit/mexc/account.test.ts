import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/adapter/json.js';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { readFixture } from '../../support/mexc-frames.js';
import { account, decodeContext, encodeContext, RECEIVED_AT } from './private-support.js';

const { balances, tradingFees } = account.account;
const answers = readFixture<{ account: object; tradeFee: object }>('private-answers');

describe('the balances', () => {
  it('are told digit for digit', () => {
    expect(balances.decode(answers.account, undefined, decodeContext())).toEqual([
      { asset: 'USDT', free: '95.5978', locked: '4.4022', receivedAt: RECEIVED_AT },
    ]);
    const row = { asset: '龙', free: '0.000000000000000010', locked: '123456789012345678901234567890.5' };
    expect(balances.decode({ balances: [row] }, undefined, decodeContext())).toEqual([
      { ...row, receivedAt: RECEIVED_AT },
    ]);
  });

  it('keep every digit of a number', () => {
    const body = parseJson('{"balances":[{"asset":"A","free":12345678901234567890,"locked":0}]}');
    expect(balances.decode(body, undefined, decodeContext())).toMatchObject([
      { free: '12345678901234567890', locked: '0' },
    ]);
  });

  it('of nothing are none', () => {
    expect(balances.decode({ balances: [] }, undefined, decodeContext())).toEqual([]);
  });

  it.each([
    [null],
    [{}],
    [{ balances: {} }],
    [{ balances: [null] }],
    [{ balances: [{ asset: '', free: '1', locked: '1' }] }],
    [{ balances: [{ asset: 'A', free: '1' }] }],
    [{ balances: [{ asset: 'A', free: '1e3', locked: '0' }] }],
    [{ balances: [{ asset: 'A', free: 0.1 + 0.2, locked: '0' }] }],
  ])('that cannot be read for certain are refused: %j', (body) => {
    expect(() => balances.decode(body, undefined, decodeContext())).toThrow(MalformedResponseError);
  });
});

describe('the trading fees', () => {
  const symbol = 'BTC/USDT' as const;
  const read = (data: unknown) => tradingFees.decode({ data, code: 0 }, { symbol }, decodeContext());

  it('are fractions', () => {
    expect(tradingFees.encode({ symbol }, encodeContext)).toEqual({ query: { symbol: 'BTCUSDT' } });
    expect(tradingFees.decode(answers.tradeFee, { symbol }, decodeContext())).toEqual({
      symbol,
      maker: '0',
      taker: '0.0005',
    });
  });

  it('may be tiny, negative, long or text', () => {
    expect(read({ makerCommission: -1e-7, takerCommission: JSON.parse('0.003000000000000000') })).toEqual({
      symbol,
      maker: '-0.0000001',
      taker: '0.003',
    });
    expect(read({ makerCommission: '0.0010', takerCommission: 0.1 + 0.2 })).toEqual({
      symbol,
      maker: '0.0010',
      taker: '0.30000000000000004',
    });
  });

  it.each([[undefined], [null], [{}], [{ makerCommission: 0 }], [{ makerCommission: 5, takerCommission: 0 }]])(
    'that are none are refused: %j',
    (data) => {
      expect(() => read(data)).toThrow(MalformedResponseError);
    },
  );
});
