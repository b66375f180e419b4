import { type Amount, amountOf, parseAmount } from '../accounts/amount.js';
import type { RiskTier } from '../contract.js';
import { FuturesRefusal } from './futures-request.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { Position } from './position.js';
import { markPrice, valueAt } from './valuation.js';

/** The largest tier that this leverage is allowed in. */
export function tierOfLeverage({ terms }: PerpetualMarket, leverage: number): RiskTier {
  return terms.tiers.findLast(({ maxLeverage }) => leverage <= maxLeverage) ?? terms.tiers[0]!;
}

/** The largest position there may be: value in the settle asset, or contracts, as the tiers are made. */
export function riskLimitOf({ market, riskLimit }: Position, leverage: number): Amount {
  const most = parseAmount(tierOfLeverage(market, leverage).limit)!;
  return riskLimit !== undefined && riskLimit < most ? riskLimit : most;
}

/** @throws {FuturesRefusal} when so many lots, without sign, are too large a position at the mark price. */
export function requireRisk(position: Position, lots: number, leverage: number): void {
  const { market } = position;
  const size =
    market.terms.tiersBy === 'value'
      ? valueAt(market, lots, markPrice(market))
      : amountOf(Math.abs(lots), market.spec.quantityDecimals);
  if (size > riskLimitOf(position, leverage)) throw new FuturesRefusal('risk_limit_exceeded');
}
