import type { StrategyState } from '../strategy/strategy-state.js';
import type { StrategyTerms } from '../strategy/strategy-terms.js';
import type { TradingMode } from './manager-options.js';

/** Everything that is written down about a task; the newest record of a task replaces the older ones. */
export interface TaskRecord {
  readonly terms: StrategyTerms;
  readonly state: StrategyState;
  /** Epoch ms by our clock. */
  readonly createdAt: number;
  /** How its orders were meant; absent in journals of older versions. */
  readonly mode?: TradingMode;
  /** How often it has been taken up again after a crash or an error since it last got anywhere. */
  readonly recoveries: number;
}

/** Where tasks are written down before they act. */
export interface TaskJournal {
  /** Resolves when it is as durable as the journal makes it. Rejects for good once the disk has failed. */
  write(record: TaskRecord): Promise<void>;
  /** The newest record of every task, in order of creation. */
  load(): readonly TaskRecord[];
  /** What was wrong with what the run before left; `undefined`: nothing. Tasks then wait for a person. */
  readonly damage: string | undefined;
  /** Idempotent. What was written before is durable when it resolves. */
  close(): Promise<void>;
}
