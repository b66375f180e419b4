import { OrderBook } from '../../src/book/order-book.js';
import { BookUpdate } from '../../src/model/book-update.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { CCXT, type CcxtExchange, ccxtLevels, createCcxt } from '../contenders/ccxt.js';
import { runOnce } from '../contenders/passes.js';
import { levelsOf } from '../contenders/text-book.js';
import { atLeast, atMost, judge } from '../measure/result.js';
import { type Contender, compare, describe, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import { type Effort, roundsOf, type Suite } from '../measure/suite.js';

const CHANGES = 20_000;
const SIZES = [20, 100, 1_000, 5_000];
/** Mean distance of a change from the best price, levels. */
const REACH = 8;
const MIDDLE = 100_000;

interface Changes {
  readonly slots: readonly number[];
  readonly prices: Float64Array;
  readonly quantities: Float64Array;
}

/** One level changed at a time, near the top of the book, as most changes are; bids. */
export const bookUpdate: Suite = {
  ids: ['book.update'],
  async run(effort) {
    const ccxt = await createCcxt('gate', []);
    const contenders: Contender[] = [];
    for (const size of SIZES) contenders.push(createOurs(size, makeChanges(size, effort)));
    const theirs = createTheirs(ccxt, 1_000, makeChanges(1_000, effort));
    const ours = contenders[2] as ReturnType<typeof createOurs>;
    await runOnce(ours);
    await runOnce(theirs);
    requireSame('book of 1,000 levels', { ccxt: theirs.bids(), ours: ours.bids() });
    const timings = await compare([...contenders, theirs], { rounds: roundsOf(effort), units: CHANGES });
    const detail = describe(timings);
    return [
      judge({
        id: 'book.update/ccxt',
        samples: ratios(samplesOf(timings, 'ccxt 1000'), samplesOf(timings, '1000')),
        unit: '×',
        goal: atLeast(10),
        baseline: `${CCXT}: store of its book side; ours is OrderBook.apply with all its checks`,
        detail,
      }),
      judge({
        id: 'book.update/growth',
        samples: ratios(samplesOf(timings, '5000'), samplesOf(timings, '20')),
        unit: '×',
        goal: atMost(3),
        baseline: 'ours at 20 levels',
        detail,
      }),
    ];
  },
};

function makeChanges(size: number, { seed }: Effort): Changes {
  const random = createSeededRandom(seed);
  const slots = Array.from({ length: CHANGES }, () =>
    Math.min(size - 1, Math.floor(-Math.log(1 - random.next()) * REACH)),
  );
  return {
    slots,
    prices: Float64Array.from(slots, (slot) => MIDDLE - slot),
    quantities: Float64Array.from(slots, () => (random.chance(0.3) ? 0 : 1 + random.int(1_000))),
  };
}

/** `size` levels a side, a step of 1 apart. */
function wholeBook(size: number): BookUpdate {
  const update = new BookUpdate();
  update.full = true;
  for (let slot = 0; slot < size; slot++) {
    update.addBid(MIDDLE - slot, 1 + slot);
    update.addAsk(MIDDLE + 1 + slot, 1 + slot);
  }
  return update;
}

function createOurs(size: number, { prices, quantities }: Changes): Contender & { bids(): unknown } {
  const book = new OrderBook(Number.POSITIVE_INFINITY);
  const start = wholeBook(size);
  const update = new BookUpdate();
  return {
    name: String(size),
    prepare: () => void book.replace(start, Number.POSITIVE_INFINITY),
    run: () => {
      for (let at = 0; at < prices.length; at++) {
        update.reset();
        update.addBid(prices[at] as number, quantities[at] as number);
        if (book.apply(update) !== 'ok') throw new Error('the book does not go on');
      }
    },
    bids: () => levelsOf(book).bids,
  };
}

function createTheirs(
  exchange: CcxtExchange,
  size: number,
  { prices, quantities }: Changes,
): Contender & { bids(): unknown } {
  const book = exchange.orderBook();
  const levels = Array.from({ length: size }, (_, slot) => ({
    bid: [MIDDLE - slot, 1 + slot],
    ask: [MIDDLE + 1 + slot, 1 + slot],
  }));
  return {
    name: `ccxt ${size}`,
    prepare: () =>
      void book.reset({ bids: levels.map(({ bid }) => [...bid]), asks: levels.map(({ ask }) => [...ask]), nonce: 1 }),
    run: () => {
      for (let at = 0; at < prices.length; at++) book.bids.store(prices[at] as number, quantities[at] as number);
    },
    bids: () => ccxtLevels(book).bids,
  };
}
