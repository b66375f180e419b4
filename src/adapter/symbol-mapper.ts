import type { Instrument } from '../model/instrument.js';
import type { MarketSymbol } from '../model/symbol.js';

/** Canonical symbol ↔ the venue's string, built from the instrument list; never by cutting suffixes. */
export interface SymbolMapper {
  /** @throws {ValidationError} for a symbol that the venue does not list. */
  toVenue(symbol: MarketSymbol): string;
  toCanonical(venueSymbol: string): MarketSymbol | undefined;
  /** The rules of a listed market. @throws {ValidationError} for a symbol that the venue does not list. */
  instrument(symbol: MarketSymbol): Instrument;
}
