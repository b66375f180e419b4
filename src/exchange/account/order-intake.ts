import type { OrderRequest } from '../../adapter/order-endpoints.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import type { OrderType } from '../../model/order.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { Intent, IntentLog } from '../orders/intent-log.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import type { UntypedOrder } from '../orders/place-order.js';
import { asNotSent, rethrowAsNotSent } from './order-failures.js';

interface OrderIntakeOptions {
  readonly core: ExchangeCore;
  readonly tracker: OrderTracker;
  readonly log: IntentLog;
  /** The order as it will be sent, at once where nothing has to be learned. @throws for one that breaks a rule. */
  prepare(input: UntypedOrder, type?: OrderType): OrderRequest | Promise<OrderRequest>;
  /** @throws while no order is taken. */
  requireReady(): void;
  /** So long after it was recorded a command may still take effect at the venue, ms. */
  readonly commandSpanMs: number;
}

/** One order on its way. */
export interface Sent {
  readonly request: OrderRequest;
  /** Epoch ms by the venue's clock. */
  since: number;
  fence: number;
  /** The same by our monotonic clock, ms. */
  fenceMonotonic: number;
  /** Whether a byte of it may be on the wire. */
  hasLeft: boolean;
  readonly clockErrorMs?: number;
}

/**
 * What comes before the first byte of an order: it is checked, claimed and recorded, in one go where nothing has to be
 * waited for. Then nobody has been told of it yet.
 */
export class OrderIntake {
  readonly #options: OrderIntakeOptions;

  constructor(options: OrderIntakeOptions) {
    this.#options = options;
  }

  /** The order, checked, and known to the tracker from now on. @throws {ExchangeError} `not_sent` */
  accept(input: UntypedOrder, type?: OrderType): OrderRequest | Promise<OrderRequest> {
    const { requireReady } = this.#options;
    requireReady();
    const prepared = this.prepare(input, type);
    if (!(prepared instanceof Promise)) return this.#claim(prepared);
    return prepared.then((request) => {
      // The streams may have broken off while the order was prepared.
      requireReady();
      return this.#claim(request);
    });
  }

  /** @throws {ExchangeError} `not_sent` */
  prepare(input: UntypedOrder, type?: OrderType): OrderRequest | Promise<OrderRequest> {
    try {
      const prepared = this.#options.prepare(input, type);
      return prepared instanceof Promise ? prepared.catch(rethrowAsNotSent) : prepared;
    } catch (error) {
      throw asNotSent(error);
    }
  }

  /** Durable before anything is sent. @throws {ExchangeError} `not_sent` */
  record(request: OrderRequest): Sent | Promise<Sent> {
    const { core, log } = this.#options;
    // Lost orders are looked for from here on: by a clock that is ahead the search would begin too late.
    if (log.recordNow === undefined || !core.time.isKnown) return this.#recordLater(request);
    try {
      const intent = this.#intentOf(request);
      log.recordNow(intent);
      return this.#begin(intent);
    } catch (error) {
      throw this.#notRecorded(request, error);
    }
  }

  #claim(request: OrderRequest): OrderRequest {
    this.#options.tracker.claim(request);
    return request;
  }

  async #recordLater(request: OrderRequest): Promise<Sent> {
    const { core, log, tracker } = this.#options;
    tracker.announce(request.clientOrderId);
    try {
      if (!core.time.isKnown) await core.time.ready();
      const intent = this.#intentOf(request);
      await log.record(intent);
      return this.#begin(intent);
    } catch (error) {
      throw this.#notRecorded(request, error);
    }
  }

  #intentOf(request: OrderRequest): Intent {
    const { core, commandSpanMs } = this.#options;
    const since = core.time.now();
    // Known to the millisecond only when it is signed; till then the latest possible moment.
    return { venue: core.venue.id, request, since, fence: since + commandSpanMs };
  }

  #begin({ request, since, fence }: Intent): Sent {
    const { core, commandSpanMs } = this.#options;
    return { request, since, fence, fenceMonotonic: core.clock.monotonic() + commandSpanMs, hasLeft: false };
  }

  #notRecorded({ clientOrderId }: OrderRequest, error: unknown): ExchangeError {
    const { tracker } = this.#options;
    tracker.announce(clientOrderId);
    tracker.mark(clientOrderId, 'not_sent');
    return asNotSent(error);
  }
}
