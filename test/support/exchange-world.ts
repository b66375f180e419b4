import { createPublicExchange, type PublicExchange, type PublicExchangeOptions, venues } from '../../src/index.js';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import { runOn } from './run-on.js';
import type { VenueUnderTest } from './venues-under-test.js';

/** A public exchange on a simulated venue that stands still, without sockets, on a virtual clock. */
export async function publicWorld(
  { id, markets }: Pick<VenueUnderTest, 'id' | 'markets'>,
  options: PublicExchangeOptions = {},
) {
  // The virtual clock does not wait for an import.
  await venues[id].streams.loadCodec();
  const sim = await startSimulator({ seed: 7, clock: 'virtual', venues: [id], markets, flow: { eventsPerSecond: 50 } });
  const exchange: PublicExchange = createPublicExchange(id, { runtime: sim.runtime(), ...options });

  const run = runOn(sim.clock);

  /** The error that it ends with. */
  async function failure(promise: Promise<unknown>): Promise<Record<string, unknown>> {
    const error: unknown = await run(promise).then(
      (value) => new Error(`no failure, but ${JSON.stringify(value)}`),
      (reason: unknown) => reason,
    );
    return error as Record<string, unknown>;
  }

  return {
    sim,
    clock: sim.clock,
    exchange,
    run,
    failure,
    async end() {
      await run(exchange.close());
      await sim.close();
    },
  };
}
