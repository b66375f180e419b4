import { expect, it } from 'vitest';
import { loadFrame } from '../../src/adapter/frame-memory.js';
import { readDecimal, readDigits } from '../../src/adapter/read-decimal.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import * as worlds from '../support/frame-world.js';
import { plainDecimal } from '../support/hot-numbers.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

const DECIMALS = 1_000_000;
const GATE = ['order_book_update', 'obu', 'book_ticker', 'trades'];
const IN_PLACE = [
  ...['aggre.depth', 'aggre.deals', 'aggre.bookTicker', 'depth', 'deal'],
  ...GATE.flatMap((channel) => [`spot.${channel}`, `futures.${channel}`]),
];

proveWithSeeds({
  harness: 'frames',
  worlds,
  replay: 'FRAME_WORLD_SEED',
  subject: 'frames that are read in place',
  claim: 'come out as the general decoder reads them, or are refused by both',
  slice: { ms: 60_000, count: 2_000_000, least: 200_000 },
  controls: [{ mistake: 'takes one digit for another' }],
  controlWorlds: 1,
  expectTotals({ bySort, faults, count }) {
    expect(Object.keys(bySort)).toHaveLength(4);
    for (const channel of IN_PLACE) expect(faults[`in place: ${channel}`] ?? 0, channel).toBeGreaterThan(count / 200);
  },
  more,
});

function more(): void {
  it('have the numbers that the language reads, bit for bit', () => {
    const seed = `decimals-${Date.now()}`;
    const random = createSeededRandom(seed);
    const into = new Float64Array(1);
    for (let left = DECIMALS; left > 0; left--) {
      const text = plainDecimal(random);
      loadFrame(Buffer.from(`${text}"`));
      const end = readDecimal(0, into, 0);
      if (end !== text.length || !Object.is(into[0], Number(text)))
        expect.fail(`${text} was read as ${into[0]} up to ${end}, seed ${seed}`);
    }
  });

  it('have whole numbers of up to 15 digits', () => {
    const into = new Float64Array(1);
    const read = (text: string) => {
      loadFrame(Buffer.from(text));
      return [readDigits(0, into, 0), into[0]];
    };
    expect(read('123456789012345,')).toEqual([15, 123_456_789_012_345]);
    expect(read('123456789,')).toEqual([9, 123_456_789]);
    expect(read('1234567890123456')[0]).toBe(-1);
    expect(read('x')[0]).toBe(-1);
  });
}
