/** One listener per signal, however many wait for it: thousands may share one. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

function fire(event: Event): void {
  const signal = event.target as AbortSignal;
  const callbacks = waiting.get(signal);
  waiting.delete(signal);
  for (const callback of callbacks ?? []) callback();
}

/** Calls once when the signal fires; a signal that has fired already calls nothing. @returns what ends the waiting. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let callbacks = waiting.get(signal);
  if (callbacks === undefined) {
    callbacks = new Set();
    waiting.set(signal, callbacks);
    signal.addEventListener('abort', fire, { once: true });
  }
  // Wrapped, so that the same function may wait twice.
  const one = (): void => callback();
  callbacks.add(one);
  return () => {
    callbacks.delete(one);
    if (callbacks.size > 0 || waiting.get(signal) !== callbacks) return;
    waiting.delete(signal);
    signal.removeEventListener('abort', fire);
  };
}
