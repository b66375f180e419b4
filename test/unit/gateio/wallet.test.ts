import { describe, expect, it } from 'vitest';
import { toDecimal } from '../../../src/model/decimal.js';
import { codeThrownBy, createDecodeContext, encodeContext, privateHalf } from '../../support/gateio-contexts.js';

const { wallet } = privateHalf();
if (wallet === undefined) throw new Error('Gate.io spot has no wallet');
const { currencies, currencyNetworks, withdrawalRules, depositAddress, deposits } = wallet;
const { withdraw, withdrawals, cancelWithdrawal, transfer } = wallet;
const USDT = { asset: 'USDT' };
const MALFORMED = 'malformed_response';

const WITHDRAWAL = {
  id: 'w1879219868',
  txid: '',
  withdraw_order_id: 'wd-42',
  timestamp: '1767225607',
  amount: '25.50',
  currency: 'USDT',
  address: 'TXexampleAddr',
  memo: '',
  status: 'REQUEST',
  chain: 'TRX',
};
const WITHDRAWN = {
  id: 'w1879219868',
  clientWithdrawalId: 'wd-42',
  asset: 'USDT',
  network: 'TRX',
  amount: '25.50',
  address: 'TXexampleAddr',
  state: 'pending',
  venueState: 'REQUEST',
  createdAt: 1_767_225_607_000,
};
const DEPOSIT = {
  id: 'd1',
  txid: 'abc',
  timestamp: '1767225607',
  amount: '5.00',
  currency: 'USDT',
  address: 'TXmine',
  memo: 'm',
  status: 'DONE',
  chain: 'TRX',
};

describe('Currencies and networks at Gate.io', () => {
  it('lists every asset with its networks; a row that cannot be read is reported and left out', () => {
    const context = createDecodeContext();
    const body = [
      {
        currency: 'USDT',
        name: 'Tether',
        withdraw_disabled: true,
        chains: [
          { name: 'ETH', addr: '0xdac1', withdraw_disabled: false, deposit_disabled: true },
          { name: 'TRX', addr: '', withdraw_disabled: true, deposit_disabled: false },
          { name: 'NEW' },
        ],
      },
      { currency: 'OLD', chains: null },
      { name: 'nameless' },
      null,
    ];
    expect(currencies.decode(body, undefined, context)).toEqual([
      {
        asset: 'USDT',
        name: 'Tether',
        networks: [
          { network: 'ETH', contractAddress: '0xdac1', depositEnabled: false, withdrawEnabled: true },
          { network: 'TRX', depositEnabled: true, withdrawEnabled: false },
          { network: 'NEW', depositEnabled: false, withdrawEnabled: false },
        ],
      },
      { asset: 'OLD', networks: [] },
    ]);
    expect(context.drifts).toHaveLength(2);
    expect(codeThrownBy(() => currencies.decode({}, undefined, context))).toBe(MALFORMED);
  });

  it('tells of one asset what each network needs and takes', () => {
    expect(currencyNetworks?.encode(USDT, encodeContext)).toEqual({ query: { currency: 'USDT' } });
    const chain = { is_disabled: 0, is_deposit_disabled: 0, is_withdraw_disabled: 0 };
    const body = [
      { ...chain, chain: 'TRX', contract_address: 'TR7N', decimal: '6', is_tag: 0 },
      { ...chain, chain: 'XRP', contract_address: '', decimal: 0, is_tag: 1, is_withdraw_disabled: 1 },
      { ...chain, chain: 'OFF', is_disabled: 1 },
    ];
    expect(currencyNetworks?.decode(body, USDT, createDecodeContext())).toEqual({
      asset: 'USDT',
      networks: [
        {
          network: 'TRX',
          contractAddress: 'TR7N',
          depositEnabled: true,
          withdrawEnabled: true,
          withdrawStep: '0.000001',
          memoRequired: false,
        },
        { network: 'XRP', depositEnabled: true, withdrawEnabled: false, withdrawStep: '1', memoRequired: true },
        { network: 'OFF', depositEnabled: false, withdrawEnabled: false },
      ],
    });
    for (const wrong of [{}, [null], [{ ...chain }], [{ ...chain, chain: 'X', decimal: '6.5' }]])
      expect(codeThrownBy(() => currencyNetworks?.decode(wrong, USDT, createDecodeContext()))).toBe(MALFORMED);
  });

  it('tells fees and limits per network; a fee that is a share of the amount is no fixed fee', () => {
    expect(withdrawalRules?.encode(USDT, encodeContext)).toEqual({ query: { currency: 'USDT' } });
    const row = {
      currency: 'USDT',
      withdraw_amount_mini: '10.0',
      withdraw_eachtime_limit: '20000000',
      withdraw_fix_on_chains: { TRX: '1.50', ETH: '4', BSC: '0' },
      withdraw_percent_on_chains: { TRX: '0%', ETH: '0.1%' },
    };
    const limits = { minWithdrawal: '10.0', maxWithdrawal: '20000000' };
    const decode = (body: unknown) => withdrawalRules?.decode(body, USDT, createDecodeContext());
    expect(decode([{ ...row, currency: 'OTHER' }, row])).toEqual([
      { network: 'TRX', withdrawFee: '1.50', ...limits },
      { network: 'ETH', ...limits },
      { network: 'BSC', withdrawFee: '0', ...limits },
    ]);
    expect(decode([{ ...row, withdraw_eachtime_limit: '0', withdraw_fix_on_chains: { TRX: '1' } }])).toEqual([
      { network: 'TRX', withdrawFee: '1', minWithdrawal: '10.0' },
    ]);
    expect(decode([{ currency: 'USDT' }])).toEqual([]);
    for (const wrong of [{}, [null], [{ ...row, withdraw_amount_mini: -1 }], [{ ...row, withdraw_fix_on_chains: [] }]])
      expect(codeThrownBy(() => decode(wrong))).toBe(MALFORMED);
  });
});

