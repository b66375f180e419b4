import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import {
  CREDENTIALS,
  codeThrownBy,
  encodeContext,
  NOW,
  orderRequest,
  privateHalf,
} from '../../support/gateio-contexts.js';

const { orderSocket: socket } = privateHalf();
if (socket === undefined) throw new Error('Gate.io spot has no order socket');
const symbol = 'BTC/USDT' as const;
const context = { ...encodeContext, requestId: 'req-1', now: NOW + 999, expiresAt: NOW + 5_000.5 };
const ORDER = orderRequest({ side: 'sell' });

function command(channel: string, req_param: object, expires = true): unknown {
  const req_header = expires ? { req_header: { 'x-gate-exptime': String(NOW + 5_000) } } : {};
  const payload = { req_id: 'req-1', req_param, ...req_header };
  return { time: NOW / 1_000, channel, event: 'api', payload };
}

describe('Commands on the Gate.io order socket', () => {
  it('place as REST does, and expire', () => {
    expect(JSON.parse(socket.place(ORDER, context))).toEqual(
      command('spot.order_place', {
        text: 't-7f3a.1',
        currency_pair: 'BTC_USDT',
        type: 'limit',
        account: 'spot',
        side: 'sell',
        amount: '0.00120',
        price: '91234.50',
        time_in_force: 'gtc',
      }),
    );
  });

  it('cancel, amend and ask by either id', () => {
    const order = { order_id: '77', currency_pair: 'BTC_USDT' };
    const ref = { symbol, orderId: '77' };
    expect(JSON.parse(socket.cancel(ref, context))).toEqual(command('spot.order_cancel', order));
    expect(JSON.parse(socket.cancel({ symbol, clientOrderId: 't-1' }, context))).toEqual(
      command('spot.order_cancel', { ...order, order_id: 't-1' }),
    );
    expect(JSON.parse(socket.amend({ ...ref, price: '5.0' } as never, context))).toEqual(
      command('spot.order_amend', { ...order, price: '5.0' }),
    );
    expect(JSON.parse(socket.amend({ ...ref, quantity: '2' } as never, context))).toEqual(
      command('spot.order_amend', { ...order, amount: '2' }),
    );
    expect(JSON.parse(socket.get(ref, context))).toEqual(command('spot.order_status', order, false));
  });

  it('are refused before anything is written when they cannot be meant', () => {
    const wrong = [
      () => socket.place({ ...ORDER, price: undefined } as never, context),
      () => socket.place({ ...ORDER, clientOrderId: 'no-prefix' }, context),
      () => socket.place({ ...ORDER, symbol: 'NO/PE' }, context),
      () => socket.cancel({ symbol }, context),
      () => socket.cancel({ symbol, orderId: '..' }, context),
      () => socket.amend({ symbol, orderId: '7' }, context),
      () => socket.get({ symbol: 'NO/PE', orderId: '7' }, context),
    ];
    for (const act of wrong) expect(codeThrownBy(act)).toBe('validation');
  });

  it('the login holds its secret in a closure', () => {
    const login = socket.createLogin(CREDENTIALS);
    expect(inspect(login, { depth: 9, showHidden: true }) + String(login)).not.toContain(CREDENTIALS.secretKey);
    expect(login('login-1', NOW)).not.toContain(CREDENTIALS.secretKey);
    expect(codeThrownBy(() => socket.createLogin({ apiKey: 'k', secretKey: '' }))).toBe('validation');
  });
});

