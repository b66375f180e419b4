import type { MarketSymbol } from '../model/symbol.js';

/** `idle`: nothing is streamed. `degraded`: some stream is not confirmed right now. */
export type ExchangeStatus = 'idle' | 'connecting' | 'live' | 'degraded' | 'closed';

/** What `exchange.on(name, handler)` delivers. */
export interface ExchangeEvents {
  status: { readonly status: ExchangeStatus; readonly previous: ExchangeStatus };
  /** Something failed that no caller is waiting for: a lost connection, a handler of yours that threw. */
  error: unknown;
  /** A socket was lost; a new attempt follows in `retryInMs`. */
  reconnect: { readonly code: number; readonly reason: string; readonly retryInMs: number };
  /** A live book could not prove itself and is being rebuilt. */
  resync: { readonly symbol: MarketSymbol; readonly reason: string };
  /** A frame, channel, code or value that this version does not know; counted in the metrics, too. */
  unknownMessage: { readonly what: string };
  /** A slow consumer lost events of a bounded queue. */
  gap: { readonly symbol: MarketSymbol; readonly stream: string; readonly dropped: number };
}

export type ExchangeEventName = keyof ExchangeEvents;

export interface Emitter {
  on<N extends ExchangeEventName>(
    name: N,
    handler: (event: ExchangeEvents[N]) => void,
    options?: { readonly signal?: AbortSignal },
  ): void;
  emit<N extends ExchangeEventName>(name: N, event: ExchangeEvents[N]): void;
  clear(): void;
}

type AnyHandler = (event: never) => void;

/** Handlers by name. One that throws is isolated and reported as `error`; one of `error` that throws is only counted. */
export function createEmitter(onHandlerFailure: (error: unknown) => void): Emitter {
  const handlers = new Map<ExchangeEventName, Set<AnyHandler>>();

  function emit<N extends ExchangeEventName>(name: N, event: ExchangeEvents[N]): void {
    const set = handlers.get(name);
    if (set === undefined) return;
    for (const handler of set) {
      try {
        (handler as (event: ExchangeEvents[N]) => void)(event);
      } catch (error) {
        onHandlerFailure(error);
        if (name !== 'error') emit('error', error);
      }
    }
  }

  return {
    emit,
    on(name, handler, options) {
      if (options?.signal?.aborted) return;
      const set = handlers.get(name) ?? new Set();
      handlers.set(name, set);
      set.add(handler as AnyHandler);
      options?.signal?.addEventListener('abort', () => set.delete(handler as AnyHandler), { once: true });
    },
    clear: () => handlers.clear(),
  };
}
