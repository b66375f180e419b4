import type { ListRules } from '../../adapter/order-endpoints.js';

/** Calls for one list at most; a list that is longer is cut and says so. */
const MAX_CALLS = 50;

interface RowsWanted {
  /** Epoch ms, inclusive; absent = as far as the venue remembers. */
  readonly since?: number | undefined;
  /** Epoch ms, inclusive. */
  readonly until: number;
  /** The newest so many. */
  readonly limit: number;
}

export interface RowPage {
  readonly from?: number;
  readonly to: number;
  readonly page: number;
  readonly limit: number;
}

interface RowReader<Row> {
  readonly rules: ListRules;
  fetch(page: RowPage): Promise<readonly Row[]>;
  /** What a row is known by. */
  idOf(row: Row): string;
  /** Epoch ms. */
  timeOf(row: Row): number;
}

export interface Rows<Row> {
  /** Oldest first, each once. */
  readonly rows: Row[];
  /** Whether no row of the time asked for is missing. */
  readonly isComplete: boolean;
}

/** Reads a list from its newest end backwards: windows of time, and pages within each. */
export async function collectRows<Row>(reader: RowReader<Row>, wanted: RowsWanted): Promise<Rows<Row>> {
  const { rules } = reader;
  const oldest = Math.max(wanted.since ?? 0, wanted.until - rules.reachMs);
  const found = new Map<string, Row>();
  let calls = 0;
  let to = wanted.until;
  while (to >= oldest) {
    const from = Math.max(oldest, to - rules.maxSpanMs);
    let next = from - 1;
    for (let page = 1; ; page++) {
      if (calls++ >= MAX_CALLS) return finish(reader, found, wanted, false);
      // Without bounds where none were asked for: some venues answer an open list only.
      const bounds = from > 0 || wanted.since !== undefined ? { from } : {};
      const rows = await reader.fetch({ ...bounds, to, page, limit: rules.maxLimit });
      const before = found.size;
      for (const row of rows) found.set(reader.idOf(row), row);
      if (rows.length < rules.maxLimit) break;
      if (found.size >= wanted.limit && wanted.limit !== Number.POSITIVE_INFINITY)
        return finish(reader, found, wanted, true);
      if (rules.paging === 'time') {
        const oldestRow = Math.min(...rows.map((row) => reader.timeOf(row)));
        // A whole answer of one millisecond that was known already: no way on.
        if (found.size === before || oldestRow >= to) return finish(reader, found, wanted, false);
        next = oldestRow;
        break;
      }
    }
    if (found.size >= wanted.limit) break;
    to = next;
  }
  return finish(reader, found, wanted, true);
}

function finish<Row>(
  { timeOf }: RowReader<Row>,
  found: ReadonlyMap<string, Row>,
  { limit }: RowsWanted,
  isComplete: boolean,
): Rows<Row> {
  const rows = [...found.values()].sort((a, b) => timeOf(a) - timeOf(b));
  return { rows: limit === Number.POSITIVE_INFINITY ? rows : rows.slice(-limit), isComplete };
}
