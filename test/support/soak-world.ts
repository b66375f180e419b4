import { createPublicExchange, type LiveOrderBook, type Runtime, venues } from '../../src/index.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { createVirtualClock } from '../../src/transport/virtual-clock.js';
import type { SocketHandler } from '../../src/transport/ws/socket.js';
import { liveBytes } from './live-bytes.js';
import type { WorldResult } from './many-worlds.js';
import { type SoakMarket, SoakVenue } from './soak-venue.js';

/** Mistakes that the harness must show. */
export const SOAK_MISTAKES = ['keeps every update', 'changes a digit now and then'] as const;
export type SoakMistake = (typeof SOAK_MISTAKES)[number];

const MARKETS = 8;
const EVENTS = 400_000;
/** At once, and then so much time passes, ms. */
const BATCH = 20_000;
const BATCH_MS = 1_000;
const CUT_EVERY = 12;
const PATIENCE_MS = 120_000;
/** What lives may grow by, from a fifth of the way to its end, bytes. */
const MOST_GROWTH = 4 * 1_048_576;

export async function prepareWorlds(): Promise<void> {
  await venues.gateio_spot.streams.loadCodec();
}

export interface SoakOptions {
  readonly mistake?: SoakMistake;
  readonly events?: number;
}

/** One client's books through many events, with a cut now and then; what it holds at the end is what it held at the start. */
export async function runWorld(seed: string, { mistake, events = EVENTS }: SoakOptions = {}): Promise<WorldResult> {
  const random = createSeededRandom(seed);
  const clock = createVirtualClock();
  const venue = new SoakVenue(MARKETS, 1 + random.int(2 ** 30));
  const line = new Line(venue, () => clock.now());
  const exchange = createPublicExchange('gateio_spot', {
    runtime: { clock, random, openSocket: line.openSocket, createHttp: () => line.http },
  });
  const books = venue.markets.map(({ symbol }) => exchange.watchOrderBook(symbol, { feed: 'obu' }));
  const kept: unknown[] = [];
  if (mistake === 'keeps every update') for (const book of books) book.on('update', () => void kept.push([book.mid]));
  const failures: string[] = [];
  const faults = { cut: 0, resynced: 0 };
  let checks = 0;
  let [count, early] = [0, 0];
  const live = async (): Promise<void> => {
    for (let ms = 0; ms < PATIENCE_MS && books.some(({ state }) => state !== 'live'); ms += 100)
      await clock.advance(100);
  };
  await live();
  for (let batch = 1; count < events && failures.length === 0; batch++) {
    for (let at = 0; at < BATCH; at++) {
      const market = venue.markets[at % MARKETS] as SoakMarket;
      const frame = market.next(clock.now());
      if (mistake === 'changes a digit now and then' && at === BATCH - 1) swapDigit(frame);
      line.send(frame, clock.monotonic());
    }
    count += BATCH;
    await clock.advance(BATCH_MS);
    checks += compare(venue, books, failures);
    if (batch % CUT_EVERY === 0) {
      faults.cut++;
      line.cut();
      // What happens while nobody listens.
      for (const market of venue.markets) market.next(clock.now());
      await live();
      if (compare(venue, books, failures) === MARKETS) faults.resynced++;
    }
    if (early === 0 && count >= events / 5) early = liveBytes();
  }
  const growth = liveBytes() - early;
  if (early > 0 && growth > MOST_GROWTH) failures.push(`what lives has grown by ${growth} bytes over ${events} events`);
  await exchange.close();
  if (clock.pendingTimers > 0 || line.open > 0)
    failures.push(`${clock.pendingTimers} timers and ${line.open} sockets are left`);
  return { seed, sort: 'gateio_spot obu', count, checks, faults, failures };
}

function compare(venue: SoakVenue, books: readonly LiveOrderBook[], failures: string[]): number {
  const found = venue.markets.map((market, at) => market.differs(books[at] as LiveOrderBook));
  failures.push(...found.filter((one) => one !== undefined));
  return found.filter((one) => one === undefined).length;
}

/** The size of the bid. */
function swapDigit(frame: Buffer): void {
  const at = frame.indexOf('"a":') - 5;
  frame[at] = frame[at] === 0x31 ? 0x32 : 0x31;
}

/** The venue's end of the only connection, without bytes on a wire. */
class Line {
  open = 0;
  readonly openSocket: Runtime['openSocket'];
  readonly http: ReturnType<Runtime['createHttp']>;
  #handler: SocketHandler | undefined;

  constructor(venue: SoakVenue, now: () => number) {
    this.http = async ({ url }) => ({ status: 200, headers: {}, body: venue.body(new URL(url).pathname, now()) });
    this.openSocket = async (_request, handler) => {
      this.open++;
      this.#handler = handler;
      const end = (code: number): void => {
        if (this.#handler !== handler) return;
        this.#handler = undefined;
        this.open--;
        handler.close({ code, reason: '' });
      };
      return {
        bufferedAmount: 0,
        send: (text) => {
          for (const answer of venue.answers(text, now()))
            queueMicrotask(() => this.#handler === handler && handler.message(Buffer.from(answer)));
          return this.#handler === handler;
        },
        ping: () => undefined,
        close: (code) => end(code ?? 1000),
        terminate: () => end(1006),
      };
    };
  }

  send(frame: Uint8Array, at: number): void {
    this.#handler?.message(frame, at);
  }

  cut(): void {
    const handler = this.#handler;
    this.#handler = undefined;
    this.open--;
    handler?.close({ code: 1006, reason: '' });
  }
}
