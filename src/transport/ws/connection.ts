import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';
import { NetworkError } from '../../errors/kinds.js';
import { nextAttemptMs } from '../backoff.js';
import type { Clock, Timer } from '../clock.js';
import type { ReconnectPolicy } from '../policies.js';
import type { Random } from '../random.js';
import type { ConnectGate } from './connect-gate.js';
import type { OpenSocket, Socket, SocketClose, SocketHandler } from './socket.js';

const CLOSE_TIMEOUT_MS = 1000;

/** What a connection tells its one owner. A callback that throws is isolated and handed to `threw`. */
export interface ConnectionHandler {
  /** A socket is up. `generation` counts the sockets that came up, from 1. */
  open(generation: number): void;
  /**
   * A frame of the current socket; bytes are valid only during the call.
   * @param at monotonic ms at which it came; absent: now.
   */
  message(data: string | Uint8Array, generation: number, at?: number): void;
  /** The socket was lost or an attempt failed (then `error` says why); a new try follows after `retryInMs`. */
  down(event: ConnectionDown, generation: number): void;
  /** No further try follows: the attempts are used up, or the failure is one that waiting cannot mend. */
  failed(error: ExchangeError): void;
  /** One of the other callbacks threw this. */
  threw?(error: unknown): void;
}

export interface ConnectionDown {
  /** Close code; 1006 when the socket was cut, dropped, or never came up. */
  readonly code: number;
  readonly reason: string;
  readonly error?: ExchangeError;
  readonly retryInMs: number;
}

/** A WebSocket that comes back. */
export interface Connection {
  /** `connecting` includes waiting for the gate; `waiting` is the back-off. */
  readonly state: 'idle' | 'connecting' | 'open' | 'waiting' | 'closed';
  /** Number of the newest socket that came up; 0 before the first. */
  readonly generation: number;
  /** Begins to connect; does nothing unless `idle`. */
  start(): void;
  /** Queues a text frame; `false` when not open: nothing is kept for later. */
  send(text: string): boolean;
  /** Drops an open socket now and reconnects through the back-off; `down` is called at once. Does nothing in other states. */
  reconnect(reason: string): void;
  /** Ends it for good: closing handshake, cut after 1 s. Idempotent; no callback afterwards. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** Asked before every attempt, so that an expired key in it can be renewed. */
  url(): string | Promise<string>;
  readonly open: OpenSocket;
  readonly policy: ReconnectPolicy;
  readonly plan: {
    readonly headers: Readonly<Record<string, string>>;
    readonly handshakeTimeoutMs: number;
    readonly maxPayloadBytes: number;
    readonly compression: boolean;
    readonly textAsBytes?: boolean;
  };
  readonly clock: Clock;
  readonly random: Random;
  readonly gate: ConnectGate;
  readonly handler: ConnectionHandler;
}

export function createConnection(options: ConnectionOptions): Connection {
  return new ReconnectingConnection(options);
}

/** One attempt and the socket that came of it. */
interface Link {
  readonly abort: AbortController;
  socket?: Socket;
  ended?: SocketClose;
  onEnded?: () => void;
  /** Frames that came before `open` resolved. */
  early: (string | Uint8Array)[];
}

