import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AccountChannel } from '../../../src/adapter/account-streams.js';
import { createRecorder } from '../../support/frame-recorder.js';
import { CREDENTIALS, codeThrownBy, createDecodeContext, NOW, privateHalf } from '../../support/gateio-contexts.js';

const { streams } = privateHalf();
const codec = await streams.loadCodec(CREDENTIALS);

const ORDER = {
  id: '399123456',
  text: 't-testtext',
  create_time_ms: '1767225650100',
  update_time_ms: '1767225650315',
  currency_pair: 'BTC_USDT',
  type: 'limit',
  side: 'sell',
  amount: '0.00040',
  price: '91300.0',
  time_in_force: 'gtc',
  left: '0.00040',
  filled_total: '0',
  event: 'put',
  finish_as: 'open',
};
const REPORT = {
  symbol: 'BTC/USDT',
  orderId: '399123456',
  clientOrderId: 't-testtext',
  side: 'sell',
  type: 'limit',
  timeInForce: 'GTC',
  postOnly: false,
  price: '91300.0',
  quantity: '0.00040',
  filledQuantity: '0',
  filledQuoteQuantity: '0',
  state: 'open',
  createdAt: 1_767_225_650_100,
  updatedAt: 1_767_225_650_315,
};
const FILL = {
  id: 309_143_071,
  user_id: 3_497_082,
  order_id: '399123456',
  currency_pair: 'BTC_USDT',
  create_time: 1_767_225_650,
  create_time_ms: '1767225650315.4578',
  side: 'sell',
  amount: '0.00010',
  role: 'maker',
  price: '91300.0',
  fee: '0.0182600',
  fee_currency: 'USDT',
  text: 't-testtext',
};
const BALANCE = {
  timestamp: '1767225650',
  timestamp_ms: '1767225650315',
  user: '3497082',
  currency: 'USDT',
  change: '-27.39',
  total: '1000.00',
  available: '968.80',
  freeze: '31.20',
  freeze_change: '27.39',
  change_type: 'order-create',
};

function read<E>(channel: AccountChannel<E>, payload: unknown, context = createDecodeContext()): E[] {
  const events: E[] = [];
  channel.decode(payload, { ...context, venueTime: Number.NaN }, (event) => events.push(event));
  return events;
}

describe('Subscriptions of the Gate.io account', () => {
  it('cover all markets, one signed message each, and the balances carry no payload', () => {
    let id = 0;
    const topics = [streams.orders.topic, streams.fills.topic, streams.balances.topic];
    const messages = codec.subscribe(topics, () => ++id, NOW);
    expect(messages.map(({ id, topics, text }) => [id, topics, JSON.parse(text)])).toEqual(
      topics.map((topic, index) => [
        index + 1,
        [topic],
        {
          time: NOW / 1_000,
          id: index + 1,
          channel: topic.channel,
          event: 'subscribe',
          ...(topic.channel === 'spot.balances' ? {} : { payload: ['!all'] }),
          auth: { method: 'api_key', KEY: CREDENTIALS.apiKey, SIGN: expect.stringMatching(/^[0-9a-f]{128}$/) },
        },
      ]),
    );
    expect(topics.map(({ channel, key }) => [channel, key])).toEqual([
      ['spot.orders', ''],
      ['spot.usertrades', ''],
      ['spot.balances', ''],
    ]);
  });

  it('are signed anew when they end, while public channels and pings never carry a key', () => {
    const [on] = codec.subscribe([streams.orders.topic], () => 1, NOW);
    const [off] = codec.unsubscribe([streams.orders.topic], () => 1, NOW);
    const signOf = (text = '{}') => JSON.parse(text).auth.SIGN;
    expect(signOf(off?.text)).not.toBe(signOf(on?.text));
    const ticker = { channel: 'spot.tickers', key: 'BTC_USDT', args: ['BTC_USDT'] };
    const [open] = codec.subscribe([ticker], () => 1, NOW);
    expect([open?.text, codec.ping(NOW)].join()).not.toMatch(/auth|KEY|SIGN/);
  });

  it('keep their secret to themselves', () => {
    const seen = [inspect(codec, { depth: 9, showHidden: true }), JSON.stringify(codec), inspect(streams)].join();
    expect(seen).not.toContain(CREDENTIALS.secretKey);
    expect(seen).not.toContain(CREDENTIALS.apiKey);
  });

  it('a refused key is told as such, with the echo of the balances taken as any other answer', () => {
    const recorder = createRecorder();
    const answer = { time: 1, id: 3, channel: 'spot.orders', event: 'subscribe', result: { status: 'fail' } };
    const message = '{"label":"INVALID_KEY","message":"Invalid key provided"}';
    codec.read(JSON.stringify({ ...answer, error: { code: 4, message } }), recorder);
    codec.read(
      JSON.stringify({ ...answer, id: 4, channel: 'spot.balances', payload: ['!all'], result: { status: 'success' } }),
      recorder,
    );
    expect(recorder.calls).toEqual([
      ['ack', { id: 3, refused: 'all', code: 'authentication', venueCode: '4', message }],
      ['ack', { id: 4, refused: 'none' }],
    ]);
  });

  it.each(['spot.orders', 'spot.usertrades', 'spot.balances'])('a push of %s is its list of rows', (channel) => {
    const push = (result: unknown) => {
      const recorder = createRecorder();
      codec.read(JSON.stringify({ time: 1_767_225_650, channel, event: 'update', result }), recorder);
      return recorder.calls;
    };
    expect(push([{ a: 1 }])).toEqual([['data', channel, '', [{ a: 1 }], 1_767_225_650_000]]);
    for (const wrong of [{}, null, 'x', 5]) expect(push(wrong)).toEqual([['malformed', `${channel} without its rows`]]);
  });
});

