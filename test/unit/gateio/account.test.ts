import { describe, expect, it } from 'vitest';
import { codeThrownBy, createDecodeContext, encodeContext, NOW, privateHalf } from '../../support/gateio-contexts.js';

const { account, deadMan } = privateHalf();
const symbol = 'BTC/USDT' as const;

describe('The Gate.io spot account', () => {
  const balances = (body: unknown) => account.balances.decode(body, undefined, createDecodeContext());

  it('tells balances digit for digit', () => {
    expect(account.balances.encode(undefined, encodeContext)).toEqual({});
    expect(
      balances([
        { currency: 'USDT', available: '968.80', locked: '31.2', update_id: 98 },
        { currency: 'DEBT', available: '-0.50', locked: '0' },
      ]),
    ).toEqual([
      { asset: 'USDT', free: '968.80', locked: '31.2', receivedAt: NOW },
      { asset: 'DEBT', free: '-0.50', locked: '0', receivedAt: NOW },
    ]);
  });

  it.each([
    [{}],
    [null],
    [[null]],
    [[{ currency: '', available: '1', locked: '0' }]],
    [[{ currency: 'USDT', available: 1, locked: '0' }]],
    [[{ currency: 'USDT', available: '1' }]],
    [[{ currency: 'USDT', available: '1e3', locked: '0' }]],
  ])('refuses balances that it cannot read: %j', (body) => {
    expect(codeThrownBy(() => balances(body))).toBe('malformed_response');
  });

  it('tells the rates of a market without discounts, rebates included', () => {
    const params = { symbol };
    expect(account.tradingFees.encode(params, encodeContext)).toEqual({ query: { currency_pair: 'BTC_USDT' } });
    const body = { user_id: 1, taker_fee: '0.0020', maker_fee: '-0.00015', gt_discount: true, gt_taker_fee: '0.0015' };
    expect(account.tradingFees.decode(body, params, createDecodeContext())).toEqual({
      symbol,
      maker: '-0.00015',
      taker: '0.0020',
    });
    for (const wrong of [{}, null, [], { taker_fee: '0.002' }, { taker_fee: 0.002, maker_fee: '0' }])
      expect(codeThrownBy(() => account.tradingFees.decode(wrong, params, createDecodeContext()))).toBe(
        'malformed_response',
      );
  });
});

describe('The countdown at Gate.io', () => {
  const arm = deadMan?.arm;

  it('counts in seconds, of all markets or of one, and zero switches off', () => {
    expect([deadMan?.minTimeoutMs, deadMan?.stepMs, arm?.idempotent, arm?.lane]).toEqual([
      5_000,
      1_000,
      true,
      'cancel',
    ]);
    expect(arm?.encode({ timeoutMs: 30_000 }, encodeContext)).toEqual({ body: { timeout: 30 } });
    expect(arm?.encode({ timeoutMs: 5_000, symbol }, encodeContext)).toEqual({
      body: { timeout: 5, currency_pair: 'BTC_USDT' },
    });
    expect(arm?.encode({ timeoutMs: 0 }, encodeContext)).toEqual({ body: { timeout: 0 } });
  });

  it.each([4_000, 4_999, 5_500, -5_000, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s ms, which the venue cannot count',
    (timeoutMs) => {
      expect(codeThrownBy(() => arm?.encode({ timeoutMs }, encodeContext))).toBe('validation');
    },
  );

  it('tells when it fires, whether the venue prints a number or a text', () => {
    const decode = (body: unknown, timeoutMs = 30_000) => arm?.decode(body, { timeoutMs }, createDecodeContext());
    expect(decode({ triggerTime: 1_767_225_690_000 })).toBe(1_767_225_690_000);
    expect(decode({ triggerTime: '1767225690000' })).toBe(1_767_225_690_000);
    expect(decode({ triggerTime: 0 }, 0)).toBeUndefined();
    expect(decode({})).toBeUndefined();
    for (const wrong of [null, [], { triggerTime: 'soon' }, { triggerTime: -1 }])
      expect(codeThrownBy(() => decode(wrong))).toBe('malformed_response');
  });
});
