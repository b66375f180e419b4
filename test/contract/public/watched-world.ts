import { isExchangeError } from '../../../src/errors/exchange-error.js';
import type { PublicExchangeOptions } from '../../../src/exchange/options.js';
import { createPublicExchange, venues } from '../../../src/index.js';
import { startSimulator } from '../../../src/simulator/index.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import type { Runtime } from '../../../src/transport/runtime.js';
import { tapRuntime } from '../../support/tap-runtime.js';
import type { VenueUnderTest } from '../../support/venues-under-test.js';

const SEED = 20_251_125;

interface WorldOptions {
  readonly flow?: SimulatorOptions['flow'];
  readonly markets?: SimulatorOptions['markets'];
  readonly exchange?: Omit<PublicExchangeOptions, 'runtime'>;
}

/** What a client did to the outside world, and has not undone. */
interface Traces {
  readonly requests: number;
  /** Attempts to open a socket. */
  readonly dials: number;
  /** Messages written to sockets. */
  readonly messages: number;
  readonly openSockets: number;
  readonly timers: number;
}

/**
 * A public exchange on a simulated venue whose books stand still unless told otherwise, on the virtual clock. Everything
 * that the client does to the outside world is counted.
 */
export async function watchedWorld({ id, ...venue }: VenueUnderTest, options: WorldOptions = {}) {
  // The virtual clock does not wait for what a codec imports.
  await venues[id].streams.loadCodec();
  const { flow = 'off', markets = venue.markets } = options;
  const sim = await startSimulator({ clock: 'virtual', seed: SEED, venues: [id], markets, flow });
  const { runtime, traces } = watched(sim.runtime());
  const exchange = createPublicExchange(id, { runtime, ...options.exchange });
  const { clock } = sim;

  /** Lets time pass until the promise is settled; gives its value, or its error. */
  async function outcome<T>(promise: Promise<T>, mostMs = 30_000): Promise<T> {
    let isDone = false;
    const done = promise.finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    for (let ms = 0; !isDone && ms < mostMs; ms += 10) await clock.advance(10);
    return isDone ? done : Promise.reject(new Error(`nothing came of it in ${mostMs} ms`));
  }

  const failure = async (promise: Promise<unknown>, mostMs?: number): Promise<unknown> =>
    outcome(promise, mostMs).then(
      (value) => ({ unexpected: value }),
      (error: unknown) => error,
    );

  return {
    id,
    symbol: venue.symbol,
    other: venue.other,
    sim,
    clock,
    exchange,
    traces,
    outcome,
    failure,
    async [Symbol.asyncDispose]() {
      await outcome(exchange.close());
      await sim.close();
    },
  };
}

export type WatchedWorld = Awaited<ReturnType<typeof watchedWorld>>;

function watched(sim: Runtime): { runtime: Runtime; traces: Traces } {
  const { runtime, tap } = tapRuntime(sim);
  const traces: Traces = {
    get requests() {
      return tap.requests.length;
    },
    get dials() {
      return tap.dials.length;
    },
    get messages() {
      return tap.frames.length;
    },
    get openSockets() {
      return tap.openSockets;
    },
    get timers() {
      return tap.timers;
    },
  };
  return { runtime, traces };
}

/** `[code, field]` of an error of this library. */
export function named(error: unknown): unknown {
  return isExchangeError(error) ? [error.code, (error as { field?: string }).field] : error;
}
