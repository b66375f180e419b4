import { type Amount, amountOf, parseAmount } from '../accounts/amount.js';
import { summarize } from './margins.js';
import type { Position } from './position.js';
import { maintenanceMargin, priceOfValue, quotient, tierOf, underlyingOf, unrealisedPnl } from './valuation.js';

const ONE: Amount = amountOf(1, 0);

/** What a position can lose: its own margin, or all that cross positions share. */
function backing(position: Position): Amount {
  if (position.marginMode === 'isolated') return position.margin;
  const { balance, isolatedMargin, crossUnrealised } = summarize(position.account, position.market.terms.settle);
  return balance - isolatedMargin + crossUnrealised - unrealisedPnl(position);
}

/**
 * The mark price at which the venue takes a position over, by the tier that it is in now; 0 when there is none. From
 * backing + profit = value × rate - deduction, where profit follows from the value that is looked for.
 */
export function liquidationPrice(position: Position): Amount {
  const { market, lots, entryValue } = position;
  if (lots === 0) return 0n;
  const { maintenanceRate, deduction } = tierOf(position);
  const rate = parseAmount(maintenanceRate)!;
  // Maintenance of the other cross positions has to be covered as well.
  const spare = backing(position) - otherMaintenance(position) + parseAmount(deduction)!;
  const gainsWithValue = lots > 0 !== market.terms.isInverse;
  const value = gainsWithValue ? quotient(entryValue - spare, ONE - rate) : quotient(entryValue + spare, ONE + rate);
  return value <= 0n ? 0n : priceOfValue(market, lots, value);
}

/** The price at which nothing of its backing is left; 0 when there is none. */
export function bankruptcyPrice(position: Position): Amount {
  const { market, lots, entryValue } = position;
  const gainsWithValue = lots > 0 !== market.terms.isInverse;
  const value = gainsWithValue ? entryValue - backing(position) : entryValue + backing(position);
  return value <= 0n || underlyingOf(market, lots) === 0n ? 0n : priceOfValue(market, lots, value);
}

function otherMaintenance(position: Position): Amount {
  if (position.marginMode === 'isolated') return 0n;
  return summarize(position.account, position.market.terms.settle).crossMaintenance - maintenanceMargin(position);
}