class ReconnectingConnection implements Connection {
  readonly #options: ConnectionOptions;
  readonly #handler: ConnectionHandler;
  #state: Connection['state'] = 'idle';
  #generation = 0;
  #failures = 0;
  #openedAt = 0;
  #link: Link | undefined;
  #attempt: Promise<void> = Promise.resolve();
  #retryTimer: Timer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#handler = options.handler;
  }

  get state(): Connection['state'] {
    return this.#state;
  }

  get generation(): number {
    return this.#generation;
  }

  start(): void {
    if (this.#state === 'idle') this.#connect();
  }

  send(text: string): boolean {
    return this.#state === 'open' && this.#link?.socket?.send(text) === true;
  }

  reconnect(reason: string): void {
    const socket = this.#link?.socket;
    if (this.#state !== 'open' || socket === undefined) return;
    this.#lost({ code: 1006, reason });
    socket.terminate();
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  #connect(): void {
    const link: Link = { abort: new AbortController(), early: [] };
    this.#link = link;
    this.#state = 'connecting';
    this.#attempt = this.#open(link);
  }

  async #open(link: Link): Promise<void> {
    const { gate, plan, open } = this.#options;
    const signal = link.abort.signal;
    try {
      await gate.enter(signal);
      const url = await this.#options.url();
      if (signal.aborted) return;
      const socket = await open({ url, ...plan }, this.#socketHandler(link), signal);
      if (this.#link === link) this.#opened(link, socket);
      else socket.terminate();
    } catch (error) {
      if (this.#link === link) this.#attemptFailed(error);
    }
  }

  #socketHandler(link: Link): SocketHandler {
    return {
      message: (data, at) => {
        if (this.#link !== link) return;
        if (link.socket !== undefined) this.#deliver(data, at);
        else link.early.push(typeof data === 'string' ? data : new Uint8Array(data));
      },
      close: (event) => {
        link.ended = event;
        link.onEnded?.();
        if (this.#link === link && link.socket !== undefined) this.#lost(event);
      },
    };
  }

  #opened(link: Link, socket: Socket): void {
    this.#generation += 1;
    this.#openedAt = this.#options.clock.monotonic();
    this.#state = 'open';
    link.socket = socket;
    this.#tell(() => this.#handler.open(this.#generation));
    for (const data of link.early) if (this.#link === link) this.#deliver(data);
    link.early = [];
    if (link.ended !== undefined && this.#link === link) this.#lost(link.ended);
  }

  /** Not through a closure as the rarer callbacks: this one runs for every frame. */
  #deliver(data: string | Uint8Array, at?: number): void {
    try {
      this.#handler.message(data, this.#generation, at);
    } catch (error) {
      this.#handler.threw?.(error);
    }
  }

  #tell(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.#handler.threw?.(error);
    }
  }

  #lost(event: SocketClose): void {
    const { policy, clock } = this.#options;
    const wasStable = clock.monotonic() - this.#openedAt >= policy.stableAfterMs;
    this.#failures = wasStable || policy.resetOnCloseCodes.includes(event.code) ? 0 : this.#failures + 1;
    this.#retry(event, undefined);
  }

  #attemptFailed(cause: unknown): void {
    const error = isExchangeError(cause)
      ? cause
      : new NetworkError({ message: 'the connection attempt failed', outcome: 'not_sent', cause });
    this.#failures += 1;
    this.#retry({ code: 1006, reason: '' }, error);
  }

  #retry(event: SocketClose, error: ExchangeError | undefined): void {
    const { policy, clock, random } = this.#options;
    this.#link = undefined;
    if (this.#failures >= policy.maxAttempts || isHopeless(error)) {
      this.#state = 'closed';
      const final =
        error ?? new NetworkError({ message: `connection lost (${event.code}), attempts used up`, outcome: 'unknown' });
      this.#tell(() => this.#handler.failed(final));
      return;
    }
    const retryInMs = nextAttemptMs(policy, this.#failures, error, random);
    this.#state = 'waiting';
    this.#retryTimer = clock.setTimer(retryInMs, () => this.#connect());
    this.#tell(() => this.#handler.down({ ...event, ...(error ? { error } : {}), retryInMs }, this.#generation));
  }

  async #end(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    this.#state = 'closed';
    this.#retryTimer?.cancel();
    if (link === undefined) return;
    if (link.socket === undefined) {
      link.abort.abort();
      await this.#atMost(CLOSE_TIMEOUT_MS, (done) => void this.#attempt.then(done));
    } else if (link.ended === undefined) {
      const { socket } = link;
      await this.#atMost(CLOSE_TIMEOUT_MS, (done) => {
        link.onEnded = done;
        socket.close(1000);
      });
      if (link.ended === undefined) socket.terminate();
    }
  }

  #atMost(ms: number, begin: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#options.clock.setTimer(ms, resolve);
      begin(() => {
        timer.cancel();
        resolve();
      });
    });
  }
}

/** Whether the failure is one of our own making that no further attempt can mend. */
function isHopeless(error: ExchangeError | undefined): boolean {
  return error?.code === 'configuration' || error?.code === 'validation' || error?.code === 'unsupported';
}
