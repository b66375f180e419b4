import type { OrderBook } from '../book/order-book.js';
import type { BookSide } from '../book/side.js';
import { ClosedError, StaleBookError, ValidationError } from '../errors/kinds.js';
import type { Level, OrderBookSnapshot } from '../model/order-book.js';
import type { Side } from '../model/side.js';
import type { MarketSymbol } from '../model/symbol.js';
import { BookHandlers } from './book-handlers.js';
import type {
  BookPrice,
  BookStateHandler,
  BookUpdateHandler,
  LiveOrderBook,
  LiveOrderBookState,
} from './live-order-book.js';

/** What the view reads; whoever keeps the book supplies it. */
export interface BookSource {
  readonly symbol: MarketSymbol;
  readonly state: LiveOrderBookState;
  /** The book while it may be shown. */
  readonly shown: OrderBook | undefined;
  readonly sequence: number;
  readonly updatedAt: number;
  /** Epoch ms by our clock of the last applied message. */
  readonly receivedAt: number;
  readonly ageMs: number;
  readonly ready: Promise<void>;
  /** This view is no longer looked at. */
  left(view: LiveBookView): Promise<void>;
}

/** Sums of doubles differ from what was meant in the last digits; no venue has lots this small beside an order. */
const ROUNDING = 1e-12;

/** The face of a live book that one watcher holds: reads only, and only what is proven. */
export class LiveBookView implements LiveOrderBook {
  readonly ready: Promise<void>;
  readonly #handlers: BookHandlers;
  #source: BookSource;
  #closing: Promise<void> | undefined;
  #rejectReady: (error: Error) => void = () => {};
  /** The last levels given out, given out again while they are the same: polling allocates nothing. */
  #bid: Level = { price: 0, quantity: 0 };
  #ask: Level = this.#bid;

  constructor(source: BookSource, report: (error: unknown) => void) {
    this.#source = source;
    this.#handlers = new BookHandlers(report);
    this.ready = new Promise((resolve, reject) => {
      this.#rejectReady = reject;
      source.ready.then(resolve, reject);
    });
    // Nobody has to listen to it.
    this.ready.catch(() => {});
  }

  get symbol(): MarketSymbol {
    return this.#source.symbol;
  }

  get state(): LiveOrderBookState {
    return this.#source.state;
  }

  get sequence(): number {
    return this.#source.sequence;
  }

  get updatedAt(): number {
    return this.#source.updatedAt;
  }

  get ageMs(): number {
    return this.#source.ageMs;
  }

  get reliableDepth(): number {
    return this.#source.shown?.reliableDepth ?? 0;
  }

  get bestBid(): Level | undefined {
    const side = this.#source.shown?.bids;
    if (side === undefined || side.count === 0) return undefined;
    if (!isBest(this.#bid, side)) this.#bid = { price: side.bestPrice, quantity: side.bestQuantity };
    return this.#bid;
  }

  get bestAsk(): Level | undefined {
    const side = this.#source.shown?.asks;
    if (side === undefined || side.count === 0) return undefined;
    if (!isBest(this.#ask, side)) this.#ask = { price: side.bestPrice, quantity: side.bestQuantity };
    return this.#ask;
  }

  get spread(): number | undefined {
    const book = this.#source.shown;
    if (book === undefined || book.bids.count === 0 || book.asks.count === 0) return undefined;
    return book.asks.bestPrice - book.bids.bestPrice;
  }

  get mid(): number | undefined {
    const book = this.#source.shown;
    if (book === undefined || book.bids.count === 0 || book.asks.count === 0) return undefined;
    return (book.asks.bestPrice + book.bids.bestPrice) / 2;
  }

  snapshot(depth?: number): OrderBookSnapshot {
    if (depth !== undefined && !(Number.isSafeInteger(depth) && depth > 0)) {
      throw new ValidationError({ field: 'depth', expected: 'a whole number above zero', received: depth });
    }
    const { symbol, shown, sequence, updatedAt, receivedAt } = this.#source;
    if (shown === undefined) {
      const message = `${symbol}: the order book is ${this.state}; wait for 'live' (or for ready) before reading it`;
      throw new StaleBookError({ message });
    }
    const limit = depth ?? Number.POSITIVE_INFINITY;
    return { symbol, bids: shown.bids.levels(limit), asks: shown.asks.levels(limit), sequence, updatedAt, receivedAt };
  }

  priceFor(side: Side, quantity: number): BookPrice | undefined {
    if (side !== 'buy' && side !== 'sell') {
      throw new ValidationError({ field: 'side', expected: "'buy' or 'sell'", received: side });
    }
    if (!(Number.isFinite(quantity) && quantity > 0)) {
      throw new ValidationError({ field: 'quantity', expected: 'a finite number above zero', received: quantity });
    }
    const book = this.#source.shown;
    return book === undefined ? undefined : walk(side === 'buy' ? book.asks : book.bids, quantity);
  }

  on(event: 'update', handler: BookUpdateHandler, options?: { signal?: AbortSignal }): this;
  on(event: 'state', handler: BookStateHandler, options?: { signal?: AbortSignal }): this;
  on(
    event: 'update' | 'state',
    handler: BookUpdateHandler | BookStateHandler,
    options?: { signal?: AbortSignal },
  ): this {
    if (event !== 'update' && event !== 'state') {
      throw new ValidationError({ field: 'event', expected: "'update' or 'state'", received: event });
    }
    if (typeof handler !== 'function') {
      throw new ValidationError({ field: 'handler', expected: 'a function', received: handler });
    }
    this.#handlers.add(event, handler, options?.signal);
    return this;
  }

  close(): Promise<void> {
    if (this.#closing === undefined) {
      const message = `${this.symbol}: the order book was closed`;
      this.#closing = this.#source.left(this);
      this.#rejectReady(new ClosedError({ message }));
      this.changed('closed', message);
    }
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** @internal The book was proven by a message. */
  updated(): void {
    this.#handlers.updated(this);
  }

  /** @internal Nothing follows `closed`. */
  changed(state: LiveOrderBookState, reason: string | undefined): void {
    if (state === 'closed') {
      this.#closing ??= Promise.resolve();
      this.#source = closedSource(this.#source);
    }
    this.#handlers.changed(state, reason);
    if (state === 'closed') this.#handlers.clear();
  }
}

/** What is left of a book that nobody keeps for this view any more. */
function closedSource({ symbol, sequence, updatedAt, receivedAt, ready }: BookSource): BookSource {
  return {
    symbol,
    state: 'closed',
    shown: undefined,
    sequence,
    updatedAt,
    receivedAt,
    ageMs: Number.POSITIVE_INFINITY,
    ready,
    left: async () => {},
  };
}

function isBest(level: Level, side: BookSide): boolean {
  return level.price === side.bestPrice && level.quantity === side.bestQuantity;
}

/** The mean is taken as distance from the best price, so that one level gives exactly its own price. */
function walk(side: BookSide, quantity: number): BookPrice | undefined {
  const best = side.bestPrice;
  const negligible = quantity * ROUNDING;
  let rest = quantity;
  let distance = 0;
  for (let index = 0; index < side.count; index++) {
    const price = side.priceAt(index);
    const taken = Math.min(rest, side.quantityAt(index));
    distance += (price - best) * taken;
    rest -= taken;
    if (rest <= negligible) return { averagePrice: best + distance / quantity, worstPrice: price, quantity };
  }
  return undefined;
}
