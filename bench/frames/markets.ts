import type { SymbolMapper } from '../../src/adapter/symbol-mapper.js';
import { stepOf } from '../../src/model/decimal.js';
import type { Instrument } from '../../src/model/instrument.js';
import { type MarketSymbol, makeSymbol } from '../../src/model/symbol.js';

export interface BenchMarket {
  readonly symbol: MarketSymbol;
  readonly base: string;
  readonly quote: string;
  /** The venue's own string. */
  readonly id: string;
}

const KNOWN = ['BTC', 'ETH', 'SOL', 'XRP', 'DOGE', 'ADA', 'LINK', 'AVAX', 'DOT', 'LTC'];

/** `count` markets against USDT; the venue's name joins both assets with `joint`. */
export function makeMarkets(count: number, joint: '' | '_'): BenchMarket[] {
  return Array.from({ length: count }, (_, at) => {
    const base = KNOWN[at] ?? `${KNOWN[at % KNOWN.length]}${at.toString(36).toUpperCase()}`;
    return { symbol: makeSymbol(base, 'USDT'), base, quote: 'USDT', id: `${base}${joint}USDT` };
  });
}

function instrumentOf({ symbol, base, quote, id }: BenchMarket): Instrument {
  const step = stepOf(8);
  const steps = { tickSize: step, lotSize: step, minQuantity: step };
  // Where it counts as a perpetual, a contract is one of the base asset.
  const contracts = { kind: 'linear', size: stepOf(0), step: stepOf(0), min: stepOf(0) } as const;
  return { symbol, venueSymbol: id, kind: 'spot', base, quote, status: 'trading', ...steps, contracts, raw: undefined };
}

export function mapperOf(markets: readonly BenchMarket[]): SymbolMapper {
  const bySymbol = new Map(markets.map(({ symbol, id }) => [symbol, id]));
  const byId = new Map(markets.map(({ symbol, id }) => [id, symbol]));
  return {
    toVenue(symbol) {
      const id = bySymbol.get(symbol);
      if (id === undefined) throw new RangeError(`no market ${symbol}`);
      return id;
    },
    toCanonical: (id) => byId.get(id),
    instrument(symbol) {
      const market = markets.find((one) => one.symbol === symbol);
      if (market === undefined) throw new RangeError(`no market ${symbol}`);
      return instrumentOf(market);
    },
  };
}
