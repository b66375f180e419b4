import { describe, expect, it } from 'vitest';
import fixture from '../../fixtures/gateio/stream-signatures.json' with { type: 'json' };
import { START_AT } from '../../support/gateio-private-wire-world.js';
import { createVenueWorld } from '../../support/venue-wire-world.js';
import {
  ALICE,
  type ApiFrame,
  createGateioStreamWorld,
  hmac,
  idOf,
  LIMIT_BUY,
  SOON,
  takeRows,
  verdictOf,
} from './gateio-client.js';
import { connectStream } from './stream-client.js';

const LIMIT = { currency_pair: 'BTC_USDT', side: 'buy', amount: '0.1', price: '100', text: 't-1' };
const PAIR = { currency_pair: 'BTC_USDT' };

describe('logging in', () => {
  it.each(fixture.logins)('takes the published signature of $name, and no other', async (login) => {
    const account = { apiKey: login.key, secretKey: login.secret, balances: {}, userId: '110284739' };
    const world = createVenueWorld('gateio_spot', [account], Number(login.timestamp) * 1_000);
    const client = connectStream(world.venue.gateway, '/ws/v4/');
    const send = (change: Readonly<Record<string, unknown>> = {}) => {
      const { key: api_key, signature, timestamp, reqParam } = login;
      const param = reqParam === '' ? {} : { req_param: JSON.parse(reqParam) };
      const payload = { req_id: 'l', api_key, signature, timestamp, ...param, ...change };
      client.send({ time: Number(timestamp), channel: 'spot.login', event: 'api', payload });
    };
    send();
    send({ req_param: [] });
    send({ timestamp: String(Number(login.timestamp) + 1) });
    await world.clock.advance(SOON);
    const [first, ...others] = client.takeTexts() as ApiFrame[];
    expect(first!.data).toEqual({ result: { api_key: login.key, uid: '110284739' } });
    expect(others.map(verdictOf)).toEqual([
      ['401', 'INVALID_SIGNATURE'],
      ['401', 'INVALID_SIGNATURE'],
    ]);
  });

  it('covers the parameters exactly as they were sent, blanks included', async () => {
    const world = createGateioStreamWorld();
    const client = world.connect();
    const timestamp = String(world.seconds());
    for (const signedText of ['{ "a" : [1.0, "}\\""] }', '{"a":[1,"}\\""]}']) {
      const signature = hmac(ALICE.secretKey, `api\nspot.login\n${signedText}\n${timestamp}`);
      const fields = `"api_key":"alice","signature":"${signature}","timestamp":"${timestamp}"`;
      const payload = `{"req_id":"l", "req_header":{"x":"req_param"},"req_param":{ "a" : [1.0, "}\\""] },${fields}}`;
      client.send(`{"time":${timestamp},"channel":"spot.login","event":"api","payload":${payload}}`);
    }
    await world.clock.advance(SOON);
    const verdicts = (client.takeTexts() as ApiFrame[]).map(verdictOf);
    expect(verdicts).toEqual(['200', ['401', 'INVALID_SIGNATURE']]);
  });

  it('is refused to wrong keys, from elsewhere, too late, and without an id to answer to', async () => {
    const away = { ...ALICE, apiKey: 'away', ips: ['1.2.3.4'] };
    const world = createGateioStreamWorld([ALICE, away]);
    const client = world.connect();
    const old = String(world.seconds() - 61);
    const verdicts = [];
    for (const message of [
      world.loginOf(ALICE, { api_key: 'nobody' }),
      world.loginOf(ALICE, { timestamp: Number(old) }),
      world.loginOf(ALICE, { timestamp: old }),
      world.loginOf(away),
      world.loginOf(ALICE, { req_id: undefined }),
      { ...world.loginOf(ALICE), time: Number(old) },
      world.command('spot.order_place', LIMIT),
    ]) {
      verdicts.push(...(await world.ask(client, message)).map(verdictOf));
    }
    expect(verdicts).toEqual([
      ['401', 'INVALID_KEY'],
      ['400', 'INVALID_ARGUMENT'],
      ['403', 'REQUEST_EXPIRED'],
      ['403', 'IP_FORBIDDEN'],
      ['400', 'MISSING_REQUIRED_PARAM'],
      ['403', 'REQUEST_EXPIRED'],
      ['401', 'AUTHENTICATION_FAILED'],
    ]);
    expect(world.account('alice').orders()).toEqual([]);
  });

  it('is for one socket', async () => {
    const world = createGateioStreamWorld();
    await world.loggedIn();
    const [answer] = await world.ask(world.connect(), world.command('spot.order_list', { ...PAIR, status: 'open' }));
    expect(verdictOf(answer!)).toEqual(['401', 'AUTHENTICATION_FAILED']);
  });
});

