import { ConfigurationError, ValidationError } from '../errors/kinds.js';
import { compareDecimals, type Decimal, stepOf, toDecimal } from '../model/decimal.js';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import { parseAmount } from './accounts/amount.js';
import type { MarketSpec, PerpetualTerms } from './contract.js';
import type { FuturesRules } from './positions/futures-rules.js';

/** What a venue's markets have in common. */
export interface FeeSchedule {
  readonly makerFee: string;
  readonly takerFee: string;
}

/** A market by name, or with some of its rules; the rest is filled in. */
export type MarketOption = MarketSymbol | MarketRules;

/** Some rules of a market. */
export interface MarketRules extends Partial<Omit<MarketSpec, 'perpetual'>> {
  readonly symbol: MarketSymbol;
  /** Perpetuals only. */
  readonly perpetual?: Partial<PerpetualTerms>;
}

/** Start prices in US dollars; an asset that is not listed costs 1. Round numbers near late 2025, not quotes. */
const DOLLARS: Readonly<Record<string, number>> = {
  BTC: 91_250,
  ETH: 3_050,
  BNB: 890,
  SOL: 142,
  LTC: 96,
  AVAX: 15.4,
  XRP: 2.16,
  GT: 10.3,
  MX: 2.12,
  DOGE: 0.163,
};

/** Assets that prices are counted in: they do not move. */
export const MONEY: ReadonlySet<string> = new Set(['USDT', 'USDC', 'USD', 'FDUSD', 'DAI', 'EUR']);

/** Significant digits of a price where none are given: one tick is then 0.1 to 1 bps. */
const PRICE_DIGITS = 5;

/**
 * Completes the rules of one spot market.
 * @param field names the option in errors.
 * @throws {ConfigurationError} for a symbol that is not spot, or a rule that makes no sense.
 */
export function completeMarketSpec(option: MarketOption, fees: FeeSchedule, field: string): MarketSpec {
  const given = asRules(option);
  const { base, quote, kind } = readSymbol(given?.symbol, field);
  if (kind !== 'spot') fail(`${field}.symbol`, "a spot symbol such as 'BTC/USDT'", given.symbol);
  const { startPrice, magnitude } = readStartPrice(given, base, quote, field);
  const priceDecimals = given.priceDecimals ?? clamp(startPrice > 1_000 ? 2 : PRICE_DIGITS - 1 - magnitude, 0, 12);
  const quantityDecimals = given.quantityDecimals ?? clamp(magnitude + 2, 0, 8);
  requireUnits(priceDecimals, quantityDecimals, startPrice, field);
  return {
    symbol: given.symbol,
    base: given.base ?? base,
    quote: given.quote ?? quote,
    priceDecimals,
    quantityDecimals,
    startPrice,
    minQuantity: readDecimal(
      `${field}.minQuantity`,
      given.minQuantity ?? (10 ** -quantityDecimals).toFixed(quantityDecimals),
    ),
    minNotional: readDecimal(`${field}.minNotional`, given.minNotional ?? '1'),
    ...readFees(given, fees, field),
  };
}

/**
 * Completes the rules of one perpetual. Its quantities are contracts.
 * @throws {ConfigurationError} for a symbol that is no perpetual, or a rule that makes no sense.
 */
export function completePerpetualSpec(
  option: MarketOption,
  { fees, rules }: { readonly fees: FeeSchedule; readonly rules: FuturesRules },
  field: string,
): MarketSpec & { readonly perpetual: PerpetualTerms } {
  const given = asRules(option);
  const { base, quote, settle } = readSymbol(given?.symbol, field);
  if (settle === undefined) fail(`${field}.symbol`, "a perpetual such as 'BTC/USDT:USDT'", given.symbol);
  const isInverse = settle !== quote;
  if (isInverse && settle !== base) fail(`${field}.symbol`, 'settled in its base or quote asset', given.symbol);
  const { startPrice, magnitude } = readStartPrice(given, base, quote, field);
  const priceDecimals = given.priceDecimals ?? clamp(PRICE_DIGITS - magnitude, 0, 11);
  const quantityDecimals = given.quantityDecimals ?? rules.contractDecimals?.(base) ?? 0;
  requireUnits(priceDecimals, quantityDecimals, startPrice, field);
  const listed = rules.terms({ settle, isInverse, price: startPrice, priceDecimals });
  const step = stepOf(quantityDecimals);
  const terms = { ...listed, ...(quantityDecimals > 0 ? { minContracts: step } : {}), ...given.perpetual };
  return {
    symbol: given.symbol,
    base: given.base ?? base,
    quote: given.quote ?? quote,
    priceDecimals,
    quantityDecimals,
    startPrice,
    minQuantity: terms.minContracts,
    minNotional: readDecimal(`${field}.minNotional`, given.minNotional ?? '0.00000001'),
    ...readFees(given, fees, field),
    perpetual: terms,
  };
}

function asRules(option: MarketOption): MarketRules {
  return typeof option === 'string' ? { symbol: option } : option;
}

function readStartPrice(
  given: MarketRules,
  base: string,
  quote: string,
  field: string,
): { readonly startPrice: number; readonly magnitude: number } {
  const startPrice = given.startPrice ?? (DOLLARS[base] ?? 1) / (DOLLARS[quote] ?? 1);
  requireAbove(`${field}.startPrice`, startPrice);
  return { startPrice, magnitude: Math.floor(Math.log10(startPrice)) };
}

function requireUnits(priceDecimals: number, quantityDecimals: number, startPrice: number, field: string): void {
  requireDecimals(`${field}.priceDecimals`, priceDecimals);
  requireDecimals(`${field}.quantityDecimals`, quantityDecimals);
  if (!(startPrice * 10 ** priceDecimals >= 10)) fail(`${field}.startPrice`, 'at least 10 ticks', startPrice);
}

function readFees(given: MarketRules, fees: FeeSchedule, field: string): Pick<MarketSpec, 'makerFee' | 'takerFee'> {
  return {
    makerFee: readDecimal(`${field}.makerFee`, given.makerFee ?? fees.makerFee, true),
    takerFee: readDecimal(`${field}.takerFee`, given.takerFee ?? fees.takerFee, true),
  };
}

function readSymbol(symbol: unknown, field: string): ReturnType<typeof parseSymbol> {
  try {
    return parseSymbol(symbol as string);
  } catch (error) {
    if (error instanceof ValidationError) fail(`${field}.symbol`, error.expected, symbol);
    throw error;
  }
}

function readDecimal(field: string, text: string, signed = false): Decimal {
  try {
    const value = toDecimal(text, field);
    const isExact = parseAmount(value.replace('-', '')) !== undefined;
    if (isExact && (signed || compareDecimals(value, '0' as Decimal) > 0)) return value;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
  }
  return fail(field, signed ? 'a plain decimal' : 'a plain decimal above zero', text);
}

function requireAbove(field: string, value: unknown): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) fail(field, 'a number above zero', value);
}

function requireDecimals(field: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 15) {
    fail(field, 'a whole number from 0 to 15', value);
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function fail(field: string, expected: string, received: unknown): never {
  throw new ConfigurationError({ field, expected, received });
}
