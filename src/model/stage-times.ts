import type { LatencySummary } from './metrics.js';

/** What became of a decision. */
export interface OrderStages {
  /** The bytes of the order leave. */
  written(): void;
  /** The venue has answered. */
  acknowledged(): void;
}

/** All times are ms since the newest frame came when the stage, or the decision behind it, was reached. */
export interface StageSummary {
  /** Frames that came. */
  readonly received: number;
  /** A push was read. */
  readonly decoded: LatencySummary;
  /** Its book holds it; `update` handlers are called next. */
  readonly applied: LatencySummary;
  /** An order was asked for. */
  readonly decided: LatencySummary;
  readonly written: LatencySummary;
  readonly acknowledged: LatencySummary;
}

/**
 * Follows market data from the socket to the order that it leads to. Give one to the public and the private exchange
 * alike (option `stages`). It looks at the clock at every stage, so it is off unless given.
 */
export interface StageTimes {
  received(): void;
  decoded(): void;
  applied(): void;
  decided(): OrderStages;
  summary(): StageSummary;
}
