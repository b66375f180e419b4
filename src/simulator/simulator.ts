import { ConfigurationError } from '../errors/kinds.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import type { Runtime } from '../transport/runtime.js';
import { createSeededRandom } from '../transport/seeded-random.js';
import type { SimulatedAccount } from './accounts/account-view.js';
import type { Discrepancy } from './accounts/audit.js';
import type { TrueLevel } from './contract.js';
import { createVenue } from './create-venue.js';
import { Directory } from './doors/directory.js';
import type { VenueHosts } from './doors/hosts.js';
import { createInMemoryDoor, type InMemoryDoor } from './doors/in-memory.js';
import { type LoopbackDoor, openLoopbackDoor } from './doors/loopback.js';
import type { FaultKind } from './faults/fault-rule.js';
import { createFaults, type Faults } from './faults/faults.js';
import { startRandomFaults } from './faults/random-faults.js';
import { type InjectedExecution, type InjectedOrder, injectOrder } from './inject-order.js';
import type { SimulatedMarket } from './market.js';
import { observe } from './observe.js';
import { readOptions, type SimulatorOptions, type SimulatorSettings } from './options.js';
import { leverPerpetual, type SimulatedPerpetual } from './perpetual-levers.js';
import type { SimulatedBook, SimulatorEvents, SimulatorStats } from './simulator-views.js';
import { Trace } from './trace.js';
import { baseOf, fromUnits } from './units.js';
import type { SimulatedVenue } from './venue.js';
import type { VenueProfile } from './venue-profile.js';

/** A running simulated exchange. */
export interface Simulator<V extends string = string, C extends Clock = Clock> extends AsyncDisposable {
  readonly seed: number | string;
  readonly clock: C;
  readonly faults: Faults<V>;
  /** Bases of the venue's servers on 127.0.0.1. @throws {ConfigurationError} unless the clock is `'real'`. */
  endpoints(venue: V): VenueHosts;
  /** A runtime of its own, with an address of its own, whose network is this simulator: no sockets, the simulator's clock. */
  runtime(): Runtime;
  /**
   * The true book now, or as it was at `sequence`; `undefined` only when that is out of reach (in the future, or more than
   * 100,000 steps ago).
   */
  book(
    venue: V,
    symbol: MarketSymbol,
    options?: { readonly sequence?: number; readonly depth?: number },
  ): SimulatedBook | undefined;
  /**
   * The truth about one account.
   * @param venue default: the first of the simulator's venues. @throws {ConfigurationError} for a key that no account has.
   */
  account(apiKey: string, venue?: V): SimulatedAccount;
  /** One perpetual of a futures venue. @throws {ConfigurationError} where there is none. */
  perpetual(venue: V, symbol: MarketSymbol): SimulatedPerpetual;
  /** What does not add up in the books of every venue; empty = all is well. */
  audit(): Array<Discrepancy & { readonly venue: V }>;
  /** @throws {ValidationError} that names the field. */
  injectOrder(venue: V, order: InjectedOrder): InjectedExecution;
  /** Takes an injected order back. Returns the base quantity that was left; 0 = it is gone already, or an account's. */
  cancelOrder(venue: V, symbol: MarketSymbol, orderId: number): number;
  /** Called synchronously, in order, in the middle of a match: it must not throw or place orders. Returns what ends it. */
  on<E extends keyof SimulatorEvents<V>>(event: E, handler: SimulatorEvents<V>[E]): () => void;
  /** Hash of every book change, trade, frame and answer so far, 16 hex digits. */
  trace(): string;
  stats(): SimulatorStats;
  /** Ends every server, socket and timer. Books and counts can still be read. Idempotent. */
  close(): Promise<void>;
}

/** Starts a simulator of these venues. @throws {ConfigurationError} that names the option. */
export async function createSimulator<V extends string>(
  options: SimulatorOptions<V>,
  profiles: Readonly<Record<V, VenueProfile>>,
): Promise<Simulator<V>> {
  const simulator = new RunningSimulator(readOptions(options, profiles), profiles);
  await simulator.openServers();
  return simulator;
}

