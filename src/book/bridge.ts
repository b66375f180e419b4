import type { BookUpdate, SequenceRule } from '../model/book-update.js';
import { type BookVerdict, OrderBook } from './order-book.js';

/** What a book needs to know of the feed that keeps it. A `BookFeed` is one. */
export interface BookRules {
  readonly snapshot: 'rest' | 'stream';
  /** Levels per side that the feed keeps true; `Infinity` = every level it was told of. */
  readonly publishedDepth: number;
  /** Called with `last` = -1 where there is no book yet. */
  readonly continues: SequenceRule;
}

/**
 * `waiting`: more is needed. `bridged`: the book follows the stream. `too_old`: the snapshot ends before the buffer
 * begins, another is needed. `rejected`: what came cannot be a book (see `rejection`), another is needed.
 */
export type BridgeStep = 'waiting' | 'bridged' | 'too_old' | 'rejected';

/** Updates kept while a snapshot is awaited. At the bound the buffer starts again from nothing, and so does the bridge. */
export const MAX_BUFFERED = 2_000;

/** So many old updates in a row mean that the venue's counter went backwards. */
export const MAX_SKIPPED = 8;

/**
 * Builds a book out of a snapshot and the updates around it. The buffer is always a contiguous chain of copies, so only
 * its beginning has to meet the snapshot; an update that straddles the snapshot is applied whole (quantities are absolute).
 */
export class BookBridge {
  readonly book: OrderBook;
  readonly #rules: BookRules;
  #buffer: BookUpdate[] = [];
  #skipped = 0;
  #held = false;
  #bridged = false;
  #rejection: BookVerdict = 'ok';

  constructor(rules: BookRules) {
    this.#rules = rules;
    this.book = new OrderBook(rules.publishedDepth);
  }

  /** Updates in the buffer. */
  get buffered(): number {
    return this.#buffer.length;
  }

  /** Whether a snapshot is held that may still fit. */
  get held(): boolean {
    return this.#held;
  }

  /** Whether the book follows the stream. */
  get bridged(): boolean {
    return this.#bridged;
  }

  get rejection(): BookVerdict {
    return this.#rejection;
  }

  /** Forgets everything; what arrived so far does not lead to what comes. */
  restart(): void {
    this.#buffer = [];
    this.#skipped = 0;
    this.#drop('waiting');
  }

  /** One update of the stream; copied where it is kept. */
  push(update: BookUpdate): BridgeStep {
    if (update.full) return this.#pushWhole(update);
    if (this.#rules.snapshot === 'stream' && !this.#held) return 'waiting';
    if (!this.#held) {
      this.#append(update);
      return 'waiting';
    }
    const verdict = this.#rules.continues(this.book.sequence, update);
    if (verdict === 'apply') return this.#apply(update);
    if (update.lastSequence === this.book.sequence) return this.#complete();
    const fits = this.#append(update);
    return verdict === 'gap' || !fits ? this.#drop('too_old') : this.#step();
  }

  /**
   * A snapshot that was fetched. One with the sequence of the snapshot held proves that the market is quiet.
   * @param truncatedAt levels per side that were asked for.
   */
  snapshot(update: BookUpdate, truncatedAt: number): BridgeStep {
    if (this.#bridged) return 'bridged';
    const confirmsQuiet = this.#held && update.lastSequence === this.book.sequence;
    const verdict = this.book.replace(update, truncatedAt);
    if (verdict !== 'ok') return this.#reject(verdict);
    this.#held = true;
    if (confirmsQuiet || this.#buffer.at(-1)?.lastSequence === update.lastSequence) return this.#complete();
    return this.#replay();
  }

  #pushWhole(update: BookUpdate): BridgeStep {
    if (this.#rules.continues(this.#held ? this.book.sequence : -1, update) !== 'apply') return this.#step();
    const verdict = this.book.replace(update, this.#rules.publishedDepth);
    if (verdict !== 'ok') return this.#reject(verdict);
    this.#held = true;
    return this.#complete();
  }

  #replay(): BridgeStep {
    let step: BridgeStep = 'waiting';
    for (const update of this.#buffer) {
      const verdict = this.#rules.continues(this.book.sequence, update);
      if (verdict === 'gap') return this.#drop('too_old');
      if (verdict === 'skip') continue;
      step = this.#apply(update);
      if (step === 'rejected') return step;
    }
    return step;
  }

  #apply(update: BookUpdate): BridgeStep {
    const verdict = this.book.apply(update);
    if (verdict === 'ok') return this.#complete();
    this.#buffer = [];
    return this.#reject(verdict);
  }

  /** Keeps the buffer a chain. @returns `false` where it had to start again. */
  #append(update: BookUpdate): boolean {
    const last = this.#buffer.at(-1);
    const verdict = last === undefined ? 'apply' : this.#rules.continues(last.lastSequence, update);
    if (verdict === 'skip' && ++this.#skipped <= MAX_SKIPPED) return true;
    const fits = verdict === 'apply' && this.#buffer.length < MAX_BUFFERED;
    if (!fits) this.#buffer = [];
    this.#buffer.push(update.copy());
    this.#skipped = 0;
    return fits;
  }

  #step(): BridgeStep {
    return this.#bridged ? 'bridged' : 'waiting';
  }

  #complete(): BridgeStep {
    this.#buffer = [];
    this.#bridged = true;
    return 'bridged';
  }

  #reject(verdict: BookVerdict): BridgeStep {
    this.#rejection = verdict;
    return this.#drop('rejected');
  }

  #drop(step: BridgeStep): BridgeStep {
    this.#held = false;
    this.#bridged = false;
    return step;
  }
}
