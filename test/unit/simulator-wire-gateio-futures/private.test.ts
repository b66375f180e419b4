import { beforeEach, describe, expect, it } from 'vitest';
import { createGateioFuturesWorld, START_AT } from '../../support/gateio-futures-wire-world.js';

type World = ReturnType<typeof createGateioFuturesWorld>;

let world: World;
beforeEach(() => {
  world = createGateioFuturesWorld();
});

const ORDERS = '/futures/usdt/orders';
const POSITION = '/futures/usdt/positions/BTC_USDT';
const DECIMAL = { headers: { 'x-gate-size-decimal': '1' } };

/** The order as it is while it rests. */
const RESTING = {
  id: 74_046_500_001,
  user: 1_666,
  create_time: START_AT / 1_000,
  update_time: START_AT / 1_000,
  status: 'open',
  contract: 'BTC_USDT',
  size: 5,
  iceberg: 0,
  price: '900',
  tif: 'gtc',
  left: 5,
  fill_price: '0',
  text: 't-1',
  tkfr: '0.0005',
  mkfr: '0.0002',
  refu: 0,
  is_close: false,
  is_reduce_only: false,
  is_liq: false,
  auto_size: '',
  stp_id: 0,
  stp_act: '-',
  amend_text: '-',
  biz_info: '-',
  pos_margin_mode: 'cross',
};

