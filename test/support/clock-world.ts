import type { BookFeed } from '../../src/adapter/book-feed.js';
import type { Venue } from '../../src/adapter/venue.js';
import type { LiveOrderBook } from '../../src/exchange/live-order-book.js';
import { createPublicExchange, type MarketSymbol, venues } from '../../src/index.js';
import { startSimulator } from '../../src/simulator/index.js';
import type { Runtime } from '../../src/transport/runtime.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import type { WorldResult } from './many-worlds.js';
import * as orders from './order-world.js';
import { type ShakyProcess, shakyRuntime } from './shaky-runtime.js';
import { tapRuntime } from './tap-runtime.js';
import type { World as Sim } from './trading-client.js';

/** Mistakes that a client can make about time. */
export const CLOCK_SABOTAGES = ['ages by the wall clock', 'late pushes are taken for fresh ones'] as const;
export type ClockSabotage = (typeof CLOCK_SABOTAGES)[number];

const FEEDS = [
  { venue: 'mexc_spot', request: { feed: 'aggre.depth', speedMs: 100 } },
  { venue: 'mexc_futures', request: { feed: 'depth' } },
  { venue: 'gateio_spot', request: { feed: 'order_book_update', speedMs: 100 } },
  { venue: 'gateio_spot', request: { feed: 'obu' } },
  { venue: 'gateio_futures', request: { feed: 'obu' } },
] as const;
const PAIRS: readonly MarketSymbol[] = ['COINA/USDT', 'COINB/USDT', 'COINC/USDT'];
const ROUNDS = 12;
/** What may happen to a process. */
const STEPS_MS = [-3_600_000, -90_000, -5_000, 5_000, 90_000, 3_600_000] as const;
const PAUSES_MS = [5_000, 5_000, 60_000] as const;
/** The consumer looks at its books this often, ms. */
const LOOK_MS = 25;
/** A live book at the pace of these markets has been proven within this, ms, the way included. */
const OLDEST_MS = 6_200;
/** After this everything is live again, ms. */
const RECOVERY_MS = 60_000;
/** Requests and frames that a client with three books may send in one instant; a burst of timers would send more. */
const MOST_AT_ONCE = 12;

export interface ClockWorldOptions {
  readonly mistake?: ClockSabotage;
}

export const prepareWorlds = orders.prepareWorlds;

/** A process whose clock is set and that stands still, with books that are read all the time, or with orders on their way. */
export function runWorld(seed: string, { mistake }: ClockWorldOptions = {}): Promise<WorldResult> {
  const random = createSeededRandom(seed).fork('clock');
  return random.chance(0.3) ? placeOrders(seed, random, mistake) : readBooks(seed, random, mistake);
}

/** Orders whose answers get lost, as in {@link orders}; the process is disturbed while it looks for them. */
async function placeOrders(seed: string, random: SeededRandom, mistake: ClockSabotage | undefined) {
  const happened = { steps: 0, pauses: 0, suspends: 0 };
  const world = await orders.runWorld(seed, {
    rounds: 3,
    process(real) {
      const process = shakyRuntime(real);
      return {
        runtime: sabotaged(process.runtime, mistake),
        disturb() {
          if (random.chance(0.1)) happened[disturb(process, random)]++;
        },
      };
    },
  });
  const count = Object.values(happened).reduce((sum, times) => sum + times, 0);
  return { ...world, sort: `${world.sort} orders`, count, outcomes: { ...world.outcomes, ...happened } };
}

function disturb(process: ShakyProcess, random: SeededRandom): 'steps' | 'pauses' | 'suspends' {
  if (process.isPaused || random.chance(0.4)) {
    process.stepWall(random.pick(STEPS_MS));
    return 'steps';
  }
  const forMs = random.pick(PAUSES_MS);
  process.pause(forMs);
  return forMs > 5_000 ? 'suspends' : 'pauses';
}

