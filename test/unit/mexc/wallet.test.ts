import { describe, expect, it } from 'vitest';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { readFixture } from '../../support/mexc-frames.js';
import { account, decimal, decodeContext, encodeContext } from './private-support.js';

const wallet = account.wallet ?? expect.unreachable('there is a wallet');
const answers = readFixture<{ currencies: [{ networkList: [object] }] }>('private-answers');
const page = { limit: 1_000 };

describe('the currencies', () => {
  const [usdt] = answers.currencies;
  const tron = usdt.networkList[0];
  const told = {
    network: 'TRX',
    label: 'Tron(TRC20)',
    contractAddress: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    depositEnabled: true,
    withdrawEnabled: true,
    withdrawFee: '1',
    minWithdrawal: '2.000000000000000000',
    maxWithdrawal: '10000000.000000000000000000',
    confirmations: 20,
    memoRequired: false,
  };
  const read = (network: object, drifts?: string[]) =>
    wallet.currencies.decode([{ ...usdt, networkList: [{ ...tron, ...network }] }], undefined, decodeContext(drifts))[0]
      ?.networks[0];

  it('list the networks by the id that withdrawals want', () => {
    expect(wallet.currencies.decode(answers.currencies, undefined, decodeContext())).toEqual([
      { asset: 'USDT', name: 'Tether', networks: [told] },
    ]);
  });

  it('may spell the name in capitals, and have steps', () => {
    const { name, ...nameless } = usdt as { name?: string };
    expect(wallet.currencies.decode([{ ...nameless, Name: 'Tether' }], undefined, decodeContext())).toMatchObject([
      { name: 'Tether' },
    ]);
    expect(read({ withdrawIntegerMultiple: 10 })).toEqual({ ...told, withdrawStep: '10' });
    expect(read({ withdrawIntegerMultiple: '0.01' })).toEqual({ ...told, withdrawStep: '0.01' });
    expect(read({ withdrawIntegerMultiple: '0' })).toEqual(told);
  });

  it('of which one row cannot be read go without it, and that is reported', () => {
    const drifts: string[] = [];
    expect(read({ depositEnable: 1 }, drifts)).toBeUndefined();
    expect(wallet.currencies.decode([{ coin: '' }, usdt], undefined, decodeContext(drifts))).toHaveLength(1);
    expect(drifts).toEqual([
      'left out: USDT network depositEnable: expected true or false, received number',
      'left out: currency coin: expected a text, received string',
    ]);
  });

  it('that are no list are refused', () => {
    expect(() => wallet.currencies.decode({}, undefined, decodeContext())).toThrow(MalformedResponseError);
  });
});

