import type { BookFeed } from '../../../src/adapter/book-feed.js';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import type { BookKeeper } from '../../../src/exchange/book-keeper.js';
import type { LiveOrderBook } from '../../../src/exchange/live-order-book.js';
import type { TopicListener } from '../../../src/exchange/topic.js';
import { keepBook } from '../../../src/exchange/topic-book-keeper.js';
import type { OrderBookSnapshot } from '../../../src/model/order-book.js';
import { createVirtualClock, type VirtualClock } from '../../../src/transport/virtual-clock.js';
import { exact, overlapping, type Row, type UpdateParts } from './support.js';

const SYMBOL = 'BTC/USDT';
export const START = Date.UTC(2025, 5, 1);

export const restFeed: BookFeed = {
  name: 'fake',
  speedMs: 100,
  snapshot: 'rest',
  snapshotDepth: 100,
  publishedDepth: Number.POSITIVE_INFINITY,
  continues: overlapping,
  topic: () => ({ channel: 'book', key: SYMBOL, args: [] }),
  decode(payload, into) {
    const parts = payload as UpdateParts & { readonly bad?: boolean };
    if (parts.bad) throw new MalformedResponseError({ message: 'b[0]: expected a price', outcome: 'unknown' });
    into.full = parts.full ?? false;
    into.firstSequence = parts.first ?? parts.last;
    into.lastSequence = parts.last;
    if (parts.time !== undefined) into.venueTime = parts.time;
    for (const [price, quantity] of parts.bids ?? []) into.addBid(price, quantity);
    for (const [price, quantity] of parts.asks ?? []) into.addAsk(price, quantity);
  },
};

export const streamFeed: BookFeed = {
  ...restFeed,
  snapshot: 'stream',
  snapshotDepth: 0,
  publishedDepth: 50,
  continues: exact,
};

/** One request for a snapshot, open until the test answers it. */
export interface SnapshotRequest {
  readonly depth: number;
  readonly at: number;
  readonly signal: AbortSignal;
  answer(sequence: number | undefined, bids?: readonly Row[], asks?: readonly Row[]): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** Stands for everything that surrounds a live book, and writes down what the book does with it. */
export class FakeVenue {
  readonly clock: VirtualClock = createVirtualClock({ startAt: START });
  readonly requests: SnapshotRequest[] = [];
  readonly resyncs: string[] = [];
  readonly malformed: string[] = [];
  readonly reports: unknown[] = [];
  readonly states: string[] = [];
  keeper!: BookKeeper;
  book!: LiveOrderBook;
  listener!: TopicListener;
  resubscribed = 0;
  closed = 0;
  updates = 0;

  open(feed: BookFeed = restFeed, subscribed: () => void = () => {}): this {
    this.keeper = keepBook({
      symbol: SYMBOL,
      feed,
      clock: this.clock,
      random: { next: () => 0.5 },
      report: (error) => this.reports.push(error),
      on: {
        resync: (reason) => this.resyncs.push(reason),
        malformed: (what) => this.malformed.push(`${what} (${this.book.state})`),
      },
      subscribe: (listener) => {
        this.listener = listener;
        subscribed();
        return {
          resubscribe: () => void this.resubscribed++,
          close: async () => void this.closed++,
        };
      },
      fetchSnapshot: (depth, signal) => this.#fetch(depth, signal),
    });
    this.book = this.keeper.watch();
    this.book.on('update', () => this.updates++);
    this.book.on('state', (state, reason) => this.states.push(reason === undefined ? state : `${state}: ${reason}`));
    return this;
  }

  push(parts: UpdateParts & { bad?: boolean }, generation = 1): void {
    this.listener.data(parts, Number.NaN, generation);
  }

  /** One change that leaves its sequence as quantity of the bid at 98. */
  tick(sequence: number, generation = 1): void {
    this.push({ last: sequence, bids: [[98, sequence]] }, generation);
  }

  get request(): SnapshotRequest {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error('no snapshot was asked for');
    return request;
  }

  /** Live at sequence 10, with nothing written down but the states. */
  async live(): Promise<this> {
    this.open();
    this.listener.confirmed(1);
    this.tick(10);
    await this.request.answer(10);
    return this;
  }

  /** Live at sequence 10 from a stream that brings its snapshot. */
  liveStream(): this {
    this.open(streamFeed);
    this.listener.confirmed(1);
    this.whole(10);
    return this;
  }

  whole(sequence: number, generation = 1): void {
    this.push({ last: sequence, full: true, bids: [[99, 1]], asks: [[101, 1]] }, generation);
  }

  /** What happened since the last call. */
  news(): string[] {
    return this.states.splice(0);
  }

  #fetch(depth: number, signal: AbortSignal): Promise<OrderBookSnapshot> {
    return new Promise((resolve, reject) => {
      const settle = () => this.clock.advance(0);
      this.requests.push({
        depth,
        signal,
        at: this.clock.monotonic(),
        fail: (error) => {
          reject(error);
          return settle();
        },
        answer: (sequence, bids = [[99, 1]], asks = [[101, 1]]) => {
          const levels = (rows: readonly Row[]) => rows.map(([price, quantity]) => ({ price, quantity }));
          const base = {
            symbol: SYMBOL,
            bids: levels(bids),
            asks: levels(asks),
            receivedAt: this.clock.now(),
          } as const;
          resolve(sequence === undefined ? base : { ...base, sequence, updatedAt: START - 5 });
          return settle();
        },
      });
    });
  }
}
