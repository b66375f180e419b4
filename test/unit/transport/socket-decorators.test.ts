import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../src/errors/kinds.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import type { SocketDecorator } from '../../../src/transport/ws/socket.js';
import { withHeartbeat } from '../../../src/transport/ws/with-heartbeat.js';
import { withIdleTimeout } from '../../../src/transport/ws/with-idle-timeout.js';
import { type SocketEvent, withSocketTap } from '../../../src/transport/ws/with-socket-tap.js';
import { createScriptedSockets, type ScriptedAttempt } from '../../support/scripted-sockets.js';

const REQUEST = { url: 'wss://venue.test/ws?listenKey=secret', handshakeTimeoutMs: 1000, maxPayloadBytes: 1000 };

function setUp(onAttempt: (attempt: ScriptedAttempt) => void = (attempt) => attempt.accept()) {
  const clock = createVirtualClock();
  const sockets = createScriptedSockets(onAttempt);
  const heard: unknown[] = [];
  const open = (decorate: SocketDecorator) =>
    decorate(sockets.open)(REQUEST, {
      message: (data) => void heard.push(data),
      control: (kind) => void heard.push(kind),
      close: (event) => void heard.push(event),
    });
  return { clock, sockets, heard, open };
}

describe('the heartbeat', () => {
  it('sends once per interval while the socket lives, and leaves no timer behind', async () => {
    const { clock, sockets, heard, open } = setUp();
    await open(withHeartbeat({ clock, intervalMs: 100, send: (socket) => socket.send('ping') }));
    expect(sockets.last.sent).toEqual([]);
    await clock.advance(350);
    expect(sockets.last.sent).toEqual(['ping', 'ping', 'ping']);
    sockets.last.handler.message('m');
    sockets.last.handler.control?.('pong');
    sockets.last.end({ code: 1001, reason: 'bye' });
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(1000);
    expect([sockets.last.sent.length, heard]).toEqual([3, ['m', 'pong', { code: 1001, reason: 'bye' }]]);
  });

  it('starts nothing for a socket that failed to open or had ended before it was handed out', async () => {
    const failed = setUp((attempt) => attempt.refuse(new NetworkError({ message: 'planted', outcome: 'not_sent' })));
    const beat = { intervalMs: 100, send: () => expect.unreachable() };
    await expect(failed.open(withHeartbeat({ clock: failed.clock, ...beat }))).rejects.toMatchObject({
      code: 'network',
    });
    const ended = setUp((attempt) => {
      attempt.accept();
      attempt.end({ code: 1006, reason: '' });
    });
    await ended.open(withHeartbeat({ clock: ended.clock, ...beat }));
    expect([failed.clock.pendingTimers, ended.clock.pendingTimers]).toEqual([0, 0]);
  });
});

describe('the idle time-out', () => {
  it('cuts a silent socket at the time-out and reports it like any cut', async () => {
    const { clock, sockets, heard, open } = setUp();
    await open(withIdleTimeout({ clock, timeoutMs: 1000 }));
    await clock.advance(999);
    expect(sockets.last.asked).toEqual([]);
    await clock.advance(1);
    expect([sockets.last.asked, heard, clock.pendingTimers]).toEqual([['terminate'], [{ code: 1006, reason: '' }], 0]);
  });

  it.each([
    ['a frame', (attempt: ScriptedAttempt) => attempt.handler.message('x')],
    ['a ping', (attempt: ScriptedAttempt) => attempt.handler.control?.('ping')],
    ['a pong', (attempt: ScriptedAttempt) => attempt.handler.control?.('pong')],
  ])('counts %s as life, and cuts exactly one time-out after the last', async (_, give) => {
    const { clock, sockets, open } = setUp();
    await open(withIdleTimeout({ clock, timeoutMs: 1000 }));
    for (let i = 0; i < 5; i++) {
      await clock.advance(700);
      give(sockets.last);
    }
    await clock.advance(999);
    expect(sockets.last.asked).toEqual([]);
    await clock.advance(1);
    expect(sockets.last.asked).toEqual(['terminate']);
  });

  it('is not misled by the wall clock and dies with the socket', async () => {
    const { clock, sockets, open } = setUp();
    await open(withIdleTimeout({ clock, timeoutMs: 1000 }));
    clock.jumpWallClock(3_600_000);
    await clock.advance(500);
    sockets.last.end({ code: 1000, reason: '' });
    expect([sockets.last.asked, clock.pendingTimers]).toEqual([[], 0]);
  });
});

describe('the socket tap', () => {
  it('tells what happened and how much, never what was said or where', async () => {
    const { clock, sockets, heard, open } = setUp(() => {});
    const events: SocketEvent[] = [];
    const opening = open(withSocketTap({ clock, observe: (event) => void events.push(event) }));
    await clock.advance(30);
    sockets.last.accept();
    const socket = await opening;
    sockets.last.handler.message('private text');
    sockets.last.handler.message(new Uint8Array(5));
    expect(socket.send('listenKey')).toBe(true);
    socket.ping();
    socket.close(1000, 'bye');
    expect(socket.send('too late')).toBe(false);
    expect(events).toEqual([
      { kind: 'opened', durationMs: 30 },
      { kind: 'received', size: 12 },
      { kind: 'received', size: 5 },
      { kind: 'sent', size: 9 },
      { kind: 'closed', event: { code: 1000, reason: '' } },
    ]);
    expect(sockets.last.asked).toEqual(['ping', 'close 1000']);
    expect(heard.length).toBe(3);
  });

  it('tells a failure to open, and survives an observer that throws', async () => {
    const events: SocketEvent[] = [];
    const observe = (event: SocketEvent) => {
      events.push(event);
      throw new Error('planted');
    };
    const failed = setUp((attempt) => attempt.refuse(new NetworkError({ message: 'planted', outcome: 'not_sent' })));
    await expect(failed.open(withSocketTap({ clock: failed.clock, observe }))).rejects.toMatchObject({
      code: 'network',
    });
    const fine = setUp();
    await fine.open(withSocketTap({ clock: fine.clock, observe }));
    fine.sockets.last.handler.message('x');
    expect(fine.heard).toEqual(['x']);
    expect(events.map(({ kind }) => kind)).toEqual(['open_failed', 'opened', 'received']);
  });
});