class RunningSimulator<V extends string> implements Simulator<V> {
  readonly seed: number | string;
  readonly clock: Clock;
  readonly faults: Faults<V>;
  readonly #settings: SimulatorSettings<V>;
  readonly #profiles: Readonly<Record<V, VenueProfile>>;
  readonly #trace = new Trace();
  readonly #venues = new Map<V, SimulatedVenue>();
  readonly #directory = new Directory();
  readonly #handlers = {
    change: new Set<SimulatorEvents<V>['change']>(),
    trade: new Set<SimulatorEvents<V>['trade']>(),
  };
  readonly #memoryDoors: InMemoryDoor[] = [];
  readonly #servers = new Map<V, LoopbackDoor>();
  readonly #faultCounts = new Map<FaultKind, number>();
  readonly #randomFaults: { close(): void } | undefined;
  readonly #counts = { changes: 0, trades: 0 };
  #closing: Promise<void> | undefined;

  constructor(settings: SimulatorSettings<V>, profiles: Readonly<Record<V, VenueProfile>>) {
    const { clock, seed, venues, markets, flow, accounts, faults } = settings;
    this.#settings = settings;
    this.#profiles = profiles;
    this.seed = seed;
    this.clock = clock;
    const random = createSeededRandom(seed);
    const countFault = (kind: FaultKind): void =>
      void this.#faultCounts.set(kind, (this.#faultCounts.get(kind) ?? 0) + 1);
    const world = {
      clock,
      random,
      trace: this.#trace,
      walks: new Map(),
      flow,
      accounts,
      countFault,
      spotMarkets: new Map(),
      exchanges: new Map(),
    };
    // Indexes are made of spot prices: those come first.
    const inOrder = [...venues].sort((a, b) => rankOf(profiles[a]) - rankOf(profiles[b]));
    for (const id of inOrder) {
      const venue = createVenue(
        id,
        profiles[id],
        markets,
        world,
        observe(id, this.#handlers, this.#trace, this.#counts),
      );
      this.#venues.set(id, venue);
      this.#directory.add(profiles[id].hosts, venue.gateway);
    }
    const gateways = new Map([...this.#venues].map(([id, venue]) => [id, venue.gateway]));
    this.faults = createFaults(gateways, clock, this.#faultCounts);
    const symbols = [...this.#venues.values()].flatMap((venue) => [...venue.markets.keys()]);
    if (faults !== undefined) {
      this.#randomFaults = startRandomFaults({
        plan: faults,
        faults: this.faults as Faults,
        venues,
        symbols,
        clock,
        random: random.fork('faults'),
        hasAccounts: accounts.length > 0,
      });
    }
    for (const venue of this.#venues.values()) venue.start();
  }

  async openServers(): Promise<void> {
    const { servers, ports, venues } = this.#settings;
    if (!servers) return;
    try {
      for (const venue of venues) {
        const { gateway } = this.#venueOf(venue);
        const field = `ports.${venue}`;
        this.#servers.set(
          venue,
          await openLoopbackDoor({ gateway, clock: this.clock, port: ports[venue] ?? 0, field }),
        );
      }
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  endpoints(venue: V): VenueHosts {
    this.#venueOf(venue);
    const server = this.#servers.get(venue);
    if (server === undefined) {
      throw new ConfigurationError({
        field: 'clock',
        expected: "'real' (only then servers are opened)",
        received: 'another clock',
      });
    }
    const { rest, ws } = this.#profiles[venue].hosts;
    const host = `127.0.0.1:${server.port}`;
    return {
      rest: `http://${host}${new URL(rest).pathname.replace(/\/$/, '')}`,
      ws: `ws://${host}${new URL(ws).pathname}`,
    };
  }

  runtime(): Runtime {
    const number = this.#memoryDoors.length + 1;
    const door = createInMemoryDoor({
      directory: this.#directory,
      clock: this.clock,
      random: createSeededRandom(this.seed).fork(`runtime ${number}`),
      ip: `10.0.${number >>> 8}.${number & 255}`,
    });
    this.#memoryDoors.push(door);
    return door.runtime;
  }

  book(venue: V, symbol: MarketSymbol, options: { sequence?: number; depth?: number } = {}): SimulatedBook | undefined {
    const market = this.#marketOf(venue, symbol);
    const book = market.bookAt(options.sequence ?? market.sequence, options.depth);
    if (book === undefined) return undefined;
    const { spec } = market;
    const plain = ({ priceTicks, lots }: TrueLevel): [number, number] => [
      fromUnits(priceTicks, spec.priceDecimals),
      baseOf(spec, lots, priceTicks),
    ];
    return { sequence: book.sequence, bids: book.bids.map(plain), asks: book.asks.map(plain) };
  }

  account(apiKey: string, venue = this.#settings.venues[0] as V): SimulatedAccount {
    const account = this.#venueOf(venue).account(apiKey);
    if (account !== undefined) return account;
    throw new ConfigurationError({ field: 'apiKey', expected: 'the key of an account', received: 'another text' });
  }

  audit(): Array<Discrepancy & { readonly venue: V }> {
    return [...this.#venues].flatMap(([id, venue]) => venue.audit().map((found) => ({ venue: id, ...found })));
  }

  perpetual(venue: V, symbol: MarketSymbol): SimulatedPerpetual {
    const { perpetuals } = this.#venueOf(venue);
    return leverPerpetual(requireMarket(perpetuals, symbol));
  }

  injectOrder(venue: V, order: InjectedOrder): InjectedExecution {
    return injectOrder(this.#marketOf(venue, order.symbol), order);
  }

  cancelOrder(venue: V, symbol: MarketSymbol, orderId: number): number {
    const market = this.#marketOf(venue, symbol);
    const order = market.engine.order(orderId);
    if (order?.level === undefined || order.handler !== undefined) return 0;
    const { priceTicks } = order.level;
    return baseOf(market.spec, market.engine.cancel(orderId), priceTicks);
  }

  on<E extends keyof SimulatorEvents<V>>(event: E, handler: SimulatorEvents<V>[E]): () => void {
    const handlers = this.#handlers[event] as Set<SimulatorEvents<V>[E]>;
    handlers.add(handler);
    return () => void handlers.delete(handler);
  }

  trace(): string {
    return this.#trace.digest();
  }

  stats(): SimulatorStats {
    const counts = { frames: 0, requests: 0, connections: 0 };
    for (const { gateway } of this.#venues.values()) {
      counts.frames += gateway.counts.frames;
      counts.requests += gateway.counts.requests;
      counts.connections += gateway.counts.connections;
    }
    return { seed: this.seed, ...counts, ...this.#counts };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#randomFaults?.close();
    for (const venue of this.#venues.values()) venue.close();
    for (const door of this.#memoryDoors) door.close();
    await Promise.all([...this.#servers.values()].map((server) => server.close()));
  }

  #venueOf(id: V): SimulatedVenue {
    const venue = this.#venues.get(id);
    if (venue !== undefined) return venue;
    throw new ConfigurationError({
      field: 'venue',
      expected: `one of ${[...this.#venues.keys()].join(', ')}`,
      received: id,
    });
  }

  #marketOf(venue: V, symbol: MarketSymbol): SimulatedMarket {
    return requireMarket(this.#venueOf(venue).markets, symbol);
  }
}

function rankOf({ kind }: VenueProfile): number {
  return kind === 'spot' ? 0 : 1;
}

function requireMarket<M>(markets: ReadonlyMap<MarketSymbol, M>, symbol: MarketSymbol): M {
  const market = markets.get(symbol);
  if (market !== undefined) return market;
  const expected = `one of ${[...markets.keys()].join(', ')}`;
  throw new ConfigurationError({ field: 'symbol', expected, received: symbol });
}
