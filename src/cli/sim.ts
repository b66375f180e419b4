import { type SimulatedVenueId, startSimulator } from '../simulator/index.js';
import type { SimCommand } from './args.js';
import type { Program } from './program.js';

const VENUES: readonly SimulatedVenueId[] = ['mexc_spot', 'gateio_spot'];

/** Serves the simulated exchanges until the user stops it. @throws {ConfigurationError} when a port is taken. */
export async function runSim(command: SimCommand, { stdout, signal }: Program): Promise<number> {
  await using simulator = await startSimulator({
    venues: VENUES,
    ports: Object.fromEntries(VENUES.map((venue, index) => [venue, command.port + index])),
    ...(command.seed === undefined ? {} : { seed: command.seed }),
  });
  const lines = VENUES.map((venue) => {
    const { rest, ws } = simulator.endpoints(venue);
    return `${venue.padEnd(12)} rest ${rest}   ws ${ws}\n`;
  });
  stdout.write(`${lines.join('')}BTC/USDT and ETH/USDT, seed ${simulator.seed}; Ctrl-C ends it\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return 0;
}
