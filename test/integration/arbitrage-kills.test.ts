import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadEsbuild } from '../../bench/measure/esbuild.js';
import type { TaskDetails } from '../../src/arbitrage/tasks/task-report.js';
import { type Simulator, startSimulator } from '../../src/simulator/index.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import type { ChildPlan } from '../support/arbitrage-child.js';
import { compareWithTruth } from '../support/arbitrage-truth.js';
import { findCanariesIn } from '../support/canaries.js';

const KILLS = 200;
const LANES = 5;
/** All of them together; what is not done by then is a failure. */
const MOST_MS = 420_000;
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

let child = '';

beforeAll(async () => {
  // A loader that compiles on the fly would take longer than most lives last.
  const outdir = fileURLToPath(new URL(`../../node_modules/.cache/cex-killed-${process.pid}/`, import.meta.url));
  child = join(outdir, 'arbitrage-child.mjs');
  await loadEsbuild().build({
    entryPoints: [fileURLToPath(new URL('../support/arbitrage-child.ts', import.meta.url))],
    outdir,
    bundle: true,
    splitting: true,
    minify: false,
    write: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
});

afterAll(() => rm(join(child, '..'), { recursive: true, force: true }));

it(
  `an engine that is killed ${KILLS} times while it trades over real sockets accounts for everything`,
  async () => {
    const seed = String(Date.now());
    const startedAt = performance.now();
    const counts = { kills: 0, lives: 0, cycles: 0, orders: 0, contracts: 0 };
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      runLane(SORTS[lane % SORTS.length] as Markets, createSeededRandom(`${seed}:${lane}`), counts),
    );
    const problems = (await Promise.all(lanes)).flat();
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    process.stdout.write(`kills: seed ${seed}, ${JSON.stringify(counts)} in ${seconds} s\n`);
    expect({ seed, problems }).toEqual({ seed, problems: [] });
    expect(counts.kills).toBe(KILLS);
    expect(counts.orders).toBeGreaterThan(KILLS / 4);
    expect(counts.contracts).toBeGreaterThan(KILLS / 20);
  },
  MOST_MS + 20_000,
);

interface Counts {
  kills: number;
  lives: number;
  cycles: number;
  orders: number;
  /** Of them, of perpetuals. */
  contracts: number;
}

async function runLane(markets: Markets, random: SeededRandom, counts: Counts): Promise<string[]> {
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
    for (let kill = 0, life = 0; kill < KILLS / LANES && life < KILLS; life++) {
      if (await liveAndDie(plan, random, counts)) kill++;
    }
    const task = await liveToTheEnd(plan, counts);
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
function liveAndDie(plan: ChildPlan, random: SeededRandom, counts: Counts): Promise<boolean> {
  const isEarly = random.chance(0.15);
  const early = random.int(250);
  // Mostly while orders are on their way, sometimes when a cycle is over.
  const later = random.int(random.chance(0.3) ? 400 : 60);
  return new Promise((resolve) => {
    const engine = start(plan, counts);
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

function liveToTheEnd(plan: ChildPlan, counts: Counts): Promise<TaskDetails | undefined> {
  return new Promise((resolve) => {
    const engine = start({ ...plan, isLast: true }, counts);
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

function start(plan: ChildPlan, counts: Counts): ChildProcess {
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
