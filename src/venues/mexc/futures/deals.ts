import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { malformed, readId, readObject, readOptional, readPrice } from '../../../adapter/read.js';
import { createContractScale } from '../../../model/contracts.js';
import type { Instrument } from '../../../model/instrument.js';
import type { Side } from '../../../model/side.js';
import type { Trade } from '../../../model/trade.js';
import type { DealsView } from './push-reader.js';
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

/** The same trades as {@link decodeDeals} makes of the rows. */
export function dealsOf(view: DealsView, instrument: Instrument): Trade[] {
  const { symbol } = instrument;
  const toBase = createContractScale(termsOf(instrument));
  const trades = new Array<Trade>(view.count);
  for (let row = 0; row < trades.length; row++) {
    const id = view.id(row);
    const price = view.price(row);
    const quantity = toBase(view.contracts(row), price);
    const takerSide = view.type(row) === 1 ? 'buy' : 'sell';
    const matchedAt = view.matchedAt(row);
    trades[row] =
      id === ''
        ? { symbol, price, quantity, takerSide, matchedAt }
        : { symbol, id, price, quantity, takerSide, matchedAt };
  }
  return trades;
}

function readTakerSide(value: unknown): Side {
  if (value === 1) return 'buy';
  if (value === 2) return 'sell';
  throw malformed('deal T', '1 or 2', value);
}
