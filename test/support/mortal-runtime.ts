import type { Runtime } from '../../src/transport/runtime.js';

const never = new Promise<never>(() => undefined);

/**
 * A runtime of a process that may die: from then on none of its timers fires, nothing that it sent is answered to it and
 * nothing more leaves. What is on the wire already arrives.
 */
export function mortalRuntime(runtime: Runtime): { readonly runtime: Runtime; isAlive(): boolean; die(): void } {
  let alive = true;
  const ends: (() => void)[] = [];
  const ifAlive =
    <A extends unknown[]>(call: (...args: A) => void) =>
    (...args: A): void => {
      if (alive) call(...args);
    };
  const { clock } = runtime;
  const mortal: Runtime = {
    random: runtime.random,
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      setTimer: (ms, callback, options) =>
        alive ? clock.setTimer(ms, ifAlive(callback), options) : { cancel: () => undefined },
    },
    openSocket: async (request, handler, signal) => {
      if (!alive) return never;
      const deaf = {
        message: ifAlive((data: string | Uint8Array) => handler.message(data)),
        control: ifAlive((kind: 'ping' | 'pong') => handler.control?.(kind)),
        close: ifAlive((event: Parameters<typeof handler.close>[0]) => handler.close(event)),
      };
      const socket = await runtime.openSocket(request, deaf, signal);
      if (!alive) {
        socket.terminate();
        return never;
      }
      ends.push(() => socket.terminate());
      return socket;
    },
    createHttp(options) {
      const http = runtime.createHttp(options);
      const send: typeof http = Object.assign(
        async (...args: Parameters<typeof http>) => {
          if (!alive) return never;
          try {
            const answer = await http(...args);
            return alive ? answer : never;
          } catch (error) {
            if (!alive) return never;
            throw error;
          }
        },
        { close: async () => http.close?.() },
      );
      return send;
    },
  };
  return {
    runtime: mortal,
    isAlive: () => alive,
    die() {
      alive = false;
      for (const end of ends) end();
    },
  };
}