describe('placing', () => {
  it('echoes the request, then answers with the order', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    const { text: _text, ...nameless } = LIMIT;
    const message = world.command('spot.order_place', nameless);
    const [echo, answer] = await world.ask(client, message);
    const header = {
      response_time: expect.stringMatching(/^\d{13}$/),
      status: '200',
      channel: 'spot.order_place',
      event: 'api',
      client_id: expect.stringContaining('10.0.0.1'),
      x_in_time: expect.any(Number),
      x_out_time: expect.any(Number),
      conn_id: expect.any(String),
      conn_trace_id: expect.any(String),
      trace_id: expect.any(String),
      x_gate_ratelimit_requests_remain: 9,
      x_gate_ratelimit_limit: 10,
    };
    const id = message.payload.req_id;
    expect(echo).toMatchObject({
      request_id: id,
      ack: true,
      header,
      data: { result: { req_id: id, req_header: null, req_param: nameless } },
    });
    expect(answer).toMatchObject({ request_id: id, header });
    expect(Object.keys(answer!)).toEqual(['request_id', 'header', 'data']);
    const [order] = world.call('GET', '/spot/orders', { query: 'currency_pair=BTC_USDT&status=open' }).body as object[];
    expect(answer!.data).toEqual({ result: order });
    expect(order).toMatchObject({ text: 'apiv4-ws', status: 'open', create_time_ms: expect.any(Number) });
    const resets = [echo!, answer!].map(({ header: fields }) =>
      Object.keys(fields).filter((name) => name.endsWith('reset_timestamp')),
    );
    expect(resets.flat().sort()).toEqual(['x_gat_ratelimit_reset_timestamp', 'x_gate_ratelimit_reset_timestamp']);
    expect(world.audit()).toEqual([]);
  });

  it('takes a list of orders, each of which stands alone', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    const orders = [
      LIMIT,
      { ...LIMIT, text: 't-2', amount: '1000' },
      { ...LIMIT, text: 't-3', currency_pair: 'ETH_USDT', amount: '1', price: '10' },
    ];
    const [echo, answer] = await world.ask(client, world.command('spot.order_place', orders));
    expect(echo!.ack).toBe(true);
    const rows = answer!.data.result as unknown as Record<string, unknown>[];
    expect(rows.map(({ text, succeeded, label }) => [text, succeeded, label])).toEqual([
      ['t-1', true, ''],
      ['t-2', false, 'BALANCE_NOT_ENOUGH'],
      ['t-3', true, ''],
    ]);
    expect(world.audit()).toEqual([]);
  });

  it('refuses after the echo what the venue refuses, and before it what has expired or is not allowed', async () => {
    const reader = { ...ALICE, apiKey: 'reader', permissions: ['read'] as const };
    const world = createGateioStreamWorld([ALICE, reader]);
    const client = await world.loggedIn();
    const poor = await world.ask(client, world.command('spot.order_place', { ...LIMIT, amount: '1000' }));
    expect(poor.map(({ ack }) => ack)).toEqual([true, undefined]);
    expect(verdictOf(poor[1]!)).toEqual(['400', 'BALANCE_NOT_ENOUGH']);
    const now = START_AT + 5_000;
    await world.clock.advance(now - world.clock.now());
    const late = world.command('spot.order_place', LIMIT, { 'x-gate-exptime': String(now - 1) });
    const expired = await world.ask(client, late);
    expect(expired.map(verdictOf)).toEqual([['403', 'REQUEST_EXPIRED']]);
    const intime = world.command('spot.order_place', LIMIT, { 'X-Gate-Exptime': now + 1_000 });
    expect((await world.ask(client, intime)).map(verdictOf)).toEqual(['200', '200']);
    const readOnly = await world.loggedIn(reader);
    expect((await world.ask(readOnly, world.command('spot.order_place', LIMIT))).map(verdictOf)).toEqual([
      ['403', 'READ_ONLY'],
    ]);
    expect((await world.ask(client, world.command('spot.order_nothing', LIMIT))).map(verdictOf)).toEqual([
      ['400', 'INVALID_ARGUMENT'],
    ]);
    expect(world.audit()).toEqual([]);
  });

  it('is limited to ten a second with amending, over all pairs; canceling and reading are not', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    const place = (currency_pair: string, text: string) =>
      client.send(world.command('spot.order_place', { ...LIMIT, currency_pair, text, price: '10', amount: '0.4' }));
    for (let i = 0; i < 5; i++) {
      place('BTC_USDT', `t-b${i}`);
      place('ETH_USDT', `t-e${i}`);
    }
    place('ETH_USDT', 't-over');
    client.send(world.command('spot.order_amend', { ...PAIR, order_id: 't-b0', price: '11' }));
    for (let i = 0; i < 15; i++) client.send(world.command('spot.order_cancel', { ...PAIR, order_id: 't-none' }));
    await world.clock.advance(SOON);
    const answers = (client.takeTexts() as ApiFrame[]).filter(({ ack }) => ack !== true);
    const limited = answers.filter(({ header }) => header['status'] === '429');
    expect(limited.map(verdictOf)).toEqual([
      ['429', 'TOO_MANY_REQUESTS'],
      ['429', 'TOO_MANY_REQUESTS'],
    ]);
    expect(limited[0]!.header).not.toHaveProperty('x_gate_ratelimit_requests_remain');
    expect(answers.filter(({ header }) => header['status'] === '404')).toHaveLength(15);
    await world.clock.advance(1_000);
    const again = await world.ask(
      client,
      world.command('spot.order_amend', { ...PAIR, order_id: 't-b0', price: '11' }),
    );
    expect(again.map(verdictOf)).toEqual(['200']);
    expect(world.audit()).toEqual([]);
  });
});

