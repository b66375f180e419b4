import { ClosedError } from '../../errors/kinds.js';
import type { TaskJournal, TaskRecord } from './task-journal.js';

/** Forgets everything with the process: for tests and dry runs. */
export function createMemoryJournal(): TaskJournal {
  const records = new Map<string, TaskRecord>();
  let isClosed = false;
  return {
    damage: undefined,
    async write(record) {
      if (isClosed) throw new ClosedError({ message: 'the journal is closed' });
      records.set(record.terms.id, record);
    },
    load: () => [...records.values()],
    async close() {
      isClosed = true;
    },
  };
}
