import type { Level } from '../../model/order-book.js';
import type { BookSource } from './book-source.js';
import type { DetectorSettings } from './detector-options.js';
import { fundingOf, type MarketPair, type WatchedMarket } from './market-pair.js';
import type {
  ExpectedFunding,
  Opportunity,
  OpportunityEndReason,
  OpportunityKind,
  OpportunityLeg,
} from './opportunity.js';
import { type Walk, walkBooks } from './walk-books.js';

/** Numbers of an opportunity that do not depend on when it was first seen. */
export type Finding = Omit<Opportunity, 'id' | 'openedAt'>;

/** Walks both books of a pair as they are now; a reason where it is not worth it. */
export function evaluatePair(
  pair: MarketPair,
  settings: DetectorSettings,
  now: number,
): Finding | OpportunityEndReason {
  const { buy, sell, costFactor, gainFactor } = pair;
  const [buyBook, sellBook] = [usable(buy, settings), usable(sell, settings)];
  if (buyBook === undefined || sellBook === undefined) return 'stale';
  const { asks } = buyBook.snapshot(settings.depth);
  const { bids } = sellBook.snapshot(settings.depth);
  const walk = walkBooks(asks, bids, { costFactor, gainFactor, maxNotional: settings.maxNotional });
  if (walk.quantity === 0) return 'price';
  if (Math.min(walk.cost, walk.proceeds) < settings.minNotional) return 'size';
  return describe(pair, walk, [asks, bids], settings, now);
}

function usable({ book }: WatchedMarket, { maxAgeMs }: DetectorSettings): BookSource | undefined {
  return book?.state === 'live' && book.ageMs <= maxAgeMs ? book : undefined;
}

function describe(
  pair: MarketPair,
  walk: Walk,
  [asks, bids]: readonly [readonly Level[], readonly Level[]],
  { minProfitBps, fundingHorizonMs }: DetectorSettings,
  now: number,
): Finding {
  const { executions } = pair;
  const { quantity, cost, proceeds } = walk;
  const buy = leg(pair.buy, quantity, cost, executions, asks[0] as Level, walk.buyLimit, walk.buyLevels);
  const sell = leg(pair.sell, quantity, proceeds, executions, bids[0] as Level, walk.sellLimit, walk.sellLevels);
  const funding = fundingOf(pair, now, fundingHorizonMs);
  const grossProfit = proceeds - cost;
  const fees = buy.fees + sell.fees;
  const earned = grossProfit - fees;
  const netProfit = earned + ((funding?.bps ?? 0) / 10_000) * cost;
  return {
    kind: kindOf(executions, (earned / cost) * 10_000 >= minProfitBps, funding),
    buy,
    sell,
    quantity,
    grossProfit,
    fees,
    netProfit,
    netBps: (netProfit / cost) * 10_000,
    ...(funding === undefined ? {} : { funding }),
    seenAt: now,
  };
}

function kindOf(executions: 1 | 2, isWorthItAlone: boolean, funding: ExpectedFunding | undefined): OpportunityKind {
  if (executions === 1) return 'spot_spot';
  return isWorthItAlone || funding === undefined ? 'basis' : 'funding';
}

function leg(
  { venue, symbol, kind, takerFee, book }: WatchedMarket,
  quantity: number,
  notional: number,
  executions: number,
  best: Level,
  limitPrice: number,
  levels: number,
): OpportunityLeg {
  const { sequence, updatedAt, ageMs } = book as BookSource;
  return {
    venue,
    symbol,
    kind,
    averagePrice: notional / quantity,
    limitPrice,
    bestPrice: best.price,
    levels,
    notional,
    takerFee,
    fees: executions * takerFee * notional,
    sequence,
    updatedAt,
    ageMs,
  };
}
