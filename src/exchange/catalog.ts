import type { SymbolMapper } from '../adapter/symbol-mapper.js';
import { InvalidSymbolError } from '../errors/kinds.js';
import type { Instrument } from '../model/instrument.js';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';

const LIFETIME_MS = 300_000;
/** An unknown symbol may be newly listed: the list is read again for it, but not more often than this. */
const MISS_REFRESH_MS = 60_000;

/** The instrument list of one venue: the only cache, five minutes. */
export interface Catalog {
  /** @throws what loading throws. */
  instruments(refresh?: boolean): Promise<ReadonlyMap<MarketSymbol, Instrument>>;
  /** @throws {ValidationError} for a malformed symbol. @throws {InvalidSymbolError} for one that is not listed. */
  instrument(symbol: MarketSymbol): Promise<Instrument>;
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
}): Catalog {
  const { clock, venue } = options;
  let loaded: Loaded | undefined;
  let loading: Promise<Loaded> | undefined;

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

  function isFresh(list: Loaded, maxAgeMs: number): boolean {
    return clock.monotonic() - list.at < maxAgeMs;
  }

  async function fresh(maxAgeMs: number): Promise<Loaded> {
    return loaded !== undefined && isFresh(loaded, maxAgeMs) ? loaded : load();
  }

  return {
    async instruments(refresh = false) {
      return (await fresh(refresh ? 0 : LIFETIME_MS)).bySymbol;
    },
    async instrument(symbol) {
      parseSymbol(symbol);
      const found = (await fresh(LIFETIME_MS)).bySymbol.get(symbol);
      if (found !== undefined) return found;
      const again = await fresh(MISS_REFRESH_MS);
      return again.bySymbol.get(symbol) ?? notListed(symbol, again.bySymbol.size, venue);
    },
    async mapper() {
      return (loaded ?? (await load())).mapper;
    },
    get loadedMapper() {
      return loaded?.mapper;
    },
    current: (symbol) =>
      loaded !== undefined && isFresh(loaded, LIFETIME_MS) ? loaded.bySymbol.get(symbol) : undefined,
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
