import type { Clock, Timer } from '../../../transport/clock.js';
import type { SimFrame } from '../../contract.js';
import type { Source } from './source.js';

/** Who receives the pushes of a topic. */
export interface Subscriber {
  deliver(frame: SimFrame): void;
}

/** One topic with one timer, which runs only while somebody listens; each frame is built once and shared by all. */
export class Publisher {
  readonly #clock: Clock;
  readonly #topic: string;
  readonly #intervalMs: number;
  readonly #source: Source;
  readonly #subscribers = new Set<Subscriber>();
  #timer: Timer | undefined;
  #dueAt = 0;

  constructor(clock: Clock, topic: string, intervalMs: number, source: Source) {
    this.#clock = clock;
    this.#topic = topic;
    this.#intervalMs = intervalMs;
    this.#source = source;
  }

  add(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    if (this.#timer === undefined) this.#arm();
  }

  /** `false` once nobody is left; the timer has stopped then. */
  remove(subscriber: Subscriber): boolean {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size > 0) return true;
    this.stop();
    return false;
  }

  stop(): void {
    this.#subscribers.clear();
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#dueAt = 0;
  }

  /** Due at whole multiples of the interval: topics of one speed wake up together, and no delay adds up. */
  #arm(): void {
    const now = this.#clock.monotonic();
    const next = (Math.floor(now / this.#intervalMs) + 1) * this.#intervalMs;
    // A real timer may fire a little early; the same multiple must not come twice.
    this.#dueAt = Math.max(next, this.#dueAt + this.#intervalMs);
    this.#timer = this.#clock.setTimer(this.#dueAt - now, this.#tick);
  }

  readonly #tick = (): void => {
    this.#arm();
    this.#source(Math.floor(this.#clock.now()), this.#emit);
  };

  readonly #emit = (data: string | Uint8Array): void => {
    const frame: SimFrame = { data, kind: 'data', topic: this.#topic };
    for (const subscriber of this.#subscribers) subscriber.deliver(frame);
  };
}
