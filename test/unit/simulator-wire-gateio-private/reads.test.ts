import { beforeEach, describe, expect, it } from 'vitest';
import { createGateioPrivateWorld, START_AT } from '../../support/gateio-private-wire-world.js';

let world: ReturnType<typeof createGateioPrivateWorld>;
beforeEach(() => {
  world = createGateioPrivateWorld();
});

const ID = '882211000001';
const PAIR = 'currency_pair=BTC_USDT';

const ids = (path: string, query: string): string[] =>
  (world.call('GET', path, { query }).body as { id: string }[]).map(({ id }) => id.slice(-1));
const status = (path: string, query = PAIR): number => world.call('GET', path, { query }).status;

describe('one order', () => {
  it('needs its pair while it is pending, and no longer afterwards', () => {
    world.place();
    expect(world.refusal('GET', `/spot/orders/${ID}`)).toEqual([400, 'MISSING_REQUIRED_PARAM']);
    expect(world.refusal('GET', `/spot/orders/${ID}`, { query: 'currency_pair=ETH_USDT' })).toEqual([
      404,
      'ORDER_NOT_FOUND',
    ]);
    world.hit('sell', 100_000);
    world.call('DELETE', `/spot/orders/${ID}`, { query: PAIR });
    expect(world.call('GET', `/spot/orders/${ID}`).body).toMatchObject({
      id: ID,
      status: 'cancelled',
      left: '0.4',
      filled_amount: '0.1',
    });
  });

  it('is found by its custom id only while it is pending', () => {
    world.place();
    expect(status('/spot/orders/t-1')).toBe(200);
    world.hit('sell', 500_000);
    expect(world.refusal('GET', '/spot/orders/t-1', { query: PAIR })).toEqual([404, 'CLIENT_ID_NOT_FOUND']);
    expect(status(`/spot/orders/${ID}`)).toBe(200);
  });

  it('is forgotten a minute after it was canceled without a fill', async () => {
    world.place();
    world.call('DELETE', `/spot/orders/${ID}`, { query: PAIR });
    await world.clock.advance(60_000);
    expect(status(`/spot/orders/${ID}`)).toBe(200);
    expect(ids('/spot/orders', `status=finished&${PAIR}`)).toEqual(['1']);
    await world.clock.advance(1);
    expect(world.refusal('GET', `/spot/orders/${ID}`)).toEqual([404, 'ORDER_NOT_FOUND']);
    expect(ids('/spot/orders', `status=finished&${PAIR}`)).toEqual([]);
  });
});

