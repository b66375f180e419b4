import type { MarketSpec, PerpetualTerms } from '../contract.js';
import type { SimulatedMarket } from '../market.js';
import { unitValue } from '../units.js';
import type { MarkFeed } from './mark-feed.js';
import type { PerpetualMarket, PublicLiquidation } from './perpetual-market.js';

const KEPT_LIQUIDATIONS = 1_000;
/** What the synthetic traders hold among themselves, quote asset. */
const CROWD_NOTIONAL = 25_000_000;

/** One perpetual as the venue lists it. */
export class ListedPerpetual implements PerpetualMarket {
  readonly spec: MarketSpec;
  readonly terms: PerpetualTerms;
  readonly market: SimulatedMarket;
  readonly prices: MarkFeed;
  readonly liquidations: PublicLiquidation[] = [];
  readonly #crowdLots: number;
  readonly #accountLots: () => number;
  #count = 0;

  /** @param accountLots lots that accounts hold long. */
  constructor(market: SimulatedMarket, terms: PerpetualTerms, prices: MarkFeed, accountLots: () => number) {
    this.spec = market.spec;
    this.terms = terms;
    this.market = market;
    this.prices = prices;
    this.#accountLots = accountLots;
    this.#crowdLots = Math.round((CROWD_NOTIONAL / unitValue(market.spec)) * 10 ** market.spec.quantityDecimals);
  }

  get openInterestLots(): number {
    return this.#crowdLots + this.#accountLots();
  }

  addLiquidation(liquidation: Omit<PublicLiquidation, 'id'>): void {
    this.liquidations.push({ id: ++this.#count, ...liquidation });
    if (this.liquidations.length > KEPT_LIQUIDATIONS) this.liquidations.shift();
  }
}
