import { createSystemClock } from './clock.js';
import { createUndiciTransport } from './http/undici-door.js';
import { systemRandom } from './random.js';
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
    random: systemRandom,
    openSocket: createWsOpenSocket({ clock, proxy }),
    createHttp: (http) => createUndiciTransport({ ...http, clock, proxy }),
  };
}

/** The processes of this machine, as far as this one can see them (a container sees its own only). */
export const nodeProcesses = {
  /** Id of this process. */
  ownPid: process.pid,
  isAlive(pid: number): boolean {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // It is there but belongs to somebody else.
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
};
