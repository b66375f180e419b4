import { createPublicExchange, type LiveOrderBook, type PublicExchange } from '../../index.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { type SimulatedVenueId, type Simulator, startSimulator } from '../../simulator/index.js';
import { createSystemClock } from '../../transport/clock.js';
import type { DemoCommand } from '../args.js';
import { type Program, pause } from '../program.js';
import { createScreen } from '../render.js';
import { countFaults, injectFaults } from './inject-faults.js';
import { LatencySamples } from './latency-samples.js';
import { startStrategyDemo } from './strategy/strategy-demo.js';
import { describeSummary, isGood, summarize } from './summary.js';
import { DEMO_ACCOUNT, Trader } from './trader.js';
import { equalsTruth } from './truth.js';
import { createView } from './view.js';
import { type WatchedBook, watchBook } from './watched-book.js';

const VENUES: readonly SimulatedVenueId[] = ['mexc_spot', 'gateio_spot'];
const SYMBOLS: readonly MarketSymbol[] = ['BTC/USDT', 'ETH/USDT'];
const TOTAL_SAMPLES = 65_536;
/** Part of the time after which the faults come. */
const FAULTS_AT = 0.4;
/** Ms that a book may take beyond the end to recover from faults that came shortly before. */
const GRACE_MS = 5_000;
const STEP_MS = 50;
/** Part of the time between two orders. */
const PAUSE_PART = 0.08;

/** Runs the demo. Returns 0 when all books were live at the end and none diverged, else 1. */
export async function runDemo(command: DemoCommand, program: Program): Promise<number> {
  const { live, seed } = command;
  const simulator = live
    ? undefined
    : await startSimulator({ accounts: [DEMO_ACCOUNT], ...(seed === undefined ? {} : { seed }) });
  const exchanges: PublicExchange[] = [];
  try {
    for (const venue of VENUES) {
      exchanges.push(
        createPublicExchange(venue, simulator === undefined ? {} : { endpoints: simulator.endpoints(venue) }),
      );
    }
    return await watch(command, program, exchanges, simulator);
  } finally {
    await Promise.all(exchanges.map((exchange) => exchange.close()));
    await simulator?.close();
  }
}

async function watch(
  command: DemoCommand,
  program: Program,
  exchanges: readonly PublicExchange[],
  simulator: Simulator | undefined,
): Promise<number> {
  const clock = createSystemClock();
  const latency = new LatencySamples(TOTAL_SAMPLES);
  const starting = exchanges.flatMap((exchange) => {
    const isTrue =
      simulator && ((book: LiveOrderBook) => equalsTruth(simulator, exchange.venue as SimulatedVenueId, book));
    return SYMBOLS.map((symbol) => watchBook(exchange, symbol, clock, latency, isTrue));
  });
  const { signal, stdout } = program;
  const closeEarly = (): void => void exchanges.map((exchange) => exchange.close());
  signal.addEventListener('abort', closeEarly, { once: true });
  const books = await Promise.all(starting);
  signal.removeEventListener('abort', closeEarly);

  const startedAt = clock.monotonic();
  const updatesBefore = countUpdates(books);
  const traders = simulator === undefined ? [] : exchanges.map((exchange) => new Trader(simulator, exchange, clock));
  const look = (): Promise<void> => pause(command.seconds * PAUSE_PART * 1_000, signal);
  const strategy = simulator === undefined ? undefined : await startStrategyDemo(command.seed, command.kill);
  const trading = Promise.all(traders.map((trader) => trader.run(look)));
  try {
    await follow(command, program, books, simulator, traders);
    await trading;
    if (strategy !== undefined) await unlessStopped(strategy.done, signal);
  } catch (error) {
    await strategy?.close();
    throw error;
  } finally {
    await Promise.all(traders.map((trader) => trader.close()));
  }
  const perSecond = ((countUpdates(books) - updatesBefore) / (clock.monotonic() - startedAt)) * 1_000;
  const summary = summarize({
    books,
    latency,
    messagesPerSecond: perSecond,
    faultsInjected: simulator === undefined ? 0 : countFaults(simulator),
    trading: traders.map((trader) => trader.summary()),
    ledgerBalanced: simulator?.audit().length === 0,
    strategy: strategy?.summary(),
  });
  await strategy?.close();
  const text = command.json
    ? JSON.stringify(summary)
    : describeSummary({ summary, books, traders, strategy, startedAt, checked: simulator !== undefined }).join('\n');
  stdout.write(`${text}\n`);
  return isGood(summary) ? 0 : 1;
}

/** Shows the books until the time is over, and breaks the connections on the way. */
async function follow(
  { seconds, json }: DemoCommand,
  { stdout, signal }: Program,
  books: readonly WatchedBook[],
  simulator: Simulator | undefined,
  traders: readonly Trader[],
): Promise<void> {
  const { monotonic } = createSystemClock();
  const screen = createScreen(stdout);
  const draw = createView(books);
  const startedAt = monotonic();
  const endsAt = startedAt + seconds * 1_000;
  const source =
    simulator === undefined ? 'real exchanges' : `simulated exchanges, real sockets, seed ${simulator.seed}`;
  let faults: readonly string[] = [];
  let shownAt = Number.NEGATIVE_INFINITY;
  let shownStates = '';
  const show = (now: number): void => {
    shownAt = now;
    const passed = Math.min(seconds, (now - startedAt) / 1_000);
    const title = `cex demo: ${source}, ${passed.toFixed(1)} of ${seconds} s`;
    screen.show(draw({ title, faults, traders }, now));
  };
  try {
    for (let now = startedAt; !signal.aborted && goesOn(now, endsAt, books); now = monotonic()) {
      if (simulator !== undefined && faults.length === 0 && now - startedAt >= seconds * 1_000 * FAULTS_AT) {
        const at = ((now - startedAt) / 1_000).toFixed(1);
        faults = injectFaults(simulator).map((what) => `${at} s ${what}`);
      }
      const states = books.map(({ book }) => book.state).join();
      if (!json && (now - shownAt >= screen.everyMs || states !== shownStates)) show(now);
      shownStates = states;
      await pause(STEP_MS, signal);
    }
    if (!json) show(monotonic());
  } finally {
    screen.close();
  }
}

/** Resolves with the promise, or when the user wants to stop. */
function unlessStopped(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return Promise.race([
    promise,
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
  ]);
}

function countUpdates(books: readonly WatchedBook[]): number {
  return books.reduce((sum, { updates }) => sum + updates, 0);
}

function goesOn(now: number, endsAt: number, books: readonly WatchedBook[]): boolean {
  return now < endsAt || (now < endsAt + GRACE_MS && books.some(({ book }) => book.state !== 'live'));
}
