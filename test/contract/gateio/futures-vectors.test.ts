import { describe, expect, it } from 'vitest';
import { createHmacSha512 } from '../../../src/crypto/hmac.js';
import { GATEIO_FUTURES_ERRORS, gateioFutures, gateioFuturesBtc } from '../../../src/venues/gateio/index.js';
import { channelPayload, commandPayload, restPayload } from '../../../src/venues/gateio/signature.js';
import fixture from '../../fixtures/gateio/futures.json' with { type: 'json' };
import { createRecorder } from '../../support/frame-recorder.js';
import { CREDENTIALS } from '../../support/gateio-contexts.js';
import {
  accountContext,
  encodeContext,
  NOW,
  orderRequest,
  positionRow,
  privateHalf,
} from '../../unit/gateio-futures/support.js';

const venue = privateHalf();
const { orderSocket, streams } = venue;

describe('Published signatures of Gate.io futures', () => {
  it.each(fixture.requests.map((example) => [example.name, example] as const))(
    'of REST: %s',
    (_name, { key, secret, method, path, query, signedQuery, body, timestamp, sign }) => {
      const payload = restPayload({ method, path, query: signedQuery, body, timestamp });
      expect(createHmacSha512(secret)(payload)).toBe(sign);
      const pairs = signedQuery === '' ? [] : signedQuery.split('&').map((part) => part.split('=') as [string, string]);
      const signer = venue.createSigner({ apiKey: key, secretKey: secret });
      const request = { method: method as 'GET', path, query: pairs, body };
      expect(signer.sign(request, Number(timestamp) * 1_000)).toEqual({
        query,
        headers: { KEY: key, Timestamp: timestamp, SIGN: sign },
      });
    },
  );

  it.each(fixture.subscriptions.map((example) => [example.name, example] as const))(
    'of subscriptions, the account id before all: %s',
    async (_name, { key, secret, channel, event, time, id, payload, message, sign }) => {
      const [account, ...args] = payload;
      const codec = await streams.loadCodec({ apiKey: key, secretKey: secret }, account);
      const write = event === 'subscribe' ? codec.subscribe : codec.unsubscribe;
      const [sent] = write([{ channel, key: '', args }], () => id, time * 1_000);
      expect(JSON.parse(sent?.text ?? '')).toEqual(message);
      expect(createHmacSha512(secret)(channelPayload(channel, event, time))).toBe(sign);
    },
  );

  it.each(fixture.commands.map((example) => [example.name, example] as const))(
    'of commands over the socket: %s',
    (_name, { key, secret, channel, reqParam, timestamp, sign }) => {
      expect(createHmacSha512(secret)(commandPayload(channel, reqParam, timestamp))).toBe(sign);
      if (channel !== 'futures.login') return;
      const login = orderSocket.createLogin({ apiKey: key, secretKey: secret });
      expect(JSON.parse(login('r-1', Number(timestamp) * 1_000)).payload).toEqual({
        api_key: key,
        signature: sign,
        timestamp,
        req_id: 'r-1',
      });
    },
  );

  it('are all there', () => {
    const { requests, subscriptions, commands, labels } = fixture;
    expect([requests.length, subscriptions.length, commands.length, labels.length]).toEqual([10, 3, 3, 15]);
  });
});

