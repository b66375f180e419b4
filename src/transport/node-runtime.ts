import { createSystemClock } from './clock.js';
import { createUndiciTransport } from './http/undici-door.js';
import type { Runtime } from './runtime.js';
import { createWsOpenSocket } from './ws/ws-door.js';

/**
 * The real world on Node: system clock, undici, ws; both packages are loaded on first use.
 * @param options.proxy `http://user:password@host:port`: HTTP and WebSockets go through its CONNECT tunnel.
 * @throws {ConfigurationError} for a wrong `proxy`.
 */
export function createNodeRuntime(options: { readonly proxy?: string | undefined } = {}): Runtime {
  const { proxy } = options;
  const clock = createSystemClock();
  return {
    clock,
    random: { next: () => Math.random() },
    openSocket: createWsOpenSocket({ clock, proxy }),
    createHttp: (http) => createUndiciTransport({ ...http, clock, proxy }),
  };
}
