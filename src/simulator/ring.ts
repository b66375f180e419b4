/** A list that keeps its newest `limit` items. Items are numbered from 0 in the order in which they came. */
export class Ring<T> {
  readonly #items: T[] = [];
  readonly #limit: number;
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many were ever pushed; the next item gets this number. */
  get total(): number {
    return this.#total;
  }

  /** Number of the oldest item that is kept; equals `total` while nothing is. */
  get oldest(): number {
    return this.#total - this.#items.length;
  }

  push(item: T): void {
    if (this.#items.length < this.#limit) this.#items.push(item);
    else this.#items[this.#total % this.#limit] = item;
    this.#total++;
  }

  /** Kept items with a number of `index` or above, oldest first. */
  from(index: number): T[] {
    const first = Math.max(index, this.oldest);
    if (first >= this.#total) return [];
    if (this.oldest === 0) return this.#items.slice(first);
    const start = first % this.#limit;
    const end = this.#total % this.#limit;
    if (start < end) return this.#items.slice(start, end);
    return this.#items.slice(start).concat(this.#items.slice(0, end));
  }
}
