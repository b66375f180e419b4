import type { Runtime } from '../../src/transport/runtime.js';

/** What closing may forget; each must be noticed. */
export const CLOSE_SABOTAGES = [
  'a timer is left',
  'a socket is left',
  'an answer is awaited to its end',
  'a connection attempt is left',
  'a listener is left',
] as const;
export type CloseSabotage = (typeof CLOSE_SABOTAGES)[number];

/** A runtime on which the client's clearing up does not work in one respect. */
export function sabotageClosing(runtime: Runtime, mistake: CloseSabotage | undefined): Runtime {
  const { clock } = runtime;
  if (mistake === 'a timer is left') {
    let started = 0;
    const setTimer: typeof clock.setTimer = (ms, callback, options) => {
      const timer = clock.setTimer(ms, callback, options);
      return started++ % 5 === 0 ? { cancel: () => undefined } : timer;
    };
    return { ...runtime, clock: { now: () => clock.now(), monotonic: () => clock.monotonic(), setTimer } };
  }
  if (mistake === 'a socket is left') {
    const openSocket: Runtime['openSocket'] = async (...args) => {
      const socket = await runtime.openSocket(...args);
      return Object.assign(Object.create(socket) as typeof socket, {
        send: (text: string) => socket.send(text),
        ping: () => socket.ping(),
        close: () => undefined,
        terminate: () => undefined,
      });
    };
    return { ...runtime, openSocket };
  }
  if (mistake === 'a connection attempt is left')
    return { ...runtime, openSocket: (request, handler) => runtime.openSocket(request, handler) };
  if (mistake !== 'an answer is awaited to its end') return runtime;
  return {
    ...runtime,
    createHttp(options) {
      const http = runtime.createHttp(options);
      const send: typeof http = (request) => http(request);
      return Object.assign(send, { close: async () => undefined });
    },
  };
}

/** A signal that nobody can be taken off from. */
export function sabotageSignal(signal: AbortSignal, mistake: CloseSabotage | undefined): AbortSignal {
  if (mistake === 'a listener is left') signal.removeEventListener = () => undefined;
  return signal;
}
