import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePrograms } from '../../bench/measure/esbuild.js';
import type { TaskDetails } from '../../src/arbitrage/tasks/task-report.js';
import { type Simulator, startSimulator } from '../../src/simulator/index.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import type { ChildPlan } from './arbitrage-child.js';
import { compareWithTruth } from './arbitrage-truth.js';
import { findCanariesIn } from './canaries.js';
import { emptyTotals, type Totals } from './many-worlds.js';

/** Engines that live and die at the same time, each at exchanges of its own. */
const LANES = 5;
/** Kills that one journal goes through. */
const MOST_KILLS = 40;
/** A life in which nothing is traded ends after so many ms. */
const IDLE_MS = 20_000;
const SPOT = 'BTC/USDT';
const PERPETUAL = 'BTC/USDT:USDT';
/** Lanes take turns: earned at once between two spot venues, or held between spot and a perpetual. */
const SORTS = [
  [
    { venue: 'gateio_spot', symbol: SPOT },
    { venue: 'mexc_spot', symbol: SPOT },
  ],
  [
    { venue: 'gateio_spot', symbol: SPOT },
    { venue: 'gateio_futures', symbol: PERPETUAL },
    { venue: 'mexc_spot', symbol: SPOT },
  ],
] as const;
type Markets = (typeof SORTS)[number];
const KEYS = { apiKey: 'mx0killed', secretKey: 'a-secret-of-the-killed' };
const LIMITS = { maxNotional: 300, minProfitBps: 20, cooldownMs: 50, hedgeWithinMs: 10_000 };

/** What is proven. */
export const KILLS = { title: 'engines killed with SIGKILL over real sockets', unit: 'kills' };

/**
 * Engines of their own processes that are killed again and again while they trade, until there were `count` kills; in the
 * end each accounts for everything. No engine begins once `ms` are over.
 */
