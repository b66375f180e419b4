import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawData, WebSocket, WebSocketServer } from 'ws';
import { ConfigurationError } from '../../errors/kinds.js';
import type { Clock } from '../../transport/clock.js';
import type { Gateway, GatewayAnswer } from './gateway.js';

const HOST = '127.0.0.1';
const MAX_REQUEST_BYTES = 1 << 20;
const KEEP_ALIVE_MS = 65_000;
/** How long clients may take to answer a closing handshake, ms. */
const CLOSING_MS = 250;

/** Real servers of one venue on 127.0.0.1. */
export interface LoopbackDoor {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Opens HTTP and WebSocket on one port.
 * @param port 0 = any free one.
 * @throws {ConfigurationError} when the port cannot be opened.
 */
export async function openLoopbackDoor(options: {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly port: number;
  /** Names the port in errors. */
  readonly field: string;
}): Promise<LoopbackDoor> {
  const { gateway, clock, port, field } = options;
  const { WebSocketServer } = await import('ws');
  const server = createServer((request, response) => serve(request, response, gateway, clock));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const sockets = new WebSocketServer({
    noServer: true,
    autoPong: false,
    perMessageDeflate: false,
    maxPayload: MAX_REQUEST_BYTES,
  });
  server.on('upgrade', (request, socket, head) => {
    // A socket may break at any moment; its end is noticed by what waits for it.
    socket.on('error', () => {});
    if (gateway.refuses()) return socket.destroy();
    return sockets.handleUpgrade(request, socket, head, (webSocket) => join(webSocket, request, gateway));
  });
  await listen(server, port, field);
  return { port: (server.address() as AddressInfo).port, close: () => closeServers(server, sockets, clock) };
}

function join(socket: WebSocket, request: IncomingMessage, gateway: Gateway): void {
  socket.on('error', () => {});
  const link = gateway.accept(
    request.url ?? '/',
    addressOf(request),
    {
      deliver: (data) => socket.send(data),
      close: (code, reason) => (code === 1005 ? socket.close() : socket.close(code, reason)),
      cut: () => socket.terminate(),
      // Nothing is read any more: no pong, no answer to a closing handshake.
      freeze: () => socket.pause(),
    },
    headersOf(request),
  );
  socket.on('message', (data: RawData, isBinary: boolean) => {
    const bytes = data as Buffer;
    link.receive(isBinary ? bytes : bytes.toString('utf8'));
  });
  socket.on('ping', (data) => {
    if (link.flows) socket.pong(data);
  });
  socket.on('close', () => link.ended());
}

function serve(request: IncomingMessage, response: ServerResponse, gateway: Gateway, clock: Clock): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on('error', () => {});
  request.on('end', () => {
    const answer = gateway.request(readRequest(request, Buffer.concat(chunks).toString('utf8')));
    respond(response, answer, clock);
  });
}

function respond(response: ServerResponse, answer: GatewayAnswer, clock: Clock): void {
  if (answer.kind === 'silence') return;
  const { status, headers, body } = answer.response;
  const send = (): void => {
    if (response.destroyed) return;
    const bytes = Buffer.from(body, 'utf8');
    response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes);
  };
  if (answer.delayMs > 0) clock.setTimer(answer.delayMs, send, { background: true });
  else send();
}

function readRequest(request: IncomingMessage, body: string): Parameters<Gateway['request']>[0] {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: headersOf(request),
    body,
    ip: addressOf(request),
  };
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? HOST;
}

function listen(server: Server, port: number, field: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', () => {
      reject(new ConfigurationError({ field, expected: 'a port that is free', received: port }));
    });
    server.listen(port, HOST, () => resolve());
  });
}

/** The gateway has closed its links before. */
async function closeServers(server: Server, sockets: WebSocketServer, clock: Clock): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // The others were told by the gateway; whoever does not answer in time is cut.
  for (const socket of sockets.clients) if (socket.isPaused) socket.terminate();
  const timer = clock.setTimer(CLOSING_MS, () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
  });
  server.closeIdleConnections();
  await Promise.all([...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  timer.cancel();
  server.closeAllConnections();
  await closed;
}
