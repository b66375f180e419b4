import { describe, expect, it } from 'vitest';
import type { Fill } from '../../../src/model/fill.js';
import { BAD_NUMBERS, codeThrownBy, createDecodeContext, privateHalf } from '../../support/gateio-contexts.js';

const { orders } = privateHalf();
const symbol = 'BTC/USDT' as const;

const row = (changes: object = {}) => ({
  id: '8812345678',
  create_time: '1767225640',
  create_time_ms: '1767225640213.457800',
  currency_pair: 'BTC_USDT',
  side: 'buy',
  role: 'taker',
  amount: '0.00050',
  price: '91234.50',
  order_id: '882211004455',
  fee: '0.00000050',
  fee_currency: 'BTC',
  point_fee: '0',
  gt_fee: '0',
  amend_text: '-',
  sequence_id: '2390902',
  text: 't-7f3a.1',
  deal: '45.61725',
  ...changes,
});

const FILL = {
  symbol,
  id: '8812345678',
  orderId: '882211004455',
  clientOrderId: 't-7f3a.1',
  side: 'buy',
  price: '91234.50',
  quantity: '0.00050',
  fee: '0.00000050',
  feeAsset: 'BTC',
  liquidity: 'taker',
  filledAt: 1_767_225_640_213,
};

function read(rows: unknown, orderId?: string, context = createDecodeContext()): readonly Fill[] {
  return orders.fills.decode(rows, { symbol, page: 1, limit: 10, ...(orderId && { orderId }) }, context);
}

describe('Executions at Gate.io', () => {
  it('keep every digit, and carry our id and our side', () => {
    expect(read([row()])).toEqual([FILL]);
  });

  it('come out oldest first', () => {
    const rows = [row({ id: '3', create_time_ms: '1767225640300' }), row({ id: '2' }), row({ id: '1' })];
    expect(read(rows).map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  const { fee, feeAsset, ...free } = FILL;

  it.each([
    ['paid in the asset', {}, { fee, feeAsset }],
    ['a rebate', { fee: '-0.002' }, { fee: '-0.002', feeAsset }],
    ['nothing paid', { fee: '0' }, { fee: '0', feeAsset }],
    ['paid in GT', { fee: '0', gt_fee: '0.0123' }, { fee: '0.0123', feeAsset: 'GT' }],
    ['paid in points, which are no asset', { fee: '0', point_fee: '0.5' }, {}],
    ['paid in two kinds', { gt_fee: '0.0123' }, {}],
    ['of an asset that is not told', { fee_currency: '' }, {}],
    ['not told', { fee: undefined, gt_fee: undefined, point_fee: undefined, fee_currency: undefined }, {}],
  ])('a fee %s is told as such or not at all', (_what, changes, expected) => {
    expect(read([row(changes)])).toEqual([{ ...free, ...expected }]);
  });

  it('maker or taker is told, another word reported and left out', () => {
    const context = createDecodeContext();
    const { liquidity, ...rest } = FILL;
    expect(read([row({ role: 'maker' })])).toEqual([{ ...FILL, liquidity: 'maker' }]);
    expect(read([row({ role: 'both' })], undefined, context)).toEqual([rest]);
    expect(context.drifts).toEqual(['fill role']);
  });

  it('have a time by milliseconds or by seconds', () => {
    expect(read([row({ create_time_ms: undefined })])).toEqual([{ ...FILL, filledAt: 1_767_225_640_000 }]);
    expect(codeThrownBy(() => read([row({ create_time_ms: '', create_time: undefined })]))).toBe('malformed_response');
  });

  it.each<readonly [string, unknown]>([
    ['id', ''],
    ['id', {}],
    ['order_id', undefined],
    ['side', 'short'],
    ['side', undefined],
    ['amount', '0'],
    ['currency_pair', 'ETH_USDT'],
    ['create_time_ms', 'x'],
    ['fee', 'x'],
    ...BAD_NUMBERS.flatMap((bad) => [['amount', bad] as const, ['price', bad] as const]),
  ])('%s %j fails the list', (field, value) => {
    expect(codeThrownBy(() => read([row(), row({ [field]: value })]))).toBe('malformed_response');
  });

  it('of one order are of that order only', () => {
    expect(read([row()], '882211004455')).toEqual([FILL]);
    expect(codeThrownBy(() => read([row()], '1'))).toBe('malformed_response');
  });
});
