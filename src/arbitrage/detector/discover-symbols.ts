import type { PublicExchange } from '../../exchange/public-exchange.js';
import type { Instrument } from '../../model/instrument.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Currency } from '../../model/wallet.js';
import { refuse } from '../read-options.js';

/**
 * Whether one ticker is one coin. `same`: a token contract that both venues name. `different`: on a network that both
 * name they name other contracts. `unproven`: neither; look at it yourself before you trade.
 */
export type CoinIdentity = 'same' | 'different' | 'unproven';

/** A base and quote that several markets have. */
export interface CommonCoin {
  readonly base: string;
  readonly quote: string;
  readonly markets: readonly { readonly venue: VenueId; readonly instrument: Instrument }[];
  readonly identity: CoinIdentity;
  /** Why it is not `same`, in words; empty when it is. */
  readonly warnings: readonly string[];
}

export interface DiscoverOptions {
  /** Only these quotes. Default `USDT`. */
  readonly quotes?: readonly string[];
  /** What the venues' wallets say of networks and contracts, by venue: `wallet.getCurrencies()`. */
  readonly currencies?: ReadonlyMap<VenueId, readonly Currency[]>;
}

/**
 * Finds what at least two venues trade, and warns where the same ticker may be another coin. Only markets in state
 * `trading` count. @throws {ConfigurationError} with fewer than two exchanges.
 */
export async function discoverSymbols(
  exchanges: readonly PublicExchange[],
  options: DiscoverOptions = {},
): Promise<CommonCoin[]> {
  const { quotes = ['USDT'], currencies = new Map() } = options;
  if (exchanges.length < 2) refuse('exchanges', 'two or more', exchanges);
  const lists = await Promise.all(
    exchanges.map(async (one) => ({ venue: one.venue, all: await one.getInstruments() })),
  );
  const coins = new Map<string, { venue: VenueId; instrument: Instrument }[]>();
  for (const { venue, all } of lists) {
    for (const instrument of all.values()) {
      if (instrument.status !== 'trading' || !quotes.includes(instrument.quote)) continue;
      const key = `${instrument.base}/${instrument.quote}`;
      coins.set(key, [...(coins.get(key) ?? []), { venue, instrument }]);
    }
  }
  const common = [...coins.values()].filter((markets) => new Set(markets.map(({ venue }) => venue)).size > 1);
  return common.map((markets) => describe(markets, currencies)).sort((a, b) => (a.base < b.base ? -1 : 1));
}

function describe(markets: CommonCoin['markets'], currencies: ReadonlyMap<VenueId, readonly Currency[]>): CommonCoin {
  const { base, quote } = (markets[0] as CommonCoin['markets'][number]).instrument;
  const venues = [...new Set(markets.map(({ venue }) => venue))];
  const known = venues.flatMap((venue) => {
    const currency = currencies.get(venue)?.find(({ asset }) => asset === base);
    return currency === undefined ? [] : [{ venue, currency }];
  });
  const verdicts = known.flatMap((a, at) => known.slice(at + 1).map((b) => compareCoins(base, a, b)));
  const different = verdicts.filter(({ identity }) => identity === 'different');
  const isProven = known.length === venues.length && verdicts.every(({ identity }) => identity === 'same');
  if (isProven) return { base, quote, markets, identity: 'same', warnings: [] };
  const silent = venues.filter((venue) => !known.some((one) => one.venue === venue));
  const unknown = silent.map((venue) => `${base}: ${venue} tells no networks; not proven to be the same coin`);
  const warnings = [...verdicts.flatMap(({ warning }) => warning ?? []), ...unknown];
  return { base, quote, markets, identity: different.length > 0 ? 'different' : 'unproven', warnings };
}

interface VenueCoin {
  readonly venue: VenueId;
  readonly currency: Currency;
}

/** Compares what two venues say of one ticker. */
function compareCoins(
  base: string,
  a: VenueCoin,
  b: VenueCoin,
): { readonly identity: CoinIdentity; readonly warning?: string } {
  const [left, right] = [contractsOf(a.currency), contractsOf(b.currency)];
  const addresses = new Set(right.map(({ address }) => address));
  if (left.some(({ address }) => addresses.has(address))) return { identity: 'same' };
  const theirs = new Set(right.flatMap(({ names }) => names));
  const [clash] = left.flatMap(({ names }) => names.filter((name) => theirs.has(name)));
  if (clash !== undefined) {
    const warning = `${base}: ${a.venue} and ${b.venue} name other contracts on ${clash}: another coin`;
    return { identity: 'different', warning };
  }
  return { identity: 'unproven', warning: `${base}: no contract that both ${a.venue} and ${b.venue} name` };
}

/** A network has two names at some venues; one in common is enough. */
function contractsOf({ networks }: Currency): { names: string[]; address: string }[] {
  return networks.flatMap(({ network, label = network, contractAddress = '' }) => {
    if (contractAddress === '') return [];
    return [{ names: [network.toUpperCase(), label.toUpperCase()], address: contractAddress.toLowerCase() }];
  });
}
