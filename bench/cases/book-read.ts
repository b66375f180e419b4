import { OrderBook } from '../../src/book/order-book.js';
import { BookUpdate } from '../../src/model/book-update.js';
import { openLiveBook } from '../contenders/live-book.js';
import { atMost, judge } from '../measure/result.js';
import { type Contender, compare, samplesOf } from '../measure/rounds.js';
import { roundsOf, type Suite } from '../measure/suite.js';

const READS = 200_000;
const LEVELS = 1_000;

/** Best bid and best ask read in turn, per read. */
export const bookRead: Suite = {
  ids: ['book.read'],
  async run(effort) {
    const start = new BookUpdate();
    start.full = true;
    for (let slot = 0; slot < LEVELS; slot++) {
      start.addBid(100_000 - slot, 1 + slot);
      start.addAsk(100_001 + slot, 1 + slot);
    }
    const plain = new OrderBook(Number.POSITIVE_INFINITY);
    plain.replace(start, Number.POSITIVE_INFINITY);
    const live = openLiveBook(start);
    const contenders: Contender[] = [
      repeat('OrderBook', () => plain.asks.bestPrice - plain.bids.bestPrice),
      repeat('LiveOrderBook', () => (live.bestAsk?.price ?? 0) - (live.bestBid?.price ?? 0)),
    ];
    const timings = await compare(contenders, { rounds: roundsOf(effort), units: READS * 2 });
    await live.close();
    return contenders.map(({ name }) =>
      judge({
        id: `book.read/${name}`,
        samples: samplesOf(timings, name),
        unit: 'ns',
        goal: atMost(5),
        baseline: 'one read, the loop around it included',
        detail: name === 'OrderBook' ? 'price only' : 'price and quantity, and the proof that it is not stale',
      }),
    );
  },
};

/** The sum keeps the reads from being left out. */
function repeat(name: string, spread: () => number): Contender {
  return {
    name,
    run: () => {
      let sum = 0;
      for (let at = 0; at < READS; at++) sum += spread();
      if (sum !== READS) throw new Error(`${name}: ${sum}`);
    },
  };
}
