import { createRecordedBook, type RecordedBook } from '../../src/arbitrage/detector/recorded-book.js';
import type { MarketFeed } from '../../src/arbitrage/engine/task-markets.js';
import { isUnsettled } from '../../src/arbitrage/strategy/position.js';
import { openFileJournal } from '../../src/arbitrage/tasks/file-journal.js';
import type { TradingVenue } from '../../src/arbitrage/tasks/manager-options.js';
import type { TaskJournal } from '../../src/arbitrage/tasks/task-journal.js';
import { createTaskManager, type TaskManager } from '../../src/arbitrage/tasks/task-manager.js';
import type { PrivateExchange, PublicExchange } from '../../src/index.js';
import { createPrivateExchange, createPublicExchange, openFileIntentLog, venues } from '../../src/index.js';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { compareWithTruth } from './arbitrage-truth.js';
import type { WorldResult } from './many-worlds.js';
import { createMemoryDisk } from './memory-disk.js';
import { mortalRuntime } from './mortal-runtime.js';

/** Mistakes that engines really make. */
export const ARBITRAGE_SABOTAGES = ['effect before persist', 'absent at once', 'resend after a crash'] as const;

export type ArbitrageSabotage = (typeof ARBITRAGE_SABOTAGES)[number];

type WorldVenue = 'mexc_spot' | 'gateio_spot' | 'gateio_futures';

interface WorldMarket {
  readonly venue: WorldVenue;
  readonly symbol: 'BTC/USDT' | 'BTC/USDT:USDT';
}

const GATE: WorldMarket = { venue: 'gateio_spot', symbol: 'BTC/USDT' };
const FUTURES: WorldMarket = { venue: 'gateio_futures', symbol: 'BTC/USDT:USDT' };
const MEXC: WorldMarket = { venue: 'mexc_spot', symbol: 'BTC/USDT' };

/** Earned at once between two spot venues; or held between spot and a perpetual, with spot somewhere else. */
const SORTS = { spot_spot: [GATE, MEXC], three_venues: [GATE, FUTURES, MEXC] } as const;

export type ArbitrageSort = keyof typeof SORTS;

const KEYS = { apiKey: 'mx0world', secretKey: 'a-secret-of-the-world' };
const PLACING = {
  mexc_spot: 'POST /api/v3/order',
  gateio_spot: 'POST /api/v4/spot/orders',
  gateio_futures: 'POST /api/v4/futures/usdt/orders',
} as const;
const STEP_MS = 50;
const PRICE = 100;
const MAX_NOTIONAL = 300;
/** Everything that is still under way ends before this, ms. */
const PATIENCE_MS = 400_000;
const FATES = [
  'lost before',
  'lost after',
  'late',
  'server error before',
  'server error after',
  'cut after',
  'hidden',
] as const;

export interface ArbitrageWorldOptions {
  /** Crashes of this world. */
  readonly crashes?: number;
  readonly mistake?: ArbitrageSabotage;
  /** Default: drawn. */
  readonly sort?: ArbitrageSort;
}

/** Loads what the codecs import: the virtual clock does not wait for a dynamic import. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  for (const { venue } of SORTS.three_venues) {
    await venues[venue].streams.loadCodec();
    await venues[venue].private?.streams.loadCodec(KEYS);
  }
}

/**
 * An engine that dies again and again, at any point around what it writes and sends, also while it recovers, on an
 * exchange that loses answers. In the end what it remembers is what the venues' own books say; all decided by the seed.
 */
export async function runWorld(seed: string, options: ArbitrageWorldOptions = {}): Promise<WorldResult> {
  const world = await createWorld(seed, options);
  try {
    return await world.run();
  } finally {
    await world.close();
  }
}

/** One life of the engine. */
interface Engine {
  readonly manager: TaskManager | undefined;
  isAlive(): boolean;
  die(): void;
}

/** One life of the clients; outlives some engines, as a process of its own would. */
interface Clients {
  readonly exchanges: ReadonlyMap<WorldVenue, PrivateExchange>;
  die(): void;
}

/** Part of the accounts that hold no base asset: between spot venues they can do nothing. */
const BARE = { spot_spot: 0, three_venues: 0.4 } as const;
/** Part of the exchanges whose clock is minutes off. */
const OFF = 0.2;
/** Part of the deaths that take the clients along: everything that the process knew is gone then. */
const WHOLE_PROCESS = 0.12;

