import type { BookRequest } from '../../src/adapter/book-feed.js';
import type { LiveOrderBook } from '../../src/exchange/live-order-book.js';
import { createPublicExchange, venues } from '../../src/index.js';
import type { Level } from '../../src/model/order-book.js';
import type { MarketSymbol } from '../../src/model/symbol.js';
import type { SimulatedVenueId } from '../../src/simulator/profiles.js';
import type { SimulatedBook } from '../../src/simulator/simulator-views.js';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import type { VirtualClock } from '../../src/transport/virtual-clock.js';
import { startFaultRound } from './book-faults.js';
import { type Sabotage, sabotage } from './book-sabotage.js';
import { sortOf, type WorldResult } from './many-worlds.js';

interface Feed {
  readonly venue: SimulatedVenueId;
  readonly request: BookRequest;
  /** Its share of all worlds. */
  readonly parts: number;
  /** Default 16. */
  readonly books?: number;
  readonly isInverse?: boolean;
}

/**
 * The feeds that live books are kept by, and how they are asked for. MEXC serves few snapshots of perpetuals: with many
 * books the world would mostly wait for them.
 */
export const FEEDS: readonly Feed[] = [
  { venue: 'mexc_spot', request: { feed: 'aggre.depth', speedMs: 100 }, parts: 1 },
  { venue: 'gateio_spot', request: { feed: 'order_book_update', speedMs: 100 }, parts: 1 },
  { venue: 'gateio_spot', request: { feed: 'obu' }, parts: 1 },
  { venue: 'gateio_spot', request: { feed: 'order_book_update', speedMs: 20 }, parts: 1 },
  { venue: 'mexc_futures', request: { feed: 'depth' }, parts: 2, books: 4 },
  { venue: 'mexc_futures', request: { feed: 'depth' }, parts: 1, books: 4, isInverse: true },
  { venue: 'mexc_futures', request: { feed: 'depth.full' }, parts: 1 },
  { venue: 'gateio_futures', request: { feed: 'order_book_update', speedMs: 100 }, parts: 2 },
  { venue: 'gateio_futures', request: { feed: 'obu' }, parts: 2 },
];

/** Each feed as often as its parts say. */
const DRAWN = FEEDS.flatMap((feed) => Array.from({ length: feed.parts }, () => feed));

/** What makes it another sort of world. */
export function nameOf({ venue, request, isInverse = false }: Feed): string {
  return [venue, request.feed, ...(isInverse ? ['inverse'] : [])].join(' ');
}

export interface WorldOptions {
  /** Books in the world. Default that of the feed, else 16. */
  readonly books?: number;
  /** Rounds of faults that each book lives through. Default as many as make 128 with the books. */
  readonly rounds?: number;
  /** By its name. Default by the seed. */
  readonly feed?: string;
  readonly mistake?: Sabotage;
}

const STEP_MS = 250;
const MAX_FAULTS_MS = 3_000;
/** Every wait of the client is shorter; what is not live by then is stuck. */
const MAX_RECOVERY_MS = 180_000;

/** Loads what the codecs import: the virtual clock does not wait for a dynamic import. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  await Promise.all(Object.values(venues).map((venue) => venue.streams.loadCodec()));
}

/** Live books in a simulated exchange through rounds of faults, all of it decided by the seed. */
export async function runWorld(seed: string, options: WorldOptions = {}): Promise<WorldResult> {
  const random = createSeededRandom(seed).fork('schedule');
  const drawn = sortOf(seed, DRAWN, random);
  const feed = FEEDS.find((one) => nameOf(one) === options.feed) ?? drawn;
  const { venue, request } = feed;
  const { books: count = feed.books ?? 16, mistake } = options;
  const { rounds = 128 / count } = options;
  const symbols = Array.from({ length: count }, (_, i) => symbolOf(`COIN${String.fromCharCode(65 + i)}`, feed));
  await using sim = await startSimulator({
    clock: 'virtual',
    seed,
    venues: [venue],
    markets: symbols,
    flow: { eventsPerSecond: 12, levels: 8 + random.int(20), dislocationsPerMinute: 0 },
  });
  const real = { venue: venues[venue], runtime: sim.runtime() };
  const used = mistake === undefined ? real : sabotage(real.venue, real.runtime, mistake);
  const exchange = createPublicExchange(used.venue, { runtime: used.runtime });
  const witness = new Witness(sim, venue);
  const books = symbols.map((symbol) => exchange.watchOrderBook(symbol, request));
  for (const book of books) {
    book.ready.catch(() => undefined);
    book.on('update', () => witness.check(book));
  }
  // One book through one round in which at least one fault really hit its frames; a lower bound.
  let schedules = 0;
  let recovered = await recover(sim.clock, books, witness);
  for (let round = 0; round < rounds && recovered && witness.failures.length === 0; round++) {
    const faults = startFaultRound(sim, venue, symbols, random);
    for (let ms = 0; ms < MAX_FAULTS_MS && (ms === 0 || faults.missing() > 0); ms += STEP_MS) {
      await sim.clock.advance(STEP_MS);
      for (const book of books) witness.check(book);
    }
    schedules += Math.max(0, count - faults.missing());
    sim.faults.clear();
    // What a fault of the last frame broke shows with the next one.
    await sim.clock.advance(STEP_MS);
    recovered = await recover(sim.clock, books, witness);
  }
  await close(exchange, sim.clock);
  return {
    seed,
    sort: nameOf(feed),
    count: schedules,
    checks: witness.checks,
    faults: sim.faults.counts(),
    trace: sim.trace(),
    failures: witness.failures,
  };
}