describe('Answers on the Gate.io order socket', () => {
  const answer = (changes: object) =>
    socket.readAnswer(
      JSON.stringify({ request_id: 'req-1', header: { status: '200' }, data: { result: { id: '5' } }, ...changes }),
    );
  const refusalOf = (read: ReturnType<typeof answer>) =>
    gateioSpot.classify({ status: read?.status ?? 0, headers: {}, text: '', json: read?.body, now: NOW });

  it('come as text or bytes, with a status of text or number', () => {
    const expected = { requestId: 'req-1', isAck: false, status: 200, body: { id: '5' } };
    expect(answer({})).toEqual(expected);
    expect(answer({ ack: false })).toEqual(expected);
    expect(answer({ header: { status: 200 } })).toEqual(expected);
    const bytes = new TextEncoder().encode(
      JSON.stringify({ request_id: 'req-1', header: { status: '200' }, data: { result: { id: '5' } } }),
    );
    expect(socket.readAnswer(bytes)).toEqual(expected);
  });

  it('keep ids above 2^53 whole', () => {
    const text = '{"request_id":"r","header":{"status":"200"},"data":{"result":{"id":9223372036854775807}}}';
    expect(socket.readAnswer(text)?.body).toEqual({ id: '9223372036854775807' });
  });

  it('an echo is no end, but an echo with an error is', () => {
    expect(answer({ ack: true })?.isAck).toBe(true);
    const errs = { label: 'AUTHENTICATION_FAILED', message: 'Not login' };
    const refused = answer({ ack: true, header: { status: '401' }, data: { errs } });
    expect(refused).toEqual({ requestId: 'req-1', isAck: false, status: 401, body: errs });
    expect(refusalOf(refused)).toMatchObject({ code: 'authentication', outcome: 'rejected' });
    expect(answer({ ack: true, header: { status: '500' }, data: {} })?.isAck).toBe(false);
  });

  it.each([
    ['400', 'BALANCE_NOT_ENOUGH', 'insufficient_balance', 'rejected'],
    ['404', 'ORDER_NOT_FOUND', 'order_not_found', 'rejected'],
    ['403', 'REQUEST_EXPIRED', 'timestamp', 'rejected'],
    ['429', 'TOO_MANY_REQUESTS', 'rate_limit', 'rejected'],
    ['500', 'INTERNAL', 'server', 'unknown'],
    ['503', 'TOO_BUSY', 'maintenance', 'unknown'],
    ['400', 'SOMETHING_NEW', 'bad_request', 'unknown'],
    ['200', 'BALANCE_NOT_ENOUGH', 'insufficient_balance', 'unknown'],
    ['200', 'SOMETHING_NEW', 'server', 'unknown'],
  ])('status %s with %s is %s, outcome %s', (status, label, code, outcome) => {
    const read = answer({ header: { status }, data: { errs: { label, message: 'text' } } });
    expect(refusalOf(read)).toMatchObject({ code, outcome, venueCode: label });
  });

  it.each([{}, [], 'text', 5, [{ label: 'X' }]])('an error that reads %j is never taken for success', (errs) => {
    for (const status of ['200', '400']) {
      const refusal = refusalOf(answer({ header: { status }, data: { errs } }));
      expect(refusal?.outcome).toBe('unknown');
    }
  });

  it('a success without a result has no order in it', () => {
    for (const data of [{}, null, undefined, { result: null }]) {
      const read = answer({ data });
      expect(read).toEqual({ requestId: 'req-1', isAck: false, status: 200, body: null });
      const decode = () =>
        privateHalf().orders.place.decode(read?.body, ORDER, { ...encodeContext, receivedAt: NOW } as never);
      expect(codeThrownBy(decode)).toBe('malformed_response');
    }
  });

  it('pongs and pushes answer nothing', () => {
    expect(socket.ping(NOW)).toBe(`{"time":${NOW / 1_000},"channel":"spot.ping"}`);
    for (const frame of [
      { channel: 'spot.pong', event: '', result: null },
      { channel: 'spot.system', event: 'update', result: { type: 'upgrade', msg: 'soon' } },
      {},
    ])
      expect(socket.readAnswer(JSON.stringify(frame))).toBeUndefined();
  });

  it.each([
    'no json',
    '[]',
    'null',
    '{"request_id":"r"}',
    '{"request_id":7,"header":{"status":"200"}}',
    '{"header":{"status":"200"}}',
    '{"request_id":"r","header":{"status":"ok"}}',
    '{"request_id":"r","header":{"status":99}}',
    '{"request_id":"r","header":{}}',
    '{"request_id":"r","header":{"status":"200"},"data":[]}',
  ])('%s is malformed', (frame) => {
    expect(codeThrownBy(() => socket.readAnswer(frame))).toBe('malformed_response');
  });
});
