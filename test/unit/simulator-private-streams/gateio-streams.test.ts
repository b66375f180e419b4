import { describe, expect, it } from 'vitest';
import fixture from '../../fixtures/gateio/stream-signatures.json' with { type: 'json' };
import { START_AT } from '../../support/gateio-private-wire-world.js';
import { createVenueWorld } from '../../support/venue-wire-world.js';
import { ALICE, createGateioStreamWorld, type Frame, SOON, takeRows } from './gateio-client.js';
import { connectStream, type StreamClient } from './stream-client.js';

const SECOND = START_AT / 1_000;

function codeOf(frame: unknown): unknown {
  const { error, result } = frame as Frame;
  if (error === undefined) return result;
  return [error.code, error.code === 4 ? (JSON.parse(error.message) as { label: string }).label : error.message];
}

describe('subscribing to private channels', () => {
  it.each(fixture.subscriptions)('takes the published signature of $name, and no other', ({ message, secret }) => {
    const account = { apiKey: message.auth.KEY, secretKey: secret, balances: {} };
    const world = createVenueWorld('gateio_spot', [account], message.time * 1_000);
    const client = connectStream(world.venue.gateway, '/ws/v4/');
    client.send(message);
    for (const change of [{ time: message.time + 1 }, { channel: 'spot.usertrades_v2', payload: ['!all'] }]) {
      client.send({ ...message, ...change });
    }
    const wrong = [4, 'INVALID_SIGNATURE'];
    expect(client.takeTexts().map(codeOf)).toEqual([{ status: 'success' }, wrong, wrong]);
  });

  it('echoes the payload, and that of balances as if everything had been asked for', () => {
    const world = createGateioStreamWorld();
    const client = world.connect();
    client.send({ ...world.signed('spot.orders', 'subscribe', ['BTC_USDT']), id: 5 });
    client.send(world.signed('spot.balances', 'subscribe'));
    client.send(world.signed('spot.margin_balances', 'subscribe'));
    client.send(world.signed('spot.orders', 'unsubscribe', ['BTC_USDT']));
    const frames = client.takeTexts() as (Frame & { id?: number })[];
    expect(frames.map(({ id, channel, event, payload, result }) => [id, channel, event, payload, result])).toEqual([
      [5, 'spot.orders', 'subscribe', ['BTC_USDT'], { status: 'success' }],
      [undefined, 'spot.balances', 'subscribe', ['!all'], { status: 'success' }],
      [undefined, 'spot.margin_balances', 'subscribe', undefined, { status: 'success' }],
      [undefined, 'spot.orders', 'unsubscribe', ['BTC_USDT'], { status: 'success' }],
    ]);
  });

  it('refuses what is not signed, wrongly signed, not allowed, too old, or about an unknown pair', () => {
    const away = { ...ALICE, apiKey: 'away', ips: ['1.2.3.4'] };
    const trader = { ...ALICE, apiKey: 'trader', permissions: ['trade'] as const };
    const world = createGateioStreamWorld([ALICE, away, trader]);
    const client = world.connect();
    const good = world.signed('spot.orders', 'subscribe', ['!all']);
    const { auth, ...unsigned } = good;
    const messages = [
      unsigned,
      { ...good, auth: { ...auth, KEY: 'nobody' } },
      { ...good, auth: { ...auth, method: 'password' } },
      { ...good, auth: { ...auth, SIGN: auth.SIGN.toUpperCase() } },
      { ...good, event: 'unsubscribe' },
      world.signed('spot.orders', 'subscribe', ['!all'], away),
      world.signed('spot.orders', 'subscribe', ['!all'], trader),
      { ...good, time: SECOND - 61 },
      world.signed('spot.orders', 'subscribe', ['BTC_USDT', 'NOPE_USDT']),
      world.signed('spot.orders', 'subscribe', []),
      world.signed('spot.orders', 'subscribe'),
    ];
    for (const message of messages) client.send(message);
    expect(client.takeTexts().map(codeOf)).toEqual([
      [4, 'INVALID_KEY'],
      [4, 'INVALID_KEY'],
      [4, 'INVALID_KEY'],
      [4, 'INVALID_SIGNATURE'],
      [4, 'INVALID_SIGNATURE'],
      [4, 'IP_FORBIDDEN'],
      [4, 'FORBIDDEN'],
      [2, 'the gap between request time and server time exceeds 60 seconds'],
      [2, 'unknown currency pair NOPE_USDT'],
      [2, 'empty payload'],
      [1, 'invalid request format'],
    ]);
  });
});

