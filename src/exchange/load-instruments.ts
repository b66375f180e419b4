import type { MarketEndpoints } from '../adapter/venue.js';
import type { Instrument } from '../model/instrument.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { RestClient } from './rest-client.js';

/**
 * The whole instrument list, in as many calls as it takes. Rows that could not be read do not count, so pages may
 * overlap, but leave no hole. @throws what a call throws.
 */
export async function loadInstruments(
  { instruments, moreInstruments }: MarketEndpoints,
  rest: Pick<RestClient, 'call'>,
): Promise<readonly Instrument[]> {
  const first = await rest.call(instruments, undefined);
  if (moreInstruments === undefined) return first;
  const all = new Map<MarketSymbol, Instrument>();
  for (let page = first; addNew(page, all); ) page = await rest.call(moreInstruments, { offset: all.size });
  return [...all.values()];
}

/** @returns whether any of them was new. */
function addNew(page: readonly Instrument[], all: Map<MarketSymbol, Instrument>): boolean {
  const before = all.size;
  for (const instrument of page) if (!all.has(instrument.symbol)) all.set(instrument.symbol, instrument);
  return all.size > before;
}
