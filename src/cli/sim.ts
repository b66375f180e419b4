import { type SimulatedVenueId, startSimulator } from '../simulator/index.js';
import type { SimCommand } from './args.js';
import type { Program } from './program.js';

/** In the order of their ports, which people write down: a new venue comes last. */
const VENUES: readonly SimulatedVenueId[] = [
  'mexc_spot',
  'gateio_spot',
  'mexc_futures',
  'gateio_futures',
  'gateio_futures_btc',
];

const MARKETS = 'BTC and ETH, spot and perpetual; at gateio_futures_btc BTC/USD:BTC';

/** Serves the simulated exchanges until the user stops it. @throws {ConfigurationError} when a port is taken. */
export async function runSim(command: SimCommand, { stdout, signal }: Program): Promise<number> {
  await using simulator = await startSimulator({
    venues: VENUES,
    ports: Object.fromEntries(VENUES.map((venue, index) => [venue, command.port + index])),
    ...(command.seed === undefined ? {} : { seed: command.seed }),
  });
  const lines = VENUES.map((venue) => {
    const { rest, ws } = simulator.endpoints(venue);
    return `${venue.padEnd(18)}  rest ${rest.padEnd(29)}  ws ${ws}\n`;
  });
  stdout.write(`${lines.join('')}${MARKETS}, seed ${simulator.seed}; Ctrl-C ends it\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return 0;
}
