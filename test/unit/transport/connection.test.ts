import { describe, expect, it } from 'vitest';
import { AuthenticationError, ConfigurationError, NetworkError } from '../../../src/errors/kinds.js';
import type { ReconnectPolicy } from '../../../src/transport/policies.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { createConnectGate } from '../../../src/transport/ws/connect-gate.js';
import {
  type ConnectionHandler,
  type ConnectionOptions,
  createConnection,
} from '../../../src/transport/ws/connection.js';
import { createScriptedSockets, type ScriptedAttempt } from '../../support/scripted-sockets.js';

const POLICY: ReconnectPolicy = {
  firstDelayMs: 1000,
  factor: 2,
  maxDelayMs: 30_000,
  floorMs: 100,
  maxAttempts: Number.POSITIVE_INFINITY,
  stableAfterMs: 60_000,
  resetOnCloseCodes: [1001],
  maxConnectsPerMinute: 10,
};

const PLAN = { headers: { 'x-plan': '1' }, handshakeTimeoutMs: 5000, maxPayloadBytes: 1 << 20, compression: false };
const refused = () => new NetworkError({ message: 'planted', outcome: 'not_sent' });

interface SetUp {
  readonly policy?: Partial<ReconnectPolicy>;
  readonly onAttempt?: (attempt: ScriptedAttempt) => void;
  readonly answersClose?: boolean;
  readonly handler?: Partial<ConnectionHandler>;
  readonly url?: ConnectionOptions['url'];
}

function setUp(options: SetUp = {}) {
  const clock = createVirtualClock();
  const sockets = createScriptedSockets(
    options.onAttempt,
    options.answersClose === undefined ? {} : { answersClose: options.answersClose },
  );
  const log: unknown[][] = [];
  const policy = { ...POLICY, ...options.policy };
  const connection = createConnection({
    url: options.url ?? (() => 'wss://venue.test/ws'),
    open: sockets.open,
    policy,
    plan: PLAN,
    clock,
    random: { next: () => 1 - 2 ** -53 },
    gate: createConnectGate({ clock, maxPerMinute: policy.maxConnectsPerMinute }),
    handler: {
      open: (generation) => void log.push(['open', generation]),
      message: (data, generation) => void log.push(['message', data, generation]),
      down: ({ code, reason, error, retryInMs }, generation) =>
        void log.push(['down', code, reason, error?.code, retryInMs, generation]),
      failed: (error) => void log.push(['failed', error.code]),
      threw: (error) => void log.push(['threw', (error as Error).message]),
      ...options.handler,
    },
  });
  return { clock, sockets, connection, log };
}

const accept = (attempt: ScriptedAttempt) => attempt.accept();