describe('order pushes', () => {
  it('tell the life of an order without a snapshot and without a status', async () => {
    const world = createGateioStreamWorld();
    world.place({ text: 't-before' });
    const client = world.subscribed('spot.orders', ['!all']);
    await world.clock.advance(SOON);
    expect(client.takeTexts()).toEqual([]);
    world.call('DELETE', '/spot/orders', {});
    await world.clock.advance(SOON);
    takeRows(client, 'spot.orders');
    const { id } = world.place({ amount: '0.1' }).body as { id: string };
    const [created] = await nextRows(world, client);
    const order = {
      id,
      text: 't-1',
      create_time: String(SECOND),
      update_time: String(SECOND),
      currency_pair: 'BTC_USDT',
      type: 'limit',
      account: 'spot',
      side: 'buy',
      amount: '0.1',
      price: '100',
      time_in_force: 'gtc',
      left: '0.1',
      filled_total: '0',
      avg_deal_price: '0',
      fee: '0',
      fee_currency: 'BTC',
      point_fee: '0',
      gt_fee: '0',
      rebated_fee: '0',
      rebated_fee_currency: 'USDT',
      create_time_ms: expect.stringMatching(/^\d{13}$/),
      update_time_ms: expect.stringMatching(/^\d{13}$/),
      user: 3_497_082,
      event: 'put',
      stp_id: 0,
      stp_act: '-',
      finish_as: 'open',
      biz_info: '-',
      amend_text: '-',
    };
    expect(created).toEqual(order);
    world.hit('sell', 40_000);
    world.call('PATCH', `/spot/orders/${id}`, { query: 'currency_pair=BTC_USDT', body: { amount: '0.2' } });
    world.hit('sell', 160_000);
    const rows = await nextRows(world, client);
    expect(
      rows.map(({ event, left, amount, filled_total, finish_as }) => [event, left, amount, filled_total, finish_as]),
    ).toEqual([
      ['update', '0.06', '0.1', '4', 'open'],
      ['update', '0.16', '0.2', '4', 'open'],
      ['finish', '0', '0.2', '20', 'filled'],
    ]);
    const finished = world.call('GET', `/spot/orders/${id}`).body as Record<string, unknown>;
    const { fee, avg_deal_price, update_time_ms } = rows.at(-1)!;
    expect([fee, avg_deal_price, update_time_ms]).toEqual([
      finished['fee'],
      finished['avg_deal_price'],
      String(finished['update_time_ms']),
    ]);
    expect(world.audit()).toEqual([]);
  });

  it('tell how an order ended', async () => {
    const world = createGateioStreamWorld();
    const client = world.subscribed('spot.orders', ['BTC_USDT']);
    const { id } = world.place().body as { id: string };
    world.call('DELETE', `/spot/orders/${id}`, { query: 'currency_pair=BTC_USDT' });
    world.rest('sell', 1_010, 100_000);
    world.place({ text: 't-ioc', price: '101', time_in_force: 'ioc' });
    const rows = await nextRows(world, client);
    expect(rows.map(({ text, event, finish_as, left }) => [text, event, finish_as, left])).toEqual([
      ['t-1', 'put', 'open', '0.5'],
      ['t-1', 'finish', 'cancelled', '0.5'],
      ['t-ioc', 'put', 'open', '0.5'],
      ['t-ioc', 'update', 'open', '0.4'],
      ['t-ioc', 'finish', 'ioc', '0.4'],
    ]);
  });

  it('keep silent about fees on the fast channel, and about pairs that nobody asked for', async () => {
    const world = createGateioStreamWorld();
    const client = world.subscribed('spot.orders_v2', ['ETH_USDT']);
    world.place();
    world.place({ currency_pair: 'ETH_USDT', text: 't-eth', price: '10' });
    await world.clock.advance(SOON);
    const rows = takeRows(client, 'spot.orders_v2');
    expect(rows.map(({ text }) => text)).toEqual(['t-eth']);
    expect(Object.keys(rows[0]!).filter((name) => name.includes('fee'))).toEqual([
      'fee_currency',
      'rebated_fee_currency',
    ]);
    client.send(world.signed('spot.orders_v2', 'unsubscribe', ['ETH_USDT']));
    client.takeTexts();
    world.place({ currency_pair: 'ETH_USDT', text: 't-eth', price: '10' });
    await world.clock.advance(SOON);
    expect(client.takeTexts()).toEqual([]);
  });
});

