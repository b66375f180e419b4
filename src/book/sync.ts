import type { BookUpdate } from '../model/book-update.js';
import { BookBridge, type BookRules, type BridgeStep, MAX_SKIPPED } from './bridge.js';
import { type BookVerdict, OrderBook } from './order-book.js';

/**
 * `idle`: the topic is not there. `buffering`: updates are kept, a snapshot is needed. `bridging`: a snapshot is held
 * that the stream has not met yet. `live`: proven. `broken`: it was live and cannot be proven any more; see `reason`.
 */
type SyncState = 'idle' | 'buffering' | 'bridging' | 'live' | 'broken';

/**
 * What an input did. `ignored`: nothing. `waiting`: kept, not live. `changed`: live, and the book shown has moved on.
 * `live`: the book went live. `anchored`: live, and replaced by a fresh snapshot with the same sequence. `diverged`: as
 * `anchored`, but the old book had other levels than the venue. `too_old`, `rejected`: the snapshot is of no use, fetch
 * another. `broken`: it was live; take it off the screen, then call `resume`.
 */
export type SyncStep =
  | 'ignored'
  | 'waiting'
  | 'changed'
  | 'live'
  | 'anchored'
  | 'diverged'
  | 'too_old'
  | 'rejected'
  | 'broken';

/**
 * Keeps one book in step with its stream: a pure state machine without network, timers or clock. The book may be shown
 * while `state` is `live` and never else. Frames of older connections are dropped; a newer connection that comes without
 * a loss (planned change) continues a live book by its sequence.
 */
export class BookSync {
  readonly #rules: BookRules;
  #state: SyncState = 'idle';
  #book: OrderBook;
  /** Builds the next book: while not live, and beside a live one while it is anchored anew. */
  #bridge: BookBridge | undefined;
  #generation = -1;
  #confirmed = false;
  #skipped = 0;
  #reason = '';

  constructor(rules: BookRules) {
    this.#rules = rules;
    this.#book = new OrderBook(rules.publishedDepth);
  }

  get state(): SyncState {
    return this.#state;
  }

  /** The book shown last; another object after each rebuild. */
  get book(): OrderBook {
    return this.#book;
  }

  /** Updates kept for the next book. */
  get buffered(): number {
    return this.#bridge?.buffered ?? 0;
  }

  /** Whether a fresh snapshot is awaited beside the live book. */
  get anchoring(): boolean {
    return this.#state === 'live' && this.#bridge !== undefined;
  }

  /** Why it broke, or why a snapshot was rejected, in words. */
  get reason(): string {
    return this.#reason;
  }

  /** Whether a frame of this connection counts. */
  accepts(generation: number): boolean {
    return generation >= this.#generation;
  }