describe('a withdrawal', () => {
  const request = {
    asset: 'USDT',
    network: 'TRX',
    address: 'TXYZ',
    amount: decimal('12.50'),
    clientWithdrawalId: 'w-1',
  };
  const row = {
    id: '7213fea8e94b4a5593d507237e5a555b',
    withdrawOrderId: 'w-1',
    coin: 'USDT',
    network: 'Tron(TRC20)',
    netWork: 'TRX',
    address: 'TXYZ',
    memo: '',
    amount: '12.50',
    transactionFee: '1',
    transferType: 0,
    status: 7,
    confirmNo: null,
    applyTime: 1_782_900_000_000,
    updateTime: 1_782_900_060_000,
    txId: 'abcd:12',
    transHash: 'abcd',
  };
  const told = {
    id: '7213fea8e94b4a5593d507237e5a555b',
    clientWithdrawalId: 'w-1',
    asset: 'USDT',
    network: 'TRX',
    amount: '12.50',
    fee: '1',
    address: 'TXYZ',
    transactionId: 'abcd',
    state: 'completed',
    venueState: 'SUCCESS',
    createdAt: 1_782_900_000_000,
  };
  const read = (changes: object, drifts?: string[]) =>
    wallet.withdrawals.decode([{ ...row, ...changes }], page, decodeContext(drifts));

  it('goes out with the id of its network and our own id', () => {
    const query = { coin: 'USDT', netWork: 'TRX', address: 'TXYZ', amount: '12.50', withdrawOrderId: 'w-1' };
    expect(wallet.withdraw.encode(request, encodeContext)).toEqual({ query: { ...query, memo: undefined } });
    expect(wallet.withdraw.encode({ ...request, memo: '7' }, encodeContext)).toEqual({
      query: { ...query, memo: '7' },
    });
  });

  it('is answered with its id and has not ended', () => {
    expect(wallet.withdraw.decode({ id: 'ab' }, { ...request, memo: '7' }, decodeContext())).toEqual({
      ...request,
      memo: '7',
      id: 'ab',
      state: 'pending',
    });
    for (const body of [{}, [], null, { id: '' }, [{ id: 'ab' }]]) {
      expect(() => wallet.withdraw.decode(body, request, decodeContext())).toThrow(
        expect.objectContaining({ code: 'malformed_response', outcome: 'unknown' }) as Error,
      );
    }
  });

  it('is canceled by its id, and the answer does not say how it ended', () => {
    expect(wallet.cancelWithdrawal.encode({ id: 'ab' }, encodeContext)).toEqual({ query: { id: 'ab' } });
    expect(wallet.cancelWithdrawal.decode({ id: 'ab' }, { id: 'ab' }, decodeContext())).toEqual({
      id: 'ab',
      state: 'pending',
    });
    expect(() => wallet.cancelWithdrawal.decode({ id: 'cd' }, { id: 'ab' }, decodeContext())).toThrow(
      MalformedResponseError,
    );
  });

  it.each([
    [1, 'APPLY', 'pending'],
    [2, 'AUDITING', 'pending'],
    [3, 'WAIT', 'pending'],
    [4, 'PROCESSING', 'pending'],
    [5, 'WAIT_PACKAGING', 'pending'],
    [6, 'WAIT_CONFIRM', 'pending'],
    ['7', 'SUCCESS', 'completed'],
    [8, 'FAILED', 'failed'],
    [9, 'CANCEL', 'canceled'],
    [10, 'MANUAL', 'pending'],
  ])('with the status %j is %s: %s', (status, venueState, state) => {
    expect(read({ status })).toEqual([{ ...told, venueState, state }]);
  });

  it('in an unknown state has not ended, and that is reported', () => {
    const drifts: string[] = [];
    expect(read({ status: 11 }, drifts)).toEqual([{ ...told, venueState: '11', state: 'unknown' }]);
    expect(drifts).toEqual(['withdrawal status: 11']);
  });

  it('is listed with what is known of it, oldest first', () => {
    const bare = { id: 7, coin: 'USDT', status: 1, applyTime: 1, withdrawOrderId: null, txId: null };
    expect(wallet.withdrawals.decode([row, bare], page, decodeContext())).toEqual([
      { id: '7', asset: 'USDT', state: 'pending', venueState: 'APPLY', createdAt: 1 },
      told,
    ]);
    for (const body of [{}, [{ ...row, id: null }], [{ ...row, coin: '' }]]) {
      expect(() => wallet.withdrawals.decode(body, page, decodeContext())).toThrow(MalformedResponseError);
    }
  });
});

describe('a transfer', () => {
  const request = { asset: 'USDT', amount: decimal('5.0'), from: 'spot', to: 'futures' } as const;

  it('moves between the pockets', () => {
    expect(wallet.transfer.encode(request, encodeContext)).toEqual({
      query: { fromAccountType: 'SPOT', toAccountType: 'FUTURES', asset: 'USDT', amount: '5.0' },
    });
    expect(wallet.transfer.encode({ ...request, from: 'futures', to: 'spot' }, encodeContext)).toEqual({
      query: { fromAccountType: 'FUTURES', toAccountType: 'SPOT', asset: 'USDT', amount: '5.0' },
    });
  });

  it('is answered with an object or a list of one', () => {
    for (const body of [{ tranId: '11945860693' }, [{ tranId: 11_945_860_693 }]]) {
      expect(wallet.transfer.decode(body, request, decodeContext())).toEqual({ id: '11945860693', ...request });
    }
    for (const body of [{}, [], [{ tranId: '1' }, { tranId: '2' }], null, { tranId: null }]) {
      expect(() => wallet.transfer.decode(body, request, decodeContext())).toThrow(MalformedResponseError);
    }
  });
});