function symbolOf(base: string, { venue, isInverse = false }: Feed): MarketSymbol {
  if (isInverse) return `${base}/USD:${base}`;
  return venues[venue].kind === 'perpetual' ? `${base}/USDT:USDT` : `${base}/USDT`;
}

async function recover(clock: VirtualClock, books: readonly LiveOrderBook[], witness: Witness): Promise<boolean> {
  for (let ms = 0; ms < MAX_RECOVERY_MS; ms += STEP_MS) {
    if (books.every((book) => book.state === 'live')) return true;
    await clock.advance(STEP_MS);
    for (const book of books) witness.check(book);
  }
  for (const { symbol, state } of books) if (state !== 'live') witness.failures.push(`${symbol} is stuck: ${state}`);
  return witness.failures.length === 0;
}

/** The closing handshake needs time to pass. */
async function close(exchange: AsyncDisposable, clock: VirtualClock): Promise<void> {
  const closed = exchange[Symbol.asyncDispose]();
  await clock.advance(2_000);
  await closed;
}

/** Compares live books with the exchange's own. */
class Witness {
  checks = 0;
  readonly failures: string[] = [];
  readonly #sim: Simulator;
  readonly #venue: SimulatedVenueId;

  constructor(sim: Simulator, venue: SimulatedVenueId) {
    this.#sim = sim;
    this.#venue = venue;
  }

  check(book: LiveOrderBook): void {
    if (book.state !== 'live') return;
    this.checks++;
    const { symbol, sequence, reliableDepth } = book;
    const truth = this.#sim.book(this.#venue, symbol, { sequence });
    const difference = truth === undefined ? 'a sequence that never was' : compare(book, truth);
    if (difference !== undefined)
      this.failures.push(`${symbol} at ${sequence}, ${reliableDepth} levels: ${difference}`);
  }
}

/** Everything shown must be true, and no level within the reliable depth may be missing. */
function compare(book: LiveOrderBook, truth: SimulatedBook): string | undefined {
  const { reliableDepth } = book;
  if (reliableDepth === 0) return truth.bids.length + truth.asks.length === 0 ? undefined : 'nothing is proven';
  const { bids, asks } = book.snapshot();
  return compareSide('bids', bids, truth.bids, reliableDepth) ?? compareSide('asks', asks, truth.asks, reliableDepth);
}

function compareSide(
  side: string,
  shown: readonly Level[],
  truth: SimulatedBook['bids'],
  reliableDepth: number,
): string | undefined {
  if (shown.length < Math.min(reliableDepth, truth.length) || shown.length > truth.length) {
    return `${side}: ${shown.length} levels, in truth ${truth.length}`;
  }
  for (let i = 0; i < shown.length; i++) {
    const { price, quantity } = shown[i] as Level;
    const [truePrice, trueQuantity] = truth[i] as [number, number];
    if (price !== truePrice || quantity !== trueQuantity) {
      return `${side}[${i}]: ${quantity} at ${price}, in truth ${trueQuantity} at ${truePrice}`;
    }
  }
  return undefined;
}
