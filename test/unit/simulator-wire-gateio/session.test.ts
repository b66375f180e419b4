import { beforeEach, describe, expect, it } from 'vitest';
import {
  createGateioWireWorld,
  type GateioWireWorld,
  START_AT,
  type WireClient,
} from '../../support/gateio-wire-world.js';

let world: GateioWireWorld;
let client: WireClient;
beforeEach(() => {
  world = createGateioWireWorld();
  client = world.connect();
});

const TIMES = { time: 1_767_225_600, time_ms: START_AT };

function refusalOf(message: Record<string, unknown>): unknown {
  client.send({ event: 'subscribe', ...message });
  return client.take().map(({ error, result }) => ({ error, result }));
}

describe('acknowledgements', () => {
  it('echoes id, channel, event and payload', () => {
    client.send({ id: 7, channel: 'spot.tickers', event: 'subscribe', payload: ['BTC_USDT'] });
    const trace = '2'.padStart(32, '0');
    expect(client.take()).toEqual([
      {
        ...TIMES,
        id: 7,
        conn_id: '1'.padStart(16, '0'),
        trace_id: trace,
        channel: 'spot.tickers',
        event: 'subscribe',
        payload: ['BTC_USDT'],
        result: { status: 'success' },
        requestId: trace,
      },
    ]);
  });

  it('leaves the id out when none was sent and acknowledges unsubscribing alike', () => {
    client.send({ channel: 'spot.tickers', event: 'subscribe', payload: ['BTC_USDT'] });
    client.send({ channel: 'spot.tickers', event: 'unsubscribe', payload: ['BTC_USDT'] });
    client.send({ channel: 'spot.trades', event: 'unsubscribe', payload: ['BTC_USDT'] });
    const answers = client.take();
    expect(answers.map(({ event, result }) => [event, result])).toEqual([
      ['subscribe', { status: 'success' }],
      ['unsubscribe', { status: 'success' }],
      ['unsubscribe', { status: 'success' }],
    ]);
    expect(answers.some((answer) => 'id' in answer || 'error' in answer)).toBe(false);
  });

  it('marks answers as control frames and pushes as data of their topic', async () => {
    client.send({ channel: 'spot.tickers', event: 'subscribe', payload: ['BTC_USDT'] });
    await world.clock.advance(1_000);
    expect(client.frames.map(({ kind, topic }) => [kind, topic])).toEqual([
      ['control', ''],
      ['data', 'spot.tickers.BTC_USDT'],
    ]);
  });

  it('answers a ping, with or without a time', () => {
    client.send({ channel: 'spot.ping' });
    client.session.receive('{"channel":"spot.ping"}');
    const pong = { ...TIMES, channel: 'spot.pong', event: '', result: null };
    expect(client.take()).toEqual([pong, pong]);
  });

  it('reads binary frames as text', () => {
    client.session.receive(new TextEncoder().encode('{"channel":"spot.ping"}'));
    expect(client.take()).toEqual([{ ...TIMES, channel: 'spot.pong', event: '', result: null }]);
  });
});