describe('orders', () => {
  it('are answered with 201 and the whole order; sizes are signed', () => {
    const { status, body } = world.place();
    expect([status, body]).toEqual([201, RESTING]);
    expect(world.place({ size: '-3', price: '1100', text: undefined }).body).toMatchObject({
      size: -3,
      left: -3,
      text: 'api',
    });
  });

  it('have text for sizes where decimals are asked for, and may be fractions where the contract has them', () => {
    const fields = { contract: 'ETH_USDT', size: '-2.5', price: '110', text: 't-e' };
    expect(world.call('POST', ORDERS, { body: fields, ...DECIMAL }).body).toMatchObject({ size: '-2.5', left: '-2.5' });
    expect(world.call('GET', `${ORDERS}/t-e`).body).toMatchObject({ size: -2, left: -2 });
    expect(world.refusal('POST', ORDERS, { body: { ...fields, contract: 'BTC_USDT', price: '1100' } })).toEqual([
      400,
      'INVALID_PARAM_VALUE',
      'detail',
    ]);
  });

  it('are market orders at price 0 with ioc only', () => {
    world.restBtc('sell', 10_000, 3);
    expect(world.place({ price: '0', tif: 'ioc' }).body).toMatchObject({
      status: 'finished',
      finish_as: 'ioc',
      left: 2,
      fill_price: '1000',
      price: '0',
    });
    expect(world.refusal('POST', ORDERS, { body: { contract: 'BTC_USDT', size: 1, price: '0' } })).toEqual([
      400,
      'INVALID_PARAM_VALUE',
      'message',
    ]);
  });

  it.each([
    ['CONTRACT_NOT_FOUND', { contract: 'NO_USDT' }],
    ['CONTRACT_NO_COUNTER', { price: '0', tif: 'ioc' }],
    ['INSUFFICIENT_AVAILABLE', { size: 100_000 }],
    ['PRICE_TOO_DEVIATED', { price: '400' }],
    ['SIZE_TOO_LARGE', { size: 1_000_001 }],
    ['POSITION_EMPTY', { reduce_only: true }],
    ['POSITION_EMPTY', { size: 0, close: true, price: '0', tif: 'ioc' }],
    ['INVALID_PARAM_VALUE', { size: 0, auto_size: 'close_long', reduce_only: true, price: '0', tif: 'ioc' }],
    ['INVALID_PARAM_VALUE', { text: 'mine' }],
    ['INVALID_PARAM_VALUE', { size: 'many' }],
    ['INVALID_PARAM_VALUE', { tif: 'day' }],
    ['INVALID_PARAM_VALUE', { stp_act: 'cn' }],
  ])('are refused with %s: %o', (label, fields) => {
    const { status, body } = world.place(fields);
    expect([status, (body as { label: string }).label]).toEqual([400, label]);
    expect(world.account('alice').orders()).toEqual([]);
  });

  it('that may only make, or must be filled whole, are refused where they cannot be', () => {
    world.restBtc('sell', 10_000, 3);
    expect(world.place({ price: '1000', tif: 'poc' }).body).toMatchObject({ label: 'ORDER_POC_IMMEDIATE' });
    expect(world.place({ price: '1000', tif: 'fok' }).body).toMatchObject({ label: 'ORDER_FOK' });
  });

  it('can be found by their text for a minute after they ended without a fill, by their id for ten', async () => {
    world.place();
    world.call('DELETE', `${ORDERS}/t-1`);
    await world.clock.advance(59_000);
    expect(world.call('GET', `${ORDERS}/t-1`).body).toMatchObject({ status: 'finished', finish_as: 'cancelled' });
    await world.clock.advance(2_000);
    expect(world.refusal('GET', `${ORDERS}/t-1`)).toEqual([404, 'ORDER_NOT_FOUND', 'message']);
    expect(world.call('GET', `${ORDERS}/${RESTING.id}`).status).toBe(200);
    await world.clock.advance(540_000);
    expect(world.refusal('GET', `${ORDERS}/${RESTING.id}`)).toEqual([404, 'ORDER_NOT_FOUND', 'message']);
    expect(world.call('GET', ORDERS, { query: 'status=finished' }).body).toEqual([]);
  });

  it('are known by their text for good once they were filled', async () => {
    world.restBtc('sell', 9_000, 1);
    world.place();
    world.call('DELETE', `${ORDERS}/t-1`);
    await world.clock.advance(3_600_000);
    expect(world.call('GET', `${ORDERS}/t-1`).body).toMatchObject({
      finish_as: 'cancelled',
      left: 4,
      fill_price: '900',
    });
  });

  it('are amended by their new total, and finished ones are not', () => {
    world.place();
    expect(world.call('PUT', `${ORDERS}/t-1`, { body: { size: 3, price: '901' } }).body).toMatchObject({
      id: RESTING.id,
      size: 3,
      price: '901',
    });
    expect(world.refusal('PUT', `${ORDERS}/t-1`, { body: { size: -3 } })[1]).toBe('INVALID_PARAM_VALUE');
    expect(world.refusal('PUT', `${ORDERS}/t-1`, { body: { size: 3 } })).toEqual([400, 'NO_CHANGE', 'detail']);
    world.call('DELETE', `${ORDERS}/t-1`);
    expect(world.refusal('PUT', `${ORDERS}/t-1`, { body: { size: 2 } })).toEqual([400, 'ORDER_FINISHED', 'detail']);
    expect(world.refusal('DELETE', `${ORDERS}/t-1`)).toEqual([400, 'ORDER_FINISHED', 'detail']);
  });

  it('come in batches, each answered for itself, unless one cannot be read', () => {
    const one = { contract: 'BTC_USDT', size: 1, price: '900', text: 't-a' };
    const sent = [one, { ...one, size: 100_000, text: 't-b' }];
    expect(world.call('POST', '/futures/usdt/batch_orders', { body: sent }).body).toMatchObject([
      { succeeded: true, text: 't-a', status: 'open' },
      { succeeded: false, text: 't-b', label: 'INSUFFICIENT_AVAILABLE' },
    ]);
    const spoiled = [one, { ...one, tif: 'day' }];
    expect(world.refusal('POST', '/futures/usdt/batch_orders', { body: spoiled })[1]).toBe('INVALID_PARAM_VALUE');
  });

  it('are cancelled by list, by side of the book, and all together', () => {
    for (const [size, price] of [
      [1, '900'],
      [-1, '1100'],
      [2, '901'],
    ] as const)
      world.place({ size, price });
    const ids = [String(RESTING.id), '1'];
    expect(world.call('POST', '/futures/usdt/batch_cancel_orders', { body: ids }).body).toEqual([
      { id: ids[0], user_id: 1_666, succeeded: true, message: '' },
      { id: '1', user_id: 1_666, succeeded: false, message: 'ORDER_NOT_FOUND' },
    ]);
    const bids = world.call('DELETE', ORDERS, { query: 'contract=BTC_USDT&side=bid' }).body;
    expect(bids).toMatchObject([{ size: 2, finish_as: 'cancelled' }]);
    expect(world.refusal('DELETE', ORDERS, { query: 'side=buy' })[1]).toBe('INVALID_PARAM_VALUE');
    expect(world.call('DELETE', ORDERS).body).toMatchObject([{ size: -1 }]);
  });

  it('are cancelled when nobody winds up the countdown again', async () => {
    world.place();
    const armed = world.call('POST', '/futures/usdt/countdown_cancel_all', { body: { timeout: 5 } });
    expect(armed.body).toEqual({ triggerTime: String(START_AT + 5_000) });
    await world.clock.advance(5_000);
    expect(world.account('alice').orders()).toMatchObject([{ status: 'canceled', endReason: 'countdown' }]);
  });

  it('are limited to a hundred a second', () => {
    const answers = Array.from({ length: 101 }, () => world.place({ size: 1 }).status);
    expect([answers.filter((status) => status === 201).length, answers.at(-1)]).toEqual([100, 429]);
  });
});

