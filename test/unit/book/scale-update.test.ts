import { describe, expect, it } from 'vitest';
import { scaleUpdate } from '../../../src/book/scale-update.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { createContractScale } from '../../../src/model/contracts.js';
import { toDecimal } from '../../../src/model/decimal.js';

const ONE = toDecimal(1);

function update(): BookUpdate {
  const made = new BookUpdate();
  // What an earlier, longer message left behind is none of it.
  for (let at = 0; at < 3; at++) made.addBid(1, 7);
  made.reset();
  made.addBid(50_000, 12);
  made.addBid(49_999, 0);
  made.addAsk(50_001, 3);
  return made;
}

const quantities = ({ bidQuantities, bidCount, askQuantities, askCount }: BookUpdate) => [
  [...bidQuantities.subarray(0, bidCount)],
  [...askQuantities.subarray(0, askCount)],
];

describe('an update in contracts', () => {
  it('becomes base asset in place, each side by its own prices, and a removed level stays removed', () => {
    const linear = update();
    scaleUpdate(linear, createContractScale({ kind: 'linear', size: toDecimal('0.0001'), step: ONE, min: ONE }));
    expect(quantities(linear)).toEqual([[0.0012, 0], [0.0003]]);
    const inverse = update();
    scaleUpdate(inverse, createContractScale({ kind: 'inverse', size: toDecimal('100'), step: ONE, min: ONE }));
    expect(quantities(inverse)).toEqual([[1_200 / 50_000, 0], [300 / 50_001]]);
  });

  it('keeps prices, sequence and what lies beyond its levels', () => {
    const scaled = update();
    scaled.firstSequence = 5;
    scaled.lastSequence = 6;
    scaleUpdate(scaled, (contracts) => contracts * 2);
    const { bidPrices, askPrices, firstSequence, lastSequence, bidQuantities } = scaled;
    expect([bidPrices[0], bidPrices[1], askPrices[0]]).toEqual([50_000, 49_999, 50_001]);
    expect([firstSequence, lastSequence, bidQuantities[2]]).toEqual([5, 6, 7]);
  });
});
