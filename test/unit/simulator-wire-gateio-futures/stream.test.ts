import { beforeEach, describe, expect, it } from 'vitest';
import { createGateioFuturesWorld, START_AT } from '../../support/gateio-futures-wire-world.js';

type World = ReturnType<typeof createGateioFuturesWorld>;

let world: World;
beforeEach(() => {
  world = createGateioFuturesWorld();
  world.restBtc('sell', 10_010, 7);
  world.restBtc('buy', 9_990, 4);
});

const DECIMAL = { 'x-gate-size-decimal': '1' };
const updates = (socket: ReturnType<World['connect']>, channel: string) =>
  socket.frames().filter((frame) => frame['channel'] === channel && frame['event'] !== 'subscribe');

describe('public channels', () => {
  it('answer pings, and refuse what is unknown as a whole', () => {
    const socket = world.connect();
    socket.send({ channel: 'futures.ping' });
    socket.subscribe('futures.trades', ['BTC_USDT', 'NO_USDT']);
    socket.subscribe('futures.nothing', ['BTC_USDT']);
    expect(socket.frames()).toMatchObject([
      { channel: 'futures.pong', event: '' },
      { error: { code: 2, message: 'unknown contract NO_USDT' }, result: { status: 'fail' } },
      { error: { code: 2, message: 'unknown channel futures.nothing' } },
    ]);
  });

  it('push trades as lists with signed sizes and whole ms', async () => {
    const socket = world.connect();
    socket.subscribe('futures.trades', ['BTC_USDT']);
    world.hit('sell', 3, 'BTC/USDT:USDT');
    await world.clock.advance(20);
    expect(updates(socket, 'futures.trades')).toMatchObject([
      {
        event: 'update',
        result: [
          {
            size: -3,
            id: 512_000_001,
            create_time: START_AT / 1_000,
            create_time_ms: START_AT,
            price: '999',
            contract: 'BTC_USDT',
          },
        ],
      },
    ]);
  });

  it('push changed levels as objects, whole books as event `all`, and the newer book as arrays', async () => {
    const socket = world.connect(DECIMAL);
    socket.subscribe('futures.order_book_update', ['BTC_USDT', '100ms', '20']);
    socket.subscribe('futures.order_book', ['BTC_USDT', '5', '0']);
    socket.subscribe('futures.obu', ['ob.BTC_USDT.50']);
    const before = world.venue.markets.get('BTC/USDT:USDT')!.sequence;
    world.restBtc('buy', 9_980, 2);
    await world.clock.advance(100);
    expect(updates(socket, 'futures.order_book_update')[0]!['result']).toMatchObject({
      s: 'BTC_USDT',
      U: before + 1,
      u: before + 1,
      l: '20',
      b: [{ p: '998', s: '2' }],
      a: [],
    });
    expect(updates(socket, 'futures.order_book')[0]).toMatchObject({
      event: 'all',
      result: {
        id: before + 1,
        contract: 'BTC_USDT',
        asks: [{ p: '1001', s: '7' }],
        bids: [
          { p: '999', s: '4' },
          { p: '998', s: '2' },
        ],
      },
    });
    expect(updates(socket, 'futures.obu').map(({ result }) => result)).toMatchObject([
      { full: true, s: 'ob.BTC_USDT.50', u: before, b: [['999', '4']], a: [['1001', '7']] },
      { U: before + 1, u: before + 1, b: [['998', '2']] },
    ]);
  });

  it('refuse frequencies and levels that do not go together', () => {
    const socket = world.connect();
    socket.subscribe('futures.order_book_update', ['BTC_USDT', '20ms', '50']);
    socket.subscribe('futures.order_book', ['BTC_USDT', '30', '0']);
    expect(socket.frames()).toMatchObject([
      { error: { code: 2, message: 'invalid level 50' } },
      { error: { code: 2, message: 'invalid limit 30' } },
    ]);
  });

  it('cut fractions of contracts off for clients that did not ask for decimals', async () => {
    const [plain, decimal] = [world.connect(), world.connect(DECIMAL)];
    for (const socket of [plain, decimal]) socket.subscribe('futures.book_ticker', ['ETH_USDT']);
    world.rest('buy', 9_999, 168, 'ETH/USDT:USDT');
    await world.clock.advance(20);
    expect(updates(plain, 'futures.book_ticker')).toMatchObject([{ result: { b: '99.99', B: 16, a: '', A: 0 } }]);
    expect(updates(decimal, 'futures.book_ticker')).toMatchObject([
      { result: { b: '99.99', B: '16.8', a: '', A: '0' } },
    ]);
  });

  it('push tickers as lists, a snapshot first, and candles of the mark price too', async () => {
    const socket = world.connect();
    socket.subscribe('futures.tickers', ['BTC_USDT']);
    socket.subscribe('futures.candlesticks', ['1m', 'mark_BTC_USDT']);
    await world.clock.advance(2_000);
    expect(updates(socket, 'futures.tickers').map(({ result }) => result)).toMatchObject([
      [{ contract: 'BTC_USDT', mark_price: '1000', event_type: 'snapshot', funding_interval: 28_800 }],
      [{ event_type: 'update', lowest_ask: '1001', lowest_size: '7', highest_bid: '999' }],
      [{ event_type: 'update' }],
    ]);
    expect(updates(socket, 'futures.candlesticks')).toMatchObject([
      { result: [{ n: '1m_mark_BTC_USDT', v: 0, c: '1000', w: false }] },
    ]);
  });

  it('tell everybody of a liquidation', async () => {
    const socket = world.connect();
    socket.subscribe('futures.public_liquidates', ['!all']);
    world.call('POST', '/futures/usdt/positions/BTC_USDT/leverage', { query: 'leverage=10' });
    world.place({ size: 7, price: '0', tif: 'ioc' });
    world.perpetual().forceMarkPrice('800');
    await world.clock.advance(1_000);
    expect(updates(socket, 'futures.public_liquidates')).toMatchObject([
      { result: [{ contract: 'BTC_USDT', size: 7, time_ms: START_AT }] },
    ]);
  });
});

