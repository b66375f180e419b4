import { createServer as createTlsServer } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/transport/clock.js';
import { createFetchTransport } from '../../../src/transport/http/fetch-door.js';
import type { HttpRequest, HttpTransport } from '../../../src/transport/http/http.js';
import { createUndiciTransport } from '../../../src/transport/http/undici-door.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { closedPort, hasClosed, LOCALHOST_TLS, listen, listenHttp, listenRaw } from '../../support/loopback.js';

interface DoorOptions {
  readonly origin: string;
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
  readonly clock: ReturnType<typeof createSystemClock>;
}

const DOORS: Array<[string, (options: DoorOptions) => HttpTransport]> = [
  ['undici', createUndiciTransport],
  ['fetch', createFetchTransport],
];

const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const SECRETS = { url: 'CANARYURL', header: 'CANARYHEADER', body: 'CANARYBODY' };

function get(port: number, path = '/x', more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: `http://127.0.0.1:${port}${path}?signature=${SECRETS.url}`,
    headers: { 'x-key': SECRETS.header },
    label: `GET ${path}`,
    idempotent: true,
    ...more,
  };
}

/** The error of a call that must fail, after a look that no secret is in it. */
async function failure(call: Promise<unknown>) {
  const error = await call.then(
    (value) => expect.unreachable(`succeeded with ${JSON.stringify(value)}`),
    (caught: Error & { code: string; outcome: string; cause?: unknown }) => caught,
  );
  const shown = `${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`;
  for (const secret of Object.values(SECRETS)) expect(shown).not.toContain(secret);
  return { code: error.code, outcome: error.outcome };
}

