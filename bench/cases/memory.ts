import type { LiveOrderBook } from '../../src/exchange/live-order-book.js';
import { BookUpdate } from '../../src/model/book-update.js';
import { openLiveBook } from '../contenders/live-book.js';
import { atMost, judge } from '../measure/result.js';
import type { Suite } from '../measure/suite.js';

const KB = 1_024;
const SAMPLE = 200;

/** Live books with everything that belongs to them: keeper, view, buffers. */
export const memory: Suite = {
  ids: ['memory.book'],
  flags: ['--expose-gc'],
  async run() {
    const first = await growth(() => openBooks(SAMPLE, 1_000), heap);
    const second = await growth(
      () => openBooks(1_000, 200),
      () => process.memoryUsage().rss,
    );
    return [
      judge({
        id: 'memory.book/1000-levels',
        samples: [first / SAMPLE / KB],
        unit: 'kB',
        goal: atMost(64),
        baseline: 'heap and buffers after collection, mean of 200 live books of 1,000 levels a side',
      }),
      judge({
        id: 'memory.book/1000-books',
        samples: [second / KB / KB],
        unit: 'MB',
        goal: atMost(60),
        baseline: 'resident memory above the start, 1,000 live books of 200 levels a side',
      }),
    ];
  },
};

async function growth(open: () => LiveOrderBook[], read: () => number): Promise<number> {
  collect();
  const before = read();
  const books = open();
  collect();
  const grown = read() - before;
  await Promise.all(books.map((book) => book.close()));
  return grown;
}

function openBooks(count: number, levels: number): LiveOrderBook[] {
  const start = new BookUpdate();
  start.full = true;
  for (let slot = 0; slot < levels; slot++) {
    start.addBid(100_000 - slot, 1 + slot);
    start.addAsk(100_001 + slot, 1 + slot);
  }
  return Array.from({ length: count }, () => openLiveBook(start));
}

function heap(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collect(): void {
  if (gc === undefined) throw new Error('needs --expose-gc');
  gc();
  gc();
}
