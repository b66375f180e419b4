import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { frameHeader, makeStream, type StreamOptions, snapshotBody } from './frames/stream.js';
import { sharedNow } from './measure/shared-clock.js';

/** Frames `from` up to `to`, for the client that came in the place `client`. */
export interface PacedFrames {
  readonly client: number;
  readonly from: number;
  readonly to: number;
  readonly perSecond: number;
}

/**
 * A venue's server for the end-to-end cases, in a process of its own: answers what a client needs before it listens,
 * sends a prelude, and at the word `go` writes all prepared frames as fast as the socket takes them. Asked for some of them
 * at a pace, it writes them one by one to one client, and then says when each was written.
 */
const options = JSON.parse(process.argv[2] ?? '') as StreamOptions;
const stream = makeStream(options);
const prelude = Buffer.concat(stream.prelude.map(framed));
const frames = stream.flood.map(framed);
const flood = Buffer.concat(frames);
const ids = stream.set.markets.map(({ id }) => id);
const sockets = new Map<Socket, number>();

const http = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer(url)));
});
const upgrader = new WebSocketServer({ noServer: true, perMessageDeflate: false });
http.on('upgrade', (request, socket, head) => {
  upgrader.handleUpgrade(request, socket, head, (client) => {
    const tcp = socket as Socket;
    sockets.set(tcp, 0);
    client.on('message', (data) => control(String(data), tcp, (text) => client.send(text)));
    client.on('close', () => sockets.delete(tcp));
    client.on('error', () => client.terminate());
  });
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.on('message', (wanted: 'go' | PacedFrames) => {
  const clients = [...sockets.keys()];
  if (wanted !== 'go') pace(clients[wanted.client] as Socket, wanted);
  else for (const socket of clients) socket.write(flood);
});
process.on('disconnect', () => process.exit(0));

const LOOPS_BETWEEN_LOOKS = 1_000;
const spin = new Int32Array(1);

/** The next frame is awaited without a pause: a timer would be late by more than what is measured. */
function pace(socket: Socket, { from, to, perSecond }: PacedFrames): void {
  const writtenAt = new Float64Array(to - from);
  const startedAt = sharedNow();
  let next = from;
  const turn = (): void => {
    const due = startedAt + ((next - from) * 1e9) / perSecond;
    // Looks at the clock make garbage: collecting it would come between two frames.
    while (sharedNow() < due) for (let wait = 0; wait < LOOPS_BETWEEN_LOOKS; wait++) spin[0] = wait;
    const frame = frames[next] as Buffer;
    writtenAt[next - from] = sharedNow();
    socket.write(frame);
    next++;
    if (next < to) setImmediate(turn);
    else process.send?.(writtenAt);
  };
  turn();
}

/** Confirms what is asked for; the last topic brings the prelude. */
function control(text: string, socket: Socket, send: (text: string) => void): void {
  const { id, method, params, channel, event, payload } = JSON.parse(text) as {
    readonly [key in 'id' | 'method' | 'channel' | 'event']?: unknown;
  } & { readonly params?: string[]; readonly payload?: string[] };
  const isMexc = stream.options.venue === 'mexc';
  const topics = isMexc ? params : payload;
  if ((method !== 'SUBSCRIPTION' && event !== 'subscribe') || topics === undefined) return;
  send(
    JSON.stringify(
      isMexc
        ? { id, code: 0, msg: topics.join() }
        : { time: 1_767_225_600, id, channel, event, result: { status: 'success' } },
    ),
  );
  const count = (sockets.get(socket) ?? 0) + topics.length;
  sockets.set(socket, count);
  if (count === ids.length) setTimeout(() => socket.write(prelude), 50);
}

function answer({ pathname, searchParams }: URL): unknown {
  if (pathname.endsWith('/time')) return { serverTime: 1_767_225_600_000, server_time: 1_767_225_600_000 };
  if (pathname.endsWith('/exchangeInfo')) return { symbols: stream.set.markets.map(mexcRow) };
  if (pathname.endsWith('/currency_pairs')) return stream.set.markets.map(gateRow);
  return snapshotBody(stream, ids.indexOf(searchParams.get('symbol') ?? ''));
}

function mexcRow({ id, base, quote }: { id: string; base: string; quote: string }) {
  return {
    symbol: id,
    status: '1',
    baseAsset: base,
    baseAssetPrecision: 6,
    quoteAsset: quote,
    quotePrecision: 2,
    baseSizePrecision: '0.000001',
    quoteAmountPrecision: '1',
    isSpotTradingAllowed: true,
    tradeSideType: 1,
    orderTypes: ['LIMIT', 'MARKET'],
  };
}

function gateRow({ id, base, quote }: { id: string; base: string; quote: string }) {
  return { id, base, quote, fee: '0.2', precision: 2, amount_precision: 6, trade_status: 'tradable' };
}

function framed(frame: string | Uint8Array): Buffer {
  const body = typeof frame === 'string' ? Buffer.from(frame) : frame;
  return Buffer.concat([frameHeader(typeof frame === 'string' ? 1 : 2, body.length), body]);
}