describe.each(DOORS)('the %s door', (name, create) => {
  function open(port: number, options: Partial<DoorOptions> = {}) {
    const transport = create({
      origin: `http://127.0.0.1:${port}`,
      maxBodyBytes: 1000,
      timeoutMs: 20_000,
      clock: createSystemClock(),
      ...options,
    });
    cleanups.push(() => transport.close?.());
    return transport;
  }
  async function serve<T extends { port: number; destroy(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const server = await starting;
    cleanups.push(() => server.destroy());
    return server;
  }

  it('sends method, path, query, headers and body byte for byte, and takes an answer of any status', async () => {
    const { port } = await serve(
      listenHttp(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const echo = [request.method, request.url, request.headers['x-key'], Buffer.concat(chunks).toString()];
        response.writeHead(418, { 'X-Two': ['a', 'b'], 'Content-Type': 'text/plain' }).end(JSON.stringify(echo));
      }),
    );
    const url = `http://127.0.0.1:${port}/a%20b/c?z=1&a=%E5%B8%81&q='x'`;
    const response = await open(port)({ ...get(port), method: 'POST', url, body: '{"ü":1}' });
    expect([response.status, response.headers['x-two'], response.headers['content-type']]).toEqual([
      418,
      'a, b',
      'text/plain',
    ]);
    const query = name === 'undici' ? "z=1&a=%E5%B8%81&q='x'" : 'z=1&a=%E5%B8%81&q=%27x%27';
    expect(JSON.parse(response.body)).toEqual(['POST', `/a%20b/c?${query}`, SECRETS.header, '{"ü":1}']);
  });

  it('takes an empty answer', async () => {
    const { port } = await serve(listenHttp((_request, response) => response.writeHead(204).end()));
    expect(await open(port)(get(port))).toMatchObject({ status: 204, body: '' });
  });

  it.each([301, 302, 303, 307, 308])(
    'does not follow a %i: it is an answer, and the other server hears nothing',
    async (status) => {
      const other = await serve(listenHttp((_request, response) => response.end('stolen')));
      const { port } = await serve(
        listenHttp((_request, response) =>
          response.writeHead(status, { location: `http://127.0.0.1:${other.port}/` }).end('moved'),
        ),
      );
      expect(await open(port)(get(port))).toMatchObject({ status, body: 'moved' });
      expect(other.connections).toBe(0);
    },
  );

  it('ends at the deadline however slowly the body comes, and frees the socket', async () => {
    const clock = createVirtualClock();
    let trickling = () => {};
    const trickled = new Promise<void>((resolve) => {
      trickling = resolve;
    });
    let freed: Promise<unknown> | undefined;
    const { port } = await serve(
      listenHttp((request, response) => {
        freed = hasClosed(request.socket);
        response.writeHead(200, { 'content-length': '100' }).write('{');
        trickling();
      }),
    );
    const call = failure(open(port, { clock, timeoutMs: 3000 })(get(port)));
    await trickled;
    await clock.advance(3000);
    expect(await call).toEqual({ code: 'timeout', outcome: 'unknown' });
    await freed;
    expect(clock.pendingTimers).toBe(0);
  });

  it('takes the deadline of the request before its own', async () => {
    const clock = createVirtualClock();
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { port } = await serve(listenHttp(() => arrive()));
    const call = failure(open(port, { clock })(get(port, '/x', { timeoutMs: 70 })));
    await arrived;
    await clock.advance(70);
    expect(await call).toEqual({ code: 'timeout', outcome: 'unknown' });
  });

  it.each([
    ['declared', { 'content-length': '1001' }],
    ['chunked', {}],
  ])('refuses a body above the cap (%s), and takes one at the cap', async (_, headers) => {
    const { port } = await serve(
      listenHttp((request, response) => {
        const size = request.url?.startsWith('/fits') ? 1000 : 1001;
        response.writeHead(200, 'content-length' in headers ? { 'content-length': String(size) } : {});
        response.write('a'.repeat(500));
        response.end('b'.repeat(size - 500));
      }),
    );
    const send = open(port);
    expect(await failure(send(get(port)))).toEqual({ code: 'malformed_response', outcome: 'unknown' });
    expect((await send(get(port, '/fits'))).body.length).toBe(1000);
  });

  it('refuses a body that is not UTF-8 instead of changing it', async () => {
    const { port } = await serve(listenHttp((_request, response) => response.end(Buffer.from([0x7b, 0xff, 0x7d]))));
    expect(await failure(open(port)(get(port)))).toEqual({ code: 'malformed_response', outcome: 'unknown' });
  });

  it.each([
    ['content-length', 'HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"orderId":"12"}'],
    ['chunked', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{"order"\r\n8\r\n:"1234"}\r\n0\r\n\r\n'],
  ])('takes no answer that was cut at any of its bytes (%s)', async (_, reply) => {
    let cut = 0;
    const { port } = await serve(listenRaw((socket) => socket.end(reply.slice(0, cut))));
    const send = open(port);
    for (cut = 0; cut < reply.length; cut++) {
      expect((await failure(send(get(port)))).outcome).toBe('unknown');
    }
    expect((await send(get(port))).status).toBe(200);
  });

  it('calls it unknown when the connection is reset after the request was read, and sends it once', async () => {
    let requests = 0;
    const { port } = await serve(
      listenRaw((socket) => {
        requests++;
        socket.resetAndDestroy();
      }),
    );
    const post = get(port, '/x', { method: 'POST', body: SECRETS.body, idempotent: false });
    expect(await failure(open(port)(post))).toEqual({ code: 'network', outcome: 'unknown' });
    expect(requests).toBe(1);
  });

  it('calls it not sent when nobody listens', async () => {
    const port = await closedPort();
    expect(await failure(open(port)(get(port)))).toEqual({ code: 'network', outcome: 'not_sent' });
  });

  it('calls it not sent when the name leads nowhere', async () => {
    // Longer than a label may be: nobody has to be asked.
    const origin = `http://${'x'.repeat(64)}.test`;
    expect(await failure(open(1, { origin })({ ...get(1), url: `${origin}/x` }))).toEqual({
      code: 'network',
      outcome: 'not_sent',
    });
  });

  it('sends nothing to a server whose certificate is not trusted', async () => {
    let requests = 0;
    const { port } = await serve(listen(createTlsServer(LOCALHOST_TLS, () => requests++)));
    const send = open(port, { origin: `https://127.0.0.1:${port}` });
    const request = { ...get(port), url: `https://127.0.0.1:${port}/x?signature=${SECRETS.url}` };
    expect(await failure(send(request))).toEqual({ code: 'network', outcome: 'not_sent' });
    expect(requests).toBe(0);
  });

  it('knows whether an aborted request had been sent, and frees the socket', async () => {
    let freed: Promise<unknown> | undefined;
    let requests = 0;
    const controller = new AbortController();
    const { port } = await serve(
      listenHttp((request) => {
        requests++;
        freed = hasClosed(request.socket);
        controller.abort();
      }),
    );
    const send = open(port);
    expect(await failure(send(get(port), controller.signal))).toEqual({ code: 'aborted', outcome: 'unknown' });
    await freed;
    expect(await failure(send(get(port), controller.signal))).toEqual({ code: 'aborted', outcome: 'not_sent' });
    expect(requests).toBe(1);
  });

  it('ends what is under way when it is closed, and sends nothing afterwards', async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { port } = await serve(listenHttp(() => arrive()));
    const send = open(port);
    const call = failure(send(get(port)));
    await arrived;
    await send.close?.();
    await send.close?.();
    expect(await call).toEqual({ code: 'closed', outcome: 'unknown' });
    expect(await failure(send(get(port)))).toEqual({ code: 'closed', outcome: 'not_sent' });
  });
});
