import type { Instrument } from '../../src/model/instrument.js';
import type { MarketSymbol } from '../../src/model/symbol.js';

/** For contexts of readers that have no use for the rules of a market. */
export function noInstrument(symbol: MarketSymbol): never {
  throw new Error(`nobody needs the instrument of ${symbol}`);
}

/** For channel contexts of spot markets, whose readers look at no rule. */
export const SOME_INSTRUMENT: Instrument = {
  symbol: 'BTC/USDT',
  venueSymbol: 'BTC_USDT',
  kind: 'spot',
  base: 'BTC',
  quote: 'USDT',
  status: 'trading',
  tickSize: '0.01' as Instrument['tickSize'],
  lotSize: '0.00001' as Instrument['lotSize'],
  minQuantity: '0.00001' as Instrument['minQuantity'],
  raw: {},
};
