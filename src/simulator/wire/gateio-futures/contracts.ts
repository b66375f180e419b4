import type { MarketSpec } from '../../contract.js';
import type { FuturesModel } from '../../positions/futures-model.js';
import type { PerpetualMarket } from '../../positions/perpetual-market.js';

/** One perpetual under the venue's name of it. */
export interface Contract {
  /** `BTC_USDT`, or `BTC_USD` when inverse. */
  readonly id: string;
  readonly perpetual: PerpetualMarket;
}

/** The venue's contracts by its own names, in the model's order. */
export type Contracts = ReadonlyMap<string, Contract>;

/** `BASE_QUOTE` in upper case. Source: Gate API v4 docs, futures contracts. */
export function contractId({ base, quote }: MarketSpec): string {
  return `${base}_${quote}`.toUpperCase();
}

export function listContracts(model: FuturesModel): Contracts {
  const contracts = new Map<string, Contract>();
  for (const perpetual of model.markets.values()) {
    const id = contractId(perpetual.spec);
    contracts.set(id, { id, perpetual });
  }
  return contracts;
}
