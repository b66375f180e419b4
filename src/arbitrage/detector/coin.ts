import type { BookSource } from './book-source.js';
import { createPair, type MarketPair, type WatchedMarket } from './market-pair.js';

/**
 * The markets of one base and quote, compared pair by pair. What every update reads lies side by side in typed arrays, so
 * that thousands of other coins cost it nothing.
 */
export class Coin {
  readonly markets: WatchedMarket[] = [];
  /** Best prices by market while live; 0 and `Infinity` while not, so that no comparison is ever won. */
  #bids = new Float64Array(0);
  #asks = new Float64Array(0);
  /** By `buy × markets + sell`. */
  #pairs: (MarketPair | undefined)[] = [];
  #costs = new Float64Array(0);
  #gains = new Float64Array(0);
  /** Pairs that are worth it now. */
  open = 0;

  /** Adds a market. @returns its number in this coin. */
  add(market: WatchedMarket): number {
    const old = this.markets.length;
    const count = this.markets.push(market);
    const pairs = new Array<MarketPair | undefined>(count * count).fill(undefined);
    for (let buy = 0; buy < count; buy++) {
      for (let sell = 0; sell < count; sell++) {
        if (buy === sell) continue;
        const known = buy < old && sell < old ? this.#pairs[buy * old + sell] : undefined;
        const [from, to] = [this.markets[buy], this.markets[sell]] as [WatchedMarket, WatchedMarket];
        pairs[buy * count + sell] = known ?? createPair(from, to);
      }
    }
    this.#pairs = pairs;
    this.#gains = Float64Array.from(pairs, (pair) => pair?.gainFactor ?? 0);
    this.#costs = Float64Array.from(pairs, (pair) => pair?.costFactor ?? Number.POSITIVE_INFINITY);
    this.#bids = Float64Array.from({ length: count }, (_, at) => this.#bids[at] ?? 0);
    this.#asks = Float64Array.from({ length: count }, (_, at) => this.#asks[at] ?? Number.POSITIVE_INFINITY);
    return old;
  }

  /** The pairs of one market, either way. */
  pairsOf(market: number): MarketPair[] {
    const count = this.markets.length;
    return this.#pairs.filter(
      (pair, at): pair is MarketPair =>
        pair !== undefined && (Math.floor(at / count) === market || at % count === market),
    );
  }

  /** Takes over what {@link MarketPair.costFactor} says now. */
  reprice(): void {
    for (const [at, pair] of this.#pairs.entries()) if (pair !== undefined) this.#costs[at] = pair.costFactor;
  }

  /** The book of a market has changed; `undefined`: it cannot be used. @param look called for pairs that may be worth it. */
  show(market: number, book: BookSource | undefined, look: (pair: MarketPair) => void): void {
    const count = this.markets.length;
    const [bids, asks, costs, gains] = [this.#bids, this.#asks, this.#costs, this.#gains];
    (this.markets[market] as WatchedMarket).book = book;
    const bid = book?.bestBid?.price ?? 0;
    const ask = book?.bestAsk?.price ?? Number.POSITIVE_INFINITY;
    bids[market] = bid;
    asks[market] = ask;
    const hasOpen = this.open > 0;
    for (let other = 0; other < count; other++) {
      const there = market * count + other;
      const back = other * count + market;
      const isWorthIt = (bids[other] as number) * (gains[there] as number) >= ask * (costs[there] as number);
      const isWorthItBack = bid * (gains[back] as number) >= (asks[other] as number) * (costs[back] as number);
      if (isWorthIt || hasOpen) this.#look(there, isWorthIt, look);
      if (isWorthItBack || hasOpen) this.#look(back, isWorthItBack, look);
    }
  }

  /** Looks at every pair again. */
  review(look: (pair: MarketPair) => void): void {
    const count = this.markets.length;
    for (let at = 0; at < this.#pairs.length; at++) {
      const [buy, sell] = [Math.floor(at / count), at % count];
      const [bid, ask] = [this.#bids[sell] as number, this.#asks[buy] as number];
      this.#look(at, bid * (this.#gains[at] as number) >= ask * (this.#costs[at] as number), look);
    }
  }

  #look(at: number, isWorthIt: boolean, look: (pair: MarketPair) => void): void {
    const pair = this.#pairs[at];
    if (pair !== undefined && (isWorthIt || pair.open !== undefined)) look(pair);
  }
}