async function createWorld(seed: string, { crashes = 60, mistake, sort: given }: ArbitrageWorldOptions) {
  const random = createSeededRandom(seed).fork('arbitrage');
  const sort: ArbitrageSort = given ?? (random.chance(0.6) ? 'spot_spot' : 'three_venues');
  const markets: readonly WorldMarket[] = SORTS[sort];
  const spec = { id: 'task', markets, limits: LIMITS, legs: random.chance(0.5) ? 'sequential' : 'parallel' } as const;
  const sim = await startSimulator({
    clock: 'virtual',
    seed,
    venues: markets.map(({ venue }) => venue),
    markets: [{ symbol: 'BTC/USDT', startPrice: PRICE, priceDecimals: 2, quantityDecimals: 3 }],
    flow: { eventsPerSecond: 0, levels: 0 },
    // Without any, what is sold has been bought before, less the fee that was taken out of it.
    accounts: [{ ...KEYS, balances: { USDT: '1000000', ...(random.chance(BARE[sort]) ? {} : { BTC: '10000' }) } }],
  });
  /** The venues' clocks, ahead of ours by so many ms. */
  const [gate, mexc] = [1, 2].map(() => (random.chance(OFF) ? random.int(1_200_000) - 600_000 : 0)) as [number, number];
  const skew = (): void => {
    for (const { venue } of markets) sim.faults.skewClock(venue, venue === 'mexc_spot' ? mexc : gate);
  };
  skew();
  const disk = createMemoryDisk();
  const failures: string[] = [];
  const outcomes: Record<string, number> = {};
  const sentIds = new Set<string>();
  const asked = new Map<string, Parameters<PrivateExchange['placeLimitOrder']>[0]>();
  const publics = new Map<WorldVenue, PublicExchange>();
  for (const { venue } of markets) publics.set(venue, createPublicExchange(venue, { runtime: sim.runtime() }));
  const books = new Map<WorldVenue, RecordedBook>(
    markets.map(({ venue, symbol }) => [venue, createRecordedBook(symbol, sim.clock)]),
  );
  const resting = new Map<WorldVenue, number[]>();
  let left = crashes;
  let points = 0;
  let engine: Engine | undefined;
  let clients: Promise<Clients> | undefined;
  const listeners: (() => void)[] = [];

  const count = (name: string): void => {
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  };

  /** A point at which the process may die; mean distance drawn anew for each life, so that some die in recovery. */
  let pace = 10;
  function point(life: Life, where: string): void {
    if (!life.isAlive()) return;
    points++;
    const weight = /read|look/.test(where) ? 0.4 : 1;
    if (left === 0 || !random.chance(weight / pace)) return;
    left--;
    count(where);
    count(`in ${life.state}`);
    life.die();
    if (!random.chance(WHOLE_PROCESS)) return count('clients survive');
    void clients?.then((old) => old.die());
    clients = undefined;
  }

  function mortalJournal(journal: TaskJournal, life: Life): TaskJournal {
    return {
      ...journal,
      damage: journal.damage,
      load: () => journal.load(),
      close: () => journal.close(),
      async write(record) {
        point(life, 'before a write');
        if (!life.isAlive()) return life.never;
        if (mistake === 'effect before persist') {
          // It reaches the disk only a little later.
          sim.clock.setTimer(40, () => void (life.isAlive() && journal.write(record)));
          return;
        }
        await journal.write(record);
        point(life, 'after a write');
        if (!life.isAlive()) return life.never;
      },
    };
  }

  function mortalExchange(exchange: PrivateExchange, life: Life): PrivateExchange {
    const around =
      <A extends unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
      async (...args: A) => {
        point(life, `before ${name}`);
        if (!life.isAlive()) return life.never;
        const pending = call(...args);
        point(life, `during ${name}`);
        const answer = await pending;
        point(life, `after ${name}`);
        return life.isAlive() ? answer : life.never;
      };
    const leaving = <T extends { close(): Promise<void> }>(watch: T): T => {
      life.ends.push(() => void watch.close());
      return watch;
    };
    const place: PrivateExchange['placeLimitOrder'] = (order) => {
      const id = order.clientOrderId ?? '';
      if (!textOf(disk.durable('journal')).includes(id)) failures.push(`${id} was sent before it was written down`);
      if (Number(order.quantity) * Number(order.price) > MAX_NOTIONAL * 1.02) failures.push(`${id} is above its limit`);
      if (sentIds.has(id)) failures.push(`${id} was handed over twice`);
      sentIds.add(id);
      asked.set(id, order);
      decree(exchange.venue as WorldVenue);
      return exchange.placeLimitOrder(order);
    };
    const bound = Object.create(exchange) as PrivateExchange;
    const overrides: Partial<PrivateExchange> = {
      placeLimitOrder: around('placing', place),
      getOrder: around('looking', (ref) => lookFor(exchange, ref)),
      getFills: around('reading fills', (symbol, request) => exchange.getFills(symbol, request)),
      getBalances: around('reading balances', () => exchange.getBalances()),
      cancelOrder: around('canceling', (ref) => exchange.cancelOrder(ref)),
      getOpenOrders: (symbol) => exchange.getOpenOrders(symbol),
      getOrderHistory: (symbol, request) => exchange.getOrderHistory(symbol, request),
      watchOrders: (handler) => leaving(exchange.watchOrders(handler)),
      watchBalances: (handler) => leaving(exchange.watchBalances(handler)),
      getTradingFees: (symbol) => exchange.getTradingFees(symbol),
    };
    for (const [name, value] of Object.entries(overrides)) Object.defineProperty(bound, name, { value });
    return bound;
  }

  /** Sabotaged, an order that was looked for is placed again under another id, as a blind retry would. */
  async function lookFor(exchange: PrivateExchange, ref: Parameters<PrivateExchange['getOrder']>[0]) {
    const lost = asked.get(ref.clientOrderId ?? '');
    if (mistake !== 'resend after a crash' || lost === undefined) return exchange.getOrder(ref);
    asked.delete(ref.clientOrderId ?? '');
    const { clientOrderId: _, ...again } = lost;
    return exchange.placeLimitOrder(again).catch(() => exchange.getOrder(ref));
  }

  function decree(venue: WorldVenue): void {
    if (!random.chance(mistake === 'absent at once' ? 1 : 0.25)) return;
    const path = PLACING[venue];
    const fate = FATES[random.int(FATES.length)];
    const { faults } = sim;
    if (fate === 'lost before') faults.loseRequest(venue, path);
    else if (fate === 'lost after') faults.timeoutHttp(venue, path);
    else if (fate === 'late') faults.acceptLate(venue, path, { delayMs: random.int(1_500) });
    else if (fate === 'server error before') faults.respond(venue, path, { status: 502, body: '{}', processed: false });
    else if (fate === 'server error after') faults.respond(venue, path, { status: 500, body: '', processed: true });
    else if (fate === 'cut after') faults.truncateBody(venue, path);
    else faults.hideOrders(venue, { lagMs: 300 + random.int(1_500) });
  }

  async function openClients(): Promise<Clients> {
    const mortal = mortalRuntime(sim.runtime());
    const mounted = disk.mount(mortal.isAlive);
    const exchanges = new Map<WorldVenue, PrivateExchange>();
    for (const { venue } of markets) {
      const account = createPrivateExchange(venue, {
        credentials: KEYS,
        runtime: mortal.runtime,
        intentLog: await openFileIntentLog({ path: `intents-${venue}`, disk: mounted }),
        timeoutMs: 1_000,
        recvWindowMs: 1_000,
        resolveWithinMs: 5_000,
        placeWhileReconciling: true,
      });
      exchanges.set(venue, account);
    }
    return { exchanges, die: () => mortal.die() };
  }

  function boot(): Engine {
    const mortal = mortalRuntime(sim.runtime());
    const { clock } = mortal.runtime;
    const life: Life = {
      isAlive: mortal.isAlive,
      die: () => mortal.die(),
      never: new Promise<never>(() => undefined),
      state: 'recovery',
      ends: [],
    };
    pace = 2 + random.int(14);
    const booting: { -readonly [K in keyof Engine]: Engine[K] } = {
      manager: undefined,
      isAlive: mortal.isAlive,
      die() {
        mortal.die();
        for (const end of life.ends) end();
      },
    };
    life.die = booting.die;
    void (async () => {
      const journal = mortalJournal(await openFileJournal({ path: 'journal', disk: disk.mount(mortal.isAlive) }), life);
      clients ??= openClients();
      const { exchanges } = await clients;
      const tradingVenues = new Map<string, TradingVenue>();
      for (const { venue } of markets) {
        tradingVenues.set(venue, {
          public: publics.get(venue) as PublicExchange,
          private: mortalExchange(exchanges.get(venue) as PrivateExchange, life),
          isSimulated: true,
        });
      }
      const manager = await createTaskManager({
        venues: tradingVenues,
        journal,
        mode: 'paper',
        clock,
        random,
        feed,
        tickMs: 100,
        maxAgeMs: 3_600_000,
        provenAbsentAfterMs: mistake === 'absent at once' ? 0 : 6_000,
        maxRecoveries: 1_000_000,
      });
      if (manager.list().length === 0) await manager.create(spec);
      const [task] = manager.list();
      if (task?.wish !== 'run') manager.start(spec.id);
      manager.on('alarm', ({ reason }) => count(reason.replaceAll(/[\d.]+|t-\w+/g, '#').slice(0, 60)));
      manager.on('transition', ({ to }) => {
        life.state = to;
      });
      manager.on('error', ({ error }) => failures.push(`an error: ${String(error)}`));
      manager.on('cycle', () => count('cycles'));
      booting.manager = manager;
    })().catch((error) => failures.push(`the engine did not start: ${String(error)}`));
    return booting;
  }

  const feed: MarketFeed = {
    book(venue) {
      const book = books.get(venue as WorldVenue) as RecordedBook;
      return Object.assign(Object.create(book) as RecordedBook, {
        on: (_: string, handler: () => unknown) => void listeners.push(handler as () => void),
        close: async () => undefined,
      });
    },
  };

  /** Cheap at one venue and dear at the other; each size is what a thin book has. */
  function requote(): void {
    const cheap = markets[random.int(markets.length)]?.venue;
    for (const { venue, symbol } of markets) {
      for (const order of resting.get(venue) ?? []) sim.cancelOrder(venue, symbol, order);
      const premium = venue === 'gateio_futures' ? 1.5 : 1;
      const mid = PRICE + (venue === cheap ? 0 : random.chance(0.7) ? premium : 0);
      const quantity = () => (0.1 + random.int(30) / 10).toFixed(1);
      const place = (side: 'buy' | 'sell', price: number) =>
        sim.injectOrder(venue, { symbol, side, price: price.toFixed(2), quantity: quantity() }).orderId;
      resting.set(venue, [
        place('buy', mid - 0.05),
        place('buy', mid - 0.1),
        place('sell', mid + 0.05),
        place('sell', mid + 0.1),
      ]);
    }
    publish();
  }

  let hasTraded = false;
  sim.on('trade', () => {
    hasTraded = true;
  });

  function publish(): void {
    hasTraded = false;
    for (const { venue, symbol } of markets) {
      const truth = sim.book(venue, symbol, { depth: 5 });
      const levels = (side: readonly (readonly [number, number])[] = []) =>
        side.map(([price, quantity]) => ({ price, quantity }));
      books.get(venue)?.show(levels(truth?.bids), levels(truth?.asks));
    }
    for (const handler of listeners) handler();
  }

  /** A task that waits for a person is looked at and started again. */
  function answerTheAlarm(isStopping: boolean): void {
    const manager = engine?.manager;
    if (manager?.list()[0]?.state !== 'HALTED') return;
    count('a person was called');
    manager.start(spec.id);
    if (isStopping) manager.stop(spec.id);
  }

  function isAtRest(): boolean {
    const [task] = engine?.manager?.list() ?? [];
    if (task === undefined || engine?.manager === undefined) return false;
    const { orders } = engine.manager.inspect(task.id);
    return (task.state === 'IDLE' || task.state === 'HALTED') && orders.length === 0 && !orders.some(isUnsettled);
  }

  async function run(): Promise<WorldResult> {
    engine = boot();
    requote();
    let quotedAt = 0;
    let isStopping = false;
    let passed = 0;
    let quiet = 0;
    for (; passed < PATIENCE_MS; passed += STEP_MS) {
      await sim.clock.advance(STEP_MS);
      if (!engine.isAlive()) {
        disk.crash(random);
        listeners.length = 0;
        engine = boot();
      }
      if (passed - quotedAt >= 400) {
        requote();
        quotedAt = passed;
      } else if (hasTraded) publish();
      if (failures.length > 0) break;
      answerTheAlarm(isStopping);
      if (left > 0) continue;
      const { manager } = engine;
      if (manager === undefined) continue;
      if (!isStopping) {
        isStopping = true;
        sim.faults.clear();
        skew();
        manager.stop(spec.id);
      } else if (isAtRest() && ++quiet > 40) break;
    }
    if (failures.length === 0) check(passed);
    return {
      seed,
      sort,
      count: crashes - left,
      checks: points,
      outcomes,
      faults: sim.faults.counts(),
      trace: sim.trace(),
      failures,
    };
  }

  function check(passed: number): void {
    const manager = engine?.manager;
    if (manager === undefined || passed >= PATIENCE_MS) {
      const task = manager?.inspect(spec.id);
      failures.push(`it did not come to rest: ${task?.state} ${task?.delta} ${JSON.stringify(task?.orders)}`);
      return;
    }
    const task = manager.inspect(spec.id);
    if (task.state === 'HALTED') count('halted');
    failures.push(...compareWithTruth(sim, KEYS.apiKey, task, 0.02));
  }

  return {
    run,
    async close() {
      engine?.die();
      (await clients)?.die();
      for (const exchange of publics.values()) {
        const closed = exchange.close();
        await sim.clock.advance(1_000);
        await closed;
      }
      await sim.close();
    },
  };
}

const LIMITS = {
  maxNotional: MAX_NOTIONAL,
  minProfitBps: 20,
  cooldownMs: 100,
  maxDelta: 0.01,
  hedgeWithinMs: 10_000,
} as const;

interface Life {
  isAlive(): boolean;
  die(): void;
  /** Of its task. */
  state: string;
  /** What the life leaves at clients that outlive it. */
  readonly ends: (() => void)[];
  readonly never: Promise<never>;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
