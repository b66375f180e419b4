/** What one call listens to. */
export interface CallSignal {
  readonly signal: AbortSignal;
  /** The call is over: nothing listens any more. */
  end(): void;
}

/**
 * Gives each call a signal of its own that aborts with the client, or with the signal that the caller gave. Thousands of
 * calls may share a caller's signal: it gets one listener.
 */
export class CallSignals {
  readonly #open = new Set<AbortController>();
  readonly #byCaller = new Map<AbortSignal, Set<AbortController>>();
  #isClosed = false;

  begin(caller: AbortSignal | undefined): CallSignal {
    const call = new AbortController();
    if (this.#isClosed || caller?.aborted) call.abort();
    this.#open.add(call);
    const leave = caller === undefined ? undefined : this.#follow(caller, call);
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

  #follow(caller: AbortSignal, call: AbortController): () => void {
    let calls = this.#byCaller.get(caller);
    if (calls === undefined) {
      calls = new Set();
      this.#byCaller.set(caller, calls);
      caller.addEventListener('abort', this.#aborted);
    }
    calls.add(call);
    return () => {
      calls.delete(call);
      if (calls.size > 0 || this.#byCaller.get(caller) !== calls) return;
      this.#byCaller.delete(caller);
      caller.removeEventListener('abort', this.#aborted);
    };
  }

  readonly #aborted = (event: Event): void => {
    for (const call of this.#byCaller.get(event.target as AbortSignal) ?? []) call.abort();
  };
}
