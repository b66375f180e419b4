import type { MarketSpec, MarketView, VenueModel } from '../../contract.js';

/** One market under the venue's name of it. */
export interface Pair {
  /** `BTC_USDT`. */
  readonly id: string;
  readonly market: MarketView;
}

/** The venue's markets by its own names, in the model's order. */
export type Pairs = ReadonlyMap<string, Pair>;

/** `BASE_QUOTE` in upper case. Source: Gate.io API v4 docs, currency pairs. */
function pairId(spec: MarketSpec): string {
  return `${spec.base}_${spec.quote}`.toUpperCase();
}

export function listPairs(model: VenueModel): Pairs {
  const pairs = new Map<string, Pair>();
  for (const market of model.markets.values()) {
    const id = pairId(market.spec);
    pairs.set(id, { id, market });
  }
  return pairs;
}