export async function runKills(
  seed: string,
  { ms, count }: { readonly ms: number; readonly count: number },
): Promise<Totals> {
  const child = await buildChild();
  const until = performance.now() + ms;
  const counts = { kills: 0, lives: 0, cycles: 0, orders: 0, contracts: 0 };
  const totals = emptyTotals();
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun * MOST_KILLS < count && performance.now() < until) {
      const number = begun++;
      const markets = SORTS[number % SORTS.length] as Markets;
      const kills = Math.min(MOST_KILLS, count - number * MOST_KILLS);
      const lane = { child, markets, kills, random: createSeededRandom(`${seed}:${number}`), counts };
      const problems = await runLane(lane);
      const sort = `${markets.length} venues`;
      totals.worlds++;
      totals.bySort[sort] = (totals.bySort[sort] ?? 0) + kills;
      if (problems.length > 0) totals.failedWorlds++;
      for (const problem of problems) totals.failures.push(`seed ${seed}:${number}, ${sort}: ${problem}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, work));
  } finally {
    await rm(join(child, '..'), { recursive: true, force: true });
  }
  const { kills, ...outcomes } = counts;
  return { ...totals, count: kills, checks: counts.orders, outcomes };
}

/** A loader that compiles on the fly would take longer than most lives last. */
async function buildChild(): Promise<string> {
  const outdir = fileURLToPath(new URL(`../../node_modules/.cache/cex-killed-${process.pid}/`, import.meta.url));
  await bundlePrograms([fileURLToPath(new URL('./arbitrage-child.ts', import.meta.url))], outdir);
  return join(outdir, 'arbitrage-child.mjs');
}

interface Counts {
  kills: number;
  lives: number;
  cycles: number;
  orders: number;
  /** Of them, of perpetuals. */
  contracts: number;
}

interface Lane {
  readonly child: string;
  readonly markets: Markets;
  readonly kills: number;
  readonly random: SeededRandom;
  readonly counts: Counts;
}

async function runLane({ child, markets, kills, random, counts }: Lane): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cex-killed-'));
  const simulator = await startSimulator({
    venues: markets.map(({ venue }) => venue),
    markets: [{ symbol: SPOT, startPrice: 100, priceDecimals: 2, quantityDecimals: 3 }],
    flow: { eventsPerSecond: 0, levels: 0, dislocationsPerMinute: 0 },
    accounts: [{ ...KEYS, balances: { USDT: '1000000', BTC: '10000' } }],
  });
  const maker = startMaker(simulator, markets, random);
  const endpoints = Object.fromEntries(markets.map(({ venue }) => [venue, simulator.endpoints(venue)]));
  const spec = { id: 'task', markets, limits: LIMITS };
  const plan: ChildPlan = { folder, endpoints, credentials: KEYS, spec, isLast: false };
  try {
    // A busy machine may be too slow for a life to begin; such a life is no kill.
    for (let kill = 0, life = 0; kill < kills && life < 5 * kills; life++) {
      if (await liveAndDie(child, plan, random, counts)) kill++;
    }
    const task = await liveToTheEnd(child, plan, counts);
    if (task === undefined) return ['it did not come to rest'];
    for (const { venue, symbol } of markets) {
      const { length } = simulator.account(KEYS.apiKey, venue).orders();
      counts.orders += length;
      if (symbol === PERPETUAL) counts.contracts += length;
    }
    return [...compareWithTruth(simulator, KEYS.apiKey, task, 0.02), ...findCanariesIn(KEYS, folder)];
  } finally {
    maker.stop();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Killed shortly after it began to trade, sometimes before. Whether it was killed. */
function liveAndDie(child: string, plan: ChildPlan, random: SeededRandom, counts: Counts): Promise<boolean> {
  const isEarly = random.chance(0.15);
  const early = random.int(250);
  // Mostly while orders are on their way, sometimes when a cycle is over.
  const later = random.int(random.chance(0.3) ? 400 : 60);
  return new Promise((resolve) => {
    const engine = start(child, plan, counts);
    let timer = setTimeout(() => engine.kill('SIGKILL'), isEarly ? early : IDLE_MS);
    let isTrading = isEarly;
    engine.on('message', (message: { trading?: true }) => {
      if (message.trading === undefined || isTrading) return;
      isTrading = true;
      clearTimeout(timer);
      timer = setTimeout(() => engine.kill('SIGKILL'), later);
    });
    engine.once('exit', (_, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') counts.kills++;
      resolve(signal === 'SIGKILL');
    });
  });
}

function liveToTheEnd(child: string, plan: ChildPlan, counts: Counts): Promise<TaskDetails | undefined> {
  return new Promise((resolve) => {
    const engine = start(child, { ...plan, isLast: true }, counts);
    let task: TaskDetails | undefined;
    const timer = setTimeout(() => engine.kill('SIGKILL'), 60_000);
    engine.on('message', (message: { rest?: TaskDetails }) => {
      if (message.rest === undefined) return;
      task = message.rest;
      engine.kill('SIGTERM');
    });
    engine.once('exit', () => {
      clearTimeout(timer);
      resolve(task);
    });
  });
}

function start(child: string, plan: ChildPlan, counts: Counts): ChildProcess {
  counts.lives++;
  const engine = fork(child, [JSON.stringify(plan)], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  engine.on('message', (message: { cycle?: true }) => {
    if (message.cycle) counts.cycles++;
  });
  return engine;
}

/** Cheap at one venue and dear at the other, now this way and now that. */
function startMaker(simulator: Simulator, markets: Markets, random: SeededRandom): { stop(): void } {
  const resting = new Map<string, number[]>();
  const requote = (): void => {
    const cheap = markets[random.int(markets.length)]?.venue;
    // Now and then the prices meet, so that what is held can be closed.
    const premium = random.chance(0.3) ? 0 : 1;
    for (const { venue, symbol } of markets) {
      for (const order of resting.get(venue) ?? []) simulator.cancelOrder(venue, symbol, order);
      const mid = venue === cheap ? 100 : 100 + premium * (symbol === PERPETUAL ? 1.5 : 1);
      const quote = (side: 'buy' | 'sell', price: number) =>
        simulator.injectOrder(venue, {
          symbol,
          side,
          price: price.toFixed(2),
          quantity: (0.5 + random.int(30) / 10).toFixed(1),
        }).orderId;
      resting.set(venue, [quote('buy', mid - 0.05), quote('sell', mid + 0.05)]);
    }
  };
  requote();
  const timer = setInterval(requote, 250);
  return { stop: () => clearInterval(timer) };
}
