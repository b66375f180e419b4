import { describe, expect, it } from 'vitest';
import { type PrivateExchange, supportsWallet } from '../../../src/index.js';
import { SPOT_ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld, words } from '../../support/private-world.js';

const OUT = { asset: 'USDT', network: 'TRX', address: 'Tmine' } as const;
const ALLOWED = { exchange: { allowWithdrawals: [{ address: 'Tmine' }] } };

function walletOf(exchange: PrivateExchange) {
  if (!supportsWallet(exchange)) throw new Error('no wallet');
  return exchange.wallet;
}

describe.each(SPOT_ACCOUNTS)('the wallet on $name', (user) => {
  const { id: venue } = user;
  it('knows currencies, networks and addresses', async () => {
    await using world = await privateWorld(user);
    const wallet = walletOf(world.exchange);
    const usdt = (await world.outcome(wallet.getCurrencies())).get('USDT');
    expect(usdt?.networks.map(({ network }) => network).sort()).toEqual(['ETH', 'TRX']);
    const address = await world.outcome(wallet.getDepositAddress('USDT', 'TRX'));
    expect(address).toMatchObject({ asset: 'USDT', network: 'TRX', address: expect.stringMatching(/\S/) });
    expect(words(await world.failure(wallet.getDepositAddress('USDT', 'NOSUCH')))).toMatch(/rejected$/);
  });

  it('lists a deposit', async () => {
    await using world = await privateWorld(user);
    const { truth, clock, outcome } = world;
    truth.deposit('USDT', '12.5');
    await clock.advance(2_000);
    const [deposit] = await outcome(walletOf(world.exchange).getDeposits());
    expect(deposit).toMatchObject({ asset: 'USDT', state: 'completed' });
    expect(Number(deposit?.amount)).toBe(12.5);
  });

  it('sends nothing away unless the address is allowed', async () => {
    await using world = await privateWorld(user);
    const refused = await world.failure(walletOf(world.exchange).withdraw({ ...OUT, amount: '20' }));
    expect(words(refused)).toBe('permission_denied not_sent');
    expect(world.tap.requests).toEqual([]);
  });

  it('is the only way out: a raw call of the same endpoint is refused', async () => {
    await using world = await privateWorld(user, ALLOWED);
    const path = venue === 'mexc_spot' ? '/api/v3/capital/withdraw' : '/withdrawals';
    for (const way of [path, `${path}/`]) {
      const refused = await world.failure(world.exchange.request({ method: 'POST', path: way, body: {} }));
      expect(words(refused)).toBe('permission_denied not_sent');
    }
    expect(world.tap.requests).toEqual([]);
  });

  it('takes no id of ours that the venue would not take', async () => {
    await using world = await privateWorld(user, ALLOWED);
    for (const clientWithdrawalId of ['', 'x'.repeat(33), 'a b', 7 as never]) {
      const request = { ...OUT, amount: '20', clientWithdrawalId };
      expect(await world.failure(walletOf(world.exchange).withdraw(request))).toMatchObject({
        field: 'clientWithdrawalId',
      });
    }
    expect(world.tap.calls('withdrawals')).toEqual([]);
  });

  it('withdraws to an allowed address, within the limits, and shows it', async () => {
    await using world = await privateWorld(user, ALLOWED);
    const { outcome, failure, truth, clock } = world;
    const wallet = walletOf(world.exchange);
    expect(await failure(wallet.withdraw({ ...OUT, amount: '0.5' }))).toMatchObject({ field: 'amount' });
    expect(await failure(wallet.withdraw({ ...OUT, network: 'BSC', amount: '20' }))).toMatchObject({
      field: 'network',
    });
    const { id } = await outcome(wallet.withdraw({ ...OUT, amount: '20', clientWithdrawalId: 'w1' }));
    expect(await outcome(wallet.getWithdrawal(id))).toMatchObject({ id, asset: 'USDT', address: 'Tmine' });
    await clock.advance(70_000);
    expect(await outcome(wallet.getWithdrawal(id))).toMatchObject({ state: 'completed' });
    expect(await outcome(wallet.getWithdrawals())).toMatchObject([{ id }]);
    expect(truth.balances()['USDT']).toEqual({ free: '99980', locked: '0' });
  });

  it('takes a withdrawal back in time', async () => {
    await using world = await privateWorld(user, ALLOWED);
    const { outcome, truth } = world;
    const wallet = walletOf(world.exchange);
    const { id } = await outcome(wallet.withdraw({ ...OUT, amount: '20' }));
    await outcome(wallet.cancelWithdrawal(id));
    expect(await outcome(wallet.getWithdrawal(id))).toMatchObject({ state: 'canceled' });
    expect(truth.balances()['USDT']).toEqual({ free: '100000', locked: '0' });
  });

  it('moves money between the pockets', async () => {
    await using world = await privateWorld(user);
    const request = { asset: 'USDT', amount: '40', from: 'spot', to: 'futures' } as const;
    expect(await world.outcome(walletOf(world.exchange).transfer(request))).toMatchObject(request);
    expect(world.truth.balances()['USDT']?.free).toBe('99960');
  });
});