describe('Orders over the socket of Gate.io futures', () => {
  const context = { ...encodeContext, requestId: 'r-9', now: 1_767_225_721_000, expiresAt: 1_767_225_726_000.5 };
  const ref = { symbol: 'BTC/USDT:USDT', orderId: '7' } as const;
  const written = (text: string) => JSON.parse(text) as { channel: string; payload: Record<string, unknown> };

  it('have the fields of REST, and expire', () => {
    expect(written(orderSocket.place(orderRequest(), context))).toEqual({
      time: 1_767_225_721,
      channel: 'futures.order_place',
      event: 'api',
      payload: {
        req_id: 'r-9',
        req_param: { contract: 'BTC_USDT', size: '-12', price: '91500.1', tif: 'gtc', text: 't-f.1' },
        req_header: { 'x-gate-exptime': '1767225726000' },
      },
    });
  });

  it('are canceled, amended and asked for by name', () => {
    const change = { ...ref, side: 'sell', quantity: orderRequest().quantity } as never;
    expect(
      [orderSocket.cancel(ref, context), orderSocket.amend(change, context), orderSocket.get(ref, context)].map(
        (text) => [written(text).channel, written(text).payload['req_param']],
      ),
    ).toEqual([
      ['futures.order_cancel', { order_id: '7' }],
      ['futures.order_amend', { order_id: '7', size: '-12' }],
      ['futures.order_status', { order_id: '7' }],
    ]);
    expect(JSON.parse(orderSocket.ping(1_767_225_721_000)).channel).toBe('futures.ping');
  });

  it('are acknowledged, and then refused for a reason', () => {
    const [flow] = fixture.answers;
    const [ack, end] = (flow?.input.frames ?? []).map((frame) => orderSocket.readAnswer(JSON.stringify(frame)));
    expect(ack).toMatchObject({ requestId: 'r-9', isAck: true });
    expect(end).toEqual({
      requestId: 'r-9',
      isAck: false,
      status: 400,
      body: { label: 'INSUFFICIENT_AVAILABLE', message: 'balance not enough' },
    });
  });
});

describe('Private pushes of Gate.io futures', () => {
  const codecOf = () => streams.loadCodec(CREDENTIALS, '110');

  it('of orders count base asset, also out of numbers', async () => {
    const message = fixture.pushes.find(({ name }) => name === 'ws-order-push')?.input.message;
    const recorder = createRecorder();
    (await codecOf()).read(JSON.stringify(message), recorder);
    const [[, channel, key, payload] = []] = recorder.calls;
    const reports: unknown[] = [];
    streams.orders.decode(payload, accountContext(), (report) => reports.push(report));
    expect([channel, key]).toEqual(['futures.orders', '']);
    expect(reports).toEqual([
      {
        symbol: 'BTC/USDT:USDT',
        orderId: '4872460',
        clientOrderId: 't-f.9',
        side: 'sell',
        type: 'limit',
        timeInForce: 'GTC',
        postOnly: false,
        reduceOnly: false,
        price: '40000.4',
        quantity: '0.0015',
        filledQuantity: '0.0015',
        state: 'filled',
        createdAt: 1_767_225_747_325,
        updatedAt: 1_767_225_748_321,
      },
    ]);
  });

  it.each(['open', '_new'])('of an order that rests end in %s without a word', (finish_as) => {
    const reports: unknown[] = [];
    const drifts: string[] = [];
    const row = {
      id: 1,
      contract: 'BTC_USDT',
      size: -15,
      left: -15,
      price: 1,
      status: 'open',
      finish_as,
      finish_time: 0,
    };
    streams.orders.decode([row], accountContext(drifts), (report) => reports.push(report));
    expect(reports).toMatchObject([{ state: 'open' }]);
    expect(drifts).toEqual([]);
  });

  it('of fills keep every digit of a number, also with an exponent', () => {
    const fills: unknown[] = [];
    const text =
      '[{"id":"3335259","create_time":1767225748,"create_time_ms":1767225748321,"contract":"BTC_USDT","order_id":"4872460",' +
      '"size":"-15","price":91218.4,"role":"maker","text":"t-f.9","fee":-1.25e-8,"point_fee":0}]';
    streams.fills.decode(JSON.parse(text), accountContext(), (fill) => fills.push(fill));
    expect(fills).toMatchObject([{ price: '91218.4', fee: '-0.0000000125', feeAsset: 'USDT', liquidity: 'maker' }]);
  });

  it('of positions say no liquidation price, since it is not kept any more', () => {
    const positions: unknown[] = [];
    const row = { ...positionRow({ size: 0, entry_price: 0 }), time: 1_767_225_748, time_ms: 1_767_225_748_321 };
    streams.positions?.decode([row], accountContext(), (position) => positions.push(position));
    expect(positions).toMatchObject([{ contracts: '0', quantity: '0', updatedAt: 1_767_225_748_321, receivedAt: NOW }]);
    expect(positions[0]).not.toHaveProperty('liquidationPrice');
    expect(positions[0]).not.toHaveProperty('entryPrice');
  });

  it('of balances hold the whole of the account only: it is read again', () => {
    const events: unknown[] = [];
    const row = { balance: 970.68, change: -0.068, text: 'BTC_USDT:4872460', type: 'fee', currency: 'usdt' };
    streams.balances.decode([row, row], accountContext(), (event) => events.push(event));
    expect(events).toEqual(['moved']);
    expect(() => streams.balances.decode({}, accountContext(), () => undefined)).toThrow('balances: expected');
  });

  it('of unlisted markets are left out with a report, and nothing comes out of a push that cannot be read', () => {
    const drifts: string[] = [];
    const reports: unknown[] = [];
    const row = { id: 1, contract: 'NEW_USDT' };
    streams.orders.decode([row], accountContext(drifts), (report) => reports.push(report));
    const bad = [{ id: 1, contract: 'BTC_USDT', status: 'open' }, { contract: 'BTC_USDT' }];
    expect(() => streams.orders.decode(bad, accountContext(), (report) => reports.push(report))).toThrow('order id');
    expect([drifts, reports]).toEqual([['order of the unknown market NEW_USDT'], []]);
  });

  it('are asked for of all markets, four topics', () => {
    const { orders, fills, balances, positions } = streams;
    expect([orders, fills, balances, positions].map((channel) => channel?.topic)).toEqual([
      { channel: 'futures.orders', key: '', args: ['!all'] },
      { channel: 'futures.usertrades', key: '', args: ['!all'] },
      { channel: 'futures.balances', key: '', args: [] },
      { channel: 'futures.positions', key: '', args: ['!all'] },
    ]);
  });
});

