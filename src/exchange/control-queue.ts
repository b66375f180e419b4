import type { Clock, Timer } from '../transport/clock.js';

interface Waiting {
  readonly text: string;
  readonly onSent: () => void;
}

/** Sends control messages of one socket at no more than a given rate; bounded by the topics that may be on the socket. */
export class ControlQueue {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #send: (text: string) => boolean;
  readonly #oneAtATime: boolean;
  #waiting: Waiting[] = [];
  #sentAt: number[] = [];
  #isAwaiting = false;
  #timer: Timer | undefined;

  /** @param oneAtATime each message waits until the one before is {@link settled}. */
  constructor(clock: Clock, perSecond: number, send: (text: string) => boolean, oneAtATime = false) {
    this.#clock = clock;
    this.#oneAtATime = oneAtATime;
    this.#perSecond = perSecond;
    this.#send = send;
  }

  /** `onSent` is called when it is written; never after {@link clear}. */
  push(text: string, onSent: () => void): void {
    this.#waiting.push({ text, onSent });
    if (this.#timer === undefined) this.#drain();
  }

  /** The last message was answered, or will not be. */
  settled(): void {
    if (!this.#isAwaiting) return;
    this.#isAwaiting = false;
    if (this.#timer === undefined) this.#drain();
  }

  /** Forgets what has not been sent. */
  clear(): void {
    this.#isAwaiting = false;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#waiting = [];
  }

  #drain(): void {
    this.#timer = undefined;
    const now = this.#clock.monotonic();
    this.#sentAt = this.#sentAt.filter((at) => now - at < 1_000);
    while (this.#waiting.length > 0 && !this.#isAwaiting && this.#sentAt.length < this.#perSecond) {
      const { text, onSent } = this.#waiting.shift() as Waiting;
      if (!this.#send(text)) continue;
      this.#sentAt.push(now);
      this.#isAwaiting = this.#oneAtATime;
      onSent();
    }
    if (this.#waiting.length === 0 || this.#isAwaiting) return;
    // A whole ms more than the window needs, because rounding may not wake us just before it ends.
    this.#timer = this.#clock.setTimer(Math.ceil((this.#sentAt[0] as number) + 1_001 - now), () => this.#drain());
  }
}
