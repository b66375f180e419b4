import { describe, expect, it } from 'vitest';
import type { ListRules } from '../../../src/adapter/order-endpoints.js';
import { collectRows, type RowPage } from '../../../src/exchange/collect-rows.js';

interface Row {
  readonly id: string;
  readonly at: number;
}

const NOW = 1_000_000;

/** A venue with a row every `everyMs` up to now, and what was asked of it. */
function listOf(count: number, rules: Partial<ListRules>, everyMs = 10) {
  const all = Array.from({ length: count }, (_, i): Row => ({ id: `r${i}`, at: NOW - (count - 1 - i) * everyMs }));
  const asked: RowPage[] = [];
  const whole: ListRules = { maxLimit: 3, paging: 'page', maxSpanMs: Infinity, reachMs: Infinity, ...rules };
  return {
    asked,
    read: (wanted: { since?: number; limit?: number }) =>
      collectRows<Row>(
        {
          rules: whole,
          idOf: ({ id }) => id,
          timeOf: ({ at }) => at,
          fetch: async (page) => {
            asked.push(page);
            const rows = all.filter(({ at }) => at >= (page.from ?? 0) && at <= page.to).reverse();
            return rows.slice((page.page - 1) * page.limit, page.page * page.limit).reverse();
          },
        },
        { until: NOW, limit: Number.POSITIVE_INFINITY, ...wanted },
      ),
  };
}

const ids = (rows: readonly Row[]) => rows.map(({ id }) => id).join(' ');

describe('a list that is read to its end', () => {
  it('goes through the pages and gives the rows once, oldest first', async () => {
    const list = listOf(7, {});
    const { rows, isComplete } = await list.read({ since: 0 });
    expect([ids(rows), isComplete]).toEqual(['r0 r1 r2 r3 r4 r5 r6', true]);
    expect(list.asked.map(({ page }) => page)).toEqual([1, 2, 3]);
  });

  it('goes back by the time of the oldest row where the venue has no pages, and keeps rows of one moment once', async () => {
    const list = listOf(7, { paging: 'time' });
    const { rows, isComplete } = await list.read({ since: 0 });
    expect([ids(rows), isComplete]).toEqual(['r0 r1 r2 r3 r4 r5 r6', true]);
    expect(list.asked.map(({ to }) => to)).toEqual([NOW, NOW - 20, NOW - 40, NOW - 60]);
  });

  it('says that it is not complete where more rows have one time than an answer holds', async () => {
    const list = listOf(7, { paging: 'time' }, 0);
    const { rows, isComplete } = await list.read({ since: 0 });
    expect([rows.length, isComplete]).toEqual([3, false]);
  });

  it('asks window by window where the venue bounds the span', async () => {
    const list = listOf(7, { maxSpanMs: 25, maxLimit: 10 });
    const { rows, isComplete } = await list.read({ since: NOW - 60 });
    expect([ids(rows), isComplete]).toEqual(['r0 r1 r2 r3 r4 r5 r6', true]);
    expect(list.asked.map(({ from, to }) => [from, to])).toEqual([
      [NOW - 25, NOW],
      [NOW - 51, NOW - 26],
      [NOW - 60, NOW - 52],
    ]);
  });

  it('stops when it has the newest rows that were wanted', async () => {
    const list = listOf(30, {});
    const { rows } = await list.read({ limit: 4 });
    expect([ids(rows), list.asked.length]).toEqual(['r26 r27 r28 r29', 2]);
  });

  it('does not reach further back than the venue remembers, and says that something may be missing', async () => {
    const list = listOf(7, { reachMs: 30, maxLimit: 10 });
    const { rows, isComplete } = await list.read({ since: 0 });
    expect([ids(rows), isComplete, list.asked]).toEqual([
      'r3 r4 r5 r6',
      false,
      [{ from: NOW - 30, to: NOW, page: 1, limit: 10 }],
    ]);
  });

  it('gives up after fifty calls and says so', async () => {
    const list = listOf(1_000, {});
    const { rows, isComplete } = await list.read({ since: 0 });
    expect([rows.length, isComplete, list.asked.length]).toEqual([150, false, 50]);
  });
});
