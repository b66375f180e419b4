import type { Clock, Timer } from '../../src/transport/clock.js';
import { type HeapTimer, TimerHeap } from '../../src/transport/timer-heap.js';

interface Due extends HeapTimer {
  readonly callback: () => void;
}

/** Turns of the micro-task queue in which the promises of this harness have run to their end. */
const TURNS = 4;

/**
 * A virtual clock that gives promises a few micro-tasks instead of a turn of the event loop: many times as fast, and
 * enough for what waits for nothing but itself.
 */
export class MicroClock implements Clock {
  readonly #heap = new TimerHeap<Due>();
  #now = 0;
  #order = 0;

  get pendingTimers(): number {
    return this.#heap.size;
  }

  now(): number {
    return 1_782_900_000_000 + Math.floor(this.#now);
  }

  monotonic(): number {
    return this.#now;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const timer = { dueAt: this.#now + Math.max(0, delayMs), order: this.#order++, index: -1, callback };
    this.#heap.add(timer);
    return { cancel: () => this.#heap.remove(timer) };
  }

  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    await turns();
    for (let timer = this.#heap.peek(); timer !== undefined && timer.dueAt <= target; timer = this.#heap.peek()) {
      this.#heap.remove(timer);
      this.#now = timer.dueAt;
      timer.callback();
      await turns();
    }
    this.#now = target;
  }
}

async function turns(): Promise<void> {
  for (let left = TURNS; left > 0; left--) await undefined;
}
