import { createServer } from 'node:https';
import type { Socket as TcpSocket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSystemClock } from '../../../src/transport/clock.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { createConnectGate } from '../../../src/transport/ws/connect-gate.js';
import { createConnection } from '../../../src/transport/ws/connection.js';
import type { OpenSocketRequest, SocketHandler } from '../../../src/transport/ws/socket.js';
import { createWsOpenSocket } from '../../../src/transport/ws/ws-door.js';
import {
  closedPort,
  hasClosed,
  LOCALHOST_TLS,
  listen,
  listenHttp,
  listenProxy,
  listenRaw,
} from '../../support/loopback.js';

const clock = createSystemClock();
const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve<T extends { destroy(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  cleanups.push(() => server.destroy());
  return server;
}

interface Peer {
  readonly ws: WebSocket;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly tcp: TcpSocket;
}

/** A WebSocket server; `peers` resolves one by one as clients come. */
async function serveWs(options: { compression?: boolean } = {}) {
  const loopback = await serve(listenHttp((_request, response) => response.end()));
  const server = new WebSocketServer({ server: loopback.server, perMessageDeflate: options.compression === true });
  const queue: Peer[] = [];
  const waiting: Array<(peer: Peer) => void> = [];
  server.on('connection', (ws, request) => {
    const peer = { ws, headers: request.headers, tcp: request.socket };
    const next = waiting.shift();
    if (next) next(peer);
    else queue.push(peer);
  });
  const peer = () =>
    new Promise<Peer>((resolve) => (queue.length > 0 ? resolve(queue.shift() as Peer) : waiting.push(resolve)));
  return { loopback, port: loopback.port, peer };
}

const request = (port: number, more: Partial<OpenSocketRequest> = {}): OpenSocketRequest => ({
  url: `ws://127.0.0.1:${port}/ws?listenKey=CANARYKEY`,
  handshakeTimeoutMs: 20_000,
  maxPayloadBytes: 1000,
  ...more,
});

/** A handler whose events can be awaited. */
function listener() {
  const heard: unknown[] = [];
  let wake = () => {};
  const note = (event: unknown) => {
    heard.push(event);
    wake();
  };
  const handler: SocketHandler = {
    message: (data) => note(typeof data === 'string' ? data : Array.from(data)),
    control: (kind) => note(`control ${kind}`),
    close: (event) => note(event),
  };
  const until = async (count: number) => {
    while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
    return heard;
  };
  return { handler, heard, until };
}

async function failure(opening: Promise<unknown>) {
  const error = await opening.then(
    () => expect.unreachable('opened'),
    (caught: Error & { cause?: unknown }) => caught,
  );
  expect(`${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`).not.toMatch(
    /CANARYKEY|hunter2|bWU6aHVudGVyMg/,
  );
  return error;
}

const never: SocketHandler = { message: () => expect.unreachable(), close: () => {} };

describe('the ws door', () => {
  it('carries texts, bytes and control frames both ways, and closes with a handshake', async () => {
    const { port, peer, loopback } = await serveWs();
    const { handler, until } = listener();
    const socket = await createWsOpenSocket({ clock })(request(port, { headers: { 'x-plan': '1' } }), handler);
    const { ws, headers } = await peer();
    const atPeer: unknown[] = [];
    const peerClosed = new Promise((resolve) => ws.on('close', (code, reason) => resolve([code, reason.toString()])));
    ws.on('message', (data, isBinary) => atPeer.push([isBinary, data.toString()]));
    ws.on('ping', () => atPeer.push('ping'));
    expect(Object.keys(headers).sort()).toEqual([
      'connection',
      'host',
      'sec-websocket-key',
      'sec-websocket-version',
      'upgrade',
      'x-plan',
    ]);
    ws.send('grüß');
    ws.send(Buffer.from([1, 2, 255]));
    ws.ping();
    expect(await until(3)).toEqual(['grüß', [1, 2, 255], 'control ping']);
    expect(socket.send('{"a":"ü"}')).toBe(true);
    socket.ping();
    expect(await until(4)).toContain('control pong');
    expect(socket.bufferedAmount).toBe(0);
    socket.close(4001, 'enough');
    socket.close();
    expect(await peerClosed).toEqual([4001, 'enough']);
    expect((await until(5))[4]).toEqual({ code: 4001, reason: 'enough' });
    expect([socket.send('late'), atPeer]).toEqual([false, [[false, '{"a":"ü"}'], 'ping']]);
    socket.ping();
    socket.terminate();
    await loopback.close();
  });

  it('reports how the far side ended it: with a code, without one, or cut', async () => {
    const ends: Array<[(peer: Peer) => void, { code: number; reason: string }]> = [
      [({ ws }) => ws.close(1012, 'restart'), { code: 1012, reason: 'restart' }],
      [({ ws }) => ws.close(), { code: 1005, reason: '' }],
      [({ tcp }) => tcp.destroy(), { code: 1006, reason: '' }],
    ];
    const { port, peer } = await serveWs();
    for (const [end, event] of ends) {
      const { handler, until } = listener();
      await createWsOpenSocket({ clock })(request(port), handler);
      end(await peer());
      expect(await until(1)).toEqual([event]);
    }
  });

  it('cuts at once on terminate, reports it as 1006, and hands on no frame afterwards', async () => {
    const { port, peer } = await serveWs();
    const { handler, heard, until } = listener();
    const socket = await createWsOpenSocket({ clock })(request(port), handler);
    const { ws, tcp } = await peer();
    const cut = hasClosed(tcp);
    ws.send('a');
    await until(1);
    socket.terminate();
    ws.send('b');
    await cut;
    await until(2);
    expect(heard).toEqual(['a', { code: 1006, reason: '' }]);
  });

  it.each([
    ['a message above the cap', (peer: Peer) => peer.ws.send('x'.repeat(1001)), 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'],
    [
      'a text that is not UTF-8',
      (peer: Peer) => peer.tcp.write(Buffer.from([0x81, 0x01, 0xff])),
      'WS_ERR_INVALID_UTF8',
    ],
    ['bytes that are no frame', (peer: Peer) => peer.tcp.write(Buffer.from([0xff, 0x00])), 'WS_ERR_UNEXPECTED_RSV_2_3'],
    [
      'a flood of fragments',
      (peer: Peer) => {
        peer.tcp.write(Buffer.from([0x01, 0x00]));
        for (let i = 0; i < 1100; i++) peer.tcp.write(Buffer.from([0x00, 0x00]));
      },
      'WS_ERR_TOO_MANY_BUFFERED_PARTS',
    ],
  ])('ends the socket on %s, without a crash and without a frame', async (_, send, reason) => {
    const { port, peer } = await serveWs();
    const { handler, until } = listener();
    await createWsOpenSocket({ clock })(request(port), handler);
    const far = await peer();
    far.ws.on('error', () => {});
    send(far);
    expect(await until(1)).toEqual([{ code: 1006, reason }]);
  });

  it('says of messages that were read at once that they came at the same moment, in whatever pieces', async () => {
    const { port, peer } = await serveWs();
    const { handler, until } = listener();
    let now = 0;
    const times: unknown[] = [];
    const timed: SocketHandler = {
      ...handler,
      message: (data, at) => {
        times.push(at);
        handler.message(data, at);
      },
    };
    await createWsOpenSocket({ clock: { ...clock, monotonic: () => ++now } })(request(port), timed);
    const { tcp } = await peer();
    const [whole, begun, ended] = [Buffer.from([0x81, 1, 97]), Buffer.from([0x01, 1, 98]), Buffer.from([0x80, 1, 99])];
    tcp.write(Buffer.concat([whole, begun, Buffer.from([0x89, 0]), ended, Buffer.from([0x82, 2, 7])]));
    await until(3);
    tcp.write(Buffer.concat([Buffer.from([8]), whole]));
    expect(await until(5)).toEqual(['a', 'control ping', 'bc', [7, 8], 'a']);
    expect(times).toEqual([1, 1, 2, 2]);
  });

  it('takes a message at the cap', async () => {
    const { port, peer } = await serveWs();
    const { handler, until } = listener();
    await createWsOpenSocket({ clock })(request(port), handler);
    (await peer()).ws.send('x'.repeat(1000));
    expect(await until(1)).toEqual(['x'.repeat(1000)]);
  });

  it('offers compression only when it is asked to, and bounds what comes out of it', async () => {
    const { port, peer } = await serveWs({ compression: true });
    const plain = listener();
    await createWsOpenSocket({ clock })(request(port), plain.handler);
    expect((await peer()).headers['sec-websocket-extensions']).toBeUndefined();
    const packed = listener();
    await createWsOpenSocket({ clock })(request(port, { compression: true }), packed.handler);
    const far = await peer();
    expect(far.headers['sec-websocket-extensions']).toContain('permessage-deflate');
    far.ws.send('y'.repeat(1000));
    expect(await packed.until(1)).toEqual(['y'.repeat(1000)]);
    far.ws.send('z'.repeat(1_000_000));
    expect((await packed.until(2))[1]).toMatchObject({ code: 1006 });
  });

  it.each([401, 403, 429, 503])('tells a handshake refused with %i, and how long to wait', async (status) => {
    const loopback = await listenHttp();
    loopback.server.on('upgrade', (_request, socket: TcpSocket) => {
      socket.end(`HTTP/1.1 ${status} No\r\nRetry-After: 7\r\nConnection: close\r\n\r\nCANARYKEY`);
    });
    const error = await failure(createWsOpenSocket({ clock })(request(loopback.port), never));
    expect(error).toMatchObject({ code: 'network', outcome: 'not_sent', httpStatus: status, retryAfterMs: 7000 });
    await loopback.close();
  });

  it('does not follow a redirect: the other server hears nothing', async () => {
    const other = await serve(listenHttp());
    const loopback = await serve(listenHttp());
    loopback.server.on('upgrade', (_request, socket: TcpSocket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:${other.port}/\r\n\r\n`);
    });
    const error = await failure(createWsOpenSocket({ clock })(request(loopback.port), never));
    expect(error).toMatchObject({ code: 'network', httpStatus: 302 });
    expect(other.connections).toBe(0);
  });

  it('ends a handshake that takes too long, and frees the connection', async () => {
    const virtual = createVirtualClock();
    let arrive: (socket: TcpSocket) => void = () => {};
    const arrived = new Promise<TcpSocket>((resolve) => {
      arrive = resolve;
    });
    const server = await listenRaw(arrive);
    const opening = failure(
      createWsOpenSocket({ clock: virtual })(request(server.port, { handshakeTimeoutMs: 900 }), never),
    );
    await arrived;
    await virtual.advance(900);
    expect(await opening).toMatchObject({ code: 'timeout', outcome: 'not_sent' });
    expect(virtual.pendingTimers).toBe(0);
    await server.close();
  });

  it('gives up when the caller aborts, before or during the handshake, and frees the connection', async () => {
    const controller = new AbortController();
    const server = await listenRaw(() => controller.abort());
    const open = createWsOpenSocket({ clock });
    expect(await failure(open(request(server.port), never, controller.signal))).toMatchObject({
      code: 'aborted',
      outcome: 'not_sent',
    });
    expect(await failure(open(request(server.port), never, controller.signal))).toMatchObject({ code: 'aborted' });
    expect(server.connections).toBe(1);
    await server.close();
  });

  it('says not sent when nobody listens, when it is no WebSocket server, and when the certificate is not trusted', async () => {
    const open = createWsOpenSocket({ clock });
    expect(await failure(open(request(await closedPort()), never))).toMatchObject({
      code: 'network',
      outcome: 'not_sent',
    });
    const plain = await serve(listenRaw((socket) => socket.end('220 smtp ready\r\n')));
    expect(await failure(open(request(plain.port), never))).toMatchObject({ code: 'network', outcome: 'not_sent' });
    const tls = await serve(listen(createServer(LOCALHOST_TLS)));
    const url = `wss://localhost:${tls.port}/?listenKey=CANARYKEY`;
    const error = await failure(open(request(tls.port, { url }), never));
    expect([error.message, (error as { code?: string }).code]).toEqual([
      'the socket could not be opened (DEPTH_ZERO_SELF_SIGNED_CERT)',
      'network',
    ]);
  });

  it.each(['http://127.0.0.1/CANARYKEY', 'ws://127.0.0.1/#CANARYKEY', 'CANARYKEY', ''])(
    'refuses %j as an address',
    async (url) => {
      expect(await failure(createWsOpenSocket({ clock })(request(1, { url }), never))).toMatchObject({
        code: 'configuration',
        field: 'url',
      });
    },
  );

  it('goes through a proxy with its credentials, and leaves nothing open', async () => {
    const { port, peer, loopback } = await serveWs();
    const proxy = await listenProxy('Basic bWU6aHVudGVyMg==');
    const { handler, until } = listener();
    const open = createWsOpenSocket({ clock, proxy: `http://me:hunter2@127.0.0.1:${proxy.port}` });
    const socket = await open(request(port), handler);
    (await peer()).ws.send('through');
    expect(await until(1)).toEqual(['through']);
    expect(proxy.tunnels).toEqual([{ target: `127.0.0.1:${port}`, authorization: 'Basic bWU6aHVudGVyMg==' }]);
    socket.close();
    await until(2);
    await Promise.all([loopback.close(), proxy.close()]);
  });

  it('tells a proxy that refuses, is not there, or never answers', async () => {
    const { port, loopback } = await serveWs();
    const refusing = await listenProxy('Basic other');
    const through = (proxyPort: number, use = clock) =>
      createWsOpenSocket({ clock: use, proxy: `http://me:hunter2@127.0.0.1:${proxyPort}` })(request(port), never);
    expect(await failure(through(refusing.port))).toMatchObject({
      code: 'network',
      outcome: 'not_sent',
      httpStatus: 407,
    });
    expect(await failure(through(await closedPort()))).toMatchObject({ code: 'network', outcome: 'not_sent' });
    const virtual = createVirtualClock();
    let arrive: (socket: TcpSocket) => void = () => {};
    const arrived = new Promise<TcpSocket>((resolve) => {
      arrive = resolve;
    });
    const silent = await listenRaw(arrive);
    const opening = failure(through(silent.port, virtual));
    await arrived;
    await virtual.advance(20_000);
    expect(await opening).toMatchObject({ code: 'timeout', outcome: 'not_sent' });
    await Promise.all([silent.close(), refusing.close()]);
    expect(loopback.connections).toBe(0);
  });
});

describe('a connection over real sockets', () => {
  it('comes back after cuts with a new generation each time, and closes to nothing', async () => {
    const { port, peer, loopback } = await serveWs();
    const { heard, until, handler } = listener();
    const connection = createConnection({
      url: () => `ws://127.0.0.1:${port}/`,
      open: createWsOpenSocket({ clock }),
      policy: {
        firstDelayMs: 1,
        factor: 1,
        maxDelayMs: 1,
        floorMs: 0,
        maxAttempts: Number.POSITIVE_INFINITY,
        stableAfterMs: 1000,
        resetOnCloseCodes: [],
        maxConnectsPerMinute: 100,
      },
      plan: { headers: {}, handshakeTimeoutMs: 20_000, maxPayloadBytes: 1000, compression: false },
      clock,
      random: { next: () => 0.5 },
      gate: createConnectGate({ clock, maxPerMinute: 100 }),
      handler: {
        open: (generation) => handler.message(`open ${generation}`),
        message: (data, generation) => handler.message(`${String(data)} of ${generation}`),
        down: ({ code }, generation) => handler.message(`down ${code} of ${generation}`),
        failed: () => expect.unreachable(),
      },
    });
    connection.start();
    for (let generation = 1; generation <= 3; generation++) {
      const { ws, tcp } = await peer();
      ws.send('hello');
      await until(generation * 3 - 1);
      tcp.resetAndDestroy();
    }
    const last = await peer();
    await until(10);
    expect(heard).toEqual(
      [1, 2, 3].flatMap((n) => [`open ${n}`, `hello of ${n}`, `down 1006 of ${n}`]).concat('open 4'),
    );
    const peerClosed = new Promise((resolve) => last.ws.on('close', resolve));
    await connection.close();
    expect(await peerClosed).toBe(1000);
    await loopback.close();
  });
});
