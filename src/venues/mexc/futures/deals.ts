import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { malformed, readId, readObject, readOptional, readPrice } from '../../../adapter/read.js';
import { createContractScale } from '../../../model/contracts.js';
import type { Instrument } from '../../../model/instrument.js';
import type { Side } from '../../../model/side.js';
import type { Trade } from '../../../model/trade.js';
import { readTime, termsOf } from './read-numbers.js';

/**
 * Reads trades in the order given; call and stream send the same rows. Source: MEXC contract API docs, deals.
 * @throws {MalformedResponseError}
 */
export function decodeDeals(rows: readonly unknown[], instrument: Instrument): Trade[] {
  const toBase = createContractScale(termsOf(instrument));
  return rows.map((row) => {
    const { p, v, T, t, i } = readObject(row, 'deal');
    const price = readPrice(p, 'deal p');
    return {
      symbol: instrument.symbol,
      ...omitUndefined({ id: readOptional(i, 'deal i', readId) }),
      price,
      quantity: toBase(readPrice(v, 'deal v'), price),
      takerSide: readTakerSide(T),
      matchedAt: readTime(t, 'deal t'),
    };
  });
}

function readTakerSide(value: unknown): Side {
  if (value === 1) return 'buy';
  if (value === 2) return 'sell';
  throw malformed('deal T', '1 or 2', value);
}
