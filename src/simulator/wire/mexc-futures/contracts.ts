import type { MarketView, TapeCandle } from '../../contract.js';
import type { FuturesModel } from '../../positions/futures-model.js';
import type { PerpetualMarket } from '../../positions/perpetual-market.js';

/** The venue numbers its contracts; the first ones are low. */
const FIRST_CONTRACT = 10;

/** One perpetual under the venue's own name. Everything that it prints is a JSON number. */
export interface Contract {
  /** `BTC_USDT`, inverse `BTC_USD`. */
  readonly id: string;
  readonly number: number;
  readonly perpetual: PerpetualMarket;
  /** Its book and tape. */
  readonly view: MarketView;
}

/** By the venue's name, in the model's order. Source: MEXC contract docs, base and quote with an underscore, upper case. */
export type Contracts = ReadonlyMap<string, Contract>;

export function indexContracts(model: FuturesModel): Contracts {
  const contracts = new Map<string, Contract>();
  for (const perpetual of model.markets.values()) {
    const id = contractId(perpetual);
    contracts.set(id, { id, number: FIRST_CONTRACT + contracts.size, perpetual, view: perpetual.market });
  }
  return contracts;
}

/** The venue's name of a perpetual. */
export function contractId({ spec }: PerpetualMarket): string {
  return `${spec.base}_${spec.quote}`;
}

/** Quote per base. */
export function priceNumber({ view }: Contract, ticks: number): number {
  return ticks / 10 ** view.spec.priceDecimals;
}

/** Contracts. */
export function volNumber({ view }: Contract, lots: number): number {
  return lots / 10 ** view.spec.quantityDecimals;
}

/** A mark or index price. */
export function markNumber({ perpetual }: Contract, ticks: number): number {
  return ticks / 10 ** perpetual.terms.markDecimals;
}

/** Turnover in quote asset; of an inverse contract it follows from the contracts alone. */
export function turnoverNumber(
  contract: Contract,
  { baseLots, quoteTickLots }: Pick<TapeCandle, 'baseLots' | 'quoteTickLots'>,
): number {
  const { terms } = contract.perpetual;
  const { priceDecimals, quantityDecimals } = contract.view.spec;
  const size = Number(terms.contractSize);
  const turnover = terms.isInverse
    ? volNumber(contract, baseLots) * size
    : (quoteTickLots / 10 ** (priceDecimals + quantityDecimals)) * size;
  return Number(turnover.toPrecision(15));
}

/** Prices that orders may have now: a bid at most, an ask at least. */
export function priceBand(contract: Contract): { readonly maxBid: number; readonly minAsk: number } {
  const { prices, terms } = contract.perpetual;
  const ratio = Number(terms.maxPriceDeviation);
  const ticks = (prices.markTicks / 10 ** terms.markDecimals) * 10 ** contract.view.spec.priceDecimals;
  return {
    maxBid: priceNumber(contract, Math.floor(ticks * (1 + ratio))),
    minAsk: priceNumber(contract, Math.ceil(ticks * (1 - ratio))),
  };
}