describe('Deposits at Gate.io', () => {
  it('have an address per network with its memo; one that is not there yet is not an address', () => {
    const body = {
      currency: 'USDT',
      address: 'New address is being generated for you, please wait a moment',
      multichain_addresses: [
        { chain: 'TRX', address: 'TAbc', payment_id: '', payment_name: '', obtain_failed: 0 },
        { chain: 'EOS', address: 'gate', payment_id: '0042', payment_name: 'Memo', obtain_failed: 0 },
        { chain: 'BAD', address: 'x', payment_id: '', obtain_failed: 1 },
        { chain: 'NEW', address: 'New address is being generated', payment_id: '', obtain_failed: 0 },
        { chain: 'NIL', address: '', payment_id: '', obtain_failed: 0 },
      ],
    };
    const decode = (value: unknown) => depositAddress.decode(value, USDT, createDecodeContext());
    expect(decode(body)).toEqual([
      { asset: 'USDT', network: 'TRX', address: 'TAbc' },
      { asset: 'USDT', network: 'EOS', address: 'gate', memo: '0042' },
    ]);
    expect(decode({ currency: 'USDT', address: 'New address', multichain_addresses: null })).toEqual([]);
    for (const wrong of [null, [], { multichain_addresses: [null] }, { multichain_addresses: [{ address: 'a' }] }])
      expect(codeThrownBy(() => decode(wrong))).toBe(MALFORMED);
  });

  it('are listed oldest first', () => {
    const params = { asset: 'USDT', from: 1_767_225_600_999, to: 1_767_225_610_001, limit: 500 };
    expect(deposits.encode(params, encodeContext)).toEqual({
      query: { currency: 'USDT', from: 1_767_225_600, to: 1_767_225_611, limit: 500 },
    });
    const late = { ...DEPOSIT, id: 'd2', timestamp: 1_767_225_609, memo: '', txid: '' };
    const row = { asset: 'USDT', network: 'TRX', amount: '5.00', address: 'TXmine', state: 'completed' };
    expect(deposits.decode([late, DEPOSIT], params, createDecodeContext())).toEqual([
      { ...row, id: 'd1', memo: 'm', transactionId: 'abc', venueState: 'DONE', createdAt: 1_767_225_607_000 },
      { ...row, id: 'd2', venueState: 'DONE', createdAt: 1_767_225_609_000 },
    ]);
  });

  it.each([
    ['DONE', 'completed'],
    ['INVALID', 'failed'],
    ['BLOCKED', 'pending'],
    ['DEP_CREDITED', 'pending'],
    ['MANUAL', 'pending'],
    ['PEND', 'pending'],
    ['REVIEW', 'pending'],
    ['TRACK', 'pending'],
  ])('in state %s are %s', (status, state) => {
    const context = createDecodeContext();
    expect(deposits.decode([{ ...DEPOSIT, status }], { limit: 1 }, context)[0]?.state).toBe(state);
    expect(context.drifts).toEqual([]);
  });

  it.each([{ amount: 5 }, { amount: '-5' }, { currency: '' }, { timestamp: 'x' }, { status: '' }])(
    'with %j cannot be read',
    (changes) => {
      const act = () => deposits.decode([{ ...DEPOSIT, ...changes }], { limit: 1 }, createDecodeContext());
      expect(codeThrownBy(act)).toBe(MALFORMED);
    },
  );
});

