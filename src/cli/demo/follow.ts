import type { Simulator } from '../../simulator/index.js';
import { createSystemClock } from '../../transport/clock.js';
import type { DemoCommand } from '../args.js';
import { type Program, pause } from '../program.js';
import { createScreen } from '../render.js';
import type { Hedge } from './hedge/hedge.js';
import { injectFaults } from './inject-faults.js';
import type { Trader } from './trader.js';
import { createView } from './view.js';
import type { WatchedBook } from './watched-book.js';
import type { WatchedPerpetual } from './watched-perpetual.js';

/** Part of the time after which the faults come. */
const FAULTS_AT = 0.4;
/** Ms that a book may take to be live again: faults may come shortly before the end, and prices may run away at any time. */
const GRACE_MS = 5_000;
const STEP_MS = 50;

/** Everything that is watched. */
export interface Scene {
  readonly books: readonly WatchedBook[];
  readonly perpetuals: readonly WatchedPerpetual[];
  readonly traders: readonly Trader[];
  readonly hedges: readonly Hedge[];
  /** `undefined`: the real exchanges. */
  readonly simulator: Simulator | undefined;
}

/** Shows the scene until the time is over, and breaks the connections on the way. */
export async function follow(
  { seconds, json }: DemoCommand,
  { stdout, signal }: Program,
  { books, perpetuals, simulator, traders, hedges }: Scene,
): Promise<void> {
  const { monotonic } = createSystemClock();
  const screen = createScreen(stdout);
  const draw = createView(books, perpetuals);
  const startedAt = monotonic();
  const endsAt = startedAt + seconds * 1_000;
  const source =
    simulator === undefined ? 'real exchanges' : `simulated exchanges, real sockets, seed ${simulator.seed}`;
  let faults: string | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let shownStates = '';
  const show = (now: number): void => {
    shownAt = now;
    const passed = Math.min(seconds, (now - startedAt) / 1_000);
    const title = `cex demo: ${source}, ${passed.toFixed(1)} of ${seconds} s`;
    screen.show(draw({ title, faults, traders, hedges, height: screen.height }, now));
  };
  try {
    for (let now = startedAt; !signal.aborted && goesOn(now, endsAt, books); now = monotonic()) {
      if (simulator !== undefined && faults === undefined && now - startedAt >= seconds * 1_000 * FAULTS_AT) {
        faults = `faults at ${((now - startedAt) / 1_000).toFixed(1)} s: ${injectFaults(simulator).join(', ')}`;
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

/** Resolves as soon as every book is live, or when none will be: in time, or because the user wants to stop. */
export async function untilLive(books: readonly WatchedBook[], signal: AbortSignal): Promise<void> {
  const { monotonic } = createSystemClock();
  const until = monotonic() + GRACE_MS;
  while (!signal.aborted && !areLive(books) && monotonic() < until) await pause(STEP_MS, signal);
}

function goesOn(now: number, endsAt: number, books: readonly WatchedBook[]): boolean {
  return now < endsAt || (now < endsAt + GRACE_MS && !areLive(books));
}

function areLive(books: readonly WatchedBook[]): boolean {
  return books.every(({ book }) => book.state === 'live');
}
