import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, createGateioPrivateWorld, START_AT } from '../../support/gateio-private-wire-world.js';

type World = ReturnType<typeof createGateioPrivateWorld>;

let world: World;
beforeEach(() => {
  world = createGateioPrivateWorld();
});

const ID = '882211000001';

/** The order as it is while it rests. */
const RESTING = {
  id: ID,
  text: 't-1',
  amend_text: '-',
  create_time: '1767225600',
  update_time: '1767225600',
  create_time_ms: START_AT,
  update_time_ms: START_AT,
  status: 'open',
  currency_pair: 'BTC_USDT',
  type: 'limit',
  account: 'spot',
  side: 'buy',
  amount: '0.5',
  price: '100',
  time_in_force: 'gtc',
  iceberg: '0',
  left: '0.5',
  filled_amount: '0',
  fill_price: '0',
  filled_total: '0',
  fee: '0',
  fee_currency: 'BTC',
  point_fee: '0',
  gt_fee: '0',
  gt_maker_fee: '0',
  gt_taker_fee: '0',
  gt_discount: false,
  rebated_fee: '0',
  rebated_fee_currency: 'USDT',
  stp_id: 0,
  stp_act: '-',
  finish_as: 'open',
};

const q = (query: string) => ({ query });
const PAIR = q('currency_pair=BTC_USDT');

describe('placing', () => {
  it('answers 201 with the whole order', () => {
    const { status, body } = world.place();
    expect([status, body]).toEqual([201, RESTING]);
    expect(world.place({ text: undefined, action_mode: 'ACK' }).body).toEqual({
      id: '882211000002',
      text: 'apiv4',
      amend_text: '-',
    });
  });

  it('trades a market buy for quote, and prints amount and left in quote', () => {
    world.rest('sell', 999, 300_000);
    const { body } = world.place({ type: 'market', amount: '20.1', price: undefined, time_in_force: 'ioc' });
    expect(body).toMatchObject({
      status: 'closed',
      finish_as: 'filled',
      amount: '20.1',
      left: '0.0000201',
      price: '0',
      filled_amount: '0.201201',
      filled_total: '20.0999799',
      fill_price: '20.0999799',
      avg_deal_price: '99.9',
      fee: '0.000402402',
      fee_currency: 'BTC',
    });
  });

  it('does not keep custom ids apart', () => {
    world.place();
    world.place();
    expect(world.account('alice').orders()).toHaveLength(2);
    expect((world.call('GET', '/spot/orders/t-1', PAIR).body as { id: string }).id).toBe('882211000002');
  });

  it.each([
    ['INVALID_CLIENT_ORDER_ID', { text: 'abc' }],
    ['INVALID_CLIENT_ORDER_ID', { text: 't-01234567890123456789012345678' }],
    ['INVALID_CLIENT_ORDER_ID', { text: 't-a b' }],
    ['INVALID_CLIENT_ORDER_ID', { text: 't-a:b' }],
    ['INVALID_CURRENCY_PAIR', { currency_pair: 'BTCUSDT' }],
    ['MISSING_REQUIRED_PARAM', { amount: undefined }],
    ['MISSING_REQUIRED_PARAM', { price: undefined }],
    ['INVALID_PARAM_VALUE', { side: 'BUY' }],
    ['INVALID_PARAM_VALUE', { type: 'market' }],
    ['INVALID_PARAM_VALUE', { price: '1e2' }],
    ['INVALID_PARAM_VALUE', { amount: '0' }],
    ['INVALID_PARAM_VALUE', { stp_act: 'cn' }],
    ['INVALID_PARAM_VALUE', { time_in_force: 'gtx' }],
    ['INVALID_PRECISION', { price: '100.01' }],
    ['INVALID_PRECISION', { amount: '0.0000001' }],
    ['INVALID_PARAM_VALUE', { amount: '0.02' }],
    ['AMOUNT_TOO_MUCH', { price: '50001', amount: '100' }],
    ['BALANCE_NOT_ENOUGH', { amount: '10.1' }],
    ['MARGIN_NOT_SUPPORTED', { account: 'margin' }],
  ])('answers %s for %o', (label, fields) => {
    expect(world.refusal('POST', '/spot/orders', { body: { ...bodyOf(), ...fields } })).toEqual([400, label]);
    expect(world.account('alice').orders()).toEqual([]);
  });

  it('says how small is too small', () => {
    expect(world.place({ amount: '0.02' }).body).toEqual({
      label: 'INVALID_PARAM_VALUE',
      message: 'Your order size 2 USDT is too small. The minimum is 3 USDT',
    });
  });

  it('refuses post-only that takes and fill-or-kill that cannot be filled, and cancels the rest of ioc', () => {
    world.rest('sell', 1_000, 100_000);
    const refusal = (fields: object) => world.refusal('POST', '/spot/orders', { body: { ...bodyOf(), ...fields } })[1];
    expect(refusal({ time_in_force: 'poc' })).toBe('POC_FILL_IMMEDIATELY');
    expect(refusal({ time_in_force: 'fok' })).toBe('FOK_NOT_FILL');
    expect(world.place({ time_in_force: 'ioc' }).body).toMatchObject({
      status: 'cancelled',
      finish_as: 'ioc',
      left: '0.4',
      filled_total: '10',
      avg_deal_price: '100',
      fee: '0.0002',
    });
  });

  it('takes no orders while it is cancel-only, but cancels', () => {
    world.place();
    world.faults.cancelOnly('gateio_spot', { symbol: 'BTC/USDT', forMs: 1_000 });
    expect(world.refusal('POST', '/spot/orders', { body: bodyOf() })).toEqual([400, 'TRADE_RESTRICTED']);
    expect(world.place({ currency_pair: 'ETH_USDT' }).status).toBe(201);
    expect(world.call('DELETE', `/spot/orders/${ID}`, PAIR).status).toBe(200);
  });
});