describe('Withdrawals at Gate.io', () => {
  const request = {
    asset: 'USDT',
    network: 'TRX',
    address: 'TXexampleAddr',
    amount: toDecimal('25.50'),
    clientWithdrawalId: 'wd-42',
  };
  const body = {
    currency: 'USDT',
    amount: '25.50',
    chain: 'TRX',
    address: 'TXexampleAddr',
    withdraw_order_id: 'wd-42',
  };

  it('go out once, with our id and the memo where there is one', () => {
    expect([withdraw.idempotent, withdraw.cost, transfer.idempotent]).toEqual([false, { withdraw: 1 }, false]);
    expect(withdraw.encode(request, encodeContext)).toEqual({ body });
    expect(withdraw.encode({ ...request, memo: '0042' }, encodeContext)).toEqual({ body: { ...body, memo: '0042' } });
    expect(withdraw.decode(WITHDRAWAL, request, createDecodeContext())).toEqual(WITHDRAWN);
  });

  it.each(['', 'x'.repeat(33)])('refuse an id of ours that the venue would not keep: %j', (clientWithdrawalId) => {
    expect(codeThrownBy(() => withdraw.encode({ ...request, clientWithdrawalId }, encodeContext))).toBe('validation');
  });

  it('are listed oldest first, with the fee', () => {
    const params = { limit: 500 };
    expect(withdrawals.encode(params, encodeContext)).toEqual({ query: { currency: undefined, limit: 500 } });
    const late = { ...WITHDRAWAL, id: 'w2', timestamp: '1767225608', fee: '1.50', txid: '0xabc', memo: '7' };
    expect(withdrawals.decode([late, WITHDRAWAL], params, createDecodeContext())).toEqual([
      WITHDRAWN,
      { ...WITHDRAWN, id: 'w2', fee: '1.50', transactionId: '0xabc', memo: '7', createdAt: 1_767_225_608_000 },
    ]);
  });

  it.each<readonly [string, string]>([
    ['DONE', 'completed'],
    ['CANCEL', 'canceled'],
    ['FAIL', 'failed'],
    ['INVALID', 'failed'],
    ['REJECT', 'failed'],
    ...['BCODE', 'CANCELPEND', 'DMOVE', 'EXTPEND', 'FVERIFY', 'LOCKED', 'MANUAL', 'PEND', 'PROCES', 'REQUEST'].map(
      (status) => [status, 'pending'] as const,
    ),
    ['REVIEW', 'pending'],
    ['VERIFY', 'pending'],
  ])('in state %s are %s', (status, state) => {
    const context = createDecodeContext();
    expect(withdraw.decode({ ...WITHDRAWAL, status }, request, context)).toEqual({
      ...WITHDRAWN,
      state,
      venueState: status,
    });
    expect(context.drifts).toEqual([]);
  });

  it('in a state that no document lists are unknown, which is no end', () => {
    const context = createDecodeContext();
    for (const status of ['MOON', 'constructor'])
      expect(withdraw.decode({ ...WITHDRAWAL, status }, request, context).state).toBe('unknown');
    expect(context.drifts).toEqual(['withdrawal status MOON', 'withdrawal status constructor']);
  });

  it.each([{ id: '' }, { currency: undefined }, { amount: 'x' }, { amount: '-1' }, { timestamp: 'x' }])(
    'with %j cannot be read',
    (changes) => {
      const act = () => withdraw.decode({ ...WITHDRAWAL, ...changes }, request, createDecodeContext());
      expect(codeThrownBy(act)).toBe(MALFORMED);
    },
  );

  it('are canceled by their id, which cannot be another path', () => {
    expect(cancelWithdrawal.encode({ id: 'w1879219868' }, encodeContext)).toEqual({ path: '/withdrawals/w1879219868' });
    for (const id of ['', '.', '..', 'w', '1879219868', 'w1/2', 'w1?x', 'w..'])
      expect(codeThrownBy(() => cancelWithdrawal.encode({ id }, encodeContext))).toBe('validation');
    const canceled = cancelWithdrawal.decode({ ...WITHDRAWAL, status: 'CANCEL' }, { id: 'w1' }, createDecodeContext());
    expect(canceled.state).toBe('canceled');
  });
});

describe('Transfers at Gate.io', () => {
  const request = { asset: 'USDT', amount: toDecimal('12.50'), from: 'spot', to: 'futures' } as const;

  it('name the pockets and what the futures settle in, and keep a long id whole', () => {
    expect(transfer.encode(request, encodeContext)).toEqual({
      body: { currency: 'USDT', from: 'spot', to: 'futures', amount: '12.50', settle: 'usdt' },
    });
    expect(transfer.decode({ tx_id: 59_636_381_286 }, request, createDecodeContext())).toEqual({
      id: '59636381286',
      ...request,
    });
    expect(transfer.decode({ tx_id: '9223372036854775807' }, request, createDecodeContext()).id).toBe(
      '9223372036854775807',
    );
    for (const wrong of [null, {}, { tx_id: 1.5 }])
      expect(codeThrownBy(() => transfer.decode(wrong, request, createDecodeContext()))).toBe(MALFORMED);
  });

  it('take up to eight decimals, not counting zeros at the end', () => {
    const encode = (amount: string) => transfer.encode({ ...request, amount: toDecimal(amount) }, encodeContext);
    expect(encode('0.1234567800')).toMatchObject({ body: { amount: '0.1234567800' } });
    expect(codeThrownBy(() => encode('0.123456789'))).toBe('validation');
  });
});
