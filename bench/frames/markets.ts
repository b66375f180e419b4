import type { SymbolMapper } from '../../src/adapter/symbol-mapper.js';
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
  };
}
