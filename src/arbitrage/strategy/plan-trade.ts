import { compareDecimals, type Decimal, roundToStep, toDecimal } from '../../model/decimal.js';
import type { Opportunity, OpportunityLeg } from '../detector/opportunity.js';
import { limitPrice } from './leg-order.js';
import { tradable, ZERO } from './position.js';
import type { TradePlan } from './strategy-state.js';
import type { MarketTerms, StrategyTerms } from './strategy-terms.js';

/** The two orders that an opportunity comes to, within the limits of the task; `undefined` where there are none. */
export function planTrade(terms: StrategyTerms, opportunity: Opportunity): TradePlan | undefined {
  const { buy, sell, netBps } = opportunity;
  const { slippageBps, maxNotional, minProfitBps } = terms.limits;
  const [buyAt, sellAt] = [marketOf(terms, buy), marketOf(terms, sell)];
  const [buyMarket, sellMarket] = [terms.markets[buyAt], terms.markets[sellAt]];
  if (buyMarket === undefined || sellMarket === undefined || netBps < minProfitBps) return undefined;
  const buyPrice = limitPrice(buyMarket, 'buy', buy.limitPrice, slippageBps);
  const sellPrice = limitPrice(sellMarket, 'sell', sell.limitPrice, slippageBps);
  // Where fees are taken out of what is bought, more has to be bought.
  const notional = buyMarket.kind === 'spot' ? maxNotional * (1 - Math.max(0, buyMarket.takerFee)) : maxNotional;
  const most = Math.min(opportunity.quantity, notional / Math.max(Number(buyPrice), Number(sellPrice)));
  const quantity = commonLots(buyMarket, sellMarket, most);
  if (tradable(quantity, buyMarket, Number(buyPrice)) === ZERO) return undefined;
  if (tradable(quantity, sellMarket, Number(sellPrice)) === ZERO) return undefined;
  return {
    buy: buyAt,
    sell: sellAt,
    quantity,
    buyPrice,
    sellPrice,
    holds: buyMarket.kind === 'perpetual' || sellMarket.kind === 'perpetual',
    first: firstLeg(buy, sell),
    expectedBps: netBps,
  };
}

function marketOf({ markets }: StrategyTerms, leg: OpportunityLeg): number {
  return markets.findIndex(({ venue, symbol }) => venue === leg.venue && symbol === leg.symbol);
}

/** Whole lots of both. Where they do not divide each other, the coarser one decides and the rest is dust. */
function commonLots(a: MarketTerms, b: MarketTerms, quantity: number): Decimal {
  if (!(quantity > 0 && Number.isFinite(quantity))) return ZERO;
  const [fine, coarse] = compareDecimals(a.lotSize, b.lotSize) < 0 ? [a, b] : [b, a];
  const lots = roundToStep(toDecimal(Number(quantity.toPrecision(15))), coarse.lotSize, 'down');
  return roundToStep(lots, fine.lotSize, 'down');
}

/** The leg that is harder to get comes first: spot before perpetual, then the thinner book. */
function firstLeg(buy: OpportunityLeg, sell: OpportunityLeg): TradePlan['first'] {
  if (buy.kind !== sell.kind) return buy.kind === 'spot' ? 'buy' : 'sell';
  return sell.levels > buy.levels ? 'sell' : 'buy';
}
