import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock, settle } from '../../../src/transport/clock.js';
import type { HttpRequest } from '../../../src/transport/http/http.js';
import { createUndiciTransport, type UndiciTransportOptions } from '../../../src/transport/http/undici-door.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { closedPort, hasClosed, listenHttp, listenProxy, listenRaw } from '../../support/loopback.js';

const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function open(port: number, options: Partial<UndiciTransportOptions> = {}) {
  const transport = createUndiciTransport({
    origin: `http://127.0.0.1:${port}`,
    maxBodyBytes: 1000,
    timeoutMs: 20_000,
    clock: createSystemClock(),
    ...options,
  });
  cleanups.push(() => transport.close?.());
  return transport;
}

async function serve<T extends { destroy(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  cleanups.push(() => server.destroy());
  return server;
}

const get = (port: number, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: `http://127.0.0.1:${port}/x`,
  headers: {},
  label: 'GET /x',
  idempotent: true,
  ...more,
});

describe('the undici door', () => {
  it('keeps its connections for requests that follow each other, and leaves none open after close', async () => {
    const server = await listenHttp((_request, response) => response.end('ok'));
    const send = open(server.port);
    for (let i = 0; i < 20; i++) {
      expect((await send(get(server.port))).body).toBe('ok');
      // A request in the very tick of the last answer takes a second connection: undici frees the first one tick later.
      await settle();
    }
    expect(server.connections).toBe(1);
    for (let i = 0; i < 20; i++) await send(get(server.port));
    expect(server.connections).toBe(2);
    await send.close?.();
    await server.close();
  });

  it('opens nothing before the first request', async () => {
    const server = await listenHttp((_request, response) => response.end('ok'));
    const send = open(server.port);
    await send.close?.();
    expect(server.connections).toBe(0);
    await server.close();
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
      await expect(send(get(server.port, { url }))).rejects.toMatchObject({
        code: 'configuration',
        outcome: 'not_sent',
      });
    }
    expect(server.connections).toBe(0);
  });

  it.each(['', 'ftp://h', 'venue.test', 'wss://venue.test'])('refuses the origin %j', (origin) => {
    expect(() => open(1, { origin })).toThrow(expect.objectContaining({ code: 'configuration', field: 'origin' }));
  });

  it('refuses a header or path that would break out of the request', async () => {
    const server = await serve(listenHttp((_request, response) => response.end('ok')));
    const send = open(server.port);
    const broken = [
      get(server.port, { headers: { 'x-key': 'a\r\nx-evil: 1' } }),
      get(server.port, { url: `http://127.0.0.1:${server.port}/x y\r\nHost: evil` }),
    ];
    for (const request of broken) {
      await expect(send(request)).rejects.toMatchObject({ code: 'configuration', outcome: 'not_sent' });
    }
    expect(server.connections).toBe(0);
  });

  it('refuses a body in an encoding that it did not offer', async () => {
    const { port } = await serve(
      listenHttp((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')),
    );
    await expect(open(port)(get(port))).rejects.toMatchObject({ code: 'malformed_response', outcome: 'unknown' });
  });

  it('takes what is no HTTP for a malformed answer', async () => {
    const { port } = await serve(listenRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n\r\n')));
    await expect(open(port)(get(port))).rejects.toMatchObject({ code: 'malformed_response', outcome: 'unknown' });
  });

  it('never takes an answer that nobody asked for as the answer to the next request', async () => {
    const reply = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    let closed: Promise<void> | undefined;
    const server = await serve(
      listenRaw((socket, head) => {
        closed ??= hasClosed(socket);
        socket.write(head.startsWith('GET /first') ? reply('first') + reply('stray') : reply('second'));
      }),
    );
    const send = open(server.port);
    const url = `http://127.0.0.1:${server.port}/first`;
    expect((await send(get(server.port, { url }))).body).toBe('first');
    await closed;
    expect((await send(get(server.port))).body).toBe('second');
    expect(server.connections).toBe(2);
  });

  it('calls a request not sent that was still waiting for its connection at the deadline', async () => {
    const clock = createVirtualClock();
    const proxy = await serve(listenRaw(() => {}));
    const send = open(proxy.port, { clock, timeoutMs: 20_000, proxy: `http://127.0.0.1:${proxy.port}` });
    const call = send(get(proxy.port, { timeoutMs: 500 })).catch((error: unknown) => error);
    // undici is loaded by a real import, which the virtual clock does not wait for.
    await import('undici');
    await clock.advance(500);
    expect(await call).toMatchObject({ code: 'timeout', outcome: 'not_sent' });
  });

  it('tells when the bytes of a request have been handed over, once, and never of one that was not sent', async () => {
    const requests: (string | undefined)[] = [];
    const server = await serve(
      listenHttp((request, response) => {
        requests.push(request.url);
        response.end('ok');
      }),
    );
    const send = open(server.port);
    const told: string[] = [];
    const ask = (name: string, signal?: AbortSignal) => {
      const url = `http://127.0.0.1:${server.port}/${name}`;
      return send(get(server.port, { url, written: () => told.push(name) }), signal);
    };
    for (const name of ['opens', 'kept']) {
      const call = ask(name);
      expect(told).not.toContain(name);
      await call;
      await settle();
    }
    const controller = new AbortController();
    const call = ask('aborted', controller.signal);
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted', outcome: 'not_sent' });
    await ask('last');
    expect([told, requests]).toEqual([
      ['opens', 'kept', 'last'],
      ['/opens', '/kept', '/last'],
    ]);
  });

  it('goes through a proxy with its credentials', async () => {
    const server = await listenHttp((request, response) => response.end(request.url));
    const proxy = await serve(listenProxy('Basic bWU6cEBzcw=='));
    const send = open(server.port, { proxy: `http://me:p%40ss@127.0.0.1:${proxy.port}` });
    for (let i = 0; i < 3; i++) {
      expect((await send(get(server.port))).body).toBe('/x');
      await settle();
    }
    expect(proxy.tunnels).toEqual([{ target: `127.0.0.1:${server.port}`, authorization: 'Basic bWU6cEBzcw==' }]);
    expect(server.connections).toBe(1);
    await send.close?.();
    await server.close();
  });

  it('sends nothing when the proxy refuses or is not there, and shows no credentials', async () => {
    const server = await serve(listenHttp((_request, response) => response.end('ok')));
    const refusing = await serve(listenProxy('Basic other'));
    for (const port of [refusing.port, await closedPort()]) {
      const send = open(server.port, { proxy: `http://me:hunter2@127.0.0.1:${port}` });
      const error = await send(get(server.port)).catch((caught: Error) => caught);
      expect(error).toMatchObject({ code: 'network', outcome: 'not_sent' });
      expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toMatch(/hunter2|bWU6aHVudGVyMg/);
    }
    expect(server.connections).toBe(0);
  });
});
