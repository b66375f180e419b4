import { EVENT_NAMES, type EventName } from '../../../src/arbitrage/strategy/strategy-event.js';
import type { StateName } from '../../../src/arbitrage/strategy/strategy-state.js';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { Machine, randomEvent, TERMS } from './machine.js';

/** How often an event comes; the others come once. */
const WEIGHTS: Partial<Record<EventName, number>> = {
  order: 8,
  quotes: 6,
  tick: 3,
  synced: 3,
  opportunity: 3,
  settled: 3,
  recorded: 3,
  start: 2,
};
const BAG = EVENT_NAMES.flatMap((name) => new Array<EventName>(WEIGHTS[name] ?? 1).fill(name));
/** Some lives have none of them, so that they get further. */
const RARE: readonly EventName[] = ['kill', 'stop', 'pause', 'stray', 'sync_failed', 'settle_failed', 'recovered'];

/** Drives machines through random lives. @param look sees every step. */
export function explore(seeds: number, look: (machine: Machine, from: StateName, event: EventName) => void): void {
  for (let seed = 0; seed < seeds; seed++) {
    const random = createSeededRandom(seed);
    const machine = new Machine(seed % 2 === 0 ? TERMS : { ...TERMS, legs: 'parallel' }, seed % 3 === 0 ? 0.001 : 0);
    const absent = new Set(RARE.filter(() => random.chance(0.6)));
    for (let step = 0; step < 150; step++) live(machine, random, absent, look);
  }
}

function live(
  machine: Machine,
  random: SeededRandom,
  absent: ReadonlySet<EventName>,
  look: Parameters<typeof explore>[1],
): void {
  const event = BAG[random.int(BAG.length)] as EventName;
  if (absent.has(event)) return;
  const from = machine.state.name;
  machine.send(randomEvent(machine, event, random), random.chance(0.03) ? 40_000 : random.chance(0.1) ? 3_000 : 100);
  look(machine, from, event);
}
