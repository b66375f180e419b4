import { ClosedError } from '../../errors/kinds.js';
import { type Intent, type IntentLog, type IntentOutcome, IntentTable } from './intent-log.js';

/**
 * Refuses used client order ids within this process; forgets everything with it. After a crash nobody looks for the
 * orders that were under way: use the file log where that matters.
 * @param options.rememberedIds how many settled ids are still recognised. Default 100,000.
 */
export function createMemoryIntentLog(options: { readonly rememberedIds?: number } = {}): IntentLog {
  const table = new IntentTable(options.rememberedIds ?? 100_000);
  let isClosed = false;
  function recordNow(intent: Intent): void {
    if (isClosed) throw new ClosedError({ message: 'the intent log is closed' });
    table.add(intent);
  }
  function settleNow(clientOrderId: string, outcome: IntentOutcome): void {
    table.settle(clientOrderId, outcome);
  }
  return {
    recordNow,
    async record(intent) {
      recordNow(intent);
    },
    settleNow,
    async settle(clientOrderId, outcome) {
      settleNow(clientOrderId, outcome);
    },
    open: () => table.open,
    async close() {
      isClosed = true;
    },
  };
}