describe('positions', () => {
  const open = (size = 100) => {
    world.restBtc(size > 0 ? 'sell' : 'buy', 10_000, Math.abs(size));
    world.place({ size, price: '0', tif: 'ioc' });
  };

  it('are cross until a leverage is set, with parameters in the query of a POST without a body', () => {
    open();
    expect(world.call('GET', POSITION).body).toMatchObject({
      size: 100,
      leverage: '0',
      cross_leverage_limit: '10',
      lever: '10',
      entry_price: '1000',
      mark_price: '1000',
      value: '1000',
      margin: '100',
      mode: 'single',
      pos_margin_mode: 'cross',
      update_id: 1,
    });
    const isolated = world.call('POST', `${POSITION}/leverage`, { query: 'leverage=20' });
    expect(isolated.body).toMatchObject({ leverage: '20', pos_margin_mode: 'isolated', margin: '50' });
    const cross = world.call('POST', `${POSITION}/leverage`, { query: 'leverage=0&cross_leverage_limit=5' });
    expect(cross.body).toMatchObject({ leverage: '0', cross_leverage_limit: '5', margin: '200' });
    expect(world.refusal('POST', `${POSITION}/leverage`, { query: 'leverage=126' })).toEqual([
      400,
      'LEVERAGE_TOO_HIGH',
      'detail',
    ]);
  });

  it('have margin added and removed when they are isolated', () => {
    open();
    expect(world.refusal('POST', `${POSITION}/margin`, { query: 'change=10' })[1]).toBe('POSITION_CROSS_MARGIN');
    world.call('POST', `${POSITION}/leverage`, { query: 'leverage=10' });
    expect(world.call('POST', `${POSITION}/margin`, { query: 'change=10' }).body).toMatchObject({ margin: '110' });
    expect(world.refusal('POST', `${POSITION}/margin`, { query: 'change=-20' })[1]).toBe('REMOVE_TOO_MUCH');
  });

  it('are two per contract in dual mode, which is not entered while anything is open', () => {
    open(5);
    expect(world.refusal('POST', '/futures/usdt/dual_mode', { query: 'dual_mode=true' })).toEqual([
      400,
      'POSITION_HOLDING',
      'detail',
    ]);
    world.restBtc('buy', 9_900, 5);
    world.place({ size: 0, close: true, price: '0', tif: 'ioc' });
    expect(world.call('POST', '/futures/usdt/dual_mode', { query: 'dual_mode=true' }).body).toMatchObject({
      in_dual_mode: true,
      position_mode: 'dual',
    });
    expect(world.refusal('POST', '/futures/usdt/set_position_mode', { query: 'position_mode=dual' })[1]).toBe(
      'NO_CHANGE',
    );
    expect(world.refusal('GET', POSITION)[1]).toBe('POSITION_DUAL_MODE');
    open(4);
    open(-3);
    expect(world.call('GET', '/futures/usdt/dual_comp/positions/BTC_USDT').body).toMatchObject([
      { mode: 'dual_long', size: 4 },
      { mode: 'dual_short', size: -3 },
    ]);
    world.restBtc('sell', 10_000, 3);
    world.place({ size: 0, auto_size: 'close_short', reduce_only: true, price: '0', tif: 'ioc' });
    expect(world.account('alice').positions()).toMatchObject([{ positionSide: 'long', contracts: '4' }]);
  });

  it('leave their traces: fills, account book, closed positions', () => {
    open(10);
    world.restBtc('buy', 11_000, 10);
    world.place({ size: -10, price: '0', tif: 'ioc', reduce_only: true, text: 't-x' });
    expect(world.call('GET', '/futures/usdt/my_trades').body).toMatchObject([
      { size: -10, close_size: -10, price: '1100', role: 'taker', text: 't-x', fee: '0.055', trade_value: '110' },
      { size: 10, close_size: 0, price: '1000', fee: '0.05' },
    ]);
    expect(world.call('GET', '/futures/usdt/my_trades_timerange').body).toMatchObject([{ trade_id: '512000002' }, {}]);
    expect(world.call('GET', '/futures/usdt/account_book', { query: 'type=pnl' }).body).toMatchObject([
      { change: '10', balance: '10009.95', type: 'pnl', text: 'BTC_USDT:74046500002', contract: 'BTC_USDT' },
    ]);
    expect(world.call('GET', '/futures/usdt/position_close').body).toMatchObject([
      { side: 'long', pnl: '9.895', pnl_pnl: '10', pnl_fee: '-0.105', long_price: '1000', short_price: '1100' },
    ]);
    expect(world.call('GET', '/futures/usdt/accounts').body).toMatchObject({
      user: 1_666,
      currency: 'USDT',
      total: '10009.895',
      available: '10009.895',
      history: { dnw: '10000', pnl: '10', fee: '-0.105' },
    });
  });
});

