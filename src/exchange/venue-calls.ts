import type { Endpoint } from '../adapter/endpoint.js';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import { requireList } from './check-input.js';
import type { ExchangeCore } from './exchange-core.js';

interface OfSymbol {
  readonly symbol: MarketSymbol;
}

/** Calls of a venue that need no more than the check that the exchange is open and the market is listed. */
export interface VenueCalls {
  call<P, R>(endpoint: Endpoint<P, R>, params: P): Promise<R>;
  /** @throws {ValidationError | InvalidSymbolError} before anything is sent. */
  symbolCall<P extends OfSymbol, R>(endpoint: Endpoint<P, R>, params: P): Promise<R>;
  /** Rows of all markets; those asked for, in the order asked for, or all where nothing was asked. */
  listCall<R extends OfSymbol>(
    endpoint: Endpoint<void, readonly R[]>,
    symbols: readonly MarketSymbol[] | undefined,
  ): Promise<ReadonlyMap<MarketSymbol, R>>;
}

export function createVenueCalls(core: ExchangeCore): VenueCalls {
  const { rest, catalog } = core;
  return {
    async call(endpoint, params) {
      core.requireOpen();
      await core.ready();
      return rest.call(endpoint, params);
    },
    async symbolCall(endpoint, params) {
      core.requireOpen();
      parseSymbol(params.symbol);
      await core.ready();
      await catalog.instrument(params.symbol);
      return rest.call(endpoint, params, { mapper: await catalog.mapper() });
    },
    async listCall(endpoint, named) {
      core.requireOpen();
      if (named !== undefined) requireList('symbols', named);
      const symbols = named === undefined ? undefined : [...named];
      for (const symbol of symbols ?? []) parseSymbol(symbol);
      await Promise.all((symbols ?? []).map((symbol) => catalog.instrument(symbol)));
      return pick(await rest.call(endpoint, undefined, { mapper: await catalog.mapper() }), symbols);
    },
  };
}

function pick<R extends OfSymbol>(
  rows: readonly R[],
  symbols: readonly MarketSymbol[] | undefined,
): ReadonlyMap<MarketSymbol, R> {
  const all = new Map(rows.map((row) => [row.symbol, row]));
  if (symbols === undefined) return all;
  const found = new Map<MarketSymbol, R>();
  for (const symbol of symbols) {
    const row = all.get(symbol);
    if (row !== undefined) found.set(symbol, row);
  }
  return found;
}