describe('lists', () => {
  it('show open and finished orders, newest first, in pages', async () => {
    world.place();
    await world.clock.advance(2_000);
    world.place();
    world.place({ side: 'sell', price: '200' });
    world.place({ currency_pair: 'ETH_USDT', price: '9', amount: '1' });
    expect(ids('/spot/orders', `status=open&${PAIR}`)).toEqual(['3', '2', '1']);
    expect(ids('/spot/orders', `status=open&${PAIR}&limit=1&page=2`)).toEqual(['2']);
    const open = world.call('GET', '/spot/open_orders').body as { currency_pair: string; total: number }[];
    expect(open.map(({ currency_pair, total }) => [currency_pair, total])).toEqual([
      ['BTC_USDT', 3],
      ['ETH_USDT', 1],
    ]);
    world.hit('sell', 500_000);
    await world.clock.advance(5_000);
    world.hit('sell', 500_000);
    expect(ids('/spot/orders', 'status=finished')).toEqual(['2', '1']);
    expect(ids('/spot/orders', 'status=finished&from=1767225605')).toEqual(['2']);
    expect(ids('/spot/orders', 'status=finished&to=1767225604')).toEqual(['1']);
    expect(ids('/spot/orders', 'status=finished&side=sell')).toEqual([]);
    for (const query of ['', 'status=new', 'status=open', `status=open&${PAIR}&limit=101`, 'status=finished&side=x']) {
      expect(status('/spot/orders', query)).toBe(400);
    }
  });

  it('show own trades with own side, role and fee', async () => {
    world.rest('sell', 1_000, 200_000);
    world.place();
    await world.clock.advance(1_500);
    world.hit('sell', 100_000);
    expect(world.call('GET', '/spot/my_trades', { query: PAIR }).body).toEqual([
      {
        id: '8812000002',
        create_time: '1767225601',
        create_time_ms: `${START_AT + 1_500}.0002`,
        currency_pair: 'BTC_USDT',
        side: 'buy',
        role: 'maker',
        amount: '0.1',
        price: '100',
        order_id: ID,
        fee: '0.0002',
        fee_currency: 'BTC',
        point_fee: '0',
        gt_fee: '0',
        amend_text: '-',
        sequence_id: '2',
        text: 't-1',
        deal: '10',
      },
      expect.objectContaining({ id: '8812000001', role: 'taker', amount: '0.2', fee: '0.0004' }),
    ]);
    expect(ids('/spot/my_trades', `${PAIR}&order_id=${ID}&limit=1&page=2`)).toEqual(['1']);
    expect(ids('/spot/my_trades', `${PAIR}&from=1767225601`)).toEqual(['2']);
    expect(world.refusal('GET', '/spot/my_trades', { query: `order_id=${ID}` })).toEqual([
      400,
      'MISSING_REQUIRED_PARAM',
    ]);
    expect(status('/spot/my_trades', 'from=1700000000')).toBe(400);
  });

  it('do not show an order, nor its fills, while it is hidden; a cancel reaches it all the same', async () => {
    world.faults.hideOrders('gateio_spot', { lagMs: 3_000 });
    world.rest('sell', 1_000, 100_000);
    world.place();
    expect(status('/spot/orders/t-1')).toBe(404);
    expect(ids('/spot/orders', `status=open&${PAIR}`)).toEqual([]);
    expect(ids('/spot/my_trades', PAIR)).toEqual([]);
    await world.clock.advance(3_000);
    expect(status('/spot/orders/t-1')).toBe(200);
    expect(ids('/spot/my_trades', PAIR)).toEqual(['1']);
    world.faults.hideOrders('gateio_spot', { lagMs: 3_000 });
    world.place();
    expect(world.call('DELETE', '/spot/orders/t-1', { query: PAIR }).status).toBe(200);
    expect(world.counts.get('hideOrders')).toBe(2);
  });

  it('go on when a custom id is forgotten', () => {
    world.faults.forgetClientIds('gateio_spot', { symbol: 'BTC/USDT' });
    world.place();
    expect(status('/spot/orders/t-1')).toBe(404);
    expect(ids('/spot/orders', `status=open&${PAIR}`)).toEqual(['1']);
  });
});

