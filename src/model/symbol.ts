import { ValidationError } from '../errors/kinds.js';

/** `'BTC/USDT'` (spot). */
export type SpotSymbol = `${string}/${string}`;
/** `'BTC/USDT:USDT'` (linear perpetual) or `'BTC/USD:BTC'` (inverse perpetual). */
export type PerpetualSymbol = `${string}/${string}:${string}`;

/**
 * One market in canonical form, the same on every venue; never a venue's own string such as `BTCUSDT`.
 * Assets may hold any characters but `/`, `:` and white space (venues list non-ASCII names).
 */
export type MarketSymbol = SpotSymbol | PerpetualSymbol;

export type MarketKind = 'spot' | 'perpetual';

export interface SymbolParts {
  readonly base: string;
  readonly quote: string;
  /** Asset in which profit and loss are settled; absent on spot. */
  readonly settle?: string;
  readonly kind: MarketKind;
}

const ASSET = /^[^\s/:]+$/u;
const SYMBOL = /^([^\s/:]+)\/([^\s/:]+)(?::([^\s/:]+))?$/u;

/**
 * Builds a canonical symbol: `makeSymbol('BTC', 'USDT')` → `'BTC/USDT'`.
 * @throws {ValidationError} when an asset is empty or holds `/`, `:` or white space.
 */
export function makeSymbol(base: string, quote: string, settle?: string): MarketSymbol {
  requireAsset('base', base);
  requireAsset('quote', quote);
  if (settle === undefined) return `${base}/${quote}`;
  requireAsset('settle', settle);
  return `${base}/${quote}:${settle}`;
}

/**
 * Splits a canonical symbol into its assets. A venue's string (`BTCUSDT`, `BTC_USDT`) is refused, never guessed.
 * @throws {ValidationError} when the text is not `BASE/QUOTE` or `BASE/QUOTE:SETTLE`.
 */
export function parseSymbol(symbol: string): SymbolParts {
  const match = typeof symbol === 'string' ? SYMBOL.exec(symbol) : null;
  if (match === null) {
    throw new ValidationError({
      field: 'symbol',
      expected: "a canonical symbol such as 'BTC/USDT' or 'BTC/USDT:USDT'",
      received: symbol,
    });
  }
  const [, base, quote, settle] = match as unknown as [string, string, string, string | undefined];
  return settle === undefined ? { base, quote, kind: 'spot' } : { base, quote, settle, kind: 'perpetual' };
}

/** Whether the market's contracts are amounts of quote asset, settled in another one: `'BTC/USD:BTC'`. */
export function isInverseSymbol(symbol: MarketSymbol): boolean {
  // Most markets are spot, and orders are many.
  if (!symbol.includes(':')) return false;
  const { quote, settle } = parseSymbol(symbol);
  return settle !== quote;
}

function requireAsset(field: string, asset: string): void {
  if (typeof asset !== 'string' || !ASSET.test(asset)) {
    throw new ValidationError({ field, expected: 'an asset name without white space, "/" or ":"', received: asset });
  }
}
