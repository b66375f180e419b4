import type { Side } from '../../model/side.js';
import type { MarketSpec } from '../contract.js';
import type { MatchingEngine } from '../matching/engine.js';
import type { Ladder } from '../matching/ladder.js';
import type { NewOrder } from '../matching/order.js';
import { type Amount, amountOf } from './amount.js';

/** What a market order gets from the book as it stands. */
export interface MarketCost {
  readonly lots: number;
  /** Quote asset. */
  readonly cost: Amount;
  /** The book has no more. */
  readonly isExhausted: boolean;
}

/** How much of `lots` a market order of this side would get. Matching is exact, so it gets just that. */
export function costOfLots(engine: MatchingEngine, spec: MarketSpec, order: NewOrder): MarketCost {
  return walk(engine, spec, order, (_price, left) => left);
}

/** How many lots a market buy gets for a budget. The order's `lots` are the most it may get. */
export function lotsForBudget(engine: MatchingEngine, spec: MarketSpec, order: NewOrder, budget: Amount): MarketCost {
  const unit = unitOf(spec);
  return walk(engine, spec, order, (priceTicks, left, cost) => {
    const affordable = (budget - cost) / (BigInt(priceTicks) * unit);
    return affordable < BigInt(left) ? Number(affordable) : left;
  });
}

function walk(
  engine: MatchingEngine,
  spec: MarketSpec,
  order: NewOrder,
  most: (priceTicks: number, left: number, cost: Amount) => number,
): MarketCost {
  const unit = unitOf(spec);
  let [lots, cost] = [0, 0n];
  const ladder: Ladder = oppositeOf(engine, order.side);
  for (let rank = 0; lots < order.lots; rank++) {
    const level = ladder.at(rank);
    if (level === undefined) return { lots, cost, isExhausted: true };
    for (let maker = level.head; maker !== undefined && lots < order.lots; maker = maker.next) {
      const rule = maker.handler && order.handler?.meets(maker.handler);
      if (rule === 'cancel_maker') continue;
      const wanted = most(level.priceTicks, order.lots - lots, cost);
      // One lot more than it gets, so that the engine comes to the meeting too.
      if (rule !== undefined) return { lots: lots + Math.min(1, wanted), cost, isExhausted: true };
      const fill = Math.min(wanted, maker.lots);
      lots += fill;
      cost += BigInt(fill) * BigInt(level.priceTicks) * unit;
      if (fill < maker.lots) return { lots, cost, isExhausted: false };
    }
  }
  return { lots, cost, isExhausted: false };
}

function oppositeOf(engine: MatchingEngine, side: Side): Ladder {
  return side === 'buy' ? engine.asks : engine.bids;
}

/** One tick × one lot. */
function unitOf({ priceDecimals, quantityDecimals }: MarketSpec): Amount {
  return amountOf(1, priceDecimals + quantityDecimals);
}