describe('canceling', () => {
  it('answers the final order, and says of one that is over how it ended', () => {
    world.place();
    expect(world.call('DELETE', '/spot/orders/t-1', PAIR).body).toEqual({
      ...RESTING,
      status: 'cancelled',
      finish_as: 'cancelled',
    });
    expect(world.refusal('DELETE', `/spot/orders/${ID}`, PAIR)).toEqual([400, 'ORDER_CANCELLED']);
    expect(world.refusal('DELETE', '/spot/orders/t-1', PAIR)).toEqual([404, 'CLIENT_ID_NOT_FOUND']);
    expect(world.refusal('DELETE', '/spot/orders/9', PAIR)).toEqual([404, 'ORDER_NOT_FOUND']);
    expect(world.refusal('DELETE', `/spot/orders/${ID}`)).toEqual([400, 'MISSING_REQUIRED_PARAM']);
    world.place();
    world.hit('sell', 500_000);
    expect(world.refusal('DELETE', '/spot/orders/882211000002', PAIR)).toEqual([400, 'ORDER_CLOSED']);
  });

  it('cancels one side, one pair, or everything where no pair is named', () => {
    const ids = (query: string) =>
      (world.call('DELETE', '/spot/orders', { query }).body as { id: string; succeeded: boolean }[]).map(
        ({ id, succeeded }) => `${id.slice(-1)} ${succeeded}`,
      );
    world.place();
    world.place({ side: 'sell', price: '200' });
    world.place({ currency_pair: 'ETH_USDT' });
    world.place();
    expect(ids('currency_pair=BTC_USDT&side=sell')).toEqual(['2 true']);
    expect(ids('')).toEqual(['1 true', '3 true', '4 true']);
    expect(world.account('alice').balances()['USDT']).toEqual({ free: '1000', locked: '0' });
  });

  it('cancels a batch item by item, by custom id only for half an hour', async () => {
    world.place();
    world.place({ text: 't-2' });
    const body = [
      { currency_pair: 'BTC_USDT', id: ID },
      { currency_pair: 'BTC_USDT', id: 't-9' },
    ];
    expect(world.call('POST', '/spot/cancel_batch_orders', { body }).body).toEqual([
      { currency_pair: 'BTC_USDT', id: ID, account: 'spot', text: 't-1', succeeded: true, label: '', message: '' },
      {
        currency_pair: 'BTC_USDT',
        id: 't-9',
        account: 'spot',
        text: '',
        succeeded: false,
        label: 'CLIENT_ID_NOT_FOUND',
        message: 'No pending order has this text',
      },
    ]);
    await world.clock.advance(1_800_001);
    const late = world.call('POST', '/spot/cancel_batch_orders', { body: [{ currency_pair: 'BTC_USDT', id: 't-2' }] });
    expect(late.body).toMatchObject([{ succeeded: false, label: 'CLIENT_ID_NOT_FOUND' }]);
  });

  it('cancels by itself when the countdown is not wound up', async () => {
    world.place();
    world.place({ currency_pair: 'ETH_USDT' });
    const arm = (body: object) => world.call('POST', '/spot/countdown_cancel_all', { body });
    expect(arm({ timeout: 30, currency_pair: 'BTC_USDT' }).body).toEqual({ triggerTime: START_AT + 30_000 });
    await world.clock.advance(20_000);
    arm({ timeout: 30, currency_pair: 'BTC_USDT' });
    await world.clock.advance(29_999);
    expect(
      world
        .account('alice')
        .orders()
        .map(({ status }) => status),
    ).toEqual(['open', 'open']);
    await world.clock.advance(1);
    expect(
      world
        .account('alice')
        .orders()
        .map(({ endReason }) => endReason),
    ).toEqual(['countdown', undefined]);
    arm({ timeout: 5 });
    arm({ timeout: 0 });
    await world.clock.advance(10_000);
    expect(world.account('alice').orders()[1]!.status).toBe('open');
    for (const timeout of [4, -1, 5.5]) expect(arm({ timeout }).status).toBe(400);
  });
});

