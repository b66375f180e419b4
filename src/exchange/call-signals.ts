import { onAbort } from '../transport/on-abort.js';

/** What one call listens to. */
export interface CallSignal {
  readonly signal: AbortSignal;
  /** The call is over: nothing listens any more. */
  end(): void;
}

/** Gives each call a signal that aborts with the client, or with the signal that the caller gave. */
export class CallSignals {
  readonly #open = new Set<AbortController>();
  readonly #closing = new AbortController();
  /** What all calls have that nobody else may abort. */
  readonly #shared: CallSignal | undefined;

  /**
   * @param shares whether one signal may serve all calls: making one costs as much as a tenth of a call.
   */
  constructor(shares = false) {
    this.#shared = shares ? { signal: this.#closing.signal, end: () => undefined } : undefined;
  }

  begin(caller: AbortSignal | undefined): CallSignal {
    if (caller === undefined && this.#shared !== undefined) return this.#shared;
    const call = new AbortController();
    if (this.#closing.signal.aborted || caller?.aborted) call.abort();
    this.#open.add(call);
    const leave = caller === undefined ? undefined : onAbort(caller, () => call.abort());
    return {
      signal: call.signal,
      end: () => {
        this.#open.delete(call);
        leave?.();
      },
    };
  }

  /** Aborts every call, also those that begin later. */
  close(): void {
    this.#closing.abort();
    for (const call of this.#open) call.abort();
  }
}
