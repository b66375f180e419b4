import { type Amount, amountOf, parseAmount, shareOf } from '../accounts/amount.js';
import type { PerpetualTerms, RiskTier } from '../contract.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { Position } from './position.js';

const ONE: Amount = amountOf(1, 0);

/** `a / b` as an amount, towards zero; 0 without a divisor. */
export function quotient(a: Amount, b: Amount): Amount {
  return b === 0n ? 0n : (a * ONE) / b;
}

/** Base asset when linear, quote asset when inverse; signed like the lots. */
export function underlyingOf({ spec, terms }: PerpetualMarket, lots: number): Amount {
  return shareOf(amountOf(lots, spec.quantityDecimals), parseAmount(terms.contractSize)!);
}

/** What so many lots are worth at a price, in the settle asset, without sign. */
export function valueAt(market: PerpetualMarket, lots: number, price: Amount): Amount {
  const underlying = underlyingOf(market, Math.abs(lots));
  return market.terms.isInverse ? quotient(underlying, price) : shareOf(underlying, price);
}

/** The price at which so many lots have this value; 0 without lots. */
export function priceOfValue(market: PerpetualMarket, lots: number, value: Amount): Amount {
  const underlying = underlyingOf(market, Math.abs(lots));
  return market.terms.isInverse ? quotient(underlying, value) : quotient(value, underlying);
}

/** A price of the book. */
export function bookPrice({ spec }: PerpetualMarket, priceTicks: number): Amount {
  return amountOf(priceTicks, spec.priceDecimals);
}

export function markPrice({ prices, terms }: PerpetualMarket): Amount {
  return amountOf(prices.markTicks, terms.markDecimals);
}

export function indexPrice({ prices, terms }: PerpetualMarket): Amount {
  return amountOf(prices.indexTicks, terms.markDecimals);
}

/** Average entry price; 0 while it is empty. */
export function entryPrice({ market, lots, entryValue }: Position): Amount {
  return priceOfValue(market, lots, entryValue);
}

/** Value at the mark price, without sign. */
export function markValue({ market, lots }: Position): Amount {
  return valueAt(market, lots, markPrice(market));
}

/** What `lots` (signed) that were worth `entry` gain by being worth `exit`: linear longs gain value, inverse ones lose it. */
export function profitOf({ terms }: PerpetualMarket, lots: number, entry: Amount, exit: Amount): Amount {
  const gained = lots > 0 ? exit - entry : entry - exit;
  return terms.isInverse ? -gained : gained;
}

export function unrealisedPnl(position: Position): Amount {
  const { market, lots, entryValue } = position;
  return lots === 0 ? 0n : profitOf(market, lots, entryValue, markValue(position));
}

/** The tier of a position of this value and size; the last one for larger ones too. */
function tierFor({ tiers, tiersBy }: PerpetualTerms, value: Amount, contracts: Amount): RiskTier {
  const size = tiersBy === 'value' ? value : contracts;
  return tiers.find(({ limit }) => size <= parseAmount(limit)!) ?? tiers.at(-1)!;
}

/** The tier of a position as it is. */
export function tierOf(position: Position): RiskTier {
  const { market, lots } = position;
  return tierFor(market.terms, markValue(position), amountOf(Math.abs(lots), market.spec.quantityDecimals));
}

/** Below it the venue closes an isolated position; cross positions add up theirs. Never below zero. */
export function maintenanceMargin(position: Position): Amount {
  if (position.lots === 0) return 0n;
  const { maintenanceRate, deduction } = tierOf(position);
  const margin = shareOf(markValue(position), parseAmount(maintenanceRate)!) - parseAmount(deduction)!;
  return margin > 0n ? margin : 0n;
}
