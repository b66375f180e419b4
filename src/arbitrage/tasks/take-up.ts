import { halt } from '../strategy/after-orders.js';
import type { TaskRecord } from './task-journal.js';

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