describe('Labels of Gate.io futures', () => {
  const CLASSES: Readonly<Record<string, string>> = {
    InvalidSymbol: 'invalid_symbol',
    InsufficientBalance: 'insufficient_balance',
    AccountNotReady: 'account_not_ready',
    OrderNotFound: 'order_not_found',
    InvalidOrder: 'invalid_order',
    PositionError: 'position',
    TradingDisabled: 'trading_disabled',
    RateLimit: 'rate_limit',
    Ambiguous: 'timeout',
  };
  const classify = (status: number, json: unknown, headers = {}) =>
    gateioFutures.classify({ status, headers, text: JSON.stringify(json), json, now: NOW });

  it.each(fixture.labels.map((label) => [label.label, label] as const))('%s means what is published', (label, one) => {
    const refusal = classify(one.httpStatus, { label, detail: 'why' });
    expect(refusal).toMatchObject({
      code: CLASSES[one.expected],
      venueCode: label,
      message: 'why',
      outcome: one.httpStatus >= 500 ? 'unknown' : 'rejected',
    });
  });

  it('leave open what happened under a 5xx, unlisted, or unreadable; never under a documented refusal', () => {
    const outcomes = [
      classify(500, { label: 'POSITION_EMPTY' }),
      classify(400, { label: 'NEVER_SEEN' }),
      classify(400, {}),
      gateioFutures.classify({ status: 502, headers: {}, text: '<html>', json: undefined, now: NOW }),
      classify(400, { label: 'POSITION_EMPTY' }),
    ].map((refusal) => refusal?.outcome);
    expect(outcomes).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'rejected']);
    expect(classify(200, { id: 1 })).toBeUndefined();
  });

  it('of the table hold for both settle currencies, and every one can be explained', () => {
    expect(gateioFuturesBtc.errors).toBe(GATEIO_FUTURES_ERRORS);
    for (const [label, { meaning }] of Object.entries(GATEIO_FUTURES_ERRORS))
      expect(`${label} ${meaning}`).toMatch(/\.$/);
  });
});
