import { median, spread } from './samples.js';

/** A bound that a figure has to keep. */
export interface Goal {
  readonly bound: 'least' | 'most';
  readonly figure: number;
}

/** One line of the report. */
export interface Result {
  readonly id: string;
  /** Median over the rounds. */
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly met: boolean;
  /** What it was compared with, and how that was made. */
  readonly baseline: string;
  /** Interquartile range over the median of the rounds; 0 where there was one round. */
  readonly spread: number;
  /** The figures behind the ratio. */
  readonly detail: string;
}

export interface Figure {
  readonly id: string;
  /** One value per round. */
  readonly samples: readonly number[];
  readonly unit: string;
  readonly goal: Goal;
  readonly baseline: string;
  readonly detail?: string;
}

export const atLeast = (figure: number): Goal => ({ bound: 'least', figure });
export const atMost = (figure: number): Goal => ({ bound: 'most', figure });

/** Judges a figure by its median. A goal that is missed is said, never hidden. */
export function judge({ id, samples, unit, goal, baseline, detail = '' }: Figure): Result {
  const value = round(median(samples));
  return {
    id,
    value,
    unit,
    goal: `${goal.bound === 'least' ? '≥' : '≤'} ${goal.figure} ${unit}`,
    met: goal.bound === 'least' ? value >= goal.figure : value <= goal.figure,
    baseline,
    spread: round(spread(samples)),
    detail,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
