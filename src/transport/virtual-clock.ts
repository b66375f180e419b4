import { ValidationError } from '../errors/kinds.js';
import { type Clock, settle, type Timer } from './clock.js';
import { type HeapTimer, TimerHeap } from './timer-heap.js';

/** Time that moves only when told to. Timers fire in the order (due time, start order), the same on every run. */
export interface VirtualClock extends Clock {
  /**
   * Moves time on by `ms` and fires every timer that becomes due on the way. Promise chains run to their end before the
   * first timer and again before each later due time, so what they start takes its place in the order. What waits for
   * real input or output (a dynamic `import`, a socket) is not waited for. One call at a time.
   * @throws {ValidationError} when `ms` is negative or not finite, or while another call is running; and whatever a
   * timer's callback throws, with the time standing at that timer.
   */
  advance(ms: number): Promise<void>;
  /** As {@link advance}, up to this wall time; a moment that has passed moves nothing. */
  runUntil(epochMs: number): Promise<void>;
  /** Timers that are started and neither fired nor cancelled. */
  readonly pendingTimers: number;
  /** Moves `now` by whole `ms`, either way, but not `monotonic`: somebody set the wall clock. */
  jumpWallClock(ms: number): void;
}

/** @param options.startAt wall time at the start, whole epoch ms; default 2025-01-01T00:00:00Z. `monotonic` starts at 0. */
export function createVirtualClock(options: { readonly startAt?: number } = {}): VirtualClock {
  const startAt = options.startAt ?? Date.UTC(2025, 0, 1);
  requireInteger('startAt', startAt);
  return new HeapClock(startAt);
}

class HeapClock implements VirtualClock {
  readonly #heap = new TimerHeap<VirtualTimer>();
  #epoch: number;
  #elapsed = 0;
  #started = 0;
  #running = false;

  constructor(startAt: number) {
    this.#epoch = startAt;
  }

  get pendingTimers(): number {
    return this.#heap.size;
  }

  now(): number {
    return this.#epoch + Math.floor(this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    // One NaN would spoil the order of the whole heap.
    const dueAt = this.#elapsed + (Math.max(delayMs, 0) || 0);
    const timer = new VirtualTimer(this.#heap, dueAt, this.#started++, callback);
    this.#heap.add(timer);
    return timer;
  }

  jumpWallClock(ms: number): void {
    requireInteger('ms', ms);
    this.#epoch += ms;
  }

  advance(ms: number): Promise<void> {
    return this.#run(this.#elapsed + ms, ms);
  }

  runUntil(epochMs: number): Promise<void> {
    const target = epochMs - this.#epoch;
    return this.#run(Math.max(target, this.#elapsed), epochMs);
  }

  async #run(target: number, received: number): Promise<void> {
    if (!Number.isFinite(received) || target < this.#elapsed) {
      throw new ValidationError({ field: 'ms', expected: 'a finite number that is not negative', received });
    }
    if (this.#running) {
      throw new ValidationError({
        field: 'advance',
        expected: 'one call at a time',
        received: 'a call inside another',
      });
    }
    this.#running = true;
    try {
      await settle();
      for (let timer = this.#heap.peek(); timer !== undefined && timer.dueAt <= target; timer = this.#heap.peek()) {
        this.#fireAll(timer.dueAt);
        await settle();
      }
      this.#elapsed = target;
    } finally {
      this.#running = false;
    }
  }

  /** Fires what is due at this moment; what the callbacks start for the same moment comes after the promise chains. */
  #fireAll(dueAt: number): void {
    this.#elapsed = dueAt;
    const bound = this.#started;
    for (let timer = this.#heap.peek(); timer?.dueAt === dueAt && timer.order < bound; timer = this.#heap.peek()) {
      this.#heap.remove(timer);
      timer.callback();
    }
  }
}

class VirtualTimer implements HeapTimer, Timer {
  readonly #heap: TimerHeap<VirtualTimer>;
  readonly dueAt: number;
  readonly order: number;
  readonly callback: () => void;
  index = -1;

  constructor(heap: TimerHeap<VirtualTimer>, dueAt: number, order: number, callback: () => void) {
    this.#heap = heap;
    this.dueAt = dueAt;
    this.order = order;
    this.callback = callback;
  }

  cancel(): void {
    this.#heap.remove(this);
  }
}

function requireInteger(field: string, value: number): void {
  if (!Number.isSafeInteger(value))
    throw new ValidationError({ field, expected: 'whole milliseconds', received: value });
}
