import type { ListRules } from '../adapter/order-endpoints.js';

/** Calls for one list at most; a list that is longer is cut and says so. */
const MAX_CALLS = 50;

export interface RowsWanted {
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
  /** Oldest first. */
  fetch(page: RowPage): Promise<readonly Row[]>;
  /** What a row is known by. */
  idOf(row: Row): string;
  /** Epoch ms. */
  timeOf(row: Row): number;
  /** Whether a row is one of those asked for; default all are. */
  isWanted?(row: Row): boolean;
  /** Pages go from the newest row strictly to the oldest: one that is older than asked for ends them. Default `false`. */
  readonly isSorted?: boolean;
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
  // What happened before the venue's memory may be missing.
  const isInReach = (wanted.since ?? oldest) >= oldest;
  const found = new FoundRows(reader);
  let calls = 0;
  let to = wanted.until;
  while (to >= oldest) {
    const from = Math.max(oldest, to - rules.maxSpanMs);
    let next = from - 1;
    for (let page = 1; ; page++) {
      if (calls++ >= MAX_CALLS) return found.end(wanted.limit, false);
      // Without bounds where none were asked for: some venues answer an open list only.
      const bounds = from > 0 || wanted.since !== undefined ? { from } : {};
      const rows = await reader.fetch({ ...bounds, to, page, limit: rules.maxLimit });
      const isNews = found.add(rows);
      if (rows.length < rules.maxLimit) break;
      if (found.wanted >= wanted.limit) return found.end(wanted.limit, true);
      if (reader.isSorted === true && rows.some((row) => reader.timeOf(row) < from)) break;
      if (rules.paging === 'time') {
        const oldestRow = Math.min(...rows.map((row) => reader.timeOf(row)));
        // A whole answer of one millisecond that was known already: no way on.
        if (!isNews || oldestRow >= to) return found.end(wanted.limit, false);
        next = oldestRow;
        break;
      }
    }
    if (found.wanted >= wanted.limit) break;
    to = next;
  }
  return found.end(wanted.limit, isInReach);
}

/** Rows of answers that come from the newest to the oldest. */
class FoundRows<Row> {
  readonly #reader: RowReader<Row>;
  readonly #known = new Set<string>();
  readonly #answers: Row[][] = [];
  wanted = 0;

  constructor(reader: RowReader<Row>) {
    this.#reader = reader;
  }

  /** @returns whether a row was not known before. */
  add(rows: readonly Row[]): boolean {
    const { idOf, isWanted } = this.#reader;
    const news = rows.filter((row) => {
      const id = idOf(row);
      return !this.#known.has(id) && this.#known.add(id);
    });
    const kept = isWanted === undefined ? news : news.filter(isWanted);
    this.#answers.push(kept);
    this.wanted += kept.length;
    return news.length > 0;
  }

  /** Rows of one moment stay in the order of the venue. */
  end(limit: number, isComplete: boolean): Rows<Row> {
    const { timeOf } = this.#reader;
    const rows = this.#answers
      .reverse()
      .flat()
      .sort((a, b) => timeOf(a) - timeOf(b));
    return { rows: limit === Number.POSITIVE_INFINITY ? rows : rows.slice(-limit), isComplete };
  }
}
