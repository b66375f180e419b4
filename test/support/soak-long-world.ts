import type { WorldResult } from './many-worlds.js';
import { runWorld as runSoak } from './soak-world.js';

export { prepareWorlds } from './soak-world.js';

/** Long enough that what grows slowly shows, and short enough that a world which stands still is found. */
const EVENTS = 4_000_000;

/** As a world of the slice, ten times as long. */
export function runWorld(seed: string): Promise<WorldResult> {
  return runSoak(seed, { events: EVENTS });
}
