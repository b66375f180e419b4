import { describe, expect, it } from 'vitest';
import type { BookFeed } from '../../../src/adapter/book-feed.js';
import { NetworkError } from '../../../src/errors/kinds.js';
import type { LiveOrderBook } from '../../../src/exchange/live-order-book.js';
import type { TopicListener } from '../../../src/exchange/topic.js';
import { keepBook } from '../../../src/exchange/topic-book-keeper.js';
import type { OrderBookSnapshot } from '../../../src/model/order-book.js';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { restFeed, streamFeed } from '../../unit/book/fake-venue.js';
import type { Row, UpdateParts } from '../../unit/book/support.js';

const SYMBOL = 'BTC/USDT';

/** A venue that misbehaves by chance, and knows what its book was at every sequence number. */
class FaultyVenue {
  readonly clock = createVirtualClock();
  readonly history: string[] = [];
  readonly #random: SeededRandom;
  readonly #feed: BookFeed;
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #listener!: TopicListener;
  #sequence = 0;
  #generation = 1;
  #muted = false;
  #connected = false;
  #delayed: UpdateParts | undefined;
  faults = 0;
  faulty = true;

  constructor(random: SeededRandom, feed: BookFeed) {
    this.#random = random;
    this.#feed = feed;
    for (let i = 1; i <= 12; i++) {
      this.#bids.set(100 - i, 1);
      this.#asks.set(100 + i, 1);
    }
    this.history.push(this.#print());
  }

  open(): LiveOrderBook {
    return keepBook({
      symbol: SYMBOL,
      feed: this.#feed,
      clock: this.clock,
      random: this.#random.fork('book'),
      report: (error) => {
        throw error;
      },
      on: { resync: () => {}, malformed: () => {} },
      subscribe: (listener) => {
        this.#listener = listener;
        this.clock.setTimer(50, () => this.#connect());
        return {
          resubscribe: () => {
            listener.lost('subscribing anew');
            this.#connected = false;
            this.clock.setTimer(50, () => this.#connect());
          },
          close: async () => {},
        };
      },
      fetchSnapshot: (_, signal) => this.#fetch(signal),
    }).watch();
  }

  /** One push interval: the market moves, and the stream says so, more or less. */
  step(): void {
    const random = this.#random;
    const first = this.#sequence + 1;
    const bids = new Map<number, number>();
    const asks = new Map<number, number>();
    for (let count = 1 + random.int(3); count > 0; count--) {
      this.#sequence++;
      const [side, changes, price] = random.chance(0.5)
        ? ([this.#bids, bids, 99 - random.int(12)] as const)
        : ([this.#asks, asks, 101 + random.int(12)] as const);
      const quantity = random.chance(0.4) ? 0 : this.#sequence;
      changes.set(price, quantity);
      if (quantity === 0) side.delete(price);
      else side.set(price, quantity);
      this.history[this.#sequence] = this.#print();
    }
    if (this.#connected && !this.#muted) this.#send({ first, last: this.#sequence, bids: [...bids], asks: [...asks] });
    if (this.faulty) this.#misbehave();
  }

  heal(): void {
    this.faulty = false;
    this.#muted = false;
    if (!this.#connected) this.#connect();
  }

  #send(parts: UpdateParts & { bad?: boolean }): void {
    const fault = this.faulty ? this.#random.int(120) : 99;
    if (fault <= 5) this.faults++;
    if (fault === 0) return;
    if (fault === 1) this.#deliver(parts);
    if (fault === 2) {
      this.#delayed = parts;
      return;
    }
    this.#deliver(fault === 3 ? { ...parts, bad: true } : fault === 4 ? { ...parts, bids: [[200, 1]] } : parts);
    if (fault === 5) this.#listener.data({ last: 1, full: true }, Number.NaN, this.#generation - 1);
    const delayed = this.#delayed;
    this.#delayed = undefined;
    if (delayed !== undefined) this.#deliver(delayed);
  }

  #deliver(parts: UpdateParts): void {
    this.#listener.data(parts, Number.NaN, this.#generation);
  }

  #misbehave(): void {
    const fault = this.#random.int(400);
    if (fault === 0 && this.#connected) {
      this.faults++;
      this.#connected = false;
      this.#listener.lost('cut');
      this.clock.setTimer(this.#random.int(3_000), () => this.#connect());
    } else if (fault === 1) {
      this.faults++;
      this.#muted = true;
    }
  }

  #connect(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#muted = false;
    this.#generation++;
    if (this.#feed.snapshot === 'stream') {
      this.#deliver({ last: this.#sequence, full: true, bids: this.#rows('bids'), asks: this.#rows('asks') });
    }
    this.#listener.confirmed(this.#generation);
  }

  #fetch(signal: AbortSignal): Promise<OrderBookSnapshot> {
    const random = this.#random;
    const level = ([price, quantity]: Row) => ({ price, quantity });
    const made: OrderBookSnapshot = {
      symbol: SYMBOL,
      bids: this.#rows('bids').map(level),
      asks: this.#rows('asks').map(level),
      sequence: this.#sequence,
      receivedAt: 0,
    };
    return new Promise((resolve, reject) => {
      const answer = () => {
        const fault = this.faulty ? random.int(6) : 99;
        if (fault < 2 || signal.aborted) reject(new NetworkError({ message: 'reset', outcome: 'unknown' }));
        else resolve(fault === 2 ? { ...made, bids: made.bids.toReversed() } : made);
      };
      this.clock.setTimer(random.int(random.chance(0.2) ? 3_000 : 300), answer);
    });
  }

  #rows(side: 'bids' | 'asks'): Row[] {
    return side === 'bids' ? [...this.#bids].sort(([a], [b]) => b - a) : [...this.#asks].sort(([a], [b]) => a - b);
  }

  #print(): string {
    return JSON.stringify([this.#rows('bids'), this.#rows('asks')]);
  }
}

function print(book: LiveOrderBook): string {
  const { bids, asks } = book.snapshot();
  return JSON.stringify([bids, asks].map((side) => side.map(({ price, quantity }) => [price, quantity])));
}

describe('a live book at a venue that misbehaves', () => {
  it.each([
    ['fetched snapshots', restFeed],
    ['snapshots from the stream', streamFeed],
  ])('is never live with another book than the venue had, and is live when the faults end: %s', async (_, feed) => {
    let faults = 0;
    let live = 0;
    let stale = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const venue = new FaultyVenue(createSeededRandom(`venue ${feed.snapshot} ${seed}`), feed);
      const book = venue.open();
      const check = () => expect(print(book), `seed ${seed}`).toBe(venue.history[book.sequence]);
      book.on('update', check);
      book.on('state', (state) => (state === 'live' ? check() : state === 'stale' && stale++));
      for (let step = 0; step < 1_500; step++) {
        if (step === 1_000) venue.heal();
        venue.step();
        await venue.clock.advance(100);
        if (book.state === 'live') {
          live++;
          check();
        }
      }
      expect(book.state, `seed ${seed}`).toBe('live');
      await book.close();
      faults += venue.faults;
    }
    expect(live).toBeGreaterThan(10_000);
    expect(faults).toBeGreaterThan(500);
    expect(stale).toBeGreaterThan(200);
  });
});
