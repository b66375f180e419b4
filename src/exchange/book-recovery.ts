import type { BookFeed } from '../adapter/book-feed.js';
import { fillUpdate } from '../book/fill-update.js';
import type { BookSync, SyncStep } from '../book/sync.js';
import { type ExchangeError, isExchangeError } from '../errors/exchange-error.js';
import { BookUpdate } from '../model/book-update.js';
import type { OrderBookSnapshot } from '../model/order-book.js';
import type { Clock, Timer } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import { RecoveryPace } from './recovery-pace.js';
import { type FetchSnapshot, SnapshotFetcher, type SnapshotHandler } from './snapshot-fetcher.js';

/** The first push leads to the snapshot; a quiet market gets it after this, ms. */
const FIRST_PUSH_MS = 3_000;
/** A snapshot newer than the stream is proven by an equal one after so long without a push, ms. */
const QUIET_MS = 2_000;
/** A stream that brings its own snapshot has so long to do so, ms. */
const WHOLE_BOOK_MS = 10_000;
/** A live book that has lost half of its depth is anchored anew at most once in this time, ms … */
const ANCHOR_EVERY_MS = 30_000;
/** … and one that has lost three quarters this often: if it came to its end it would need the same snapshot, unshown. */
const URGENT_ANCHOR_EVERY_MS = 1_000;
/** It waits till then after so many snapshots that were too old. */
const ANCHOR_TRIES = 5;

export const SILENT = 'the topic is silent';
export const DIVERGED = 'the live book had other levels than the snapshot of the same sequence';
const MOVES_UNSEEN = 'the topic is silent while the book moves';

/** Errors that no repetition cures. */
const FINAL: ReadonlySet<string> = new Set(['validation', 'invalid_symbol', 'unsupported', 'configuration', 'closed']);

interface BookRecoveryOptions {
  readonly feed: BookFeed;
  readonly sync: BookSync;
  readonly fetchSnapshot: FetchSnapshot;
  readonly clock: Clock;
  readonly random: Random;
  /** When the last push came, monotonic ms; -Infinity before the first. */
  pushedAt(): number;
  /** A snapshot did this to the book. */
  settle(step: SyncStep): void;
  /** A fresh snapshot agrees with the sequence of the live book. @param quiet it was asked for because of silence. */
  proven(quiet: boolean): void;
  /** The topic must be subscribed again; {@link BookRecovery.resubscribe} says when. */
  moveTopic(reason: string): void;
  malformed(what: string): void;
  /** The book cannot be had. */
  fail(error: ExchangeError): void;
}

/** Decides when to fetch snapshots and when to give a topic up: while the book is built, silent, or near its horizon. */
export class BookRecovery implements SnapshotHandler {
  readonly pace: RecoveryPace;
  readonly #options: BookRecoveryOptions;
  readonly #feed: BookFeed;
  readonly #sync: BookSync;
  readonly #clock: Clock;
  readonly #fetcher: SnapshotFetcher;
  /** A live book with a cut side of fewer levels than this looks for a fresh snapshot. */
  readonly anchorBelow: number;
  /** The one thing waited for, besides a snapshot. */
  #wait: Timer | undefined;
  /** A silent book is being compared with a snapshot. */
  #probing = false;
  /** Monotonic ms. */
  #anchoredAt = Number.NEGATIVE_INFINITY;
  /** Sequence of the snapshot that waits for a push; -1 where a push came since. */
  #heldSequence = -1;
  /** The venue's book moved on while the topic said nothing. */
  #movedUnseen = false;

  constructor(options: BookRecoveryOptions) {
    const { feed, clock, fetchSnapshot } = options;
    this.#options = options;
    this.#feed = feed;
    this.#sync = options.sync;
    this.#clock = clock;
    this.#fetcher = new SnapshotFetcher(fetchSnapshot, feed.snapshotDepth, clock, this);
    this.anchorBelow = feed.snapshot === 'rest' ? Math.ceil(Math.min(feed.publishedDepth, feed.snapshotDepth) / 2) : 0;
    this.pace = new RecoveryPace(options.random);
  }

  /** A push came while something was awaited. */
  pushed(): void {
    this.#heldSequence = -1;
    this.#movedUnseen = false;
  }

