import { onAbort } from './on-abort.js';

const MOST_IDLE = 64;

/** What one call listens to. */
export interface CallSignal {
  readonly signal: AbortSignal;
  /** The call is over: nothing listens any more. */
  end(): void;
}

/** Gives each call a signal of its own that aborts with the client, or with the signal that the caller gave. */
export class CallSignals {
  readonly #open = new Set<AbortController>();
  readonly #reuses: boolean;
  readonly #idle: AbortController[] = [];
  #isClosed = false;

  /** @param reuses whether nobody listens any more to the signal of a call that is over: making one costs as much as a tenth of a call. */
  constructor(reuses = false) {
    this.#reuses = reuses;
  }

  begin(caller: AbortSignal | undefined): CallSignal {
    const call = this.#idle.pop() ?? new AbortController();
    if (this.#isClosed || caller?.aborted) call.abort();
    this.#open.add(call);
    const leave = caller === undefined ? undefined : onAbort(caller, () => call.abort());
    return {
      signal: call.signal,
      end: () => {
        // Ended twice, it must not serve two calls.
        if (!this.#open.delete(call)) return;
        leave?.();
        if (this.#reuses && !call.signal.aborted && this.#idle.length < MOST_IDLE) this.#idle.push(call);
      },
    };
  }

  /** Aborts every call, also those that begin later. */
  close(): void {
    this.#isClosed = true;
    for (const call of this.#open) call.abort();
  }
}
