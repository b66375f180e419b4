import { compareDecimals, type Decimal, multiplyDecimals, roundToStep, toDecimal } from '../../model/decimal.js';
import { tradable, ZERO } from './position.js';
import type { OrderFills } from './strategy-event.js';
import type { LegOrder, StrategyState } from './strategy-state.js';
import type { MarketTerms, StrategyTerms } from './strategy-terms.js';

/** Whatever a venue says: fees are never higher. */
const MOST = 0.05;

type Known = Pick<StrategyState, 'baseFees'>;

/**
 * Part of what is bought in a market that its fees take. Before fills have shown how the account pays, spot fees are taken
 * to be paid in what is bought: so nothing is sold that never came.
 */
function baseFeeOf({ markets }: StrategyTerms, { baseFees }: Known, market: number): number {
  const { kind, takerFee } = markets[market] as MarketTerms;
  return kind === 'perpetual' ? 0 : (baseFees?.[market] ?? Math.max(0, takerFee));
}

/** The order with the fee that its market takes out of what it has bought. */
export function withBaseFee(terms: StrategyTerms, known: Known, order: LegOrder): LegOrder {
  const rate = order.side === 'buy' ? baseFeeOf(terms, known, order.market) : 0;
  return rate > 0 ? { ...order, feeBase: multiplyDecimals(order.filled, toDecimal(rate)) } : order;
}

/** What has to be ordered so that so much of it arrives, whole lots; zero where that is too little to trade. */
export function orderedFor(
  terms: StrategyTerms,
  known: Known,
  { market, quantity }: { readonly market: number; readonly quantity: Decimal },
  price: number | undefined,
): Decimal {
  const rules = terms.markets[market] as MarketTerms;
  const rate = baseFeeOf(terms, known, market);
  if (rate === 0) return tradable(quantity, rules, price);
  const whole = toDecimal(Number((Number(quantity) / (1 - rate)).toPrecision(15)));
  return tradable(roundToStep(whole, rules.lotSize, 'up'), rules, price);
}

/** What the fills of a cycle say of how each market's fees are paid. */
export function learnBaseFees(
  terms: StrategyTerms,
  { baseFees, orders }: Pick<StrategyState, 'baseFees' | 'orders'>,
  fills: readonly OrderFills[],
): readonly number[] {
  return terms.markets.map((_, market) => {
    const bought = fills.filter(({ id }) =>
      orders.some((order) => order.id === id && order.market === market && order.side === 'buy'),
    );
    const newest = bought.findLast(({ quantity }) => compareDecimals(quantity, ZERO) > 0);
    if (newest === undefined) return baseFeeOf(terms, baseFees === undefined ? {} : { baseFees }, market);
    const rate = Number(newest.feeBase) / Number(newest.quantity);
    return Number(Math.min(Math.max(0, rate), MOST).toPrecision(6));
  });
}
