import type { Clock, Timer } from '../../src/transport/clock.js';
import type { Runtime } from '../../src/transport/runtime.js';
import type { SocketHandler } from '../../src/transport/ws/socket.js';

/** A process whose wall clock is set and that stands still now and then. */
export interface ShakyProcess {
  readonly runtime: Runtime;
  /** Also for whoever uses the client: its timers stand still with the process. */
  readonly clock: Clock;
  readonly isPaused: boolean;
  /** Somebody sets the wall clock, forward or back. */
  stepWall(ms: number): void;
  /**
   * Nothing runs for `ms`, while time goes on. Then all timers that have become due fire in a burst, in their order, and only
   * then comes what has arrived meanwhile: so does a process that was stopped, or whose loop was busy.
   */
  pause(ms: number): void;
}

/** @param world the runtime of a simulator; its clock is the true time. */
export function shakyRuntime(world: Runtime): ShakyProcess {
  const { clock: time } = world;
  let wallMs = 0;
  let isPaused = false;
  const dueTimers: (() => void)[] = [];
  const arrived: (() => void)[] = [];

  /** One after the other at the same instant, promises in between. */
  function runQueued(): void {
    const next = dueTimers.shift() ?? arrived.shift();
    if (next === undefined) {
      isPaused = false;
      return;
    }
    next();
    time.setTimer(0, runQueued);
  }

  function arrive(what: () => void): void {
    if (isPaused) arrived.push(what);
    else what();
  }

  const clock: Clock = {
    now: () => time.now() + wallMs,
    monotonic: () => time.monotonic(),
    setTimer(delayMs, callback, options): Timer {
      let isOver = false;
      const fire = (): void => {
        if (isOver) return;
        isOver = true;
        callback();
      };
      const timer = time.setTimer(delayMs, () => (isPaused ? void dueTimers.push(fire) : fire()), options);
      return {
        cancel() {
          isOver = true;
          timer.cancel();
        },
      };
    },
  };

  function late(handler: SocketHandler): SocketHandler {
    return {
      // Bytes are valid only during the call.
      message: (data) => {
        const kept = isPaused && typeof data !== 'string' ? new Uint8Array(data) : data;
        arrive(() => handler.message(kept));
      },
      control: (kind) => arrive(() => handler.control?.(kind)),
      close: (event) => arrive(() => handler.close(event)),
    };
  }

  function lately<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      answer.then(
        (value) => arrive(() => resolve(value)),
        (error: unknown) => arrive(() => reject(error)),
      );
    });
  }

  return {
    clock,
    get isPaused() {
      return isPaused;
    },
    stepWall(ms) {
      wallMs += ms;
    },
    pause(ms) {
      if (isPaused) return;
      isPaused = true;
      time.setTimer(ms, runQueued);
    },
    runtime: {
      clock,
      random: world.random,
      openSocket: (request, handler, signal) => lately(world.openSocket(request, late(handler), signal)),
      createHttp(options) {
        const http = world.createHttp(options);
        const send: typeof http = (request, signal) => lately(http(request, signal));
        return Object.assign(send, { close: async () => http.close?.() });
      },
    },
  };
}
