import { ConfigurationError } from '../errors/kinds.js';
import { type Clock, createSystemClock } from '../transport/clock.js';
import { createVirtualClock } from '../transport/virtual-clock.js';
import { type AccountOption, type AccountSettings, readAccounts } from './accounts/account-options.js';
import type { RandomFaultPlan } from './faults/random-faults.js';
import { type FlowOption, type FlowSettings, readFlowOption } from './flow/flow-options.js';
import type { MarketOption } from './market-spec.js';
import { venueMarkets } from './venue-markets.js';
import type { VenueProfile } from './venue-profile.js';

export interface SimulatorOptions<V extends string = string> {
  /** The same seed on a virtual clock gives the same world, event for event. Default: another one each time. */
  readonly seed?: number | string;
  /** Default: all that list any of the markets, but those that have to be named. */
  readonly venues?: readonly V[];
  /**
   * A spot market is listed by every spot venue, and as the perpetual of its pair by futures venues; a perpetual by the
   * futures venues that settle it. Default: BTC/USDT and ETH/USDT.
   */
  readonly markets?: readonly MarketOption[];
  /** Default `'lively'`. */
  readonly flow?: FlowOption;
  /** Users with keys and money; each venue gives them the same. Default: none, so every key is a wrong one. */
  readonly accounts?: readonly AccountOption[];
  /** Faults by chance; scripted ones go through `sim.faults`. Default: none. */
  readonly faults?: RandomFaultPlan;
  /** `'real'` opens servers on 127.0.0.1. With any other clock there are none; use `sim.runtime()`. Default `'real'`. */
  readonly clock?: 'real' | 'virtual' | Clock;
  /** Ports of the servers by venue. Default: any free ones. */
  readonly ports?: Readonly<Partial<Record<V, number>>>;
}

/** The options after validation. */
export interface SimulatorSettings<V extends string> {
  readonly seed: number | string;
  readonly venues: readonly V[];
  /** Absent = the default ones. */
  readonly markets: readonly MarketOption[] | undefined;
  readonly flow: FlowSettings;
  readonly accounts: readonly AccountSettings[];
  readonly faults: RandomFaultPlan | undefined;
  readonly clock: Clock;
  /** Whether servers are opened. */
  readonly servers: boolean;
  readonly ports: Readonly<Partial<Record<V, number>>>;
}

const NAMES = ['seed', 'venues', 'markets', 'flow', 'accounts', 'faults', 'clock', 'ports'];

/** @throws {ConfigurationError} that names the option. */
export function readOptions<V extends string>(
  options: SimulatorOptions<V>,
  profiles: Readonly<Record<V, VenueProfile>>,
): SimulatorSettings<V> {
  for (const name of Object.keys(options)) {
    if (!NAMES.includes(name)) fail(name, `one of ${NAMES.join(', ')}`, name);
  }
  const known = Object.keys(profiles) as V[];
  const clock = readClock(options.clock);
  const { markets } = options;
  if (markets !== undefined) requireList('markets', markets);
  const venues = readVenues(options.venues, known, profiles, markets);
  return {
    seed: readSeed(options.seed),
    venues,
    markets,
    flow: readFlowOption(options.flow),
    accounts: readAccounts(options.accounts ?? []),
    faults: options.faults,
    clock,
    servers: (options.clock ?? 'real') === 'real',
    ports: readPorts(options.ports ?? ({} as Partial<Record<V, number>>), venues),
  };
}

function readVenues<V extends string>(
  named: readonly V[] | undefined,
  known: readonly V[],
  profiles: Readonly<Record<V, VenueProfile>>,
  markets: readonly MarketOption[] | undefined,
): readonly V[] {
  const listsAny = (venue: V): boolean => venueMarkets(profiles[venue], markets).length > 0;
  if (named === undefined) {
    const usual = known.filter((venue) => !(profiles[venue].kind === 'futures' && profiles[venue].onlyWhenNamed));
    const listing = usual.filter(listsAny);
    if (listing.length === 0) fail('markets', 'a market that some venue can list', markets);
    return listing;
  }
  requireList('venues', named);
  for (const venue of named) if (!known.includes(venue)) fail('venues', `some of ${known.join(', ')}`, venue);
  for (const venue of named) if (!listsAny(venue)) fail('markets', `a market that ${venue} can list`, markets);
  return named;
}

function readClock(option: SimulatorOptions['clock']): Clock {
  if (option === undefined || option === 'real') return createSystemClock();
  if (option === 'virtual') return createVirtualClock({});
  if (typeof option === 'object' && option !== null && typeof option.setTimer === 'function') return option;
  return fail('clock', "'real', 'virtual' or a clock", option);
}

function readSeed(seed: unknown): number | string {
  if (seed === undefined) return seedOfTheMoment();
  if (typeof seed === 'string' || (typeof seed === 'number' && Number.isFinite(seed))) return seed;
  return fail('seed', 'a number or a text', seed);
}

/** Real time in microseconds will do: a seed has to differ from run to run, it need not be hard to guess. */
function seedOfTheMoment(): number {
  const clock = createSystemClock();
  return clock.now() * 1_000 + (Math.floor(clock.monotonic() * 1_000) % 1_000);
}

function readPorts<V extends string>(
  ports: Readonly<Partial<Record<V, number>>>,
  venues: readonly V[],
): Readonly<Partial<Record<V, number>>> {
  for (const [venue, port] of Object.entries(ports)) {
    if (!venues.includes(venue as V)) fail(`ports.${venue}`, 'a venue that is simulated', venue);
    if (!Number.isInteger(port) || (port as number) < 0 || (port as number) > 65_535) {
      fail(`ports.${venue}`, 'a port from 0 to 65535', port);
    }
  }
  return ports;
}

function requireList(field: string, list: readonly unknown[]): void {
  if (!Array.isArray(list) || list.length === 0) fail(field, 'a list that is not empty', list);
  const names = list.map((item) =>
    typeof item === 'object' && item !== null ? (item as { symbol?: unknown }).symbol : item,
  );
  if (new Set(names).size < names.length) fail(field, 'each one once', list);
}

function fail(field: string, expected: string, received: unknown): never {
  throw new ConfigurationError({ field, expected, received });
}
