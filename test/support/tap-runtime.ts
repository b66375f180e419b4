import type { Clock, Timer } from '../../src/transport/clock.js';
import type { HttpRequest } from '../../src/transport/http/http.js';
import type { Runtime } from '../../src/transport/runtime.js';
import type { SocketHandler } from '../../src/transport/ws/socket.js';

/** What a client did to the outside world. */
export interface Tap {
  readonly requests: HttpRequest[];
  /** Bodies of answers, as they came. */
  readonly answers: string[];
  /** URLs that sockets were opened to. */
  readonly dials: string[];
  /** Texts written to sockets. */
  readonly frames: string[];
  openSockets: number;
  /** Attempts to open a socket that are neither up nor given up. */
  dialing: number;
  /** Labels of requests without an answer. */
  readonly inFlight: string[];
  /** HTTP clients that were made and not closed. */
  transports: number;
  timers: number;
  /** `METHOD path` of every request whose path has the part, in order. */
  calls(part?: string): string[];
}

/** The same runtime, watched. */
export function tapRuntime(runtime: Runtime): { runtime: Runtime; tap: Tap } {
  const tap: Tap = {
    requests: [],
    answers: [],
    dials: [],
    frames: [],
    openSockets: 0,
    dialing: 0,
    inFlight: [],
    transports: 0,
    timers: 0,
    calls: (part = '') =>
      tap.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`).filter((call) => call.includes(part)),
  };
  return {
    tap,
    runtime: {
      random: runtime.random,
      clock: countTimers(runtime.clock, tap),
      createHttp(options) {
        const http = runtime.createHttp(options);
        let isOpen = true;
        tap.transports++;
        const send: typeof http = async (request, signal) => {
          tap.requests.push(request);
          tap.inFlight.push(request.label);
          const response = await http(request, signal).finally(() => {
            tap.inFlight.splice(tap.inFlight.indexOf(request.label), 1);
          });
          tap.answers.push(response.body);
          return response;
        };
        const close = async (): Promise<void> => {
          if (isOpen) tap.transports--;
          isOpen = false;
          await http.close?.();
        };
        return Object.assign(send, { close });
      },
      async openSocket(request, handler, signal) {
        tap.dials.push(request.url);
        tap.dialing++;
        const socket = await runtime.openSocket(request, countClose(handler, tap), signal).finally(() => tap.dialing--);
        tap.openSockets++;
        return {
          get bufferedAmount() {
            return socket.bufferedAmount;
          },
          send(text) {
            tap.frames.push(String(text));
            return socket.send(text);
          },
          ping: () => socket.ping(),
          close: (code) => socket.close(code),
          terminate: () => socket.terminate(),
        };
      },
    },
  };
}

function countClose(handler: SocketHandler, tap: Tap): SocketHandler {
  return {
    ...handler,
    close(event) {
      tap.openSockets--;
      handler.close(event);
    },
  };
}

function countTimers(clock: Clock, tap: Tap): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    setTimer(delayMs, callback, options): Timer {
      let isPending = true;
      const end = (): void => {
        if (isPending) tap.timers--;
        isPending = false;
      };
      tap.timers++;
      const timer = clock.setTimer(
        delayMs,
        () => {
          end();
          callback();
        },
        options,
      );
      return {
        cancel() {
          end();
          timer.cancel();
        },
      };
    },
  };
}
