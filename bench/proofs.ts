import { KILLS, runKills } from '../test/support/arbitrage-kills.js';
import { BODY_CASES } from '../test/support/body-world.js';
import { HARNESSES, type Harness, runWorlds, type Totals } from '../test/support/many-worlds.js';
import { runSameSeeds, SAME_SEED } from '../test/support/same-seed.js';
import { runSoak } from '../test/support/soak-run.js';
import { soakSockets } from '../test/support/soak-sockets.js';

/** One line of the table of reliability. */
export interface Proof {
  readonly id: string;
  readonly title: string;
  /** What is counted. */
  readonly unit: string;
  /** So many make the full figure. */
  readonly goal: number;
  /** Two idle cores make it within this. */
  readonly minutes: number;
  /** Proves until `count` is reached or `ms` are over; what did not hold is in `failures`. */
  run(seed: string, limits: { readonly ms: number; readonly count: number }): Promise<Totals>;
}

export const PROOFS: readonly Proof[] = [
  worlds('books', 1_000_000, 5),
  worlds('orders', 1_000_000, 5),
  worlds('events', 1_000_000, 5),
  worlds('trading', 50_000, 5),
  worlds('accounts', 20_000, 5),
  worlds('crashes', 100_000, 5),
  { id: 'kills', ...KILLS, goal: 5_000, minutes: 10, run: runKills },
  { id: 'sameSeed', ...SAME_SEED, goal: 2_000, minutes: 3, run: runSameSeeds },
  worlds('clocks', 50_000, 2),
  worlds('close', 20_000, 2),
  worlds('frames', 10_000_000, 5),
  worlds('fuzz', 10_000_000, 5),
  { ...worlds('soak', 1_700_000_000, 20), run: runSoak },
  {
    id: 'sockets',
    title: 'books over sockets that are cut',
    unit: 'frames',
    goal: 12_000_000,
    minutes: 20,
    run: (seed, limits) => soakSockets(seed, limits),
  },
  worlds('limits', 20_000_000, 2),
  worlds('bodies', BODY_CASES, 1),
];

function worlds(id: Harness, goal: number, minutes: number): Proof {
  return { id, ...HARNESSES[id], goal, minutes, run: (seed, limits) => runWorlds(id, seed, limits) };
}
