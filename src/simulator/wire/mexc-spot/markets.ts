import type { MarketView, VenueModel } from '../../contract.js';

/** One market under the venue's own name. */
export interface WireMarket {
  /** `BTCUSDT`. */
  readonly id: string;
  readonly view: MarketView;
}

/** By the venue's name, in the model's order. Source: MEXC spot v3 docs, base and quote without separator, upper case. */
export type WireMarkets = ReadonlyMap<string, WireMarket>;

export function indexMarkets(model: VenueModel): WireMarkets {
  const markets = new Map<string, WireMarket>();
  for (const view of model.markets.values()) {
    const id = view.spec.base + view.spec.quote;
    markets.set(id, { id, view });
  }
  return markets;
}
