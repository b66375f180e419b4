interface Waiting<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

const DONE = { done: true, value: undefined } as const;

/** One iteration over a subscription: what came and was not taken yet, or who waits for what comes next. */
export class SubscriptionReader<T> implements AsyncIterator<T, undefined> {
  readonly #left: (reader: SubscriptionReader<T>) => void;
  #queue: T[] = [];
  #waiting: Waiting<T>[] = [];
  #isOver = false;
  #failure: unknown;

  /** @param left called once, when nothing will be taken any more. */
  constructor(left: (reader: SubscriptionReader<T>) => void) {
    this.#left = left;
  }

  /** Events not taken yet. */
  get behind(): number {
    return this.#queue.length;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#queue.length > 0) return Promise.resolve({ done: false, value: this.#queue.shift() as T });
    if (!this.#isOver) return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    const failure = this.#failure;
    this.#failure = undefined;
    return failure === undefined ? Promise.resolve(DONE) : Promise.reject(failure);
  }

  /** The loop was left: also while somebody waits. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#queue = [];
    this.#failure = undefined;
    this.end(undefined);
    this.#left(this);
    return Promise.resolve(DONE);
  }

  push(event: T): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#queue.push(event);
    else waiting.resolve({ done: false, value: event });
  }

  /** Puts the event in the place of one of the same key that was not taken yet. @returns whether there was one. */
  replace(event: T, keyOf: (event: T) => string): boolean {
    if (this.#queue.length === 0) return false;
    const key = keyOf(event);
    const index = this.#queue.findIndex((queued) => keyOf(queued) === key);
    if (index < 0) return false;
    this.#queue[index] = event;
    return true;
  }

  /** Forgets the oldest event. */
  drop(): void {
    this.#queue.shift();
  }

  /** What is queued still comes out; then the failure, once, and the end. */
  end(failure: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    const [first, ...others] = this.#waiting.splice(0);
    if (first === undefined) return;
    if (failure === undefined) first.resolve(DONE);
    else {
      this.#failure = undefined;
      first.reject(failure);
    }
    for (const { resolve } of others) resolve(DONE);
  }
}
