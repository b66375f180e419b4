import { onAbort } from './on-abort.js';

/** What one call listens to. */
export interface CallSignal {
  readonly signal: AbortSignal;
  /** The call is over: nothing listens any more. */
  end(): void;
}

/** Gives each call a signal of its own that aborts with the client, or with the signal that the caller gave. */
export class CallSignals {
  readonly #open = new Set<AbortController>();
  #isClosed = false;

  begin(caller: AbortSignal | undefined): CallSignal {
    const call = new AbortController();
    if (this.#isClosed || caller?.aborted) call.abort();
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
    this.#isClosed = true;
    for (const call of this.#open) call.abort();
  }
}
