import { describe, expect, it } from 'vitest';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { account, decodeContext, encodeContext } from './private-support.js';

const wallet = account.wallet ?? expect.unreachable('there is a wallet');
const page = { limit: 1_000 };

describe('deposit addresses', () => {
  const read = (row: object) =>
    wallet.depositAddress.decode([row], { asset: 'USDT', network: 'TRX' }, decodeContext())[0];
  const row = { coin: 'USDT', network: 'Tron(TRC20)', address: 'TXYZ', memo: null };

  it('are asked for by asset, whatever the network: which name of it is wanted is not documented', () => {
    expect(wallet.depositAddress.encode({ asset: 'USDT' }, encodeContext)).toEqual({
      query: { coin: 'USDT' },
    });
    expect(wallet.depositAddress.encode({ asset: 'USDT', network: 'TRX' }, encodeContext)).toEqual({
      query: { coin: 'USDT' },
    });
  });

  it.each([
    ['Tron(TRC20)', 'TRX'],
    ['Ethereum(ERC20)', 'ETH'],
    ['BNB Smart Chain(BEP20)', 'BSC'],
    ['ARB', 'ARB'],
    ['Arbitrum One(ARB)', 'Arbitrum One(ARB)'],
    ['(TRC20) and more', '(TRC20) and more'],
  ])('labelled %s are of %s: what is not known is not guessed', (network, id) => {
    expect(read({ ...row, network })).toEqual({ asset: 'USDT', network: id, address: 'TXYZ' });
  });

  it('have a memo under either name', () => {
    expect(read({ ...row, memo: '7' })).toMatchObject({ memo: '7' });
    expect(read({ ...row, memo: '', tag: '8' })).toMatchObject({ memo: '8' });
  });

  it.each([
    ['another asset', { coin: 'USDC' }],
    ['no address', { address: '' }],
    ['no network', { network: null }],
  ])('of %s are refused', (_what, changes) => {
    expect(() => read({ ...row, ...changes })).toThrow(MalformedResponseError);
  });
});

describe('deposits', () => {
  const row = {
    amount: '10.50',
    coin: 'USDC-TRX',
    network: 'Tron(TRC20)',
    netWork: 'TRX',
    status: 5,
    address: 'TXYZ',
    addressTag: null,
    txId: 'abcd:0',
    transHash: null,
    insertTime: 1_782_900_000_000,
    confirmTimes: '20',
    memo: null,
  };
  const told = {
    asset: 'USDC',
    network: 'TRX',
    amount: '10.50',
    address: 'TXYZ',
    transactionId: 'abcd',
    state: 'completed',
    venueState: 'SUCCESS',
    createdAt: 1_782_900_000_000,
  };
  const read = (changes: object, drifts?: string[]) =>
    wallet.deposits.decode([{ ...row, ...changes }], page, decodeContext(drifts));

  it('are asked for by whole milliseconds within the window', () => {
    expect(wallet.deposits.encode({ asset: 'USDC', from: 0.5, to: 10.5, limit: 9 }, encodeContext)).toEqual({
      query: { coin: 'USDC', startTime: 1, endTime: 10, limit: 9 },
    });
    expect({ span: wallet.maxSpanMs, limit: wallet.maxLimit }).toEqual({ span: 604_800_000, limit: 1_000 });
  });

  it('are told oldest first', () => {
    const older = { ...row, coin: 'USDT', insertTime: 1, memo: 'm', txId: null };
    const { transactionId, ...rest } = told;
    expect(wallet.deposits.decode([row, older], page, decodeContext())).toEqual([
      { ...rest, asset: 'USDT', memo: 'm', createdAt: 1 },
      told,
    ]);
  });

  it.each([
    [1, 'SMALL', 'pending'],
    [2, 'TIME_DELAY', 'pending'],
    [3, 'LARGE_DELAY', 'pending'],
    [4, 'PENDING', 'pending'],
    ['5', 'SUCCESS', 'completed'],
    [6, 'AUDITING', 'pending'],
    [7, 'REJECTED', 'failed'],
    [8, 'REFUND', 'failed'],
    [9, 'PRE_SUCCESS', 'pending'],
    [10, 'INVALID', 'failed'],
    [11, 'RESTRICTED', 'pending'],
    [12, 'COMPLETED', 'completed'],
  ])('with the status %j are %s: %s', (status, venueState, state) => {
    expect(read({ status })).toEqual([{ ...told, venueState, state }]);
  });

  it('in an unknown state have not ended, and that is reported', () => {
    const drifts: string[] = [];
    expect(read({ status: 13 }, drifts)).toEqual([{ ...told, venueState: '13', state: 'unknown' }]);
    expect(read({ status: null }, drifts)).toEqual([{ ...told, venueState: 'object', state: 'unknown' }]);
    expect(drifts).toEqual(['deposit status: 13', 'deposit status: object']);
  });

  it.each([
    ['no asset', { coin: null }],
    ['no amount', { amount: '0' }],
    ['no time', { insertTime: null }],
  ])('with %s are refused', (_what, changes) => {
    expect(() => read(changes)).toThrow(MalformedResponseError);
  });
});
