import { ValidationError } from '../errors/kinds.js';
import type { DecimalInput } from '../model/decimal.js';
import { toDecimal } from '../model/decimal.js';
import type { ListedPerpetual } from './positions/listed-perpetual.js';
import { fromUnits, toUnits } from './units.js';

/** The truth about one perpetual, and the levers that move what accounts are valued and charged by. */
export interface SimulatedPerpetual {
  /** Quote per base. */
  readonly markPrice: number;
  readonly indexPrice: number;
  /** Fraction; positive = longs pay shorts. */
  readonly fundingRate: number;
  /** Epoch ms by the simulator's clock. */
  readonly nextFundingAt: number;
  /** Contracts. */
  readonly openInterest: number;
  /** From now on the mark price is this, and positions are looked at at once; `undefined` = it follows the market again. */
  forceMarkPrice(price: DecimalInput | undefined): void;
  /** From now on the funding rate is this, at most six decimals; `undefined` = it follows the premium again. */
  forceFundingRate(rate: DecimalInput | undefined): void;
  /** Pays funding now, besides the regular times. */
  settleFunding(): void;
}

export function leverPerpetual(perpetual: ListedPerpetual): SimulatedPerpetual {
  const { prices, terms, spec } = perpetual;
  return {
    get markPrice() {
      return fromUnits(prices.markTicks, terms.markDecimals);
    },
    get indexPrice() {
      return fromUnits(prices.indexTicks, terms.markDecimals);
    },
    get fundingRate() {
      return fromUnits(prices.fundingRateMillionths, 6);
    },
    get nextFundingAt() {
      return prices.nextFundingAt;
    },
    get openInterest() {
      return fromUnits(perpetual.openInterestLots, spec.quantityDecimals);
    },
    forceMarkPrice: (price) =>
      prices.forceMark(price === undefined ? undefined : toUnits(price, terms.markDecimals, 'price')),
    forceFundingRate: (rate) => prices.forceRate(rate === undefined ? undefined : readRate(rate)),
    settleFunding: () => prices.settleNow(),
  };
}

function readRate(rate: DecimalInput): number {
  const millionths = Number(toDecimal(rate, 'rate')) * 1_000_000;
  const whole = Math.round(millionths);
  if (Math.abs(millionths - whole) < 1e-6 && Math.abs(whole) <= 1_000_000) return whole;
  throw new ValidationError({ field: 'rate', expected: 'a fraction with at most six decimals', received: rate });
}
