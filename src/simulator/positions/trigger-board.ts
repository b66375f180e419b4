import type { Timer } from '../../transport/clock.js';
import type { FuturesAccount } from './futures-account.js';
import type { FuturesDesk } from './futures-model.js';
import { FuturesRefusal } from './futures-request.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { TriggerDesk, TriggerOrder, TriggerRequest } from './trigger-order.js';

/** Orders that wait for a price; looked through after every trade and every new mark price. */
export class TriggerBoard implements TriggerDesk {
  readonly #desk: Pick<FuturesDesk, 'clock' | 'place'>;
  readonly #all: TriggerOrder[] = [];
  readonly #open = new Set<TriggerOrder>();
  readonly #timers = new Map<TriggerOrder, Timer>();

  constructor(desk: Pick<FuturesDesk, 'clock' | 'place'>) {
    this.#desk = desk;
  }

  place(account: FuturesAccount, request: TriggerRequest): TriggerOrder {
    requireAhead(request);
    const now = this.#now();
    const trigger: TriggerOrder = {
      number: this.#all.length + 1,
      account,
      request,
      status: 'open',
      orderId: undefined,
      failure: undefined,
      createdAt: now,
      updatedAt: now,
      endedAt: undefined,
    };
    this.#all.push(trigger);
    this.#open.add(trigger);
    const { expiresAfterMs } = request;
    if (expiresAfterMs !== undefined) {
      const expire = (): void => this.#end(trigger, 'expired');
      this.#timers.set(trigger, this.#desk.clock.setTimer(expiresAfterMs, expire, { background: true }));
    }
    account.tell((listener) => listener.trigger?.(trigger));
    return trigger;
  }

  cancel(trigger: TriggerOrder): boolean {
    if (trigger.status !== 'open') return false;
    this.#end(trigger, 'canceled');
    return true;
  }

  amend(trigger: TriggerOrder, request: TriggerRequest): void {
    if (trigger.status !== 'open') throw new FuturesRefusal('not_open');
    requireAhead(request);
    trigger.request = request;
    trigger.updatedAt = this.#now();
    trigger.account.tell((listener) => listener.trigger?.(trigger));
  }

  of(account: FuturesAccount): readonly TriggerOrder[] {
    return this.#all.filter((one) => one.account === account);
  }

  /** Whether anything waits for a price of this market. */
  waitsFor(market: PerpetualMarket): boolean {
    for (const { request } of this.#open) if (request.market === market) return true;
    return false;
  }

  /** Fires what is reached. Never to be called in the middle of a match. */
  check(market: PerpetualMarket): void {
    for (const trigger of [...this.#open]) {
      // What one of them places may trade, which fires others in between.
      const isWaiting = trigger.request.market === market && this.#open.has(trigger);
      if (isWaiting && isReached(trigger.request)) this.#fire(trigger);
    }
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #fire(trigger: TriggerOrder): void {
    const { account, request } = trigger;
    // It is over first: what it places may trade, and trades are looked at.
    this.#open.delete(trigger);
    try {
      trigger.orderId = this.#desk.place(account, request.market, request.order).id;
      this.#end(trigger, 'fired');
    } catch (error) {
      if (!(error instanceof FuturesRefusal)) throw error;
      trigger.failure = error.reason;
      this.#end(trigger, 'failed');
    }
  }

  #end(trigger: TriggerOrder, status: TriggerOrder['status']): void {
    this.#open.delete(trigger);
    this.#timers.get(trigger)?.cancel();
    this.#timers.delete(trigger);
    trigger.status = status;
    trigger.updatedAt = this.#now();
    trigger.endedAt = trigger.updatedAt;
    trigger.account.tell((listener) => listener.trigger?.(trigger));
  }

  #now(): number {
    return Math.floor(this.#desk.clock.now());
  }
}

/** The reference price now, in units of `10^-markDecimals`. */
function referenceTicks({ market, reference }: TriggerRequest): number {
  const { prices, terms, spec } = market;
  if (reference === 'mark') return prices.markTicks;
  if (reference === 'index') return prices.indexTicks;
  return market.market.lastTicks * 10 ** (terms.markDecimals - spec.priceDecimals);
}

function isReached(request: TriggerRequest): boolean {
  const now = referenceTicks(request);
  return request.rule === 'at_or_above' ? now >= request.triggerTicks : now <= request.triggerTicks;
}

function requireAhead(request: TriggerRequest): void {
  if (!request.refusesReached || !isReached(request)) return;
  throw new FuturesRefusal(request.rule === 'at_or_above' ? 'trigger_below_last' : 'trigger_above_last');
}
