import type { MarketSymbol } from '../model/symbol.js';
import { type MarketOption, type MarketRules, MONEY } from './market-spec.js';
import type { FuturesProfile, VenueProfile } from './venue-profile.js';

const DEFAULT_MARKETS: readonly MarketSymbol[] = ['BTC/USDT', 'ETH/USDT'];

/** One market that a venue lists, and which option it comes from. */
export interface VenueMarket {
  readonly option: MarketOption;
  readonly index: number;
}

/**
 * What one venue lists of the markets that are asked for: spot venues the spot ones, futures venues the perpetuals that
 * they settle, and for a spot market the perpetual of the same pair with the same prices.
 */
export function venueMarkets(profile: VenueProfile, options: readonly MarketOption[] | undefined): VenueMarket[] {
  if (profile.kind === 'spot') {
    return [...(options ?? DEFAULT_MARKETS)].flatMap((option, index) =>
      settleOf(option) === undefined ? [{ option, index }] : [],
    );
  }
  const asked = options ?? profile.defaultMarkets ?? DEFAULT_MARKETS;
  const listed = new Map<MarketSymbol, VenueMarket>();
  for (const [index, option] of asked.entries()) {
    const perpetual = asPerpetual(option, profile);
    const symbol = typeof perpetual === 'string' ? perpetual : perpetual?.symbol;
    const isNamed = perpetual === option;
    if (perpetual !== undefined && symbol !== undefined && (isNamed || !listed.has(symbol))) {
      listed.set(symbol, { option: perpetual, index });
    }
  }
  return [...listed.values()];
}

function asPerpetual(option: MarketOption, { settles }: FuturesProfile): MarketOption | undefined {
  const settle = settleOf(option);
  if (settle !== undefined) return settles?.includes(settle) === false ? undefined : option;
  const symbol = String(typeof option === 'string' ? option : option?.symbol);
  const quote = symbol.split('/')[1] ?? '';
  if (!(settles?.includes(quote) ?? MONEY.has(quote))) return undefined;
  const perpetual = `${symbol}:${quote}` as MarketSymbol;
  return typeof option === 'string' ? perpetual : pricesOf(option, perpetual);
}

/** Quantities and fees of a spot market are not those of a perpetual. */
function pricesOf({ startPrice, priceDecimals }: MarketRules, symbol: MarketSymbol): MarketRules {
  return {
    symbol,
    ...(startPrice === undefined ? {} : { startPrice }),
    ...(priceDecimals === undefined ? {} : { priceDecimals }),
  };
}

/** `undefined` for a spot market, and for what is no symbol: the spot venues say so. */
function settleOf(option: MarketOption): string | undefined {
  const symbol: unknown = typeof option === 'string' ? option : option?.symbol;
  return typeof symbol === 'string' ? symbol.split(':')[1] : undefined;
}
