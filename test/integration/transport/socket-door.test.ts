import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { settle } from '../../../src/transport/clock.js';
import type { HttpRequest } from '../../../src/transport/http/http.js';
import { createSocketTransport, type SocketTransportOptions } from '../../../src/transport/http/socket-door.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { closedPort, hasClosed, listen, listenHttp, listenRaw } from '../../support/loopback.js';

const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Its clock stands still unless it is moved. */
function open(port: number, options: Partial<SocketTransportOptions> = {}) {
  const clock = createVirtualClock();
  const transport = createSocketTransport({
    origin: `http://127.0.0.1:${port}`,
    maxBodyBytes: 1000,
    timeoutMs: 20_000,
    clock,
    ...options,
  });
  cleanups.push(() => transport.close?.());
  return Object.assign(transport, { clock });
}

async function serve<T extends { destroy(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  cleanups.push(() => server.destroy());
  return server;
}

const get = (port: number, more: Partial<HttpRequest> = {}, path = '/x'): HttpRequest => ({
  method: 'GET',
  url: `http://127.0.0.1:${port}${path}`,
  headers: {},
  label: 'GET /x',
  idempotent: true,
  ...more,
});

const reply = (text: string, more = '') => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n${more}\r\n${text}`;

/** How often something has happened, and a wait for the n-th time. */
function counter() {
  const waiting = new Map<number, () => void>();
  let count = 0;
  return {
    hit: () => waiting.get(++count)?.(),
    reached: (n: number) => new Promise<void>((resolve) => (count >= n ? resolve() : waiting.set(n, resolve))),
  };
}

describe('the connections of the socket door', () => {
  it('are kept for requests that follow each other, also in the tick of the last answer, and are gone after close', async () => {
    const server = await listenHttp((_request, response) => response.end('ok'));
    const send = open(server.port);
    for (let i = 0; i < 20; i++) expect((await send(get(server.port))).body).toBe('ok');
    expect(server.connections).toBe(1);
    await send.close?.();
    await server.close();
  });

  it('are not opened before the first request', async () => {
    const server = await listenHttp((_request, response) => response.end('ok'));
    await open(server.port).close?.();
    expect(server.connections).toBe(0);
    await server.close();
  });

  it('are as many as requests at once, up to 64; what is more waits, and none is lost', async () => {
    const arrived = counter();
    const held: (() => void)[] = [];
    const server = await serve(
      listenHttp((request, response) => {
        held.push(() => response.end(request.url));
        arrived.hit();
      }),
    );
    const send = open(server.port);
    const calls = Array.from({ length: 100 }, (_, i) => send(get(server.port, {}, `/${i}`)));
    await arrived.reached(64);
    expect([server.connections, held.length]).toEqual([64, 64]);
    for (const answer of held.splice(0)) answer();
    await arrived.reached(100);
    for (const answer of held.splice(0)) answer();
    expect((await Promise.all(calls)).map(({ body }) => body)).toEqual(calls.map((_, i) => `/${i}`));
    expect(server.connections).toBe(64);
  });

  it.each([
    ['says that it closes', 'Connection: close\r\n'],
    ['keeps them for a moment only', 'Connection: keep-alive\r\nKeep-Alive: timeout=2\r\n'],
  ])('are not used again where the server %s', async (_, header) => {
    const server = await serve(listenRaw((socket) => socket.write(reply('ok', header))));
    const send = open(server.port);
    for (let i = 0; i < 3; i++) expect((await send(get(server.port))).body).toBe('ok');
    expect(server.connections).toBe(3);
  });

  it.each([
    [30_000, ''],
    [3_000, 'Keep-Alive: timeout=5\r\n'],
  ])('are closed after %d ms without a request', async (keptMs, header) => {
    const ended: Promise<void>[] = [];
    const server = await serve(
      listenRaw((socket) => {
        ended.push(hasClosed(socket));
        socket.write(reply('ok', header));
      }),
    );
    const send = open(server.port);
    await send(get(server.port));
    await send.clock.advance(keptMs - 1);
    await send(get(server.port));
    expect(server.connections).toBe(1);
    await send.clock.advance(keptMs);
    await Promise.all(ended);
    await send(get(server.port));
    expect(server.connections).toBe(2);
  });

  it('that the server has closed meanwhile are not used: the request goes out on another, once', async () => {
    let close = () => {};
    const paths: string[] = [];
    const server = await serve(
      listenRaw((socket, head) => {
        paths.push(head.split(' ')[1] as string);
        socket.write(reply('ok'));
        close = () => socket.end();
      }),
    );
    const send = open(server.port);
    await send(get(server.port, {}, '/1'));
    close();
    for (let i = 0; i < 10; i++) await settle();
    const post = get(server.port, { method: 'POST', body: '{}', idempotent: false }, '/2');
    expect((await send(post)).body).toBe('ok');
    expect([paths, server.connections]).toEqual([['/1', '/2'], 2]);
  });

  it('bring no answer that nobody asked for, whether it comes with the last one or while nobody asks', async () => {
    let stray = () => {};
    const ended: Promise<void>[] = [];
    const server = await serve(
      listenRaw((socket, head) => {
        ended.push(hasClosed(socket));
        const isFirst = head.startsWith('GET /first');
        socket.write(isFirst ? reply('first') + reply('stray') : reply('second'));
        stray = () => void socket.write(reply('stray'));
      }),
    );
    const send = open(server.port);
    expect((await send(get(server.port, {}, '/first'))).body).toBe('first');
    await ended[0];
    expect((await send(get(server.port))).body).toBe('second');
    stray();
    await ended[1];
    expect((await send(get(server.port))).body).toBe('second');
    expect(server.connections).toBe(3);
  });

  it('that have rested are looked at before they are used: what has come meanwhile is no answer', async () => {
    const strays: (() => void)[] = [];
    const server = await serve(
      listenRaw((socket) => {
        socket.write(reply('asked'));
        strays.push(() => void socket.write(reply('stray')));
      }),
    );
    const send = open(server.port);
    await send(get(server.port));
    await send.clock.advance(1_000);
    strays[0]?.();
    // The bytes lie in the socket, unread: this turn has not ended.
    const call = send(get(server.port));
    expect((await call).body).toBe('asked');
  });
});

describe('the socket door', () => {
  it('writes a request in the very call that sends it where a connection is free', async () => {
    const server = await serve(listenHttp((_request, response) => response.end('ok')));
    const send = open(server.port);
    await send(get(server.port));
    const controller = new AbortController();
    const call = send(get(server.port), controller.signal).catch((error: unknown) => error);
    controller.abort();
    expect(await call).toMatchObject({ code: 'aborted', outcome: 'unknown' });
  });

  it('says how long the body of a writing call is, and gives it unchanged', async () => {
    const heads: string[] = [];
    const server = await serve(
      listenRaw((socket, head) => {
        heads.push(head);
        socket.write(reply('ok'));
      }),
    );
    const send = open(server.port);
    const ask = (more: Partial<HttpRequest>) => send(get(server.port, { headers: { 'X-Key': 'a b' }, ...more }));
    await ask({ method: 'POST' });
    await ask({ method: 'DELETE' });
    await ask({ method: 'POST', body: 'ü' });
    const head = (method: string) =>
      `${method} /x HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: keep-alive\r\nX-Key: a b\r\n`;
    expect(heads).toEqual([
      `${head('POST')}content-length: 0\r\n\r\n`,
      `${head('DELETE')}\r\n`,
      `${head('POST')}content-length: 2\r\n\r\n${Buffer.from('ü').toString('latin1')}`,
    ]);
  });

  it('refuses another origin before anything is sent, also one that begins like its own', async () => {
    const server = await serve(listenHttp((_request, response) => response.end('ok')));
    const send = open(server.port);
    const urls = [
      `http://localhost:${server.port}/x`,
      `http://127.0.0.1:${server.port}@evil.test/x`,
      `https://127.0.0.1:${server.port}/x`,
      `http://127.0.0.1:${server.port}1/x`,
      `http://127.0.0.1:${server.port}`,
      'nonsense',
    ];
    for (const url of urls) {
      const refusal = { code: 'configuration', outcome: 'not_sent' };
      await expect(send(get(server.port, { url }))).rejects.toMatchObject(refusal);
    }
    expect(server.connections).toBe(0);
  });

  it.each(['', 'ftp://h', 'venue.test', 'wss://venue.test'])('refuses the origin %j', (origin) => {
    expect(() => open(1, { origin })).toThrow(expect.objectContaining({ code: 'configuration', field: 'origin' }));
  });

  it.each<[string, Partial<HttpRequest>]>([
    ['a header that ends its line', { headers: { 'x-key': 'a\r\nx-evil: 1' } }],
    ['a header that is not ASCII', { headers: { 'x-key': 'ü' } }],
    ['a name with a blank', { headers: { 'x key': '1' } }],
    ['a length of its own', { headers: { 'Content-Length': '0' } }],
    ['a coding of its own', { headers: { 'transfer-encoding': 'chunked' } }],
    ['a path that ends its line', { url: '/x y\r\nHost: evil' }],
    ['a path with a blank', { url: '/x y' }],
  ])('refuses %s', async (_, more) => {
    const server = await serve(listenHttp((_request, response) => response.end('ok')));
    const request = get(server.port, more);
    const url = more.url === undefined ? request.url : `http://127.0.0.1:${server.port}${more.url}`;
    const refusal = { code: 'configuration', outcome: 'not_sent' };
    await expect(open(server.port)({ ...request, url })).rejects.toMatchObject(refusal);
    expect(server.connections).toBe(0);
  });

  it('calls requests not sent that were still waiting for a connection at the deadline, or when it is closed', async () => {
    // Its queue of connections is full, so that no handshake ends.
    const server = await serve(listen(createServer({ pauseOnConnect: true })));
    const send = open(server.port, { origin: 'https://127.0.0.1:'.concat(String(server.port)) });
    const request = { ...get(server.port), url: `https://127.0.0.1:${server.port}/x` };
    const late = send({ ...request, timeoutMs: 500 }).catch((error: unknown) => error);
    const closed = send(request).catch((error: unknown) => error);
    // The pool is loaded by a real import, which the virtual clock does not wait for.
    await import('../../../src/transport/http/socket-pool.js');
    for (let i = 0; i < 10; i++) await settle();
    await send.clock.advance(500);
    expect(await late).toMatchObject({ code: 'timeout', outcome: 'not_sent' });
    await send.close?.();
    expect(await closed).toMatchObject({ code: 'closed', outcome: 'not_sent' });
    expect(send.clock.pendingTimers).toBe(0);
  });

  it('gives a connection up that does not stand in time, and with it the request that waited for it', async () => {
    const server = await serve(listen(createServer({ pauseOnConnect: true })));
    const send = open(server.port, { origin: `https://127.0.0.1:${server.port}`, timeoutMs: 1_000 });
    const request = { ...get(server.port), url: `https://127.0.0.1:${server.port}/x`, timeoutMs: 5_000 };
    const call = send(request).catch((error: unknown) => error);
    await import('../../../src/transport/http/socket-pool.js');
    for (let i = 0; i < 10; i++) await settle();
    await send.clock.advance(1_000);
    expect(await call).toMatchObject({ code: 'network', outcome: 'not_sent' });
  });

  it('fails every one of many requests at once when nobody listens', async () => {
    const port = await closedPort();
    const send = open(port);
    const calls = Array.from({ length: 100 }, () => send(get(port)).catch((error: unknown) => error));
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'network', outcome: 'not_sent' });
    expect(send.clock.pendingTimers).toBe(0);
  });

  it('goes on after a connection was lost', async () => {
    let isBad = true;
    const server = await serve(
      listenRaw((socket) => {
        if (isBad) socket.resetAndDestroy();
        else socket.write(reply('ok'));
      }),
    );
    const send = open(server.port);
    await expect(send(get(server.port))).rejects.toMatchObject({ code: 'network', outcome: 'unknown' });
    isBad = false;
    expect((await send(get(server.port))).body).toBe('ok');
  });
});
