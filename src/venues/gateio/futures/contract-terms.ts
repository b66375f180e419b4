import { MalformedResponseError } from '../../../errors/kinds.js';
import { type ContractTerms, createContractScale } from '../../../model/contracts.js';
import type { Instrument } from '../../../model/instrument.js';

/** How a market is counted. @throws {MalformedResponseError} for one that was not read by this adapter. */
export function termsOf({ contracts, symbol }: Pick<Instrument, 'contracts' | 'symbol'>): ContractTerms {
  if (contracts !== undefined) return contracts;
  throw new MalformedResponseError({ message: `${symbol} has no contract terms`, outcome: 'unknown' });
}

/** Contracts at a price to base asset, for market data: the same conversion as that of a live book. */
export function scaleOf(
  instrument: Pick<Instrument, 'contracts' | 'symbol'>,
): (contracts: number, price: number) => number {
  return createContractScale(termsOf(instrument));
}