describe('a connection', () => {
  it('does nothing before it is started, and opens one socket with the plan of the venue', async () => {
    const { clock, sockets, connection, log } = setUp();
    await clock.advance(1000);
    expect([connection.state, connection.generation, sockets.attempts.length, connection.send('x')]).toEqual([
      'idle',
      0,
      0,
      false,
    ]);
    connection.start();
    connection.start();
    await clock.advance(0);
    expect([connection.state, sockets.attempts.length]).toEqual(['connecting', 1]);
    expect(sockets.last.request).toEqual({ url: 'wss://venue.test/ws', ...PLAN });
    sockets.last.accept();
    await clock.advance(0);
    expect([connection.state, connection.generation, log]).toEqual(['open', 1, [['open', 1]]]);
    expect([connection.send('hello'), sockets.last.sent]).toEqual([true, ['hello']]);
  });

  it('hands on texts and bytes as they come', async () => {
    const { clock, sockets, connection, log } = setUp({ onAttempt: accept });
    connection.start();
    await clock.advance(0);
    const bytes = new Uint8Array([1, 2]);
    sockets.last.handler.message('text');
    sockets.last.handler.message(bytes);
    expect(log.slice(1)).toEqual([
      ['message', 'text', 1],
      ['message', bytes, 1],
    ]);
    expect(log[2]?.[1]).toBe(bytes);
  });

  it('comes back after every kind of close, and says so before it waits', async () => {
    for (const code of [1000, 1001, 1005, 1006, 1008, 1011, 1012, 1013, 4000]) {
      const { clock, sockets, connection, log } = setUp({ onAttempt: accept });
      connection.start();
      await clock.advance(10);
      sockets.last.end({ code, reason: 'why' });
      expect([connection.state, connection.send('x'), log.at(-1)]).toEqual([
        'waiting',
        false,
        ['down', code, 'why', undefined, 1000, 1],
      ]);
      await clock.advance(999);
      expect(sockets.attempts.length).toBe(1);
      await clock.advance(1);
      expect([connection.state, connection.generation, log.at(-1)]).toEqual(['open', 2, ['open', 2]]);
    }
  });

  it('waits longer after each failure, up to the cap, and passes the error on', async () => {
    const { clock, connection, log } = setUp({
      onAttempt: (attempt) => attempt.refuse(refused()),
      policy: { maxDelayMs: 5000, maxConnectsPerMinute: 1000 },
    });
    connection.start();
    await clock.advance(16_999);
    expect(log.map(([, , , code, wait]) => [code, wait])).toEqual([
      ['network', 1000],
      ['network', 2000],
      ['network', 4000],
      ['network', 5000],
      ['network', 5000],
    ]);
    expect(connection.generation).toBe(0);
  });

  it('starts the wait again only after the socket was up long enough', async () => {
    const { clock, sockets, connection, log } = setUp({ onAttempt: accept });
    const loseAfter = async (ms: number) => {
      await clock.advance(ms);
      sockets.last.end({ code: 1006, reason: '' });
      const wait = log.at(-1)?.[4] as number;
      await clock.advance(wait);
      return wait;
    };
    connection.start();
    expect(await loseAfter(10)).toBe(1000);
    expect(await loseAfter(59_999)).toBe(2000);
    expect(await loseAfter(10)).toBe(4000);
    expect(await loseAfter(60_000)).toBe(1000);
    expect(await loseAfter(10)).toBe(1000);
    expect(await loseAfter(10)).toBe(2000);
  });

  it('starts the wait again at once on a close code that the policy names', async () => {
    const { clock, sockets, connection, log } = setUp({ onAttempt: accept });
    connection.start();
    for (const [code, wait] of [
      [1006, 1000],
      [1006, 2000],
      [1001, 1000],
      [1006, 1000],
    ] as const) {
      await clock.advance(10);
      sockets.last.end({ code, reason: '' });
      expect(log.at(-1)?.[4]).toBe(wait);
      await clock.advance(wait);
    }
  });

  it('waits at least as long as a refusing server asks', async () => {
    const limited = new NetworkError({ message: 'planted', outcome: 'not_sent', httpStatus: 429, retryAfterMs: 7777 });
    const { clock, sockets, connection, log } = setUp({ onAttempt: (attempt) => attempt.refuse(limited) });
    connection.start();
    await clock.advance(7776);
    expect([log, sockets.attempts.length]).toEqual([[['down', 1006, '', 'network', 7777, 0]], 1]);
    await clock.advance(1);
    expect(sockets.attempts.length).toBe(2);
  });

  it('makes at most ten attempts in any minute when it flaps, and keeps on', async () => {
    const times: number[] = [];
    const { clock, connection } = setUp({
      policy: { firstDelayMs: 10, maxDelayMs: 10, floorMs: 10 },
      onAttempt: (attempt) => {
        times.push(clock.monotonic());
        attempt.accept();
        clock.setTimer(1, () => attempt.end({ code: 1006, reason: '' }));
      },
    });
    connection.start();
    await clock.advance(599_999);
    const worst = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));
    expect(worst).toBe(10);
    expect(times.length).toBe(100);
  });

  it('gives up for good when the attempts are used up', async () => {
    const { clock, sockets, connection, log } = setUp({
      policy: { maxAttempts: 3 },
      onAttempt: (attempt) => attempt.refuse(refused()),
    });
    connection.start();
    await clock.advance(100_000);
    expect(log.map(([kind]) => kind)).toEqual(['down', 'down', 'failed']);
    expect([connection.state, sockets.attempts.length, clock.pendingTimers]).toEqual(['closed', 3, 0]);
    connection.start();
    connection.reconnect('no');
    await connection.close();
    expect(sockets.attempts.length).toBe(3);
  });

  it('counts sockets that did not last as failures, and forgets them once one lasts', async () => {
    const { clock, sockets, connection, log } = setUp({ policy: { maxAttempts: 2 }, onAttempt: accept });
    connection.start();
    for (let round = 0; round < 3; round++) {
      await clock.advance(61_000);
      sockets.last.end({ code: 1006, reason: '' });
      await clock.advance(1000);
    }
    expect(connection.state).toBe('open');
    sockets.last.end({ code: 1006, reason: '' });
    await clock.advance(1000);
    sockets.last.end({ code: 1006, reason: '' });
    expect([connection.state, log.at(-1)]).toEqual(['closed', ['failed', 'network']]);
  });

  it('does not repeat what waiting cannot mend, but does repeat a refused key', async () => {
    const wrong = setUp({
      url: () => {
        throw new ConfigurationError({ field: 'url', expected: 'wss://', received: 'x' });
      },
    });
    wrong.connection.start();
    await wrong.clock.advance(100_000);
    expect([wrong.log, wrong.connection.state]).toEqual([[['failed', 'configuration']], 'closed']);

    const key = setUp({
      url: () => Promise.reject(new AuthenticationError({ message: 'planted', outcome: 'rejected' })),
    });
    key.connection.start();
    await key.clock.advance(500);
    expect([key.log, key.connection.state]).toEqual([[['down', 1006, '', 'authentication', 1000, 0]], 'waiting']);
  });

  it('asks for the address anew before every attempt, and shows a foreign failure without its text', async () => {
    let count = 0;
    const { clock, sockets, connection, log } = setUp({
      url: () => {
        count++;
        if (count === 2) throw new Error('listenKey=abcdef');
        return `wss://venue.test/${count}`;
      },
      onAttempt: accept,
      handler: { down: (event) => void log.push([event.error === undefined ? 'lost' : JSON.stringify(event.error)]) },
    });
    connection.start();
    await clock.advance(0);
    sockets.last.end({ code: 1006, reason: '' });
    await clock.advance(10_000);
    expect(sockets.attempts.map(({ request }) => request.url)).toEqual(['wss://venue.test/1', 'wss://venue.test/3']);
    expect(log[2]?.[0]).toContain('the connection attempt failed');
    expect(JSON.stringify(log)).not.toContain('abcdef');
  });

  it('never lets a frame or a close of an old socket through', async () => {
    const { clock, sockets, connection, log } = setUp({ onAttempt: accept });
    connection.start();
    await clock.advance(0);
    const old = sockets.last;
    connection.reconnect('topic silent');
    expect([connection.state, old.asked, log.at(-1)]).toEqual([
      'waiting',
      ['terminate'],
      ['down', 1006, 'topic silent', undefined, 1000, 1],
    ]);
    old.handler.message('late, while waiting');
    await clock.advance(1000);
    old.handler.message('late, while open');
    old.handler.close({ code: 1006, reason: 'again' });
    sockets.last.handler.message('new');
    expect(log.slice(2)).toEqual([
      ['open', 2],
      ['message', 'new', 2],
    ]);
    expect(connection.state).toBe('open');
  });

  it('keeps the frames that come before the socket is handed out, and delivers them after open', async () => {
    const reused = new Uint8Array([1, 2, 3]);
    const { clock, connection, log } = setUp({
      onAttempt: (attempt) => {
        attempt.accept();
        attempt.handler.message('early');
        attempt.handler.message(reused);
        reused.fill(0);
      },
    });
    connection.start();
    await clock.advance(0);
    expect(log).toEqual([
      ['open', 1],
      ['message', 'early', 1],
      ['message', new Uint8Array([1, 2, 3]), 1],
    ]);
  });

  it('notices a socket that ended before it was handed out', async () => {
    const { clock, connection, log } = setUp({
      onAttempt: (attempt) => {
        attempt.accept();
        attempt.end({ code: 1011, reason: 'busy' });
      },
    });
    connection.start();
    await clock.advance(0);
    expect(log).toEqual([
      ['open', 1],
      ['down', 1011, 'busy', undefined, 1000, 1],
    ]);
    expect(connection.state).toBe('waiting');
  });

  it('survives a handler that throws in every callback, and reports each', async () => {
    const fail = (what: string) => () => {
      throw new Error(what);
    };
    const { clock, sockets, connection, log } = setUp({
      policy: { maxAttempts: 2 },
      onAttempt: accept,
      handler: { open: fail('open'), message: fail('message'), down: fail('down'), failed: fail('failed') },
    });
    connection.start();
    await clock.advance(0);
    sockets.last.handler.message('x');
    sockets.last.end({ code: 1006, reason: '' });
    await clock.advance(1000);
    sockets.last.end({ code: 1006, reason: '' });
    expect(log.map(([, what]) => what)).toEqual(['open', 'message', 'down', 'open', 'failed']);
  });

  it('can be closed and reconnected from inside its callbacks', async () => {
    const { clock, sockets, connection, log } = setUp({
      onAttempt: (attempt) => {
        attempt.accept();
        attempt.handler.message('a');
        attempt.handler.message('b');
      },
      handler: {
        message: (data) => {
          log.push(['message', data]);
          if (connection.generation === 1) connection.reconnect('bad frame');
          else void connection.close();
        },
      },
    });
    connection.start();
    await clock.advance(100_000);
    expect(log.map(([kind, what]) => `${kind} ${what}`)).toEqual([
      'open 1',
      'message a',
      'down 1006',
      'open 2',
      'message a',
    ]);
    expect([connection.state, sockets.attempts.length, clock.pendingTimers]).toEqual(['closed', 2, 0]);
  });
});