describe('pushes of fills and balances', () => {
  it('tell each fill once, with the numbers of REST', async () => {
    const world = createGateioStreamWorld();
    const client = world.subscribed('spot.usertrades', ['!all']);
    const fast = world.subscribed('spot.usertrades_v2', ['BTC_USDT']);
    world.place();
    world.hit('sell', 100_000);
    world.hit('sell', 400_000);
    await world.clock.advance(SOON);
    const rows = takeRows(client, 'spot.usertrades');
    const trades = (
      world.call('GET', '/spot/my_trades', { query: 'currency_pair=BTC_USDT' }).body as Record<string, unknown>[]
    ).reverse();
    expect(rows).toEqual(
      trades.map((trade) => ({
        id: Number(trade['id']),
        user_id: 3_497_082,
        order_id: trade['order_id'],
        currency_pair: 'BTC_USDT',
        create_time: SECOND,
        create_time_ms: trade['create_time_ms'],
        side: 'buy',
        amount: trade['amount'],
        role: 'maker',
        price: '100',
        fee: trade['fee'],
        fee_currency: 'BTC',
        point_fee: '0',
        gt_fee: '0',
        text: 't-1',
        amend_text: '-',
        biz_info: '-',
        id_market: Number(trade['sequence_id']),
      })),
    );
    const slim = rows.map(({ fee: _fee, fee_currency: _currency, point_fee: _points, gt_fee: _gt, ...rest }) => rest);
    expect(takeRows(fast, 'spot.usertrades_v2')).toEqual(slim);
  });

  it('tell each change of each currency, and add up to the accounts', async () => {
    const world = createGateioStreamWorld();
    const client = world.subscribed('spot.balances');
    world.place();
    world.hit('sell', 100_000);
    world.call('DELETE', '/spot/orders', {});
    world.account('alice').deposit('ETH', '1');
    await world.clock.advance(SOON);
    const rows = takeRows(client, 'spot.balances');
    expect(rows[0]).toEqual({
      timestamp: String(SECOND),
      timestamp_ms: String(START_AT),
      user: '3497082',
      currency: 'USDT',
      change: '0',
      total: '1000',
      available: '950',
      freeze: '50',
      freeze_change: '50',
      change_type: 'order-create',
    });
    expect(rows.map(({ currency, change, change_type }) => [currency, change, change_type])).toEqual([
      ['USDT', '0', 'order-create'],
      ['USDT', '-10', 'order-match'],
      ['BTC', '0.1', 'order-match'],
      ['BTC', expect.stringMatching(/^-0\.000/), 'trade-fee-deduct'],
      ['USDT', '0', 'order-update'],
      ['ETH', '1', 'deposit'],
    ]);
    const accounts = world.call('GET', '/spot/accounts').body as Record<string, unknown>[];
    for (const { currency, available, locked } of accounts) {
      const last = rows.findLast((row) => row['currency'] === currency)!;
      expect([last['available'], last['freeze']]).toEqual([available, locked]);
    }
    expect(world.audit()).toEqual([]);
  });

  it('go to the account that signed, also on one socket', async () => {
    const bob = { ...ALICE, apiKey: 'bob', userId: '77' };
    const world = createGateioStreamWorld([ALICE, bob]);
    const client = world.subscribed('spot.orders', ['!all']);
    world.place({ text: 't-bob' }, bob);
    await world.clock.advance(SOON);
    expect(takeRows(client, 'spot.orders')).toEqual([]);
    client.send(world.signed('spot.orders', 'subscribe', ['!all'], bob));
    world.place({ text: 't-bob' }, bob);
    world.place({ text: 't-alice' });
    await world.clock.advance(SOON);
    const users = takeRows(client, 'spot.orders').map(({ text, user }) => [text, user]);
    expect(users.sort()).toEqual([
      ['t-alice', 3_497_082],
      ['t-bob', 77],
    ]);
  });
});

async function nextRows(world: ReturnType<typeof createGateioStreamWorld>, client: StreamClient) {
  await world.clock.advance(SOON);
  return takeRows(client, 'spot.orders');
}
