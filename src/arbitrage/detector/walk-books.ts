import type { Level } from '../../model/order-book.js';

/** What both sides of a trade come to, before anything is sent. Quote asset unless said otherwise. */
export interface Walk {
  /** Base asset; 0 = not even the best prices are worth it. */
  readonly quantity: number;
  /** Paid for it, without fees. */
  readonly cost: number;
  /** Received for it, without fees. */
  readonly proceeds: number;
  /** Worst ask that is bought. */
  readonly buyLimit: number;
  /** Worst bid that is sold. */
  readonly sellLimit: number;
  readonly buyLevels: number;
  readonly sellLevels: number;
}

export interface WalkTerms {
  /** What one unit of price costs with fees and the profit that is asked for: `(1 + fees) × (1 + profit)`. */
  readonly costFactor: number;
  /** What one unit of price brings after fees: `1 - fees`. */
  readonly gainFactor: number;
  /** Most that is bought, quote asset. */
  readonly maxNotional: number;
}

/**
 * Buys asks and sells bids, best first, as long as each further piece is still worth it, so the whole earns at least
 * what is asked for.
 */
export function walkBooks(asks: readonly Level[], bids: readonly Level[], terms: WalkTerms): Walk {
  const { costFactor, gainFactor, maxNotional } = terms;
  let [quantity, cost, proceeds, buyLimit, sellLimit] = [0, 0, 0, 0, 0];
  let [ask, bid, askUsed, bidUsed] = [0, 0, 0, 0];
  let [buyLevels, sellLevels] = [0, 0];
  while (ask < asks.length && bid < bids.length) {
    const a = asks[ask] as Level;
    const b = bids[bid] as Level;
    if (b.price * gainFactor < a.price * costFactor) break;
    const affordable = (maxNotional - cost) / a.price;
    const piece = Math.min(a.quantity - askUsed, b.quantity - bidUsed, affordable);
    if (!(piece > 0)) break;
    quantity += piece;
    cost += piece * a.price;
    proceeds += piece * b.price;
    [buyLimit, sellLimit, buyLevels, sellLevels] = [a.price, b.price, ask + 1, bid + 1];
    if (piece === affordable) break;
    askUsed += piece;
    bidUsed += piece;
    if (askUsed >= a.quantity) [ask, askUsed] = [ask + 1, 0];
    if (bidUsed >= b.quantity) [bid, bidUsed] = [bid + 1, 0];
  }
  return { quantity, cost, proceeds, buyLimit, sellLimit, buyLevels, sellLevels };
}