describe('refusals', () => {
  const fail = (code: number, message: string) => [{ error: { code, message }, result: { status: 'fail' } }];

  it('refuses a whole message for one unknown pair and subscribes to nothing of it', async () => {
    const message = { channel: 'spot.tickers', payload: ['BTC_USDT', 'NOPE_USDT', 'ETH_USDT'] };
    expect(refusalOf(message)).toEqual(fail(2, 'unknown currency pair NOPE_USDT'));
    await world.clock.advance(5_000);
    expect(client.frames).toEqual([]);
    expect(world.clock.pendingTimers).toBe(0);
  });

  it.each([
    ['lower case', { channel: 'spot.trades', payload: ['btc_usdt'] }, 'unknown currency pair btc_usdt'],
    ['an inherited name', { channel: 'spot.trades', payload: ['__proto__'] }, 'unknown currency pair __proto__'],
    ['an unknown channel', { channel: 'spot.nope', payload: ['BTC_USDT'] }, 'unknown channel spot.nope'],
    ['an unknown event', { channel: 'spot.trades', event: 'all', payload: ['BTC_USDT'] }, 'unknown event all'],
    ['an empty payload', { channel: 'spot.trades', payload: [] }, 'empty payload'],
    ['a candle interval', { channel: 'spot.candlesticks', payload: ['2m', 'BTC_USDT'] }, 'invalid interval 2m'],
    [
      'candles of two pairs',
      { channel: 'spot.candlesticks', payload: ['1m', 'BTC_USDT', 'ETH_USDT'] },
      'invalid payload: 2 values expected',
    ],
    [
      'a retired speed',
      { channel: 'spot.order_book_update', payload: ['BTC_USDT', '1000ms'] },
      'invalid interval 1000ms',
    ],
    ['a level', { channel: 'spot.order_book', payload: ['BTC_USDT', '7', '100ms'] }, 'invalid level 7'],
    ['a snapshot speed', { channel: 'spot.order_book', payload: ['BTC_USDT', '5', '20ms'] }, 'invalid interval 20ms'],
    ['an obu level', { channel: 'spot.obu', payload: ['ob.BTC_USDT.100'] }, 'invalid level 100'],
    ['an obu pair', { channel: 'spot.obu', payload: ['ob.NOPE_USDT.50'] }, 'unknown currency pair NOPE_USDT'],
    ['an obu stream', { channel: 'spot.obu', payload: ['BTC_USDT'] }, 'invalid stream BTC_USDT'],
  ])('refuses %s as an invalid argument', (_name, message, text) => {
    expect(refusalOf(message)).toEqual(fail(2, text));
  });

  it('refuses a second subscription to the same obu stream, also inside one message', () => {
    client.send({ channel: 'spot.obu', event: 'subscribe', payload: ['ob.BTC_USDT.50'] });
    client.take();
    const twice = { channel: 'spot.obu', payload: ['ob.ETH_USDT.50', 'ob.BTC_USDT.50'] };
    expect(refusalOf(twice)).toEqual(fail(2, 'Alert sub ob.BTC_USDT.50'));
    const inOne = { channel: 'spot.obu', payload: ['ob.ETH_USDT.50', 'ob.ETH_USDT.50'] };
    expect(refusalOf(inOne)).toEqual(fail(2, 'Alert sub ob.ETH_USDT.50'));
    client.send({ channel: 'spot.obu', event: 'unsubscribe', payload: ['ob.BTC_USDT.50'] });
    client.send({ channel: 'spot.obu', event: 'subscribe', payload: ['ob.BTC_USDT.50', 'ob.BTC_USDT.400'] });
    expect(client.take().map(({ event, result }) => [event, (result as { full?: boolean }).full ?? result])).toEqual([
      ['unsubscribe', { status: 'success' }],
      ['subscribe', { status: 'success' }],
      ['update', true],
      ['update', true],
    ]);
  });

  it('takes a repeated subscription of any other channel without doubling the pushes', async () => {
    for (let i = 0; i < 2; i++) client.send({ channel: 'spot.tickers', event: 'subscribe', payload: ['BTC_USDT'] });
    client.take();
    await world.clock.advance(1_000);
    expect(client.take()).toHaveLength(1);
  });

  it.each([61, -61])('refuses a time %d s off the server clock', (seconds) => {
    const message = { time: 1_767_225_600 + seconds, channel: 'spot.tickers', payload: ['BTC_USDT'] };
    expect(refusalOf(message)).toEqual(fail(2, 'the gap between request time and server time exceeds 60 seconds'));
  });

  it.each([60, -60])('takes a time %d s off the server clock', (seconds) => {
    const message = { time: 1_767_225_600 + seconds, channel: 'spot.tickers', payload: ['BTC_USDT'] };
    expect(refusalOf(message)).toEqual([{ error: undefined, result: { status: 'success' } }]);
  });

  it.each([
    ['a message without a time', '{"channel":"spot.tickers","event":"subscribe","payload":["BTC_USDT"]}'],
    ['a time in text', '{"time":"1767225600","channel":"spot.tickers","event":"subscribe","payload":["BTC_USDT"]}'],
    ['a text id', '{"time":1767225600,"id":"1","channel":"spot.tickers","event":"subscribe","payload":["BTC_USDT"]}'],
    [
      'a payload that is no list',
      '{"time":1767225600,"channel":"spot.tickers","event":"subscribe","payload":"BTC_USDT"}',
    ],
    ['a list of numbers', '{"time":1767225600,"channel":"spot.tickers","event":"subscribe","payload":[1]}'],
    ['no payload', '{"time":1767225600,"channel":"spot.tickers","event":"subscribe"}'],
    ['no channel', '{"time":1767225600,"event":"subscribe"}'],
    ['an event that is no text', '{"time":1767225600,"channel":"spot.tickers","event":1}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no JSON', 'hello'],
    ['nothing', ''],
  ])('refuses %s as an invalid format and goes on', (_name, text) => {
    client.session.receive(text);
    expect(client.take().map(({ error, result }) => ({ error, result }))).toEqual(fail(1, 'invalid request format'));
    client.send({ channel: 'spot.ping' });
    expect(client.take()).toMatchObject([{ channel: 'spot.pong' }]);
  });

  it('refuses private channels, for nobody has a key yet', () => {
    const [answer] = refusalOf({ channel: 'spot.orders', payload: ['!all'] }) as {
      error: { code: number; message: string };
    }[];
    expect(answer!.error.code).toBe(4);
    expect(JSON.parse(answer!.error.message)).toEqual({ label: 'INVALID_KEY', message: 'Invalid key provided' });
  });
});

