import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, createMexcPrivateWorld, START_AT } from '../../support/mexc-private-wire-world.js';

let world: ReturnType<typeof createMexcPrivateWorld>;
beforeEach(() => {
  world = createMexcPrivateWorld();
});

const HOUR = 3_600_000;

describe('listen keys', () => {
  const create = () => (world.call('POST', '/userDataStream').body as { listenKey: string }).listenKey;
  const keys = () => (world.call('GET', '/userDataStream').body as { listenKey: string[] }).listenKey;

  it('live for an hour from their making or their last renewal', async () => {
    const [first, second] = [create(), create()];
    expect(keys()).toEqual([first, second]);
    await world.clock.advance(HOUR - 1);
    expect(world.call('PUT', '/userDataStream', { listenKey: first }).body).toEqual({ listenKey: first });
    await world.clock.advance(1);
    expect(keys()).toEqual([first]);
    expect(world.refusal('PUT', '/userDataStream', { listenKey: second })).toEqual([400, 33333]);
    expect(world.call('DELETE', '/userDataStream', { listenKey: first }).body).toEqual({ listenKey: first });
    expect(world.refusal('DELETE', '/userDataStream', { listenKey: first })).toEqual([400, 33333]);
    expect(world.refusal('PUT', '/userDataStream')).toEqual([400, 44444]);
    expect(keys()).toEqual([]);
  });

  it('are sixty at most, belong to their owner, and end all at once when the venue wants it', () => {
    const bob = { ...ALICE, apiKey: 'mx0bob' };
    world = createMexcPrivateWorld([ALICE, bob]);
    const made = Array.from({ length: 60 }, create);
    expect(new Set(made).size).toBe(60);
    expect(world.refusal('POST', '/userDataStream')).toEqual([400, 33333]);
    expect(world.refusal('PUT', '/userDataStream', { listenKey: made[0]! }, { as: bob })).toEqual([400, 33333]);
    world.faults.expireListenKeys('mexc_spot');
    expect(keys()).toEqual([]);
  });
});

describe('capital', () => {
  const USDT = { coin: 'USDT', address: 'T1', amount: '25.5', netWork: 'TRX' };

  it('describes every coin with its networks', () => {
    const coins = world.call('GET', '/capital/config/getall').body as { coin: string; networkList: object[] }[];
    expect(coins.map(({ coin, networkList }) => [coin, networkList.length])).toEqual([
      ['BTC', 1],
      ['USDT', 2],
      ['ETH', 1],
    ]);
    expect(coins[1]!.networkList[1]).toMatchObject({ netWork: 'TRX', network: 'Tron(TRC20)', withdrawFee: '1' });
  });

  it('withdraws an amount that includes the fee, and takes it back while it can', async () => {
    const { id } = world.call('POST', '/capital/withdraw', { ...USDT, withdrawOrderId: 'w-1' }).body as { id: string };
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(world.account('mx0alice').balances()['USDT']).toEqual({ free: '974.5', locked: '25.5' });
    expect(world.audit()).toEqual([]);
    expect(world.call('DELETE', '/capital/withdraw', { id }).body).toEqual({ id });
    expect(world.refusal('DELETE', '/capital/withdraw', { id })).toEqual([400, 22222]);
    world.call('POST', '/capital/withdraw', USDT);
    await world.clock.advance(60_000);
    expect(world.call('GET', '/capital/withdraw/history', { coin: 'USDT' }).body).toMatchObject([
      { status: 7, amount: '25.5', transactionFee: '1', netWork: 'TRX', applyTime: START_AT, transferType: 0 },
      { status: 9, withdrawOrderId: 'w-1', txId: null },
    ]);
    expect(world.call('GET', '/capital/withdraw/history', { status: '7' }).body).toHaveLength(1);
    expect(world.account('mx0alice').balances()['USDT']).toEqual({ free: '974.5', locked: '0' });
    expect(world.audit()).toEqual([]);
  });

  it('refuses what cannot be withdrawn', () => {
    world = createMexcPrivateWorld([{ ...ALICE, withdrawalAddresses: ['T1'] }]);
    const refusal = (params: object) => world.refusal('POST', '/capital/withdraw', { ...USDT, ...params });
    expect(refusal({ address: 'T2' })).toEqual([400, 10212]);
    expect(refusal({ amount: '1.9' })).toEqual([400, 10097]);
    expect(refusal({ amount: '0' })).toEqual([400, 10102]);
    expect(refusal({ amount: '1001' })).toEqual([400, 10101]);
    expect(refusal({ coin: 'XYZ' })).toEqual([400, 10232]);
    expect(refusal({ netWork: 'XRP' })).toEqual([400, 33333]);
    const week = 7 * 86_400_000;
    const history = (params: object) => world.refusal('GET', '/capital/withdraw/history', { ...params });
    expect(history({ startTime: String(START_AT - week - 1) })).toEqual([400, 33333]);
    const old = START_AT - 91 * 86_400_000;
    expect(history({ startTime: String(old), endTime: String(old + 1) })).toEqual([400, 400]);
  });

  it('moves money to futures, answering in either shape, and shows what arrived', () => {
    const move = { fromAccountType: 'SPOT', toAccountType: 'FUTURES', asset: 'USDT', amount: '100' };
    expect(world.call('POST', '/capital/transfer', move).body).toEqual({ tranId: '11945860001' });
    expect(world.call('POST', '/capital/transfer', move).body).toEqual([{ tranId: '11945860002' }]);
    expect(world.refusal('POST', '/capital/transfer', { ...move, amount: '800.1' })).toEqual([400, 10101]);
    expect(world.refusal('POST', '/capital/transfer', { ...move, toAccountType: 'OPTIONS' })).toEqual([400, 10103]);
    const history = { fromAccountType: 'SPOT', toAccountType: 'FUTURES', size: '1' };
    expect(world.call('GET', '/capital/transfer', history).body).toMatchObject({
      rows: [{ tranId: '11945860002', amount: '100', status: 'SUCCESS' }],
      total: 2,
    });
    expect(world.call('GET', '/capital/transfer/tranId', { tranId: '11945860001' }).body).toMatchObject({
      amount: '100',
    });
    world.account('mx0alice').deposit('USDT', '7');
    expect(world.call('GET', '/capital/deposit/hisrec').body).toMatchObject([{ amount: '7', status: 5, coin: 'USDT' }]);
    const address = world.call('GET', '/capital/deposit/address', { coin: 'USDT', network: 'TRX' }).body;
    expect(address).toEqual([{ coin: 'USDT', network: 'Tron(TRC20)', address: 'sim-TRX-3497082', memo: null }]);
    expect(world.account('mx0alice').balances()['USDT']).toEqual({ free: '807', locked: '0' });
    expect(world.audit()).toEqual([]);
  });
});
