import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { createPublicExchange, type LiveOrderBook } from '../../src/index.js';
import { emptyTotals, type Totals } from './many-worlds.js';
import { type SoakMarket, SoakVenue } from './soak-venue.js';

const MARKETS = 20;
const PER_SECOND = 20_000;
/** Frames that are due are written together, as often, ms. */
const TURN_MS = 5;
/** So long a book may stand still behind the last frame, and be away after a cut, ms; on a machine that has much else to do. */
const PATIENCE_MS = 30_000;

export interface SocketSoak {
  readonly cutEveryMs: number;
  /** Plants a mistake: so many frames get lost on the way, in silence, before the books are looked at. */
  readonly loses?: number;
  readonly patienceMs?: number;
}

/**
 * Live books over real sockets at 20,000 frames a second. Every so often the connection is cut, and the frames go on: all
 * books must come back in the midst of them. Then the venue stands still, and each book is held against the truth.
 */
export async function soakSockets(
  seed: string,
  limits: { readonly ms: number; readonly count: number },
  { cutEveryMs, loses = 0, patienceMs = PATIENCE_MS }: SocketSoak = { cutEveryMs: 5_000 },
): Promise<Totals> {
  const totals = emptyTotals();
  const venue = new SoakVenue(MARKETS, hashOf(seed));
  const server = await serve(venue);
  const exchange = createPublicExchange('gateio_spot', {
    endpoints: { rest: `http://127.0.0.1:${server.port}/api/v4`, ws: `ws://127.0.0.1:${server.port}/ws/v4/` },
    // A venue that cuts so often is not one to be spared.
    reconnect: { firstDelayMs: 100, factor: 1, floorMs: 10, stableAfterMs: 100, maxConnectsPerMinute: 1_000 },
  });
  const books = venue.markets.map(({ symbol }) => exchange.watchOrderBook(symbol, { feed: 'obu' }));
  const failures: string[] = [];
  let [cuts, late] = [0, 0];
  try {
    await Promise.all(books.map(({ ready }) => ready));
    const until = performance.now() + limits.ms;
    while (totals.count < limits.count && performance.now() < until && failures.length === 0) {
      server.cut();
      cuts++;
      const cutAt = performance.now();
      const [written, missed] = await Promise.all([server.flood(cutEveryMs), back(books, patienceMs)]);
      if (performance.now() - cutAt > 1.5 * cutEveryMs) late++;
      totals.count += written;
      failures.push(...missed);
      for (let left = loses; left > 0; left--) venue.markets[0]?.next(Date.now());
      if (failures.length === 0) failures.push(...(await settled(venue, books, patienceMs)));
      totals.checks += books.length;
    }
  } finally {
    await exchange.close();
    await server.close();
  }
  totals.worlds = 1;
  totals.failedWorlds = failures.length > 0 ? 1 : 0;
  totals.failures.push(...failures.slice(0, 5));
  Object.assign(totals.faults, { cut: cuts });
  Object.assign(totals.outcomes, { 'resync later than the next cut': late, 'missed resync': failures.length });
  Object.assign(totals.bySort, { 'gateio_spot obu': totals.count });
  return totals;
}

/** What differs once everything that was sent has come. */
async function settled({ markets }: SoakVenue, books: readonly LiveOrderBook[], patienceMs: number): Promise<string[]> {
  const found = (): string[] => markets.flatMap((market, at) => market.differs(books[at] as LiveOrderBook) ?? []);
  const until = performance.now() + patienceMs;
  while (found().length > 0 && performance.now() < until) await pause(TURN_MS);
  return found();
}

/** Books that do not come back. That they were away is seen first. */
async function back(books: readonly LiveOrderBook[], patienceMs: number): Promise<string[]> {
  const until = performance.now() + patienceMs;
  const isAway = (): boolean => books.every(({ state }) => state !== 'live');
  while (!isAway() && performance.now() < until) await pause(1);
  if (!isAway()) return ['a cut that nobody has noticed'];
  while (books.some(({ state }) => state !== 'live') && performance.now() < until) await pause(TURN_MS);
  return books.flatMap(({ symbol, state }) => (state === 'live' ? [] : [`${symbol} missed its resync: ${state}`]));
}

interface SoakServer {
  readonly port: number;
  /** Writes frames for so long, and returns how many. */
  flood(ms: number): Promise<number>;
  cut(): void;
  close(): Promise<void>;
}

async function serve(venue: SoakVenue): Promise<SoakServer> {
  const http = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(venue.body(new URL(request.url ?? '/', 'http://localhost').pathname, Date.now()));
  });
  const upgrader = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  let line: Socket | undefined;
  http.on('upgrade', (request, socket, head) => {
    upgrader.handleUpgrade(request, socket, head, (client) => {
      line = socket as Socket;
      client.on('error', () => client.terminate());
      client.on('message', (data) => {
        for (const answer of venue.answers(String(data), Date.now())) client.send(answer);
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  let next = 0;
  function write(count: number): void {
    const now = Date.now();
    const parts: Buffer[] = [];
    for (let left = count; left > 0; left--) {
      const frame = (venue.markets[next++ % venue.markets.length] as SoakMarket).next(now);
      parts.push(Buffer.from([0x81, 126, frame.length >> 8, frame.length & 0xff]), Buffer.from(frame));
    }
    line?.write(Buffer.concat(parts));
  }
  return {
    port: (http.address() as AddressInfo).port,
    async flood(ms) {
      const startedAt = performance.now();
      let written = 0;
      for (let passed = 0; passed < ms; passed = performance.now() - startedAt) {
        // A machine that is late makes up for it, but not all at once.
        const due = Math.min(Math.floor((passed * PER_SECOND) / 1_000) - written, PER_SECOND / 10);
        if (due > 0) write(due);
        written += Math.max(0, due);
        await pause(TURN_MS);
      }
      return written;
    },
    cut() {
      line?.destroy();
      line = undefined;
    },
    async close() {
      line?.destroy();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function hashOf(seed: string): number {
  let hash = 7;
  for (const char of seed) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 2;
  return 1 + (hash % 1e9);
}