describe('the life of publishers', () => {
  const subscribe = (one: WireClient, event = 'subscribe') => {
    one.send({ channel: 'spot.tickers', event, payload: ['BTC_USDT'] });
    one.send({ channel: 'spot.order_book_update', event, payload: ['BTC_USDT', '20ms'] });
  };

  it('runs a timer per topic while anybody listens and none otherwise', async () => {
    const other = world.connect();
    subscribe(client);
    subscribe(other);
    await world.clock.advance(2_500);
    expect(world.clock.pendingTimers).toBe(2);
    subscribe(client, 'unsubscribe');
    expect(world.clock.pendingTimers).toBe(2);
    other.session.closed();
    expect(world.clock.pendingTimers).toBe(0);
  });

  it('sends all subscribers of a topic the very same frame', async () => {
    const other = world.connect();
    subscribe(client);
    subscribe(other);
    await world.clock.advance(1_000);
    expect(client.frames.at(-1)).toBe(other.frames.at(-1));
  });

  it('sends nothing more after the session is closed or the topic is left', async () => {
    subscribe(client);
    const other = world.connect();
    subscribe(other);
    subscribe(other, 'unsubscribe');
    client.session.closed();
    other.take();
    client.take();
    world.btc.set('bid', 1, 1);
    await world.clock.advance(5_000);
    expect([client.frames, other.frames]).toEqual([[], []]);
  });

  it('stops every timer on close and answers nothing afterwards', async () => {
    subscribe(client);
    client.take();
    world.wire.close();
    subscribe(client);
    await world.clock.advance(5_000);
    expect([world.clock.pendingTimers, client.frames]).toEqual([0, []]);
  });

  it('announces an upgrade to every open connection', () => {
    const gone = world.connect();
    gone.session.closed();
    world.wire.announceUpgrade('soon');
    const result = { type: 'upgrade', msg: 'soon' };
    expect(client.take()).toEqual([{ ...TIMES, channel: 'spot.system', event: 'update', result }]);
    expect(gone.frames).toEqual([]);
  });
});