  /** The venue acknowledged the topic. */
  confirmed(generation: number): SyncStep {
    if (!this.accepts(generation)) return 'ignored';
    this.#adopt(generation);
    this.#confirmed = true;
    if (this.#state === 'live' || this.#state === 'broken') return 'ignored';
    return this.#advance(this.#building().bridged ? 'bridged' : 'waiting');
  }

  /** One update of the stream. It may be refilled after the call. */
  update(update: BookUpdate, generation: number): SyncStep {
    if (generation !== this.#generation) {
      if (!this.accepts(generation)) return 'ignored';
      this.#adopt(generation);
    }
    if (this.#state !== 'live') return this.#advance(this.#building().push(update));
    const verdict = this.#rules.continues(this.#book.sequence, update);
    if (verdict === 'apply') return this.#apply(update);
    if (verdict === 'gap') {
      return this.#break(`a gap: ${update.firstSequence} after ${this.#book.sequence}`, update);
    }
    this.#skipped++;
    return this.#skipped > MAX_SKIPPED ? this.#break('the sequence went backwards', update) : 'ignored';
  }

  /**
   * A fetched snapshot.
   * @param truncatedAt levels per side that were asked for.
   */
  snapshot(update: BookUpdate, truncatedAt: number): SyncStep {
    if (this.#bridge === undefined || this.#state === 'idle') return 'ignored';
    const step = this.#bridge.snapshot(update, truncatedAt);
    return this.#state === 'live' ? this.#anchorStep(step) : this.#advance(step);
  }

  /** A push of the connection `generation` could not be read: what it said is missing. */
  fault(reason: string, generation: number): SyncStep {
    if (!this.accepts(generation)) return 'ignored';
    this.#adopt(generation);
    if (this.#state === 'live') return this.#break(reason);
    this.#bridge?.restart();
    return this.#state === 'idle' ? 'ignored' : this.#advance('waiting');
  }

  /** The connection or the topic is gone. */
  lost(): void {
    this.#state = 'idle';
    this.#confirmed = false;
    this.#bridge = undefined;
  }

  /** Takes the rebuild up after `broken`; what came since is in the buffer. */
  resume(): SyncStep {
    if (this.#state !== 'broken') return 'ignored';
    this.#state = 'buffering';
    return this.#advance(this.#building().bridged ? 'bridged' : 'waiting');
  }

  /** Begins to build a second book beside the live one; the next snapshot is for it. */
  anchor(): void {
    if (this.#state === 'live') this.#bridge = new BookBridge(this.#rules);
  }

  /** Gives up the second book. */
  stopAnchor(): void {
    if (this.#state === 'live') this.#bridge = undefined;
  }

  #adopt(generation: number): void {
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#skipped = 0;
    if (this.#state === 'live') return;
    this.#confirmed = false;
    this.#bridge?.restart();
  }

  #building(): BookBridge {
    this.#bridge ??= new BookBridge(this.#rules);
    return this.#bridge;
  }

  #apply(update: BookUpdate): SyncStep {
    this.#skipped = 0;
    const book = this.#book;
    const verdict = update.full ? book.replace(update, this.#rules.publishedDepth) : book.apply(update);
    if (verdict !== 'ok') return this.#break(inWords(verdict));
    if (this.#bridge === undefined) return 'changed';
    const step = this.#anchorStep(this.#bridge.push(update));
    if (step === 'too_old' || step === 'rejected') this.#bridge = undefined;
    return step === 'diverged' ? step : 'changed';
  }

  #break(reason: string, update?: BookUpdate): SyncStep {
    this.#state = 'broken';
    this.#reason = reason;
    this.#skipped = 0;
    this.#bridge = new BookBridge(this.#rules);
    if (update !== undefined) this.#bridge.push(update);
    return 'broken';
  }

  /** Moves on while not live. */
  #advance(step: BridgeStep): SyncStep {
    if (this.#state === 'broken') return 'waiting';
    if (step === 'bridged' && this.#confirmed) return this.#goLive();
    if (step === 'rejected') this.#reason = `the snapshot is impossible: ${this.#building().rejection}`;
    this.#state = this.#building().held ? 'bridging' : 'buffering';
    return step === 'bridged' ? 'waiting' : step;
  }

  #goLive(): SyncStep {
    this.#take();
    this.#state = 'live';
    return 'live';
  }

  /** Beside a live book: the new one takes over as soon as both stand at the same sequence. */
  #anchorStep(step: BridgeStep): SyncStep {
    if (step === 'too_old' || step === 'rejected') return step;
    const bridge = this.#building();
    if (!bridge.held || bridge.book.sequence !== this.#book.sequence) return 'waiting';
    const same = sameLevels(this.#book, bridge.book);
    this.#take();
    return same ? 'anchored' : 'diverged';
  }

  #take(): void {
    this.#book = this.#building().book;
    this.#bridge = undefined;
    this.#skipped = 0;
  }
}

function inWords(verdict: BookVerdict): string {
  return verdict === 'exhausted'
    ? 'the price has left the known part of the book'
    : `the book is impossible: ${verdict}`;
}

/** Whether two books of one sequence agree on every level that both know. */
function sameLevels(a: OrderBook, b: OrderBook): boolean {
  return sameSide(a, b, 'bids') && sameSide(a, b, 'asks');
}

function sameSide(a: OrderBook, b: OrderBook, side: 'bids' | 'asks'): boolean {
  const [left, right] = [a[side], b[side]];
  if (!left.cut && !right.cut && left.count !== right.count) return false;
  const depth = Math.min(left.count, right.count);
  for (let index = 0; index < depth; index++) {
    if (left.priceAt(index) !== right.priceAt(index)) return false;
    if (left.quantityAt(index) !== right.quantityAt(index)) return false;
  }
  return true;
}