describe('trigger orders', () => {
  const TRIGGERS = '/futures/usdt/price_orders';
  const stop = (price: string, rule: number, initial: object = {}) => ({
    initial: { contract: 'BTC_USDT', size: 0, price: '0', tif: 'ioc', close: true, reduce_only: true, ...initial },
    trigger: { strategy_type: 0, price_type: 1, price, rule, expiration: 86_400 },
    order_type: 'close-long-position',
  });

  it('have ids that no JavaScript number holds, and fire on the price that they wait for', () => {
    world.restBtc('sell', 10_000, 5);
    world.place({ size: 5, price: '0', tif: 'ioc' });
    world.restBtc('buy', 9_400, 5);
    const placed = world.call('POST', TRIGGERS, { body: stop('950', 2) });
    expect([placed.status, placed.text]).toEqual([201, '{"id":2007047737421336577,"id_string":"2007047737421336577"}']);
    expect(world.call('GET', TRIGGERS, { query: 'status=open' }).body).toMatchObject([
      { id_string: '2007047737421336577', status: 'open', trigger: { price: '950', rule: 2, price_type: 1 } },
    ]);
    world.perpetual().forceMarkPrice('949');
    expect(world.account('alice').positions()).toEqual([]);
    expect(world.call('GET', `${TRIGGERS}/2007047737421336577`).body).toMatchObject({
      status: 'finished',
      finish_as: 'succeeded',
      trade_id: 74_046_500_002,
    });
  });

  it('are refused on the wrong side of the price, in the spelling of the venue', () => {
    expect(world.refusal('POST', TRIGGERS, { body: stop('950', 1) })[1]).toBe('AUTO_TRIGGER_PRICE_LESS_LAST');
    expect(world.refusal('POST', TRIGGERS, { body: stop('1050', 2) })[1]).toBe('AUTO_TRIGGER_PRICE_GREATE_LAST');
  });

  it('are amended, cancelled, and expire', async () => {
    world.call('POST', TRIGGERS, { body: stop('950', 2) });
    const body = { order_id: '2007047737421336577', trigger_price: '940' };
    world.call('PUT', `${TRIGGERS}/amend`, { body });
    expect(world.call('GET', TRIGGERS, { query: 'status=open' }).body).toMatchObject([{ trigger: { price: '940' } }]);
    expect(world.call('DELETE', TRIGGERS, { query: 'contract=BTC_USDT' }).body).toMatchObject([
      { finish_as: 'cancelled' },
    ]);
    world.call('POST', TRIGGERS, { body: stop('950', 2) });
    await world.clock.advance(86_400_000);
    expect(world.call('GET', TRIGGERS, { query: 'status=finished' }).body).toMatchObject([
      { finish_as: 'expired' },
      {},
    ]);
  });
});

describe('the account', () => {
  it('does not exist before there was money in it', () => {
    const poor = createGateioFuturesWorld([{ apiKey: 'p', secretKey: 's', balances: { BTC: '1' } }]);
    expect(poor.refusal('GET', '/futures/usdt/accounts')).toEqual([400, 'USER_NOT_FOUND', 'message']);
    expect(poor.call('GET', '/account/detail').status).toBe(200);
  });

  it('knows its fees, and refuses another settle asset, a wrong key and a wrong signature', () => {
    expect(world.call('GET', '/futures/usdt/fee').body).toMatchObject({
      BTC_USDT: { taker_fee: '0.0005', maker_fee: '0.0002' },
    });
    expect(world.refusal('GET', '/futures/btc/accounts')[0]).toBe(404);
    expect(world.refusal('GET', '/futures/usdt/accounts', { headers: { key: 'bob' } })[1]).toBe('INVALID_KEY');
    expect(world.refusal('GET', '/futures/usdt/accounts', { headers: { sign: '00' } })[1]).toBe('INVALID_SIGNATURE');
  });
});
