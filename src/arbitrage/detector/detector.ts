import { ValidationError } from '../../errors/kinds.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { parseSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';
import { refuse } from '../read-options.js';
import type { LiveBook } from './book-source.js';
import { Coin } from './coin.js';
import { type DetectorOptions, type DetectorSettings, readDetectorOptions } from './detector-options.js';
import { evaluatePair, type Finding } from './evaluate-pair.js';
import type { FundingTerms } from './expect-funding.js';
import { costFactorOf, fundingOf, type MarketPair, type WatchedMarket } from './market-pair.js';
import type { Opportunity, OpportunityEnd, OpportunityEndReason } from './opportunity.js';

export interface DetectorEvents {
  /** Worth it now, and was not before. */
  readonly opened: (opportunity: Opportunity) => unknown;
  /** Still worth it, with other numbers. */
  readonly changed: (opportunity: Opportunity) => unknown;
  readonly ended: (end: OpportunityEnd) => unknown;
}

/** Names a market of one detector. */
export type MarketHandle = number & { readonly market: true };

/** Where a market is. */
interface Place {
  readonly coin: Coin;
  /** Number in its coin. */
  readonly at: number;
}

/**
 * Finds trades that pay, from books that are proven. It knows no network: hand it books as they change, live or recorded.
 * A change costs as much as its own coin has markets, however many others there are. Handlers are called synchronously;
 * what one throws comes out of the call that led to it.
 */
export class Detector {
  readonly #settings: DetectorSettings;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #places: Place[] = [];
  readonly #coins = new Map<string, Coin>();
  readonly #open = new Set<MarketPair>();
  readonly #handlers: { [E in keyof DetectorEvents]: DetectorEvents[E][] } = { opened: [], changed: [], ended: [] };
  readonly #look: (pair: MarketPair) => void;
  #found = 0;

  /** @throws {ConfigurationError} naming the option. */
  constructor(clock: Pick<Clock, 'now'>, options: DetectorOptions = {}) {
    this.#clock = clock;
    this.#look = (pair) => this.#judge(pair);
    this.#settings = readDetectorOptions(options);
    const { minNotional, maxNotional } = this.#settings;
    if (minNotional > maxNotional) refuse('minNotional', `at most maxNotional ${maxNotional}`, minNotional);
  }

  /**
   * Takes a market into the comparison with all of the same base and quote.
   * @param market.takerFee fraction of the traded value, the account's own.
   * @throws {ValidationError} for a symbol or fee that cannot be, and for a market that it has already.
   */
  add(market: { readonly venue: VenueId; readonly symbol: MarketSymbol; readonly takerFee: number }): MarketHandle {
    const { venue, symbol, takerFee } = market;
    const { base, quote, kind } = parseSymbol(symbol);
    if (!(takerFee > -0.01 && takerFee < 0.1))
      throw new ValidationError({ field: 'takerFee', expected: 'a fraction such as 0.0005', received: takerFee });
    const key = `${base}/${quote}`;
    const coin = this.#coins.get(key) ?? new Coin();
    if (coin.markets.some((one) => one.venue === venue && one.symbol === symbol))
      throw new ValidationError({ field: 'symbol', expected: 'each market once', received: `${venue} ${symbol}` });
    this.#coins.set(key, coin);
    const at = coin.add({ venue, symbol, kind, takerFee, book: undefined, funding: undefined });
    this.#price(coin, at);
    return (this.#places.push({ coin, at }) - 1) as MarketHandle;
  }

  /** The book of a market has changed. One that is not live, whatever its type says, is withdrawn. */
  update(handle: MarketHandle, book: LiveBook): void {
    const { coin, at } = this.#place(handle);
    coin.show(at, book.state === 'live' ? book : undefined, this.#look);
  }

  /** The book of a market cannot be used any more. */
  withdraw(handle: MarketHandle): void {
    const { coin, at } = this.#place(handle);
    coin.show(at, undefined, this.#look);
  }

  /** What a perpetual pays next; `undefined`: not known any more. */
  setFunding(handle: MarketHandle, funding: FundingTerms | undefined): void {
    const { coin, at } = this.#place(handle);
    (coin.markets[at] as WatchedMarket).funding = funding;
    this.#price(coin, at);
    coin.review(this.#look);
  }

  /** Looks at what time alone can change: books grow old, payments fall due. Call now and then. */
  sweep(): void {
    for (const pair of this.#open) this.#judge(pair);
    for (const { coin, at } of this.#places) {
      if (coin.markets[at]?.funding === undefined) continue;
      this.#price(coin, at);
      coin.review(this.#look);
    }
  }

  /** What is worth it now, as last seen. */
  open(): Opportunity[] {
    return [...this.#open].flatMap(({ open }) => (open === undefined ? [] : [open.last]));
  }

  on<E extends keyof DetectorEvents>(event: E, handler: DetectorEvents[E]): this {
    this.#handlers[event].push(handler);
    return this;
  }

  /** Ends what is open. */
  close(): void {
    for (const pair of this.#open) this.#end(pair, 'withdrawn');
    for (const { coin, at } of this.#places) coin.show(at, undefined, this.#look);
  }

  #place(handle: MarketHandle): Place {
    const place = this.#places[handle];
    if (place !== undefined) return place;
    throw new ValidationError({ field: 'market', expected: 'a handle of this detector', received: handle });
  }

  #price(coin: Coin, at: number): void {
    const { minProfitBps, fundingHorizonMs } = this.#settings;
    const now = this.#clock.now();
    for (const pair of coin.pairsOf(at)) {
      pair.costFactor = costFactorOf(pair, minProfitBps, fundingOf(pair, now, fundingHorizonMs));
    }
    coin.reprice();
  }

  #judge(pair: MarketPair): void {
    const found = evaluatePair(pair, this.#settings, this.#clock.now());
    if (typeof found !== 'string') this.#show(pair, found);
    else if (pair.open !== undefined) this.#end(pair, found);
  }

  #show(pair: MarketPair, finding: Finding): void {
    const { open } = pair;
    if (open === undefined) {
      const id = `o${++this.#found}`;
      const opened: Opportunity = { id, ...finding, openedAt: finding.seenAt };
      pair.open = { best: opened, last: opened };
      this.#open.add(pair);
      this.#coinOf(pair).open++;
      for (const handler of this.#handlers.opened) handler(opened);
      return;
    }
    const { id, openedAt } = open.last;
    const changed: Opportunity = { id, ...finding, openedAt };
    open.last = changed;
    if (changed.netProfit > open.best.netProfit) open.best = changed;
    for (const handler of this.#handlers.changed) handler(changed);
  }

  #end(pair: MarketPair, reason: OpportunityEndReason): void {
    const { open } = pair;
    if (open === undefined) return;
    pair.open = undefined;
    this.#open.delete(pair);
    this.#coinOf(pair).open--;
    const { best, last } = open;
    const endedAt = this.#clock.now();
    const end = { id: last.id, reason, endedAt, durationMs: endedAt - last.openedAt, best, last };
    for (const handler of this.#handlers.ended) handler(end);
  }

  #coinOf({ buy }: MarketPair): Coin {
    const { base, quote } = parseSymbol(buy.symbol);
    return this.#coins.get(`${base}/${quote}`) as Coin;
  }
}