  /** The topic is confirmed and the book not live: starts whatever is needed next, unless it runs already. */
  progress(): void {
    if (this.#sync.state === 'live' || this.#fetcher.busy) return;
    if (this.#feed.snapshot === 'stream') {
      this.#await(WHOLE_BOOK_MS, () => this.#giveTopicUp('the stream brought no whole book'));
    } else if (this.#sync.state === 'bridging') {
      this.#await(QUIET_MS, () => this.#confirmQuiet());
    } else if (this.#sync.buffered > 0) {
      this.#fetch(this.pace.delayMs());
    } else {
      this.#await(FIRST_PUSH_MS, () => this.#fetch(this.pace.delayMs()));
    }
  }

  /** What the venue sent is of no use; tries again, more slowly each time. */
  retry(what: string): void {
    const delayMs = this.pace.failed();
    if (this.#feed.snapshot === 'stream') this.#options.moveTopic(what);
    else this.#retryFetch(delayMs);
  }

  /** The snapshot ended before the buffer began. */
  tooOld(): void {
    if (this.#sync.anchoring && this.pace.tooOldInRow >= ANCHOR_TRIES) this.#sync.stopAnchor();
    else this.#fetch(this.pace.tooOld());
  }

  /** Is the market quiet or the topic dead? A fresh snapshot with the same sequence says quiet. */
  probe(): void {
    if (this.#feed.snapshot === 'stream') {
      this.#options.moveTopic(SILENT);
      return;
    }
    this.#probing = true;
    this.#startAnchor();
  }

  /** A push proved the book before the probe did. */
  stopProbe(): void {
    if (!this.#probing) return;
    this.#probing = false;
    this.#sync.stopAnchor();
    this.#fetcher.cancel();
  }

  /** The book moved on: gets a fresh snapshot beside it when its horizon has come close. */
  checkHorizon(now: number): void {
    const depth = this.#sync.book.cutDepth;
    if (depth >= this.anchorBelow || this.#sync.anchoring) return;
    const everyMs = depth < this.anchorBelow / 2 ? URGENT_ANCHOR_EVERY_MS : ANCHOR_EVERY_MS;
    if (now - this.#anchoredAt < everyMs) return;
    this.#anchoredAt = now;
    this.#startAnchor();
  }

  /** Calls after the pause that the failures so far ask for. */
  resubscribe(then: () => void): void {
    this.#await(this.pace.delayMs(), then);
  }

  /** Stops everything that was started. */
  halt(): void {
    this.#fetcher.cancel();
    this.#stopWaiting();
    this.#probing = false;
    this.#heldSequence = -1;
    this.#movedUnseen = false;
  }

  /** The book went live at `now`. */
  wentLive(now: number): void {
    this.halt();
    this.#anchoredAt = now;
  }

  fetched(snapshot: OrderBookSnapshot): void {
    const { sequence } = snapshot;
    if (sequence === undefined) {
      this.#options.malformed('a snapshot without a sequence number');
      this.#retryFetch(this.pace.failed());
      return;
    }
    if (this.#heldSequence >= 0 && sequence !== this.#heldSequence) this.#movedUnseen = true;
    const update = new BookUpdate();
    fillUpdate(update, snapshot, sequence);
    const step = this.#sync.snapshot(update, this.#feed.snapshotDepth);
    this.#heldSequence = step === 'waiting' ? sequence : -1;
    this.#landed(step);
  }

  failed(error: unknown): void {
    if (isExchangeError(error) && FINAL.has(error.code)) this.#options.fail(error);
    else this.#retryFetch(this.pace.failed(error));
  }

  #landed(step: SyncStep): void {
    const probing = this.#probing;
    if (step === 'anchored' || step === 'diverged') {
      this.#probing = false;
      if (step === 'diverged') this.#options.malformed(DIVERGED);
      this.#options.proven(probing);
    } else if (probing && step !== 'rejected') {
      this.#options.moveTopic(MOVES_UNSEEN);
    } else {
      this.#options.settle(step);
    }
  }

  /** A snapshot newer than the stream is held: an equal second one proves it when nothing was pushed in between. */
  #confirmQuiet(): void {
    const rest = this.#options.pushedAt() + QUIET_MS - this.#clock.monotonic();
    if (rest > 0) this.#await(rest, () => this.#confirmQuiet());
    else if (this.#movedUnseen) this.#giveTopicUp(MOVES_UNSEEN);
    else this.#fetch(0);
  }

  #giveTopicUp(reason: string): void {
    this.pace.failed();
    this.#options.moveTopic(reason);
  }

  #startAnchor(): void {
    this.pace.reset();
    this.#sync.anchor();
    this.#fetch(0);
  }

  #retryFetch(delayMs: number): void {
    if (this.#sync.anchoring && !this.#probing) this.#sync.stopAnchor();
    else this.#fetch(delayMs);
  }

  #fetch(delayMs: number): void {
    this.#stopWaiting();
    this.#fetcher.plan(delayMs);
  }

  /** One wait at a time; a wait that runs goes on. */
  #await(ms: number, then: () => void): void {
    this.#wait ??= this.#clock.setTimer(ms, () => {
      this.#wait = undefined;
      then();
    });
  }

  #stopWaiting(): void {
    this.#wait?.cancel();
    this.#wait = undefined;
  }
}
