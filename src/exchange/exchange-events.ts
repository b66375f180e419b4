import { ValidationError } from '../errors/kinds.js';
import type { MarketSymbol } from '../model/symbol.js';
import { onAbort } from '../transport/on-abort.js';
import { readOptions, requireHandler } from './check-input.js';

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

const NAMES: ReadonlySet<string> = new Set<ExchangeEventName>([
  'status',
  'error',
  'reconnect',
  'resync',
  'unknownMessage',
  'gap',
]);

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
  /** Take the handlers off the users' signals. */
  const leaving: (() => void)[] = [];

  function failed(name: ExchangeEventName, error: unknown): void {
    onHandlerFailure(error);
    if (name !== 'error') emit('error', error);
  }

  function emit<N extends ExchangeEventName>(name: N, event: ExchangeEvents[N]): void {
    const set = handlers.get(name);
    if (set === undefined) return;
    for (const handler of set) {
      try {
        const result: unknown = (handler as (event: ExchangeEvents[N]) => unknown)(event);
        if (result instanceof Promise) result.catch((error: unknown) => failed(name, error));
      } catch (error) {
        failed(name, error);
      }
    }
  }

  return {
    emit,
    on(name, handler, options) {
      if (!NAMES.has(name))
        throw new ValidationError({ field: 'event', expected: [...NAMES].join(', '), received: name });
      requireHandler(handler);
      const { signal } = readOptions(options);
      if (signal?.aborted) return;
      const set = handlers.get(name) ?? new Set();
      handlers.set(name, set);
      set.add(handler as AnyHandler);
      if (signal !== undefined) leaving.push(onAbort(signal, () => set.delete(handler as AnyHandler)));
    },
    clear: () => {
      handlers.clear();
      for (const leave of leaving.splice(0)) leave();
    },
  };
}
