/** A timer in a {@link TimerHeap}. `index` is its place in the heap, -1 when it is not in one. */
export interface HeapTimer {
  readonly dueAt: number;
  /** Tells timers of one due time apart: the lower was started first. */
  readonly order: number;
  index: number;
}

/** Binary heap of timers by (due time, start order). Every timer knows its place, so removing one is O(log n) too. */
export class TimerHeap<T extends HeapTimer> {
  readonly #timers: T[] = [];

  get size(): number {
    return this.#timers.length;
  }

  /** The timer that is due first. */
  peek(): T | undefined {
    return this.#timers[0];
  }

  add(timer: T): void {
    this.#timers.push(timer);
    this.#raise(timer, this.#timers.length - 1);
  }

  /** Does nothing when the timer is not in the heap. */
  remove(timer: T): void {
    const hole = timer.index;
    if (hole < 0) return;
    timer.index = -1;
    const last = this.#timers.pop() as T;
    if (last === timer) return;
    if (hole > 0 && isBefore(last, this.#timers[(hole - 1) >> 1] as T)) this.#raise(last, hole);
    else this.#sink(last, hole);
  }

  #raise(timer: T, from: number): void {
    const timers = this.#timers;
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = timers[up] as T;
      if (!isBefore(timer, parent)) break;
      timers[at] = parent;
      parent.index = at;
      at = up;
    }
    timers[at] = timer;
    timer.index = at;
  }

  #sink(timer: T, from: number): void {
    const timers = this.#timers;
    const size = timers.length;
    let at = from;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && isBefore(timers[down + 1] as T, timers[down] as T)) down++;
      const child = timers[down] as T;
      if (!isBefore(child, timer)) break;
      timers[at] = child;
      child.index = at;
      at = down;
    }
    timers[at] = timer;
    timer.index = at;
  }
}

function isBefore(a: HeapTimer, b: HeapTimer): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order);
}
