import { createRecordedBook, type RecordedBook } from '../../src/arbitrage/detector/recorded-book.js';
import type { MarketFeed } from '../../src/arbitrage/engine/task-markets.js';
import type { TradingVenue } from '../../src/arbitrage/tasks/manager-options.js';
import { createMemoryJournal } from '../../src/arbitrage/tasks/memory-journal.js';
import { createTaskManager, type TaskManager } from '../../src/arbitrage/tasks/task-manager.js';
import { createPrivateExchange, createPublicExchange } from '../../src/index.js';
import { type Simulator, startSimulator } from '../../src/simulator/index.js';
import { createNodeRuntime } from '../../src/transport/node-runtime.js';
import { atMost, judge } from '../measure/result.js';
import { quantile } from '../measure/samples.js';
import type { Suite } from '../measure/suite.js';

const VENUES = ['gateio_spot', 'mexc_spot'] as const;
const SYMBOL = 'BTC/USDT' as const;
const KEYS = { apiKey: 'mx0bench', secretKey: 'a-secret-of-the-bench' };
const PATIENCE_MS = 60_000;

/**
 * From the book update that makes a trade pay to both orders at the venues, matched: detector, plan, risk, machine,
 * journal in memory, rules, intent log, signature, HTTP over loopback, and the simulated venues in the same process.
 */
export const bothLegs: Suite = {
  ids: ['opportunity.orders'],
  async run({ quick, seed }) {
    const samples = await measure(quick ? 12 : 40, seed);
    const baseline = `${samples.length} entries of two legs at once; venues in the same process`;
    const figure = (name: string, q: number, most: number) =>
      judge({
        id: `opportunity.orders/${name}`,
        samples: [quantile(samples, q)],
        unit: 'ms',
        goal: atMost(most),
        baseline,
      });
    return [figure('p50', 0.5, 5), figure('p99', 0.99, 25)];
  },
};

async function measure(count: number, seed: string): Promise<number[]> {
  const simulator = await startSimulator({
    seed,
    venues: [...VENUES],
    markets: [{ symbol: SYMBOL, startPrice: 100, priceDecimals: 2, quantityDecimals: 3 }],
    flow: { eventsPerSecond: 0, levels: 0, dislocationsPerMinute: 0 },
    accounts: [{ ...KEYS, balances: { USDT: '10000000', BTC: '100000' } }],
  });
  for (const venue of VENUES) {
    for (const [side, price] of [
      ['buy', '100'],
      ['sell', '100.1'],
    ] as const)
      simulator.injectOrder(venue, { symbol: SYMBOL, side, price, quantity: '100000' });
  }
  const { clock, random } = createNodeRuntime();
  const venues = new Map<string, TradingVenue>();
  for (const venue of VENUES) {
    const options = { endpoints: simulator.endpoints(venue) };
    const account = createPrivateExchange(venue, { ...options, credentials: KEYS });
    venues.set(venue, { public: createPublicExchange(venue, options), private: account, isSimulated: true });
  }
  const stage = createStage();
  const journal = createMemoryJournal();
  const manager = await createTaskManager({
    venues,
    journal,
    clock,
    random,
    mode: 'paper',
    feed: stage.feed,
    maxAgeMs: 3_600_000,
  });
  try {
    return await run(simulator, manager, stage, count);
  } finally {
    await manager.close();
    for (const { public: market, private: account } of venues.values())
      await Promise.all([market.close(), account?.close()]);
    await simulator.close();
  }
}

type Stage = ReturnType<typeof createStage>;

/** Books that say what the bench wants; the venues really have the same price on both sides. */
function createStage() {
  const { clock } = createNodeRuntime();
  const books = new Map<string, RecordedBook>(VENUES.map((venue) => [venue, createRecordedBook(SYMBOL, clock)]));
  const handlers: (() => unknown)[] = [];
  const feed: MarketFeed = {
    book: (venue) =>
      Object.assign(Object.create(books.get(venue) as RecordedBook) as RecordedBook, {
        on: (_: string, handler: () => unknown) => void handlers.push(handler),
        close: async () => undefined,
      }),
  };
  const show = (dearAt: number): void => {
    for (const [at, venue] of VENUES.entries()) {
      const mid = at === dearAt ? 101 : 100;
      const level = (price: number) => [{ price, quantity: 10 }];
      books.get(venue)?.show(level(mid), level(mid + 0.1));
    }
    for (const handler of handlers) handler();
  };
  return { feed, show };
}

async function run(simulator: Simulator, manager: TaskManager, { show }: Stage, count: number): Promise<number[]> {
  const samples: number[] = [];
  let startedAt = 0;
  const seen = new Set<string>();
  simulator.on('trade', (venue) => {
    seen.add(venue);
    if (startedAt > 0 && seen.size === VENUES.length) {
      samples.push(performance.now() - startedAt);
      startedAt = 0;
    }
  });
  show(-1);
  const markets = VENUES.map((venue) => ({ venue, symbol: SYMBOL }));
  // What the books say is not what the venues have: orders must be taken at the venues' own price.
  const limits = { maxNotional: 300, slippageBps: 200, unwindSlippageBps: 500, cooldownMs: 50 };
  await manager.create({ id: 'bench', markets, legs: 'parallel', limits });
  const done = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${samples.length} of ${count} entries in time`)), PATIENCE_MS);
    manager.on('transition', ({ to }) => {
      if (to === 'MANAGING_ORDERS') show(-1);
      if (to !== 'ANALYZING') return;
      if (samples.length >= count) {
        clearTimeout(timer);
        return resolve();
      }
      setTimeout(() => {
        seen.clear();
        startedAt = performance.now();
        show(1);
      }, 5);
    });
  });
  manager.start('bench');
  await done;
  return samples;
}
