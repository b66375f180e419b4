import { describe, expect, it } from 'vitest';
import { supportsAmend, supportsWallet } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld, words } from '../../support/private-world.js';

describe.each(ACCOUNTS)('an object that its owner changes after the call, on $name', (user) => {
  const { BTC, ETH } = user;
  it('is placed, canceled and read as it was handed over', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth } = world;
    const order = {
      symbol: BTC as typeof BTC | typeof ETH,
      side: 'buy',
      type: 'limit',
      quantity: '1',
      price: '99',
    } as const;
    const one = { ...order };
    const many = [{ ...order, price: '98' }];
    const placing = [exchange.placeOrder(one), exchange.placeOrders(many), exchange.testOrder(one)];
    Object.assign(one, { price: '1', quantity: '7', symbol: ETH, side: 'sell' });
    Object.assign(many[0] ?? {}, { price: '2', quantity: '7', symbol: ETH });
    many.length = 0;
    await outcome(Promise.all(placing));
    const placed = truth.orders();
    expect(placed.map(({ symbol, side, price, quantity }) => [symbol, side, price, quantity]).sort()).toEqual([
      [BTC, 'buy', '98', '1'],
      [BTC, 'buy', '99', '1'],
    ]);
    const [first = '', second = ''] = placed.map(({ id }) => id);
    const ref = { symbol: BTC, orderId: first } as const;
    const canceling = exchange.cancelOrder(ref);
    Object.assign(ref, { orderId: second });
    expect(await outcome(canceling)).toMatchObject({ orderId: first, state: 'canceled' });
    expect(
      truth
        .orders()
        .filter(({ status }) => status === 'open')
        .map(({ id }) => id),
    ).toEqual([second]);
  });

  it('is amended as it was handed over', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth } = world;
    if (!supportsAmend(exchange)) return;
    const { orderId = '' } = await outcome(
      exchange.placeLimitOrder({ symbol: BTC, side: 'buy', quantity: '1', price: '90' }),
    );
    const change = { symbol: BTC, orderId, price: '91' } as const;
    const amending = exchange.amend.amendOrder(change);
    Object.assign(change, { price: '50', quantity: '3' });
    await outcome(amending);
    expect(truth.orders()).toMatchObject([{ price: '91', quantity: '1' }]);
  });

  it('is withdrawn as it was handed over: the address that was checked is the one that gets the money', async () => {
    const allowWithdrawals = [{ address: 'Tmine' }];
    await using world = await privateWorld(user, { exchange: { allowWithdrawals } });
    const { exchange, outcome, failure, tap } = world;
    if (!supportsWallet(exchange)) return expect(user.isPerpetual).toBe(true);
    const request = { asset: 'USDT', network: 'TRX', address: 'Tmine', amount: '20' };
    const withdrawing = exchange.wallet.withdraw(request);
    Object.assign(request, { address: 'Ttheirs', amount: '90' });
    expect(await outcome(withdrawing)).toMatchObject({ address: 'Tmine', amount: '20' });
    allowWithdrawals[0] = { address: 'Ttheirs' };
    expect(words(await failure(exchange.wallet.withdraw(request)))).toBe('permission_denied not_sent');
    expect(tap.calls('withdraw').filter((call) => call.startsWith('POST')).length).toBe(1);
  });
});
