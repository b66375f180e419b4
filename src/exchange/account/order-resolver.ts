import type { OrderReport } from '../../adapter/order-endpoints.js';
import { isExchangeError } from '../../errors/exchange-error.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import { isKeyRefusal } from './key-refusal.js';
import { gatherEvidence, type Sought } from './order-evidence.js';
import type { OrderReads } from './order-reads.js';

/** Waits between two looks, ms; the last one repeats. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000] as const;
/** Before absence can be proven, every so many looks go through all lists. */
const FULL_LOOK_EVERY = 3;
/** Pause once nobody waits for the answer any more, ms. */
const BACKGROUND_PAUSE_MS = 30_000;
/** On top of the venue's own lag: clocks are not the same. */
const MARGIN_MS = 1_000;
const TERMS = ['symbol', 'side', 'type', 'price', 'quantity', 'quoteQuantity'] as const;

export type Resolution =
  | { readonly kind: 'found'; readonly report: OrderReport }
  /** The tracker has it: a push has named it. */
  | { readonly kind: 'shown' }
  /** After the fence and the venue's lag it was in none of the lists: the venue does not have it and will not take it. */
  | { readonly kind: 'absent' };

/** Turns a command whose answer was lost into what became of it, by evidence alone. */
export class OrderResolver {
  readonly #core: ExchangeCore;
  readonly #reads: OrderReads;
  readonly #visibilityLagMs: number;
  readonly #tracker: OrderTracker;
  readonly #signal: AbortSignal;
  readonly #asleep = new Set<() => void>();

  /** @param visibilityLagMs the venue may hide a new order for so long. */
  constructor(
    core: ExchangeCore,
    reads: OrderReads,
    tracker: OrderTracker,
    visibilityLagMs: number,
    signal: AbortSignal,
  ) {
    this.#tracker = tracker;
    this.#core = core;
    this.#reads = reads;
    this.#visibilityLagMs = visibilityLagMs;
    this.#signal = signal;
    const wakeAll = (): void => {
      for (const wake of this.#asleep) wake();
    };
    signal.addEventListener('abort', wakeAll, { once: true });
  }

  /**
   * Looks again and again until it is known. `undefined`: the exchange was closed. While the keys are refused it looks now
   * and then: they may be given their rights back.
   * @param patientMs looks often for so long, then now and then.
   */
  async resolve(sought: Sought, patientMs: number): Promise<Resolution | undefined> {
    const { clock } = this.#core;
    const startedAt = clock.monotonic();
    let isRefused = false;
    for (let look = 0; !this.#signal.aborted; look++) {
      const isLate = isRefused || clock.monotonic() - startedAt >= patientMs;
      const pauseMs = isLate ? BACKGROUND_PAUSE_MS : (PAUSES_MS[look] ?? PAUSES_MS[PAUSES_MS.length - 1] ?? 0);
      await this.#sleep(pauseMs);
      if (this.#signal.aborted) return undefined;
      if (this.#isShown(sought)) return { kind: 'shown' };
      try {
        const isOver = this.#isOver(sought);
        const isGlance = !isOver && look % FULL_LOOK_EVERY !== 0;
        const evidence = await gatherEvidence(this.#reads, sought, isGlance, () => this.#hasRival(sought));
        isRefused = false;
        if (evidence.found !== undefined) return { kind: 'found', report: evidence.found };
        if (evidence.isComplete && isOver) return { kind: 'absent' };
      } catch (error) {
        if (isExchangeError(error, 'closed')) return undefined;
        isRefused = isKeyRefusal(error);
        this.#core.metrics.count('orders.evidenceFailed');
      }
    }
    return undefined;
  }

  /** Whether the venue takes it no more, and shows it if it took it. By both clocks: the venue's may be set ahead and back. */
  #isOver({ fence, fenceMonotonic }: Sought): boolean {
    const { clock, time } = this.#core;
    const lagMs = this.#visibilityLagMs + MARGIN_MS;
    return time.now() >= fence + lagMs && clock.monotonic() >= fenceMonotonic + lagMs;
  }

  /** One listener for all who sleep: many orders may be looked for at once. */
  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        timer.cancel();
        this.#asleep.delete(end);
        resolve();
      };
      const timer = this.#core.clock.setTimer(ms, end);
      this.#asleep.add(end);
    });
  }

  /** A push that named the order is evidence as good as any list. */
  #isShown({ request: { symbol, clientOrderId } }: Sought): boolean {
    return this.#tracker.get({ symbol, clientOrderId })?.orderId !== undefined;
  }

  /** Whether another order of ours, of which the venue's id is not known yet either, has the same terms. */
  #hasRival({ request }: Sought): boolean {
    return this.#tracker
      .open()
      .some(
        (order) =>
          order.origin === 'own' &&
          order.orderId === undefined &&
          order.clientOrderId !== request.clientOrderId &&
          TERMS.every((name) => order[name] === request[name]),
      );
  }
}
