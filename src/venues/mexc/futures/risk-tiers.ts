import { type JsonObject, malformed, readArray, readInteger, readObject } from '../../../adapter/read.js';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  roundToStep,
  toDecimal,
} from '../../../model/decimal.js';
import type { RiskLimitTier } from '../../../model/position.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readAmount, readSize } from './read-numbers.js';

const ONE = toDecimal(1);
/** Digits after which a leverage that comes out of a rate is cut: 1 / 0.1 is 10, not 9.99… */
const LEVERAGE_DECIMALS = 8;
/** More tiers than any market has: an answer with more is wrong. */
const MOST_TIERS = 1_000;

/** The unit of the limits. Source: MEXC contract API docs, contract detail, riskLimitType. */
const UNITS: ReadonlyMap<unknown, RiskLimitTier['unit']> = new Map([
  ['BY_VOLUME', 'contracts'],
  ['BY_VALUE', 'settle'],
]);

/**
 * Reads a market's risk limits out of its contract, smallest first: a ladder of even steps, or a list where the steps are
 * not even. Source: MEXC contract API docs, contract detail, riskLimitMode. @throws {MalformedResponseError}
 */
export function decodeRiskTiers(contract: JsonObject, symbol: MarketSymbol): RiskLimitTier[] {
  const { riskLimitMode = 'INCREASE', riskLimitType = 'BY_VOLUME', riskLimitCustom } = contract;
  const unit = UNITS.get(riskLimitType);
  if (unit === undefined) throw malformed('riskLimitType', 'BY_VOLUME or BY_VALUE', riskLimitType);
  if (riskLimitMode === 'INCREASE') return readLadder(contract, { symbol, unit });
  if (riskLimitMode !== 'CUSTOM') throw malformed('riskLimitMode', 'INCREASE or CUSTOM', riskLimitMode);
  const rows = readArray(riskLimitCustom, 'riskLimitCustom');
  if (rows.length === 0) throw malformed('riskLimitCustom', 'at least one tier', riskLimitCustom);
  return rows.map((row) => readTier(readObject(row, 'tier'), { symbol, unit })).sort((a, b) => a.tier - b.tier);
}

type Market = Pick<RiskLimitTier, 'symbol' | 'unit'>;

function readTier({ level, maxVol, mmr, imr, maxLeverage }: JsonObject, market: Market): RiskLimitTier {
  return {
    ...market,
    tier: readInteger(level, 'tier level'),
    limit: readSize(maxVol, 'tier maxVol'),
    maxLeverage: readSize(maxLeverage, 'tier maxLeverage'),
    initialMarginRate: readSize(imr, 'tier imr'),
    maintenanceMarginRate: readAmount(mmr, 'tier mmr'),
  };
}

/** Each tier holds more than the one before, and asks for more margin. */
function readLadder(contract: JsonObject, market: Market): RiskLimitTier[] {
  const count = readInteger(contract['riskLevelLimit'], 'riskLevelLimit');
  if (count < 1 || count > MOST_TIERS) throw malformed('riskLevelLimit', `from 1 to ${MOST_TIERS}`, count);
  const most = readSize(contract['maxLeverage'], 'maxLeverage');
  const limits = steps(contract, 'riskBaseVol', 'riskIncrVol', count);
  const initial = steps(contract, 'initialMarginRate', 'riskIncrImr', count);
  const maintenance = steps(contract, 'maintenanceMarginRate', 'riskIncrMmr', count);
  return limits.map((limit, at) => ({
    ...market,
    tier: at + 1,
    limit,
    maxLeverage: leverageAt(initial[at] as Decimal, most),
    initialMarginRate: initial[at] as Decimal,
    maintenanceMarginRate: maintenance[at] as Decimal,
  }));
}

function steps(contract: JsonObject, base: string, increment: string, count: number): Decimal[] {
  const first = readSize(contract[base], base);
  if (count === 1) return [first];
  const step = readAmount(contract[increment], increment);
  return Array.from({ length: count }, (_, n) => addDecimals(first, multiplyDecimals(step, toDecimal(n))));
}

/** What a margin rate allows: whole, and no more than the market's own bound. */
function leverageAt(rate: Decimal, most: Decimal): Decimal {
  const allowed = roundToStep(divideDecimals(ONE, rate, LEVERAGE_DECIMALS), ONE, 'down');
  if (compareDecimals(allowed, ONE) < 0) return ONE;
  return compareDecimals(allowed, most) > 0 ? most : allowed;
}