describe('the other commands', () => {
  it('amend, read, list and cancel one order, each with one answer', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    const order_id = idOf(await world.ask(client, world.command('spot.order_place', LIMIT)));
    const named = { ...PAIR, order_id };
    const amended = await world.ask(client, world.command('spot.order_amend', { ...named, price: '90' }));
    const read = await world.ask(client, world.command('spot.order_status', { ...PAIR, order_id: 't-1' }));
    const listed = await world.ask(
      client,
      world.command('spot.order_list', { ...PAIR, status: 'open', page: 1, limit: 10 }),
    );
    const canceled = await world.ask(client, world.command('spot.order_cancel', named));
    const again = await world.ask(client, world.command('spot.order_cancel', named));
    expect([amended, read, listed, canceled, again].map((frames) => frames.length)).toEqual([1, 1, 1, 1, 1]);
    expect(amended[0]!.data.result).toMatchObject({ id: order_id, price: '90', status: 'open' });
    expect(read[0]!.data.result).toEqual(amended[0]!.data.result);
    expect(listed[0]!.data.result).toEqual([amended[0]!.data.result]);
    expect(canceled[0]!.data.result).toMatchObject({ id: order_id, status: 'cancelled', finish_as: 'cancelled' });
    expect(verdictOf(again[0]!)).toEqual(['400', 'ORDER_CANCELLED']);
    expect(Object.keys(canceled[0]!.header)).not.toContain('x_gate_ratelimit_limit');
    expect(world.audit()).toEqual([]);
  });

  it('cancel several by their ids, and all of a pair, which must be named', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    const ids = [];
    for (const text of ['t-1', 't-2', 't-3']) {
      ids.push(idOf(await world.ask(client, world.command('spot.order_place', { ...LIMIT, text }))));
    }
    await world.ask(client, world.command('spot.order_place', { ...LIMIT_BUY, currency_pair: 'ETH_USDT', price: '9' }));
    const two = [
      { ...PAIR, id: ids[0] },
      { ...PAIR, id: '1' },
    ];
    const [byIds] = await world.ask(client, world.command('spot.order_cancel_ids', two));
    expect(byIds!.data.result).toMatchObject([
      { ...PAIR, id: ids[0], text: 't-1', succeeded: true, label: '' },
      { ...PAIR, id: '1', succeeded: false, label: 'ORDER_NOT_FOUND' },
    ]);
    const [unnamed] = await world.ask(client, world.command('spot.order_cancel_cp', {}));
    expect(verdictOf(unnamed!)).toEqual(['400', 'MISSING_REQUIRED_PARAM']);
    const [byPair] = await world.ask(client, world.command('spot.order_cancel_cp', { ...PAIR, side: 'buy' }));
    expect((byPair!.data.result as unknown as { id: string }[]).map(({ id }) => id).sort()).toEqual(
      ids.slice(1).sort(),
    );
    expect(
      world
        .account('alice')
        .orders()
        .filter(({ status }) => status === 'open'),
    ).toHaveLength(1);
    expect(world.audit()).toEqual([]);
  });

  it('go along with private channels on one socket, which are signed for by themselves', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    client.send({ time: world.seconds(), channel: 'spot.orders', event: 'subscribe', payload: ['!all'] });
    expect(client.takeTexts()).toMatchObject([{ error: { code: 4 } }]);
    client.send(world.signed('spot.orders', 'subscribe', ['!all']));
    client.takeTexts();
    client.send(world.command('spot.order_place', LIMIT));
    await world.clock.advance(SOON);
    expect(takeRows(client, 'spot.orders').map(({ text, event }) => [text, event])).toEqual([['t-1', 'put']]);
  });
});
