import type { Result } from './result.js';

export interface Effort {
  /** Fewer rounds: the whole suite in a few minutes. */
  readonly quick: boolean;
  readonly seed: string;
}

/** Cases that share frames and contenders; each suite runs in a fresh process. */
export interface Suite {
  /** Ids of its results begin with one of these. */
  readonly ids: readonly string[];
  /** Flags of the process. */
  readonly flags?: readonly string[];
  run(effort: Effort): Promise<readonly Result[]>;
}

/** Rounds of a comparison. */
export function roundsOf({ quick }: Effort): number {
  return quick ? 15 : 31;
}
