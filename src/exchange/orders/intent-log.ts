import type { OrderRequest } from '../../adapter/order-endpoints.js';
import { ConfigurationError, DuplicateOrderError, OverflowError } from '../../errors/kinds.js';
import type { VenueId } from '../../model/venue-id.js';

/** An order that is about to be sent. Holds no secret. */
export interface Intent {
  readonly venue: VenueId;
  readonly request: OrderRequest;
  /** Epoch ms by the venue's clock before which it is not sent. */
  readonly since: number;
  /** Epoch ms by the venue's clock after which the venue does not take it any more. */
  readonly fence: number;
}

/**
 * How an intent ended. `placed`: the venue has or had it. `absent`: evidence shows that it never came to be. `rejected`:
 * the venue refused it for certain. `not_sent`: no byte of it left.
 */
export interface IntentOutcome {
  readonly result: 'placed' | 'absent' | 'rejected' | 'not_sent';
  readonly orderId?: string;
}

/**
 * Remembers every order before its first byte is sent, so that a crash leaves no order that nobody looks for. One log may
 * serve several exchanges.
 */
export interface IntentLog {
  /**
   * Resolves when the intent is as durable as the log makes it; only then may it be sent.
   * @throws {DuplicateOrderError} `not_sent`, when the id is open or was placed or absent: its bytes may have been on the
   * wire. An id that ended `rejected` or `not_sent` is free again.
   * @throws {OverflowError} with 10,000 open intents. @throws {ConfigurationError} `not_sent`, when the log has failed.
   */
  record(intent: Intent): Promise<void>;
  /**
   * {@link IntentLog.record} of a log that has nothing to wait for: when it returns the intent may be sent. Absent where
   * recording takes time. @throws what `record` rejects with.
   */
  recordNow?(intent: Intent): void;
  /** Writes down how an intent ended; an id that is not open is left alone. Losing it in a crash costs one more look. */
  settle(clientOrderId: string, outcome: IntentOutcome): Promise<void>;
  /** {@link IntentLog.settle} of a log that has nothing to wait for. Absent where writing takes time. */
  settleNow?(clientOrderId: string, outcome: IntentOutcome): void;
  /** Intents without an outcome, oldest first; after a restart those of the run before. */
  open(): readonly Intent[];
  /** Idempotent. What was recorded before is durable when it resolves. */
  close(): Promise<void>;
}

const MAX_OPEN = 10_000;

/**
 * What a log knows: open intents, and the ids that must not come again. Bounded: of the settled ids the newest
 * `rememberedIds` are kept, older ones are no longer recognised as duplicates.
 */
export class IntentTable {
  readonly #open = new Map<string, Intent>();
  readonly #used = new Set<string>();
  readonly #rememberedIds: number;

  constructor(rememberedIds: number) {
    if (!Number.isSafeInteger(rememberedIds) || rememberedIds < 0) {
      throw new ConfigurationError({ field: 'rememberedIds', expected: 'a whole number', received: rememberedIds });
    }
    this.#rememberedIds = rememberedIds;
  }

  /** @throws {DuplicateOrderError | OverflowError} */
  add(intent: Intent): void {
    const { clientOrderId } = intent.request;
    if (this.knows(clientOrderId)) {
      const message = `clientOrderId: expected one that was never used, received ${JSON.stringify(clientOrderId)}`;
      throw new DuplicateOrderError({ message, outcome: 'not_sent', venue: intent.venue });
    }
    if (this.#open.size >= MAX_OPEN) {
      throw new OverflowError({ message: `${MAX_OPEN} orders are without an outcome; settle them first` });
    }
    this.#open.set(clientOrderId, intent);
  }

  /** Whether the id must not come again. */
  knows(clientOrderId: string): boolean {
    return this.#open.has(clientOrderId) || this.#used.has(clientOrderId);
  }

  /** Takes back an intent that could not be made durable. */
  drop(clientOrderId: string): void {
    this.#open.delete(clientOrderId);
  }

  /** @returns whether it was open. */
  settle(clientOrderId: string, { result }: IntentOutcome): boolean {
    if (!this.#open.delete(clientOrderId)) return false;
    if (result === 'placed' || result === 'absent') this.remember(clientOrderId);
    return true;
  }

  remember(clientOrderId: string): void {
    this.#used.add(clientOrderId);
    if (this.#used.size <= this.#rememberedIds) return;
    for (const oldest of this.#used) {
      this.#used.delete(oldest);
      return;
    }
  }

  get open(): readonly Intent[] {
    return [...this.#open.values()];
  }

  /** Settled ids that must not come again, oldest first. */
  get used(): readonly string[] {
    return [...this.#used];
  }
}
