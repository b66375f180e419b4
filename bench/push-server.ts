import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { frameHeader, makeStream, type StreamOptions, snapshotBody } from './frames/stream.js';

/**
 * A venue's server for the end-to-end cases, in a process of its own: answers what a client needs before it listens,
 * sends a prelude, and at the word `go` writes all prepared frames: as fast as the socket takes them or, with `perSecond`,
 * one by one at that pace, and then says when each was written.
 */
const options = JSON.parse(process.argv[2] ?? '') as StreamOptions & { readonly perSecond?: number };
const stream = makeStream(options);
const prelude = Buffer.concat(stream.prelude.map(framed));
const flood = Buffer.concat(stream.flood.map(framed));
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
process.on('message', () => {
  for (const socket of sockets.keys()) {
    if (options.perSecond === undefined) socket.write(flood);
    else pace(socket, options.perSecond);
  }
});
process.on('disconnect', () => process.exit(0));

/** Each turn of the event loop writes what is due. */
function pace(socket: Socket, perSecond: number): void {
  const frames = stream.flood.map(framed);
  const writtenAt = new Float64Array(frames.length);
  const startedAt = Number(process.hrtime.bigint());
  let next = 0;
  const turn = (): void => {
    while (next < frames.length) {
      const now = Number(process.hrtime.bigint());
      if (now < startedAt + (next * 1e9) / perSecond) break;
      writtenAt[next] = now;
      socket.write(frames[next++] as Buffer);
    }
    if (next < frames.length) setImmediate(turn);
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