describe('private channels', () => {
  it('push orders, fills, positions and balances of a match; amounts are numbers', async () => {
    const socket = world.connect(DECIMAL);
    for (const channel of ['orders', 'usertrades', 'positions', 'balances']) {
      socket.subscribePrivately(`futures.${channel}`, channel === 'balances' ? ['1666'] : ['1666', '!all']);
    }
    world.place({ size: 4, price: '1001' });
    await world.clock.advance(10);
    const rows = (channel: string) => updates(socket, `futures.${channel}`).flatMap(({ result }) => result as object[]);
    expect(rows('orders')).toMatchObject([
      { id_string: '74046500001', status: 'open', finish_as: '_new', size: '4', left: '4', user: '1666', price: 1_001 },
      { status: 'finished', finish_as: 'filled', left: '0', fill_price: 1_001, fee: 0.02002, role: 'taker' },
    ]);
    expect(rows('usertrades')).toMatchObject([
      { id: '512000001', order_id: '74046500001', size: '4', close_size: '0', price: '1001', fee: 0.02002 },
    ]);
    expect(rows('positions')).toMatchObject([
      {
        contract: 'BTC_USDT',
        size: '4',
        entry_price: 1_001,
        leverage: 0,
        cross_leverage_limit: 10,
        mode: 'single',
        user: '1666',
      },
    ]);
    expect(rows('balances')).toMatchObject([
      { change: -0.02002, balance: 9_999.97998, type: 'fee', currency: 'usdt', text: 'BTC_USDT:74046500001' },
    ]);
  });

  it('refuse another user, a wrong signature, and tell nothing of other contracts', async () => {
    const socket = world.connect();
    socket.subscribePrivately('futures.orders', ['1', '!all']);
    socket.subscribePrivately('futures.orders', ['1666', 'ETH_USDT']);
    socket.subscribe('futures.usertrades', ['1666', '!all']);
    world.place();
    await world.clock.advance(10);
    expect(socket.frames()).toMatchObject([
      { error: { code: 2 } },
      { result: { status: 'success' } },
      { error: { code: 4 } },
    ]);
  });
});

describe('the WebSocket API', () => {
  const command = (channel: string, req_param: unknown) => ({
    channel: `futures.${channel}`,
    event: 'api',
    payload: { req_id: channel, req_param },
  });

  it('wants a login, echoes placing, and leaves defaults out', async () => {
    const socket = world.connect(DECIMAL);
    const order = { contract: 'BTC_USDT', size: '3', price: '900', tif: 'gtc', text: 't-w' };
    socket.send(command('order_place', order));
    socket.login();
    socket.send(command('order_place', order));
    socket.send(command('order_status', { order_id: 't-w' }));
    socket.send(command('order_cancel_ids', ['74046500001', '9']));
    await world.clock.advance(50);
    const answers = socket.frames();
    expect(
      answers.map((answer) => [
        answer['request_id'],
        answer['ack'] ?? false,
        (answer['header'] as { status: string }).status,
      ]),
    ).toEqual([
      ['order_place', false, '401'],
      ['login', false, '200'],
      ['order_place', true, '200'],
      ['order_place', false, '200'],
      ['order_status', false, '200'],
      ['order_cancel_ids', false, '200'],
    ]);
    const results = answers.map(({ data }) => (data as { result: unknown }).result);
    expect(results[1]).toEqual({ api_key: 'alice', uid: '1666' });
    expect(results[3]).toMatchObject({ id: 74_046_500_001, size: '3', left: '3', text: 't-w', status: 'open' });
    expect(results[3]).not.toHaveProperty('is_close');
    expect(results[5]).toEqual([
      { id: '74046500001', user_id: 1_666, succeeded: true },
      { id: '9', user_id: 1_666, message: 'ORDER_NOT_FOUND' },
    ]);
  });

  it('says why it refuses, and how many commands are left', async () => {
    const socket = world.connect();
    socket.login();
    socket.send(command('order_place', { contract: 'BTC_USDT', size: 900_000, price: '900' }));
    await world.clock.advance(50);
    expect(socket.frames().at(-1)).toMatchObject({
      header: { status: '400', x_gate_ratelimit_limit: 100, x_gate_ratelimit_requests_remain: 99 },
      data: { errs: { label: 'INSUFFICIENT_AVAILABLE' } },
    });
  });
});
