import type { Decimal } from '../../../model/decimal.js';
import { type Amount, amountOf, parseAmount, printAmount, shareOf } from '../../accounts/amount.js';
import type { RiskTier } from '../../contract.js';
import type { FuturesRules } from '../../positions/futures-rules.js';

/** Contracts of these may be fractions. Source: Gate API v4 docs, futures contracts, enable_decimal; published measurement. */
const DECIMAL_BASES: readonly string[] = ['ETH', 'SOL', 'XRP', 'TRX', 'PEPE'];

/** Limit in dollars, initial and maintenance rate, leverage. */
const TIERS = [
  ['500000', '0.008', '0.004', 125],
  ['1000000', '0.01', '0.005', 100],
  ['3000000', '0.02', '0.01', 50],
  ['10000000', '0.05', '0.025', 20],
  ['30000000', '0.1', '0.05', 10],
  ['100000000', '0.2', '0.1', 5],
] as const;

/**
 * Source: Gate API v4 docs, futures order object (ids), contracts (limits and rates of BTC_USDT), risk limit tiers, error
 * labels. The tiers' limits are invented; the smallest leverage of an account at its start is a choice.
 */
export const GATEIO_FUTURES_RULES: FuturesRules = {
  orderId: (n) => String(74_046_500_000 + n),
  impossibleOrders: 'refused',
  emptyBook: 'refused',
  excessReduce: 'shrunk',
  priceBand: 'both',
  maxOpenOrders: 100,
  positionMode: 'one_way',
  marginMode: 'cross',
  leverage: 10,
  contractDecimals: (base) => (DECIMAL_BASES.includes(base) ? 1 : 0),
  terms: ({ settle, isInverse, price, priceDecimals }) => ({
    settle,
    isInverse,
    contractSize: isInverse ? decimal('1') : linearSize(price),
    minContracts: decimal('1'),
    maxContracts: decimal('1000000'),
    markDecimals: priceDecimals + 1,
    minLeverage: 1,
    maxLeverage: 125,
    tiersBy: 'value',
    tiers: tiersFor(isInverse ? price : 1),
    fundingIntervalMs: 28_800_000,
    maxFundingRate: decimal('0.003'),
    interestRate: decimal('0.0001'),
    maxPriceDeviation: decimal('0.5'),
  }),
};

/** Worth about ten dollars: 0.0001 BTC, 0.01 ETH, 10 XRP. */
function linearSize(price: number): Decimal {
  const exponent = Math.min(12, Math.round(Math.log10(price / 10)));
  return exponent > 0 ? printAmount(amountOf(1, exponent)) : decimal(String(10 ** -exponent));
}

/** @param price dollars per settle asset. Deductions join the tiers: at a limit both say the same. */
function tiersFor(price: number): RiskTier[] {
  let [limit, rate, deduction]: Amount[] = [0n, 0n, 0n];
  return TIERS.map(([dollars, initial, maintenance, maxLeverage], index) => {
    const next = parseAmount(maintenance)!;
    deduction = deduction! + shareOf(limit!, next - rate!);
    rate = next;
    limit = amountOf(Math.max(1, Math.round(Number(dollars) / price)), 0);
    return {
      tier: index + 1,
      limit: printAmount(limit),
      initialRate: decimal(initial),
      maintenanceRate: decimal(maintenance),
      maxLeverage,
      deduction: printAmount(deduction),
    };
  });
}

function decimal(text: string): Decimal {
  return text as Decimal;
}
