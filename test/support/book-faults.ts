import { type MarketSymbol, parseSymbol } from '../../src/model/symbol.js';
import type { SimulatedVenueId } from '../../src/simulator/profiles.js';
import type { Simulator } from '../../src/simulator/start-simulator.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';

const FRAME_KINDS = ['drop', 'duplicate', 'reorder', 'delay', 'corrupt'] as const;

const ANSWERS = [
  { status: 429, headers: { 'retry-after': '1' }, body: '{"code":429,"msg":"Too Many Requests"}' },
  { status: 503, headers: { 'content-type': 'text/html' }, body: '<html><body>503</body></html>' },
  { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Please wait</body></html>' },
];

/** Faults of one round, asked for and happened. */
export interface FaultRound {
  /** Frame faults that were asked for and have not happened: at most so many books have been spared. */
  missing(): number;
}

/** Asks for one or two frame faults on each book, and now and then for trouble with snapshots and connections. */
export function startFaultRound(
  sim: Simulator,
  venue: SimulatedVenueId,
  symbols: readonly MarketSymbol[],
  random: SeededRandom,
): FaultRound {
  const before = happened(sim);
  let asked = 0;
  for (const symbol of symbols) {
    const times = 1 + random.int(2);
    asked += times;
    const { base, quote } = parseSymbol(symbol);
    const topic = `${base}${venue === 'mexc_spot' ? '' : '_'}${quote}`;
    sim.faults[random.pick(FRAME_KINDS)](venue, { topic, times });
    if (random.chance(0.3)) sim.faults.staleSnapshot(venue, symbol, 1 + random.int(60));
  }
  disturbConnections(sim, venue, random);
  disturbSnapshots(sim, venue, random);
  return { missing: () => asked - (happened(sim) - before) };
}

function disturbConnections({ faults }: Simulator, venue: SimulatedVenueId, random: SeededRandom): void {
  if (random.chance(0.1)) faults.cut(venue);
  if (random.chance(0.03)) faults.refuseConnections(venue, 1);
  if (random.chance(0.01)) faults.mute(venue, '', { forMs: 300 + random.int(1_500) });
  if (random.chance(0.004)) faults.halfOpen(venue);
}

function disturbSnapshots({ faults }: Simulator, venue: SimulatedVenueId, random: SeededRandom): void {
  const path = venue.startsWith('mexc_') ? 'depth' : 'order_book';
  if (random.chance(0.1)) faults.respond(venue, path, { ...random.pick(ANSWERS), times: 1 });
  if (random.chance(0.1)) faults.truncateBody(venue, path);
  if (random.chance(0.1)) faults.delayHttp(venue, path, { delayMs: 50 + random.int(500) });
  if (random.chance(0.02)) faults.timeoutHttp(venue, path);
}

function happened(sim: Simulator): number {
  const counts = sim.faults.counts();
  return FRAME_KINDS.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
}
