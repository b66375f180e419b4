import { describe, expect, it } from 'vitest';
import { createEchoWorld, get, openLogged } from './echo-world.js';

describe('the in-memory door', () => {
  it('carries a request to the venue of its host and the answer back within 5 to 20 ms', async () => {
    const { clock, runtime } = await createEchoWorld();
    const startedAt = clock.monotonic();
    const asked = get(runtime, '/api/v9/book?limit=5', { method: 'POST', body: 'hello' }).then((response) => ({
      response,
      tookMs: clock.monotonic() - startedAt,
    }));
    await clock.advance(30);
    const { response, tookMs } = await asked;
    expect(response).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"method":"POST","path":"/api/v9/book","query":"limit=5","accept":"x","body":"hello","ip":"10.0.0.1"}',
    });
    expect(tookMs).toBeGreaterThanOrEqual(5);
    expect(tookMs).toBeLessThanOrEqual(20);
  });

  it('gives each runtime an address of its own', async () => {
    const { sim, clock } = await createEchoWorld();
    const asked = get(sim.runtime(), '/');
    await clock.advance(30);
    expect(await asked).toMatchObject({ body: expect.stringContaining('"ip":"10.0.0.2"') });
  });

  it('resolves no host but those of the simulated venues', async () => {
    const { clock, runtime } = await createEchoWorld();
    expect(() => runtime.createHttp({ origin: 'https://nowhere.test', maxBodyBytes: 1, timeoutMs: 1 })).toThrow(
      expect.objectContaining({ code: 'configuration', field: 'endpoints.rest' }),
    );
    const asked = get(runtime, '/', { url: 'https://nowhere.test/' });
    const opened = openLogged(runtime, clock, 'wss://nowhere.test/ws');
    expect((await opened).error).toMatchObject({ code: 'network', outcome: 'not_sent' });
    expect(await asked).toEqual({ code: 'network', outcome: 'not_sent' });
  });

  it('says what is known when a request ends without an answer', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    sim.faults.timeoutHttp('echo', '/slow', { times: 2 });
    const late = get(runtime, '/slow', { timeoutMs: 100 });
    const controller = new AbortController();
    const aborted = get(runtime, '/slow', {}, controller.signal);
    await clock.advance(50);
    controller.abort();
    expect(await aborted).toEqual({ code: 'aborted', outcome: 'unknown' });
    expect(await get(runtime, '/', {}, AbortSignal.abort())).toEqual({ code: 'aborted', outcome: 'not_sent' });
    await clock.advance(50);
    expect(await late).toEqual({ code: 'timeout', outcome: 'unknown' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('refuses a body above the cap', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    sim.faults.respond('echo', '', { body: 'ä'.repeat(501) });
    const asked = get(runtime, '/');
    await clock.advance(30);
    expect(await asked).toEqual({ code: 'malformed_response', outcome: 'unknown' });
  });

  it('carries frames both ways in order, 1 to 5 ms each way', async () => {
    const { clock, runtime } = await createEchoWorld();
    const { socket, log } = await openLogged(runtime, clock);
    expect(socket.send('url')).toBe(true);
    for (let i = 0; i < 20; i++) socket.send(`n${i}`);
    await clock.advance(1.9);
    expect(log).toEqual([]);
    await clock.advance(8.1);
    expect(log).toEqual(['ack url', '/ws/?a=1 10.0.0.1', ...Array.from({ length: 20 }, (_, i) => `ack n${i}`)]);
  });

  it('delivers text as strings, bytes as bytes, and pongs', async () => {
    const { clock, runtime } = await createEchoWorld();
    const { socket, log } = await openLogged(runtime, clock);
    socket.send('bytes');
    socket.ping();
    await clock.advance(10);
    expect(log).toEqual(['ack bytes', new Uint8Array(40).fill(7), { control: 'pong' }]);
  });

  it('closes once, by either side, and sends nothing afterwards', async () => {
    const { clock, runtime } = await createEchoWorld();
    const ours = await openLogged(runtime, clock);
    ours.socket.close(4_000, 'enough');
    ours.socket.close();
    expect(ours.socket.send('late')).toBe(false);
    const theirs = await openLogged(runtime, clock);
    theirs.socket.send('bye 1012');
    const cut = await openLogged(runtime, clock);
    cut.socket.send('bye 1006');
    const ended = await openLogged(runtime, clock);
    ended.socket.send('start 3 t');
    ended.socket.terminate();
    ended.socket.terminate();
    expect(ended.log).toEqual([]);
    await clock.advance(50);
    expect(ours.log).toEqual([{ code: 4_000, reason: 'enough' }]);
    expect(theirs.log).toEqual(['ack bye 1012', { code: 1012, reason: 'so long' }]);
    expect(cut.log).toEqual([{ code: 1006, reason: '' }]);
    expect(ended.log).toEqual([{ code: 1006, reason: '' }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('delivers nothing more once its owner has ended it, not even what came with the same packet', async () => {
    const { clock, runtime } = await createEchoWorld();
    const log: unknown[] = [];
    const request = { url: 'wss://stream.echo.test/ws/', handshakeTimeoutMs: 1_000, maxPayloadBytes: 100 };
    const opening = runtime.openSocket(request, {
      message: (data) => {
        log.push(data);
        socket.terminate();
      },
      close: (event) => log.push(event),
    });
    await clock.advance(20);
    const socket = await opening;
    for (let i = 0; i < 5; i++) socket.send(`n${i}`);
    await clock.advance(20);
    expect(log).toEqual(['ack n0', { code: 1006, reason: '' }]);
  });

  it('keeps the frames behind one at which its owner throws', async () => {
    const { clock, runtime } = await createEchoWorld();
    const log: unknown[] = [];
    const request = { url: 'wss://stream.echo.test/ws/', handshakeTimeoutMs: 1_000, maxPayloadBytes: 100 };
    const opening = runtime.openSocket(request, {
      message: (data) => {
        log.push(data);
        if (data === 'ack n0') throw new Error('broken handler');
      },
      close: (event) => log.push(event),
    });
    await clock.advance(20);
    const socket = await opening;
    for (let i = 0; i < 3; i++) socket.send(`n${i}`);
    await expect(clock.advance(20)).rejects.toThrow('broken handler');
    await clock.advance(20);
    expect(log).toEqual(['ack n0', 'ack n1', 'ack n2']);
  });

  it('ends a socket that gets a larger message than it takes', async () => {
    const { clock, runtime } = await createEchoWorld();
    const { socket, log } = await openLogged(runtime, clock);
    socket.send('x'.repeat(1_000));
    await clock.advance(20);
    expect(log).toEqual([{ code: 1006, reason: '' }]);
  });

  it('gives up a handshake that is aborted', async () => {
    const { clock, runtime } = await createEchoWorld();
    const request = { url: 'wss://stream.echo.test/ws/', handshakeTimeoutMs: 1_000, maxPayloadBytes: 100 };
    const handler = { message: () => expect.unreachable(), close: () => expect.unreachable() };
    const controller = new AbortController();
    const opening = runtime.openSocket(request, handler, controller.signal);
    controller.abort();
    await expect(opening).rejects.toMatchObject({ code: 'aborted', outcome: 'not_sent' });
    await expect(runtime.openSocket(request, handler, controller.signal)).rejects.toMatchObject({ code: 'aborted' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends everything when the simulator closes, and leaves no timer', async () => {
    const { sim, clock, runtime } = await createEchoWorld({ flow: 'lively', faults: { meanIntervalMs: 1_000 } });
    const { socket, log } = await openLogged(runtime, clock);
    socket.send('start 1000 t');
    const asked = get(runtime, '/');
    const opening = runtime.openSocket(
      { url: 'wss://stream.echo.test/ws/', handshakeTimeoutMs: 1_000, maxPayloadBytes: 100 },
      { message: () => {}, close: () => {} },
    );
    await clock.advance(1);
    await Promise.all([sim.close(), sim.close()]);
    await expect(opening).rejects.toMatchObject({ code: 'network', outcome: 'not_sent' });
    expect(log.at(-1)).toEqual({ code: 1006, reason: '' });
    expect(await asked).toEqual({ code: 'closed', outcome: 'unknown' });
    expect(clock.pendingTimers).toBe(0);
    expect((await openLogged(runtime, clock)).error).toMatchObject({ code: 'network', outcome: 'not_sent' });
  });
});