describe('money', () => {
  it('is told with what is locked and a version of each row', () => {
    world.place();
    expect(world.call('GET', '/spot/accounts').body).toEqual([
      { currency: 'BTC', available: '2', locked: '0', update_id: 1 },
      { currency: 'USDT', available: '950', locked: '50', update_id: 2 },
      { currency: 'ETH', available: '10', locked: '0', update_id: 1 },
    ]);
    expect(world.call('GET', '/spot/accounts', { query: 'currency=BTC' }).body).toEqual([
      { currency: 'BTC', available: '2', locked: '0', update_id: 1 },
    ]);
    expect(world.refusal('GET', '/spot/accounts', { query: 'currency=XYZ' })).toEqual([400, 'INVALID_CURRENCY']);
    world.hit('sell', 500_000);
    const book = world.call('GET', '/spot/account_book', { query: 'currency=BTC&limit=2' }).body as object[];
    expect(book).toMatchObject([
      { currency: 'BTC', change: '-0.001', balance: '2.499', type: 'trade-fee-deduct' },
      { currency: 'BTC', change: '0.5', balance: '2.5', type: 'order-match' },
    ]);
  });

  it('has its price: fees by pair', () => {
    const fee = { user_id: 3_497_082, taker_fee: '0.002', maker_fee: '0.002' };
    expect(world.call('GET', '/wallet/fee').body).toMatchObject(fee);
    const many = world.call('GET', '/spot/batch_fee', { query: 'currency_pairs=BTC_USDT,ETH_USDT' }).body;
    expect(many).toMatchObject({ BTC_USDT: fee, ETH_USDT: fee });
    expect(world.call('GET', '/account/detail').body).toMatchObject({ user_id: 3_497_082, key: { mode: 1 } });
  });

  it('leaves, can be called back until it is sent, and counts against the books', async () => {
    const body = { currency: 'USDT', amount: '25.5', chain: 'TRX', address: 'T1', withdraw_order_id: 'wd-1' };
    const record = {
      id: 'w1879219001',
      txid: '',
      withdraw_order_id: 'wd-1',
      timestamp: '1767225600',
      amount: '25.5',
      currency: 'USDT',
      address: 'T1',
      memo: '',
      status: 'REQUEST',
      chain: 'TRX',
    };
    expect(world.call('POST', '/withdrawals', { body })).toMatchObject({ status: 202, body: record });
    expect(world.refusal('POST', '/withdrawals', { body })).toEqual([429, 'TOO_MANY_REQUESTS']);
    await world.clock.advance(3_000);
    expect(world.refusal('POST', '/withdrawals', { body })).toEqual([400, 'DUPLICATE_REQUEST']);
    expect(world.audit()).toEqual([]);
    expect(world.account('alice').balances()['USDT']).toEqual({ free: '974.5', locked: '25.5' });
    expect(world.call('DELETE', '/withdrawals/w1879219001').body).toEqual({ ...record, status: 'CANCEL' });
    expect(world.refusal('DELETE', '/withdrawals/w1')).toEqual([400, 'INVALID_WITHDRAW_ID']);
    await world.clock.advance(3_000);
    world.call('POST', '/withdrawals', { body: { ...body, withdraw_order_id: 'wd-2' } });
    await world.clock.advance(30_000);
    expect(world.refusal('DELETE', '/withdrawals/w1879219002')).toEqual([400, 'INVALID_WITHDRAW_CANCEL_STATUS']);
    await world.clock.advance(30_000);
    const rows = world.call('GET', '/wallet/withdrawals', { query: 'currency=USDT' }).body as object[];
    expect(rows).toMatchObject([
      { id: 'w1879219002', status: 'DONE', fee: '1' },
      { id: 'w1879219001', status: 'CANCEL' },
    ]);
    expect(world.account('alice').balances()['USDT']).toEqual({ free: '974.5', locked: '0' });
    expect(world.audit()).toEqual([]);
  });

  it('moves to futures and back, and arrives from outside', () => {
    const move = (body: object) => world.call('POST', '/wallet/transfers', { body }).body;
    const to = { currency: 'USDT', from: 'spot', to: 'futures', amount: '100', settle: 'usdt' };
    expect(move(to)).toEqual({ tx_id: 59_636_381_001 });
    expect(world.call('GET', '/wallet/transfers', { query: 'tx_id=59636381001' }).body).toMatchObject({
      status: 'success',
      amount: '100',
    });
    expect(move({ ...to, from: 'futures', to: 'spot', amount: '101' })).toMatchObject({
      label: 'FUTURES_BALANCE_NOT_ENOUGH',
    });
    expect(move({ ...to, amount: '0.000000001' })).toMatchObject({ label: 'INVALID_PRECISION' });
    expect(move({ ...to, amount: '900.1' })).toMatchObject({ label: 'BALANCE_NOT_ENOUGH' });
    world.account('alice').deposit('USDT', '7');
    expect(world.call('GET', '/wallet/deposits').body).toMatchObject([{ amount: '7', status: 'DONE', chain: 'ETH' }]);
    expect(world.account('alice').balances()['USDT']).toEqual({ free: '907', locked: '0' });
    expect(world.call('GET', '/wallet/deposit_address', { query: 'currency=USDT' }).body).toMatchObject({
      address: 'sim-ETH-3497082',
      multichain_addresses: [{ chain: 'ETH' }, { chain: 'TRX' }],
    });
    expect(world.audit()).toEqual([]);
  });
});

describe('a venue in trouble', () => {
  it('says so in its own words, for as long as it lasts', async () => {
    world.faults.maintenance('gateio_spot', { forMs: 1_000 });
    expect(world.refusal('GET', '/spot/accounts')).toEqual([503, 'TOO_BUSY']);
    await world.clock.advance(1_000);
    world.faults.limitRequests('gateio_spot', { call: 'POST /api/v4/spot/orders' });
    expect(status('/spot/accounts', '')).toBe(200);
    expect(world.place()).toMatchObject({ status: 429, body: { label: 'TOO_MANY_REQUESTS' } });
    expect(world.place().status).toBe(201);
    expect(Object.fromEntries(world.counts)).toEqual({ maintenance: 1, limitRequests: 1 });
  });
});