async function readBooks(seed: string, random: SeededRandom, mistake: ClockSabotage | undefined): Promise<WorldResult> {
  const { venue, request } = random.pick(FEEDS);
  const symbols = venues[venue].kind === 'spot' ? PAIRS : PAIRS.map((pair): MarketSymbol => `${pair}:USDT`);
  const sim = await startSimulator({
    clock: 'virtual',
    seed,
    venues: [venue],
    markets: symbols,
    flow: { eventsPerSecond: 12, levels: 12, dislocationsPerMinute: 0 },
  });
  const behindMs = watchTruth(sim);
  const process = shakyRuntime(sim.runtime());
  const { runtime, tap } = tapRuntime(process.runtime);
  const exchange = createPublicExchange(sabotagedFeeds(venues[venue], runtime, mistake), {
    runtime: sabotaged(runtime, mistake),
  });
  const books = symbols.map((symbol) => exchange.watchOrderBook(symbol, request));
  const failures: string[] = [];
  let looks = 0;
  const look = (book: LiveOrderBook, when: string): void => {
    if (book.state !== 'live') return;
    looks++;
    const ageMs = behindMs(book);
    if (ageMs > OLDEST_MS && failures.length < 3)
      failures.push(`${book.symbol} is live ${when} though it is ${Math.round(ageMs)} ms behind`);
  };
  for (const book of books) {
    book.ready.catch(() => undefined);
    book.on('update', () => look(book, 'in a handler'));
  }
  const lookAtAll = (): void => {
    for (const book of books) look(book, 'when it is looked at');
    process.clock.setTimer(LOOK_MS, lookAtAll);
  };
  lookAtAll();
  await recover(sim, books, failures);
  const happened = { steps: 0, pauses: 0, suspends: 0 };
  let proven = 0;
  for (let round = 0; round < ROUNDS && failures.length === 0; round++) {
    await sim.clock.advance(random.int(4_000));
    if (random.chance(0.5)) {
      happened.steps++;
      process.stepWall(random.pick(STEPS_MS));
      proven += books.length;
    }
    if (random.chance(0.7)) {
      const forMs = random.pick(PAUSES_MS);
      happened[forMs > 5_000 ? 'suspends' : 'pauses']++;
      proven += books.length;
      process.pause(forMs);
      await sim.clock.advance(forMs - 1);
      const before = tap.requests.length + tap.frames.length;
      await sim.clock.advance(2);
      const atOnce = tap.requests.length + tap.frames.length - before;
      if (atOnce > MOST_AT_ONCE) failures.push(`${atOnce} requests and frames at once after a pause of ${forMs} ms`);
    }
    await recover(sim, books, failures);
  }
  const closed = exchange.close();
  await sim.clock.advance(2_000);
  await closed;
  const faults = sim.faults.counts();
  await sim.close();
  return {
    seed,
    sort: `${venue} ${request.feed}`,
    count: proven,
    checks: looks,
    faults,
    outcomes: happened,
    trace: sim.trace(),
    failures,
  };
}

async function recover(sim: Sim, books: readonly LiveOrderBook[], failures: string[]): Promise<void> {
  for (let ms = 0; ms < RECOVERY_MS; ms += 100) {
    if (books.every(({ state }) => state === 'live')) return;
    await sim.clock.advance(100);
  }
  for (const { symbol, state } of books) if (state !== 'live') failures.push(`${symbol} stays ${state}`);
}

/** How long ago the venue's book moved on from what the live book shows, ms. */
function watchTruth(sim: Sim): (book: LiveOrderBook) => number {
  const times = new Map<MarketSymbol, { readonly first: number; readonly at: number[] }>();
  sim.on('change', (_venue, symbol, { sequence, at }) => {
    const known = times.get(symbol);
    if (known === undefined) times.set(symbol, { first: sequence, at: [at] });
    else known.at[sequence - known.first] = at;
  });
  return ({ symbol, sequence }) => {
    const known = times.get(symbol);
    const movedAt = known?.at[sequence + 1 - known.first];
    return movedAt === undefined ? 0 : sim.clock.now() - movedAt;
  };
}

function sabotagedFeeds(venue: Venue, { clock }: Runtime, mistake: ClockSabotage | undefined): Venue {
  if (mistake !== 'late pushes are taken for fresh ones') return venue;
  const { chooseBook } = venue.streams;
  const freshen = (feed: BookFeed): BookFeed => ({
    ...feed,
    continues: (last, update) => {
      update.venueTime = clock.monotonic();
      return feed.continues(last, update);
    },
  });
  return { ...venue, streams: { ...venue.streams, chooseBook: (request) => freshen(chooseBook(request)) } };
}

function sabotaged(runtime: Runtime, mistake: ClockSabotage | undefined): Runtime {
  const { clock } = runtime;
  if (mistake !== 'ages by the wall clock') return runtime;
  const wrong: Runtime['clock'] = {
    now: () => clock.now(),
    monotonic: () => clock.now(),
    setTimer: (ms, callback, options) => clock.setTimer(ms, callback, options),
  };
  return { ...runtime, clock: wrong };
}
