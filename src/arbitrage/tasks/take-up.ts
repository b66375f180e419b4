import type { VenueId } from '../../model/venue-id.js';
import { refuse } from '../read-options.js';
import { halt } from '../strategy/after-orders.js';
import type { TradingMode } from './manager-options.js';
import type { TaskRecord } from './task-journal.js';

/** The newest moment that the tasks remember, epoch ms by the clock of the run that wrote it; 0 without tasks. */
export function newestTime(records: readonly TaskRecord[]): number {
  let newest = 0;
  for (const { createdAt, state } of records) {
    newest = Math.max(newest, createdAt, state.since, ...state.orders.map(({ decidedAt }) => decidedAt));
  }
  return newest;
}

/**
 * Positions of a dry run are on paper only: no other mode may close them.
 * @throws {ConfigurationError} for a task of another mode, or of a venue that the engine does not have.
 */
export function refuseForeign(
  { terms, mode }: TaskRecord,
  own: TradingMode,
  venues: ReadonlyMap<VenueId, unknown>,
): void {
  if (mode !== undefined && mode !== own) refuse('mode', `${mode}, as task ${terms.id} of the journal`, own);
  const missing = terms.markets.find(({ venue }) => !venues.has(venue));
  if (missing !== undefined)
    refuse('venues', `${missing.venue}, where task ${terms.id} of the journal trades`, [...venues.keys()].join(', '));
}

/** A task of a damaged journal waits for a person; the same record where nothing was damaged. */
export function haltDamaged(record: TaskRecord, damage: string | undefined): TaskRecord {
  if (damage === undefined || record.state.name === 'HALTED') return record;
  return { ...record, state: halt(record.state, `the journal had ${damage}`, record.state.since).state };
}

/**
 * A task as it is taken up by a new run: one that was under way counts the try; one that cannot be trusted waits for a
 * person. The same record by identity where nothing has to be done.
 * @param damage what was wrong with the journal.
 */
export function takeUp(
  record: TaskRecord,
  options: { readonly damage: string | undefined; readonly maxRecoveries: number; readonly at: number },
): TaskRecord {
  const { state } = record;
  const { damage, maxRecoveries, at } = options;
  if (damage !== undefined) return haltDamaged(record, damage);
  if (state.name === 'HALTED' || (state.name === 'IDLE' && state.wish !== 'run')) return record;
  const recoveries = record.recoveries + 1;
  if (recoveries <= maxRecoveries) return { ...record, recoveries };
  const reason = `quarantined after ${record.recoveries} crashes in a row`;
  return { ...record, recoveries, state: halt(state, reason, at).state };
}
