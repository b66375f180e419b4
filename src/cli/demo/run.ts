import { createPublicExchange, type LiveOrderBook, type PublicExchange } from '../../index.js';
import { type SimulatedVenueId, type Simulator, startSimulator } from '../../simulator/index.js';
import { createSystemClock } from '../../transport/clock.js';
import type { DemoCommand } from '../args.js';
import { type Program, pause } from '../program.js';
import { wrapLines } from '../render.js';
import { follow, untilLive } from './follow.js';
import { HEDGE_ACCOUNT, Hedge } from './hedge/hedge.js';
import { countFaults } from './inject-faults.js';
import { LatencySamples } from './latency-samples.js';
import { PERPETUALS, TRADED, VENUES } from './markets.js';
import { startStrategyDemo } from './strategy/strategy-demo.js';
import { describeSummary, isGood, summarize } from './summary.js';
import { DEMO_ACCOUNT, Trader } from './trader.js';
import { equalsTruth } from './truth.js';
import { type WatchedBook, watchBook } from './watched-book.js';
import { summarizePerpetual, watchPerpetual } from './watched-perpetual.js';

const TOTAL_SAMPLES = 65_536;
/** Part of the time between two orders, and between two steps of a hedge. */
const PAUSE_PART = 0.08;
const HEDGE_PAUSE_PART = 0.16;

/** Runs the demo. Returns 0 when all books were live at the end and none diverged, else 1. */
export async function runDemo(command: DemoCommand, program: Program): Promise<number> {
  const { live, seed } = command;
  const simulator = live
    ? undefined
    : await startSimulator({ accounts: [DEMO_ACCOUNT, HEDGE_ACCOUNT], ...(seed === undefined ? {} : { seed }) });
  const exchanges: PublicExchange[] = [];
  try {
    for (const { venue } of VENUES) {
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
  const startingBooks = exchanges.flatMap((exchange, at) => {
    const isTrue =
      simulator && ((book: LiveOrderBook) => equalsTruth(simulator, exchange.venue as SimulatedVenueId, book));
    return (VENUES[at]?.symbols ?? []).map((symbol) => watchBook(exchange, symbol, clock, latency, isTrue));
  });
  const startingPerpetuals = PERPETUALS.flatMap((perpetual) =>
    exchanges.filter(({ venue }) => venue === perpetual.venue).map((exchange) => watchPerpetual(exchange, perpetual)),
  );
  const { signal, stdout } = program;
  const closeEarly = (): void => void exchanges.map((exchange) => exchange.close());
  signal.addEventListener('abort', closeEarly, { once: true });
  const [books, perpetuals] = await Promise.all([Promise.all(startingBooks), Promise.all(startingPerpetuals)]);
  signal.removeEventListener('abort', closeEarly);

  const startedAt = clock.monotonic();
  const updatesBefore = countUpdates(books);
  const traders =
    simulator === undefined
      ? []
      : exchanges
          .filter(({ venue }) => TRADED.includes(venue as SimulatedVenueId))
          .map((exchange) => new Trader(simulator, exchange, clock));
  const hedges = simulator === undefined ? [] : PERPETUALS.map((perpetual) => new Hedge(simulator, perpetual, clock));
  const look = (part: number) => (): Promise<void> => pause(command.seconds * part * 1_000, signal);
  const strategy = simulator === undefined ? undefined : await startStrategyDemo(command.seed, command.kill);
  const trading = Promise.all([
    ...traders.map((trader) => trader.run(look(PAUSE_PART))),
    ...hedges.map((hedge) => hedge.run(look(HEDGE_PAUSE_PART))),
  ]);
  const scene = { books, perpetuals, traders, hedges, simulator };
  try {
    await follow(command, program, scene);
    await trading;
    if (strategy !== undefined) await unlessStopped(strategy.done, signal);
  } catch (error) {
    await strategy?.close();
    throw error;
  } finally {
    await Promise.all([...traders, ...hedges].map((trader) => trader.close()));
  }
  // Nothing may come between this and the summary: a book that has to be built again now and then is no failure.
  await untilLive(books, signal);
  const perSecond = ((countUpdates(books) - updatesBefore) / (clock.monotonic() - startedAt)) * 1_000;
  const summary = summarize({
    books,
    latency,
    perpetuals: perpetuals.map((perpetual) => summarizePerpetual(perpetual, books)),
    messagesPerSecond: perSecond,
    faultsInjected: simulator === undefined ? 0 : countFaults(simulator),
    trading: traders.map((trader) => trader.summary()),
    hedges: hedges.map((hedge) => hedge.summary()),
    ledgerBalanced: simulator?.audit().length === 0,
    strategy: strategy?.summary(),
  });
  await strategy?.close();
  if (command.json) stdout.write(`${JSON.stringify(summary)}\n`);
  else {
    const lines = describeSummary({ ...scene, summary, strategy, startedAt, checked: simulator !== undefined });
    stdout.write(`${(stdout.isTTY ? wrapLines(lines, stdout.columns) : lines).join('\n')}\n`);
  }
  return isGood(summary) ? 0 : 1;
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