describe('amending', () => {
  it('changes amount and price, with the fields of the body before those of the query', () => {
    world.place();
    const body = { price: '90', amount: '0.6', amend_text: 'a-1', currency_pair: 'BTC_USDT' };
    expect(world.call('PATCH', '/spot/orders/t-1', { query: 'currency_pair=ETH_USDT', body }).body).toEqual({
      ...RESTING,
      price: '90',
      amount: '0.6',
      left: '0.6',
      amend_text: 'a-1',
    });
    const refusal = (fields: object) => world.refusal('PATCH', `/spot/orders/${ID}`, { ...PAIR, body: fields })[1];
    expect(refusal({})).toBe('MISSING_REQUIRED_PARAM');
    expect(refusal({ price: '90' })).toBe('NO_CHANGE');
    expect(refusal({ price: '90.05' })).toBe('INVALID_PRECISION');
    expect(refusal({ amount: '100' })).toBe('BALANCE_NOT_ENOUGH');
    world.call('DELETE', `/spot/orders/${ID}`, PAIR);
    expect(refusal({ price: '91' })).toBe('ORDER_CANCELLED');
  });

  it('amends a batch item by item', () => {
    world.place();
    const body = [
      { order_id: ID, currency_pair: 'BTC_USDT', price: '99' },
      { order_id: '7', currency_pair: 'BTC_USDT', price: '99' },
    ];
    expect(world.call('POST', '/spot/amend_batch_orders', { body }).body).toEqual([
      { order_id: ID, ...RESTING, price: '99', succeeded: true, label: '', message: '' },
      { order_id: '7', succeeded: false, label: 'ORDER_NOT_FOUND', message: 'Order not found' },
    ]);
  });
});

describe('batches', () => {
  it('stand or fall item by item', () => {
    const body = [{ ...bodyOf() }, { ...bodyOf(), text: 't-2', amount: '1000' }];
    expect(world.call('POST', '/spot/batch_orders', { body })).toMatchObject({
      status: 200,
      body: [
        { order_id: ID, ...RESTING, succeeded: true, label: '', message: '' },
        { text: 't-2', succeeded: false, label: 'BALANCE_NOT_ENOUGH', message: 'Not enough balance' },
      ],
    });
  });

  it('are refused whole when they are not one', () => {
    const refusal = (body: unknown) => world.refusal('POST', '/spot/batch_orders', { body });
    expect(refusal([])).toEqual([400, 'INVALID_REQUEST_BODY']);
    expect(refusal([{ ...bodyOf(), text: undefined }])).toEqual([400, 'MISSING_REQUIRED_PARAM']);
    expect(refusal(Array.from({ length: 11 }, bodyOf))).toEqual([400, 'TOO_MANY_ORDERS']);
    const pairs = ['A_B', 'B_C', 'C_D', 'D_E', 'E_F'].map((currency_pair) => ({ ...bodyOf(), currency_pair }));
    expect(refusal(pairs)).toEqual([400, 'TOO_MANY_CURRENCY_PAIRS']);
    expect(refusal([bodyOf(), { ...bodyOf(), account: 'margin' }])).toEqual([400, 'MIXED_ACCOUNT_TYPE']);
    expect(world.account('alice').orders()).toEqual([]);
  });
});

describe('limits', () => {
  it('count orders by user and pair, single, batch and amended together', async () => {
    for (let i = 0; i < 8; i++) expect(world.place({ amount: '0.1' }).status).toBe(201);
    const batch = { body: [bodyOf(), bodyOf(), bodyOf()] };
    expect(world.refusal('POST', '/spot/batch_orders', batch)).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(world.refusal('PATCH', `/spot/orders/${ID}`, { ...PAIR, body: { price: '99' } })).toEqual([200, undefined]);
    expect(world.place({ amount: '0.1' }).headers['x-gate-ratelimit-requests-remain']).toBe('0');
    const { status, headers } = world.place();
    expect([status, headers['x-gate-ratelimit-limit'], headers['x-gate-ratelimit-reset-timestamp']]).toEqual([
      429,
      '10',
      '1767225601',
    ]);
    expect(world.place({ currency_pair: 'ETH_USDT' }).status).toBe(201);
    await world.clock.advance(1_000);
    expect(world.place({ amount: '0.1' }).status).toBe(201);
    expect(world.audit()).toEqual([]);
  });

  it('count other calls by user and endpoint', async () => {
    const bob = { ...ALICE, apiKey: 'bob' };
    world = createGateioPrivateWorld([ALICE, bob]);
    for (let i = 0; i < 200; i++) expect(world.call('GET', '/spot/accounts').status).toBe(200);
    expect(world.call('GET', '/spot/accounts').status).toBe(429);
    expect(world.call('GET', '/spot/accounts', { as: bob }).status).toBe(200);
    expect(world.call('GET', '/spot/fee').status).toBe(200);
    await world.clock.advance(10_000);
    expect(world.call('GET', '/spot/accounts').status).toBe(200);
  });
});

function bodyOf(): Record<string, unknown> {
  return { currency_pair: 'BTC_USDT', side: 'buy', amount: '0.5', price: '100', text: 't-1' };
}