describe('Order pushes of Gate.io', () => {
  it.each([
    ['put', {}, { state: 'open' }],
    [
      'put',
      { left: '0.00010', filled_total: '27.39' },
      { state: 'partially_filled', filledQuantity: '0.0003', filledQuoteQuantity: '27.39' },
    ],
    [
      'update',
      { left: '0.00010', filled_total: '27.39' },
      { state: 'partially_filled', filledQuantity: '0.0003', filledQuoteQuantity: '27.39' },
    ],
    ['update', {}, { state: 'open' }],
    [
      'finish',
      { left: '0', filled_total: '36.52', finish_as: 'filled' },
      { state: 'filled', filledQuantity: '0.0004', filledQuoteQuantity: '36.52' },
    ],
    [
      'finish',
      { left: '0', filled_total: '36.52', finish_as: 'cancelled' },
      { state: 'filled', filledQuantity: '0.0004', filledQuoteQuantity: '36.52' },
    ],
    ['finish', { finish_as: 'cancelled' }, { state: 'canceled', reason: 'cancelled' }],
    ['finish', { finish_as: 'filled' }, { state: 'canceled' }],
    [
      'finish',
      { left: '0.00010', filled_total: '27.39', finish_as: 'stp' },
      { state: 'canceled', reason: 'stp', filledQuantity: '0.0003', filledQuoteQuantity: '27.39' },
    ],
  ])('%s with %j', (event, changes, expected) => {
    expect(read(streams.orders, [{ ...ORDER, event, ...changes }])).toEqual([{ ...REPORT, ...expected }]);
  });

  it('a market buy that filled is filled although a little of its quote is left and its base is not told', () => {
    const push = { type: 'market', side: 'buy', price: '0', amount: '50', left: '0.00312', time_in_force: 'ioc' };
    const row = { ...ORDER, ...push, filled_total: '49.99688', event: 'finish', finish_as: 'filled' };
    const { price, quantity, filledQuantity, ...rest } = REPORT;
    expect(read(streams.orders, [row])).toEqual([
      {
        ...rest,
        side: 'buy',
        type: 'market',
        timeInForce: 'IOC',
        quoteQuantity: '50',
        filledQuoteQuantity: '49.99688',
        state: 'filled',
      },
    ]);
  });

  it.each(['', 'new', 'FINISH', undefined, null, 3])('an event %j that is not documented is an error', (event) => {
    expect(codeThrownBy(() => read(streams.orders, [{ ...ORDER, event }]))).toBe('malformed_response');
  });
});

describe('Pushes of the Gate.io account', () => {
  it('executions have ids of numbers, and no fee where the channel has none', () => {
    const { fee, fee_currency, ...bare } = FILL;
    const expected = {
      symbol: 'BTC/USDT',
      id: '309143071',
      orderId: '399123456',
      clientOrderId: 't-testtext',
      side: 'sell',
      price: '91300.0',
      quantity: '0.00010',
      liquidity: 'maker',
      filledAt: 1_767_225_650_315,
    };
    expect(read(streams.fills, [FILL, { ...bare, id: '9223372036854775807' }])).toEqual([
      { ...expected, fee: '0.0182600', feeAsset: 'USDT' },
      { ...expected, id: '9223372036854775807' },
    ]);
  });

  it('balances tell what is free and what is locked after the change', () => {
    const expected = { asset: 'USDT', free: '968.80', locked: '31.20', receivedAt: NOW };
    const { timestamp_ms, ...seconds } = BALANCE;
    expect(read(streams.balances, [BALANCE, { ...seconds, change_type: 'something-new' }])).toEqual([
      { ...expected, updatedAt: 1_767_225_650_315 },
      { ...expected, updatedAt: 1_767_225_650_000 },
    ]);
  });

  it('rows of a market that is not listed here are left out and reported', () => {
    const context = createDecodeContext();
    const row = { currency_pair: 'NEW_USDT' };
    expect(read(streams.orders, [{ ...ORDER, ...row }, ORDER], context)).toEqual([REPORT]);
    expect(read(streams.fills, [{ ...FILL, ...row }], context)).toEqual([]);
    expect(context.drifts).toEqual(['order of the unknown market NEW_USDT', 'fill of the unknown market NEW_USDT']);
  });

  it.each([
    ['orders', ORDER, { id: '' }],
    ['orders', ORDER, { left: 'x' }],
    ['orders', ORDER, { currency_pair: 5 }],
    ['fills', FILL, { amount: '0' }],
    ['fills', FILL, { side: '' }],
    ['fills', FILL, { order_id: null }],
    ['balances', BALANCE, { available: 5 }],
    ['balances', BALANCE, { freeze: undefined }],
    ['balances', BALANCE, { currency: '' }],
    ['balances', BALANCE, { timestamp: undefined, timestamp_ms: undefined }],
  ] as const)('%s: nothing is handed out of a push with a row that cannot be read', (name, row, changes) => {
    const channel = streams[name] as AccountChannel<unknown>;
    const events: unknown[] = [];
    const context = { ...createDecodeContext(), venueTime: Number.NaN };
    const act = () => channel.decode([row, { ...row, ...changes }], context, (event) => events.push(event));
    expect([codeThrownBy(act), events]).toEqual(['malformed_response', []]);
    for (const payload of [{}, null, [null], ['x']])
      expect(codeThrownBy(() => read(channel, payload))).toBe('malformed_response');
  });
});
