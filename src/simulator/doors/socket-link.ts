import type { Clock, Timer } from '../../transport/clock.js';
import type { SimConnection, SimFrame, SimSession } from '../contract.js';
import { corrupt } from '../faults/corrupt.js';
import type { FrameRule, VenueFaults } from '../faults/venue-faults.js';

/** A frame held back for reordering is sent after this time at the latest, ms. */
const REORDER_MS = 1_000;

/** The door's side of a socket: how what the venue sends leaves the simulator. */
export interface SocketSink {
  deliver(data: string | Uint8Array): void;
  /** Starts the closing handshake; 1005 = a close frame without a code. */
  close(code: number, reason: string): void;
  /** Ends it without a close frame. */
  cut(): void;
  /** Stops reading, where the door would otherwise answer by itself. */
  freeze?(): void;
}

/** Joins one socket of a door and one session of a wire; the faults of frames happen here. */
export class SocketLink implements SimConnection {
  readonly ip: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly #sink: SocketSink;
  readonly #faults: VenueFaults;
  readonly #clock: Clock;
  readonly #sent: (data: string | Uint8Array) => void;
  readonly #gone: (link: SocketLink) => void;
  #session: SimSession | undefined;
  #ended = false;
  #halfOpen = false;
  #held: { data: string | Uint8Array; timer: Timer } | undefined;
  /** Frames that wait behind a delayed one; `undefined` = nothing is delayed. */
  #waiting: Array<string | Uint8Array> | undefined;
  #release: Timer | undefined;

  constructor(options: {
    readonly ip: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly sink: SocketSink;
    readonly faults: VenueFaults;
    readonly clock: Clock;
    readonly sent: (data: string | Uint8Array) => void;
    readonly gone: (link: SocketLink) => void;
  }) {
    this.ip = options.ip;
    this.url = options.url;
    this.headers = options.headers ?? {};
    this.#sink = options.sink;
    this.#faults = options.faults;
    this.#clock = options.clock;
    this.#sent = options.sent;
    this.#gone = options.gone;
  }

  /** Whether frames still flow; a door must not answer protocol pings otherwise. */
  get flows(): boolean {
    return !this.#halfOpen && !this.#ended;
  }

  /** Called once, with the wire's answer to this link. */
  attach(session: SimSession): void {
    this.#session = session;
    if (this.#ended) session.closed();
  }

  send(frame: SimFrame): void {
    if (!this.flows) return;
    const rule = frame.kind === 'data' ? this.#faults.takeFrame(frame.topic) : undefined;
    if (rule === undefined) this.#pass(frame.data);
    else this.#spoil(frame.data, rule);
  }

  close(code: number, reason: string): void {
    if (this.#ended) return;
    if (!this.#halfOpen) {
      if (code === 1006) this.#sink.cut();
      else this.#sink.close(code, reason);
    }
    this.ended();
  }

  /** Data from the client. */
  receive(data: string | Uint8Array): void {
    if (this.flows) this.#session?.receive(data);
  }

  /** The socket is gone. Idempotent. */
  ended(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#held?.timer.cancel();
    this.#release?.cancel();
    this.#gone(this);
    this.#session?.closed();
  }

  cut(): void {
    if (this.#ended) return;
    this.#sink.cut();
    this.ended();
  }

  halfOpen(): void {
    this.#halfOpen = true;
    this.#sink.freeze?.();
  }

  #spoil(data: string | Uint8Array, rule: FrameRule): void {
    switch (rule.kind) {
      case 'mute':
      case 'drop':
        return;
      case 'duplicate':
        this.#pass(data);
        this.#pass(data);
        return;
      case 'corrupt':
        this.#pass(corrupt(data, this.#faults.random));
        return;
      case 'delay':
        this.#wait(rule.delayMs);
        this.#pass(data);
        return;
      case 'reorder':
        this.#hold(data);
        return;
    }
  }

  #pass(data: string | Uint8Array): void {
    this.#queue(data);
    if (this.#held !== undefined) this.#letGo();
  }

  #hold(data: string | Uint8Array): void {
    if (this.#held === undefined) {
      this.#held = { data, timer: this.#clock.setTimer(REORDER_MS, () => this.#letGo(), { background: true }) };
    } else this.#pass(data);
  }

  #letGo(): void {
    const held = this.#held;
    this.#held = undefined;
    held?.timer.cancel();
    if (held !== undefined) this.#queue(held.data);
  }

  #wait(delayMs: number): void {
    this.#waiting ??= [];
    this.#release?.cancel();
    this.#release = this.#clock.setTimer(delayMs, () => this.#flush(), { background: true });
  }

  #flush(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.#leave(data);
  }

  #queue(data: string | Uint8Array): void {
    if (this.#waiting === undefined) this.#leave(data);
    else this.#waiting.push(data);
  }

  #leave(data: string | Uint8Array): void {
    if (!this.flows) return;
    this.#sent(data);
    this.#sink.deliver(data);
  }
}
