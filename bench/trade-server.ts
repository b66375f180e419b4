import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerTo, fieldsOfOrder, type OrderFields, takeGate } from './frames/order-answers.js';
import { tickFrame } from './frames/tick.js';

/**
 * A venue's server for tick to trade, in a process of its own. At `{ ticks }` it pushes one best price at a time; the next
 * one follows a millisecond after the order that it brought was answered. Then it says how long each order took, from the
 * write of the frame to the order's arrival here, and what was ordered.
 */
const venue = process.argv[2] === 'mexc' ? 'mexc' : 'gate';
const PAUSE_MS = 1;

let feed: WebSocket | undefined;
let left = 0;
let tick = 0;
let pushedAt = 0n;
let delays: number[] = [];
let orders: OrderFields[] = [];

const http = createServer((request, response) => {
  const arrivedAt = process.hrtime.bigint();
  void read(request).then((body) => {
    const text = JSON.stringify(answerTo(request.method, request.url ?? '/', body));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
    if (request.method !== 'POST') return;
    const params = new URL(request.url ?? '/', 'http://localhost').searchParams;
    arrived(
      arrivedAt,
      venue === 'mexc' ? Object.fromEntries(params.size > 0 ? params : new URLSearchParams(body)) : body,
    );
  });
});
http.keepAliveTimeout = 60_000;
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => command(socket, String(data), process.hrtime.bigint()));
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
process.on('message', ({ ticks }: { readonly ticks: number }) => {
  left = ticks;
  delays = [];
  orders = [];
  push();
});

function push(): void {
  const frame = tickFrame(venue, tick++);
  pushedAt = process.hrtime.bigint();
  feed?.send(frame);
}

function arrived(at: bigint, order: unknown): void {
  if (left === 0) return;
  delays.push(Number(at - pushedAt));
  orders.push(fieldsOfOrder(order));
  if (--left > 0) setTimeout(push, PAUSE_MS);
  else process.send?.({ delays, orders });
}

interface Command {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: readonly string[];
  readonly channel?: string;
  readonly event?: string;
  readonly payload?: { readonly req_id?: string; readonly req_param?: unknown };
}

function command(socket: WebSocket, text: string, arrivedAt: bigint): void {
  const { id, method, params, channel, event, payload } = JSON.parse(text) as Command;
  const send = (message: object): void => socket.send(JSON.stringify(message));
  if (method === 'SUBSCRIPTION' || event === 'subscribe') {
    feed = socket;
    if (method !== undefined) send({ id, code: 0, msg: params?.join() });
    else send({ time: seconds(), id, channel, event, result: { status: 'success' } });
    process.send?.('subscribed');
  } else if (event === 'api' && payload !== undefined) {
    const header = { response_time: String(Date.now()), status: '200', channel, event };
    const { req_id: request_id, req_param } = payload;
    if (channel === 'spot.order_place') {
      send({ request_id, ack: true, header, data: { result: { req_id: request_id, req_param } } });
      send({ request_id, ack: false, header, data: { result: takeGate(JSON.stringify(req_param)) } });
      arrived(arrivedAt, JSON.stringify(req_param));
    } else send({ request_id, header, data: { result: { api_key: 'key', uid: '1' } } });
  } else if (channel === 'spot.ping') send({ time: seconds(), channel: 'spot.pong', event: '', result: null });
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
