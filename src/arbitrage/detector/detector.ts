import { ValidationError } from '../../errors/kinds.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { parseSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';
import { refuse } from '../read-options.js';
import type { LiveBook } from './book-source.js';
import { type DetectorOptions, type DetectorSettings, readDetectorOptions } from './detector-options.js';
import { evaluatePair, type Finding } from './evaluate-pair.js';
import type { FundingTerms } from './expect-funding.js';
import { costFactorOf, createPair, fundingOf, type MarketPair, type WatchedMarket } from './market-pair.js';
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

/** The markets of one base and quote, on every venue and of every kind. */
type Coin = WatchedMarket[];

/**
 * Finds trades that pay, from books that are proven. It knows no network: hand it books as they change, live or recorded.
 * A change costs as much as its own coin has markets, however many others there are. Handlers are called synchronously;
 * what one throws comes out of the call that led to it.
 */
export class Detector {
  readonly #settings: DetectorSettings;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #markets: WatchedMarket[] = [];
  readonly #coins = new Map<string, Coin>();
  readonly #open = new Set<MarketPair>();
  readonly #handlers: { [E in keyof DetectorEvents]: DetectorEvents[E][] } = { opened: [], changed: [], ended: [] };
  #found = 0;

  /** @throws {ConfigurationError} naming the option. */
  constructor(clock: Pick<Clock, 'now'>, options: DetectorOptions = {}) {
    this.#clock = clock;
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
    const coin = this.#coins.get(key) ?? [];
    if (coin.some((one) => one.venue === venue && one.symbol === symbol))
      throw new ValidationError({ field: 'symbol', expected: 'each market once', received: `${venue} ${symbol}` });
    const added: WatchedMarket = {
      venue,
      symbol,
      kind,
      takerFee,
      book: undefined,
      funding: undefined,
      bid: 0,
      ask: Number.POSITIVE_INFINITY,
      pairs: [],
    };
    for (const other of coin) {
      for (const pair of [createPair(added, other), createPair(other, added)]) {
        this.#price(pair);
        added.pairs.push(pair);
        other.pairs.push(pair);
      }
    }
    this.#coins.set(key, [...coin, added]);
    return (this.#markets.push(added) - 1) as MarketHandle;
  }

  /** The book of a market has changed. One that is not live, whatever its type says, is withdrawn. */
  update(handle: MarketHandle, book: LiveBook): void {
    if (book.state !== 'live') return this.withdraw(handle);
    const market = this.#market(handle);
    market.book = book;
    market.bid = book.bestBid?.price ?? 0;
    market.ask = book.bestAsk?.price ?? Number.POSITIVE_INFINITY;
    const { pairs } = market;
    for (let at = 0; at < pairs.length; at++) {
      const pair = pairs[at] as MarketPair;
      const isWorthIt = pair.sell.bid * pair.gainFactor >= pair.buy.ask * pair.costFactor;
      if (isWorthIt || pair.open !== undefined) this.#look(pair);
    }
  }

  /** The book of a market cannot be used any more. */
  withdraw(handle: MarketHandle): void {
    const market = this.#market(handle);
    [market.book, market.bid, market.ask] = [undefined, 0, Number.POSITIVE_INFINITY];
    for (const pair of market.pairs) if (pair.open !== undefined) this.#end(pair, 'stale');
  }

  /** What a perpetual pays next; `undefined`: not known any more. */
  setFunding(handle: MarketHandle, funding: FundingTerms | undefined): void {
    const market = this.#market(handle);
    market.funding = funding;
    for (const pair of market.pairs) this.#priceAndLook(pair);
  }

  /** Looks at what time alone can change: books grow old, payments fall due. Call now and then. */
  sweep(): void {
    for (const pair of this.#open) this.#look(pair);
    for (const { funding, pairs } of this.#markets) {
      if (funding !== undefined) for (const pair of pairs) this.#priceAndLook(pair);
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
    for (const market of this.#markets) market.book = undefined;
  }

  #market(handle: MarketHandle): WatchedMarket {
    const market = this.#markets[handle];
    if (market !== undefined) return market;
    throw new ValidationError({ field: 'market', expected: 'a handle of this detector', received: handle });
  }

  #price(pair: MarketPair): void {
    const { minProfitBps, fundingHorizonMs } = this.#settings;
    pair.costFactor = costFactorOf(pair, minProfitBps, fundingOf(pair, this.#clock.now(), fundingHorizonMs));
  }

  #priceAndLook(pair: MarketPair): void {
    this.#price(pair);
    const isWorthIt = pair.sell.bid * pair.gainFactor >= pair.buy.ask * pair.costFactor;
    if (isWorthIt || pair.open !== undefined) this.#look(pair);
  }

  #look(pair: MarketPair): void {
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
    const { best, last } = open;
    const endedAt = this.#clock.now();
    const end = { id: last.id, reason, endedAt, durationMs: endedAt - last.openedAt, best, last };
    for (const handler of this.#handlers.ended) handler(end);
  }
}
