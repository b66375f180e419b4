import type { LevelChange, TrueLevel } from './contract.js';
import { Ring } from './ring.js';

/** How many steps a book can be taken back. */
const JOURNAL_STEPS = 100_000;

/** The newest changes of one book, numbered without gaps. */
export class Journal {
  readonly #changes: Ring<LevelChange>;
  readonly #start: number;

  /** @param start sequence number before the first change. */
  constructor(start: number, limit: number = JOURNAL_STEPS) {
    this.#start = start;
    this.#changes = new Ring(limit);
  }

  get sequence(): number {
    return this.#start + this.#changes.total;
  }

  /** The lowest sequence number that the book can be taken back to. */
  get reach(): number {
    return this.#start + this.#changes.oldest;
  }

  push(side: 'bid' | 'ask', priceTicks: number, lots: number, previousLots: number, at: number): LevelChange {
    const change = { sequence: this.sequence + 1, side, priceTicks, lots, previousLots, at };
    this.#changes.push(change);
    return change;
  }

  /** Changes above `sequence`, oldest first; what is no longer kept is missing at the front. */
  since(sequence: number): readonly LevelChange[] {
    return this.#changes.from(sequence - this.#start);
  }
}

/** One side as it was before `changes` (oldest first, both sides mixed); best first, as `levels`. */
export function undo(levels: TrueLevel[], changes: readonly LevelChange[], side: 'bid' | 'ask'): TrueLevel[] {
  const earlier = new Map<number, number>();
  for (let i = changes.length - 1; i >= 0; i--) {
    const change = changes[i]!;
    if (change.side === side) earlier.set(change.priceTicks, change.previousLots);
  }
  if (earlier.size === 0) return levels;
  const before = levels.filter((level) => !earlier.has(level.priceTicks));
  for (const [priceTicks, lots] of earlier) if (lots > 0) before.push({ priceTicks, lots });
  const sign = side === 'bid' ? -1 : 1;
  return before.sort((a, b) => sign * (a.priceTicks - b.priceTicks));
}
