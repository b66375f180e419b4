import { compareDecimals, type Decimal, roundToStep, subtractDecimals, toDecimal } from '../../../index.js';
import { table } from '../../render.js';
import type { HedgeResult } from './reckon-hedge.js';

const ZERO = toDecimal('0');
const CENT = toDecimal('0.01');

/** One hedged pair, opened and closed; printed by `--json` as it is. */
export interface HedgeSummary extends HedgeResult {
  /** Venue of the long leg. */
  readonly spot: string;
  /** Venue of the short leg. */
  readonly perpetual: string;
  /** Base asset that was held on both sides. */
  readonly quantity: Decimal;
  /** What the simulated exchanges' own ledgers say that the account has gained, quote asset. */
  readonly ledgerPnl: Decimal;
  /** What they say is left, base asset. */
  readonly ledgerLeft: Decimal;
  /** Whether no position is open any more. */
  readonly isFlat: boolean;
  readonly problems: readonly string[];
}

/** Whether it was opened, closed again whole, and reckoned to the last digit. */
export function isGoodHedge(hedge: HedgeSummary): boolean {
  const { quantity, realizedPnl, ledgerPnl, left, ledgerLeft, isFlat, problems } = hedge;
  const isExact = compareDecimals(realizedPnl, ledgerPnl) === 0 && compareDecimals(left, ledgerLeft) === 0;
  return problems.length === 0 && isFlat && isExact && compareDecimals(quantity, ZERO) > 0;
}

/** A table of what was earned, for people. */
export function describeHedges(hedges: readonly HedgeSummary[]): string[] {
  if (hedges.length === 0) return [];
  const header = ['long', 'short', 'BTC', 'spot', 'perp', 'fees', 'funding', 'realised'];
  const rows = hedges.map(({ spot, perpetual, quantity, spotPnl, perpetualPnl, fees, funding, realizedPnl }) => [
    spot,
    perpetual,
    quantity,
    ...[spotPnl, perpetualPnl, subtractDecimals(ZERO, fees), funding, realizedPnl].map(inCents),
  ]);
  return ['', 'Hedged pairs, USDT', ...table([header, ...rows], 2), ...hedges.map(describeLedger)];
}

function describeLedger(hedge: HedgeSummary): string {
  const { spot, perpetual, realizedPnl, ledgerPnl, left, problems } = hedge;
  const verdict = isGoodHedge(hedge)
    ? `${realizedPnl} USDT realised, as the ledgers say`
    : `${realizedPnl} USDT realised, ${ledgerPnl} by the ledgers, ${left} BTC left`;
  return `${spot} + ${perpetual}: ${verdict}${problems.map((problem) => `; ${problem}`).join('')}`;
}

function inCents(amount: Decimal): string {
  const rounded = Number(roundToStep(amount, CENT, 'nearest'));
  return `${rounded > 0 ? '+' : ''}${rounded.toFixed(2)}`;
}
