import type { SymbolMapper } from '../adapter/symbol-mapper.js';
import { InvalidSymbolError } from '../errors/kinds.js';
import type { Instrument } from '../model/instrument.js';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import { atMost } from '../transport/at-most.js';
import type { Clock } from '../transport/clock.js';

const LIFETIME_MS = 300_000;
/** An old list is used so long where a new one cannot be had: venues hold orders to their rules in any case. */
const LONGEST_MS = 86_400_000;
/** So long a new one is waited for where there is an old one … */
const PATIENCE_MS = 1_000;
/** … and so long none is asked for after one could not be had. */
const RELOAD_PAUSE_MS = 30_000;
/** An unknown symbol may be newly listed: the list is read again for it, but not more often than this. */
const MISS_REFRESH_MS = 60_000;

/**
 * The instrument list of one venue: the only cache, five minutes. Where a new list cannot be had, what is needed to trade goes on
 * with the old one for a day, and the failure is reported: an order that cannot be hedged or canceled costs more.
 */
export interface Catalog {
  /** For users: never older than five minutes. @throws what loading throws. */
  instruments(refresh?: boolean): Promise<ReadonlyMap<MarketSymbol, Instrument>>;
  /** For ourselves: an old list where there is no new one. @throws what loading throws. */
  usable(): Promise<ReadonlyMap<MarketSymbol, Instrument>>;
  /**
   * By {@link Catalog.usable}, or by {@link Catalog.instruments} for users.
   * @throws {ValidationError} for a malformed symbol. @throws {InvalidSymbolError} for one that is not listed.
   */
  instrument(symbol: MarketSymbol, whose?: 'ours' | 'user'): Promise<Instrument>;
  /** Whether it is listed, by a list of any age: names do not change. @throws as {@link Catalog.instrument} does. */
  check(symbol: MarketSymbol): Promise<void>;
  /** The mapper of the newest list that was loaded, however old: names do not change. */
  mapper(): Promise<SymbolMapper>;
  /** That of {@link Catalog.mapper} where a list has been loaded: nothing to wait for. */
  readonly loadedMapper: SymbolMapper | undefined;
  /** What {@link Catalog.instrument} resolves to where that needs no call; else `undefined`. */
  current(symbol: MarketSymbol): Instrument | undefined;
  /** By the newest list; `undefined` for everything before the first was loaded. */
  known(venueSymbol: string): MarketSymbol | undefined;
  /** By the newest list; `undefined` for everything before the first was loaded. */
  listed(symbol: MarketSymbol): Instrument | undefined;
}

interface ListedBy {
  readonly id: string;
  readonly name: string;
}

interface Loaded {
  readonly bySymbol: ReadonlyMap<MarketSymbol, Instrument>;
  readonly mapper: SymbolMapper;
  readonly at: number;
}

export function createCatalog(options: {
  readonly venue: ListedBy;
  readonly clock: Clock;
  load(): Promise<readonly Instrument[]>;
  /** Hears of a list that could not be had where an old one is used instead. */
  report(error: unknown): void;
}): Catalog {
  const { clock, venue } = options;
  let loaded: Loaded | undefined;
  let loading: Promise<Loaded> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  function load(): Promise<Loaded> {
    loading ??= options
      .load()
      .then((instruments) => {
        loaded = index(instruments, clock.monotonic(), venue);
        return loaded;
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  /** The old list where a new one is on its way, or cannot be had. */
  async function usable(): Promise<Loaded> {
    const old = loaded;
    if (old === undefined || !isFresh(old, LONGEST_MS)) return load();
    if (isFresh(old, LIFETIME_MS) || isPaused() || loading !== undefined) return old;
    const renewing = load().catch((error: unknown) => {
      failedAt = clock.monotonic();
      options.report(error);
      return old;
    });
    return (await atMost(clock, PATIENCE_MS, renewing)) ?? old;
  }

  function isPaused(): boolean {
    return clock.monotonic() - failedAt < RELOAD_PAUSE_MS;
  }

  function isFresh(list: Loaded, maxAgeMs: number): boolean {
    return clock.monotonic() - list.at < maxAgeMs;
  }

  async function fresh(maxAgeMs: number): Promise<Loaded> {
    return loaded !== undefined && isFresh(loaded, maxAgeMs) ? loaded : load();
  }

  async function instrument(symbol: MarketSymbol, whose: 'ours' | 'user' = 'ours'): Promise<Instrument> {
    parseSymbol(symbol);
    const found = (await (whose === 'ours' ? usable() : fresh(LIFETIME_MS))).bySymbol.get(symbol);
    if (found !== undefined) return found;
    const again = await fresh(MISS_REFRESH_MS);
    return again.bySymbol.get(symbol) ?? notListed(symbol, again.bySymbol.size, venue);
  }

  return {
    async instruments(refresh = false) {
      return (await fresh(refresh ? 0 : LIFETIME_MS)).bySymbol;
    },
    async usable() {
      return (await usable()).bySymbol;
    },
    instrument,
    async check(symbol) {
      if (loaded?.bySymbol.has(symbol) !== true) await instrument(symbol);
    },
    async mapper() {
      return (loaded ?? (await load())).mapper;
    },
    get loadedMapper() {
      return loaded?.mapper;
    },
    current(symbol) {
      if (loaded === undefined) return undefined;
      const isUsable = isFresh(loaded, LIFETIME_MS) || (isPaused() && isFresh(loaded, LONGEST_MS));
      return isUsable ? loaded.bySymbol.get(symbol) : undefined;
    },
    known: (venueSymbol) => loaded?.mapper.toCanonical(venueSymbol),
    listed: (symbol) => loaded?.bySymbol.get(symbol),
  };
}

function index(instruments: readonly Instrument[], at: number, venue: ListedBy): Loaded {
  const bySymbol = new Map<MarketSymbol, Instrument>();
  const byVenueSymbol = new Map<string, MarketSymbol>();
  for (const instrument of instruments) {
    bySymbol.set(instrument.symbol, instrument);
    byVenueSymbol.set(instrument.venueSymbol, instrument.symbol);
  }
  const mapper: SymbolMapper = {
    toVenue: (symbol) => bySymbol.get(symbol)?.venueSymbol ?? notListed(symbol, bySymbol.size, venue),
    toCanonical: (venueSymbol) => byVenueSymbol.get(venueSymbol),
    instrument: (symbol) => bySymbol.get(symbol) ?? notListed(symbol, bySymbol.size, venue),
  };
  return { bySymbol, mapper, at };
}

function notListed(symbol: string, count: number, venue: ListedBy): never {
  throw new InvalidSymbolError({
    message: `symbol: expected one of the ${count} instruments of ${venue.name}, received ${JSON.stringify(symbol)}`,
    outcome: 'not_sent',
    venue: venue.id,
  });
}