describe('closing a connection', () => {
  it('shakes hands, and nothing fires afterwards', async () => {
    const { clock, sockets, connection, log } = setUp({ onAttempt: accept });
    connection.start();
    await clock.advance(0);
    const first = connection.close();
    expect(connection.close()).toBe(first);
    expect([connection.state, connection.send('x')]).toEqual(['closed', false]);
    await first;
    sockets.last.handler.message('late');
    connection.start();
    connection.reconnect('no');
    await clock.advance(100_000);
    expect([sockets.last.asked, log, clock.pendingTimers]).toEqual([['close 1000'], [['open', 1]], 0]);
  });

  it('cuts a far side that does not answer after a second', async () => {
    const { clock, sockets, connection } = setUp({ onAttempt: accept, answersClose: false });
    connection.start();
    await clock.advance(0);
    let isDone = false;
    const closing = connection.close().then(() => {
      isDone = true;
    });
    await clock.advance(999);
    expect([isDone, sockets.last.asked]).toEqual([false, ['close 1000']]);
    await clock.advance(1);
    await closing;
    expect([sockets.last.asked, clock.pendingTimers]).toEqual([['close 1000', 'terminate'], 0]);
  });

  it('ends at once when idle, and never starts then', async () => {
    const { clock, sockets, connection } = setUp();
    await connection.close();
    connection.start();
    await clock.advance(1000);
    expect([connection.state, sockets.attempts.length]).toEqual(['closed', 0]);
  });

  it('gives up an attempt that is under way', async () => {
    const { clock, sockets, connection, log } = setUp();
    connection.start();
    await clock.advance(0);
    await connection.close();
    expect([sockets.last.signal?.aborted, log, clock.pendingTimers]).toEqual([true, [], 0]);
  });

  it('cuts a socket that comes up although the attempt was given up', async () => {
    const { clock, sockets, connection, log } = setUp({ url: () => 'wss://venue.test', onAttempt: () => {} });
    connection.start();
    await clock.advance(0);
    sockets.last.accept();
    await connection.close();
    expect([sockets.last.asked, log]).toEqual([['terminate'], []]);
  });

  it('does not wait for ever for an address that never comes', async () => {
    const { clock, sockets, connection } = setUp({ url: () => new Promise(() => {}) });
    connection.start();
    await clock.advance(0);
    const closing = connection.close();
    await clock.advance(1000);
    await closing;
    expect([sockets.attempts.length, clock.pendingTimers]).toEqual([0, 0]);
  });

  it('ends the back-off and the wait for the gate', async () => {
    const waiting = setUp({ onAttempt: (attempt) => attempt.refuse(refused()) });
    waiting.connection.start();
    await waiting.clock.advance(0);
    await waiting.connection.close();
    expect(waiting.clock.pendingTimers).toBe(0);

    const gated = setUp({ policy: { maxConnectsPerMinute: 1, floorMs: 0, firstDelayMs: 0 }, onAttempt: accept });
    gated.connection.start();
    await gated.clock.advance(0);
    gated.sockets.last.end({ code: 1006, reason: '' });
    await gated.clock.advance(100);
    expect([gated.connection.state, gated.sockets.attempts.length]).toEqual(['connecting', 1]);
    await gated.connection.close();
    expect([gated.clock.pendingTimers, gated.log.length]).toEqual([0, 2]);
  });
});

describe('the connect gate', () => {
  it('lets its number in at once and the next one a minute after the first; giving up costs nothing', async () => {
    const clock = createVirtualClock();
    const gate = createConnectGate({ clock, maxPerMinute: 2 });
    const entered: number[] = [];
    const enter = (signal?: AbortSignal) => gate.enter(signal).then(() => void entered.push(clock.monotonic()));
    void enter();
    await clock.advance(1000);
    void enter();
    const controller = new AbortController();
    const cancelled = enter(controller.signal);
    void enter();
    await clock.advance(1000);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'aborted', outcome: 'not_sent' });
    await clock.advance(120_000);
    expect(entered).toEqual([0, 1000, 60_000]);
  });
});
