import type { Decimal } from '../../../model/decimal.js';
import { amountOf, printAmount } from '../../accounts/amount.js';
import type { RiskTier } from '../../contract.js';
import type { FuturesRules } from '../../positions/futures-rules.js';

const FIRST_ORDER = 739_113_577_038_000_000n;
const TIERS = 10;
const TIER_CONTRACTS = 1_500_000;
/** Thousandths. */
const FIRST_RATES = { initial: 2, maintenance: 1 };
const RATE_STEP = 4;

/**
 * Source: MEXC contract docs, contract information (the ladder, limits and rates of BTC_USDT), ticker (the band of prices: a
 * bid at most, an ask at least), order error codes 18 to 21: what cannot be is accepted and ends at once. That an account begins hedging, isolated at 20×, is a choice.
 */
export const MEXC_FUTURES_RULES: FuturesRules = {
  orderId: (n) => String(FIRST_ORDER + BigInt(n)),
  impossibleOrders: 'canceled',
  emptyBook: 'canceled',
  excessReduce: 'refused',
  priceBand: 'crossing',
  maxOpenOrders: 200,
  positionMode: 'hedge',
  marginMode: 'isolated',
  leverage: 20,
  terms: ({ settle, isInverse, price, priceDecimals }) => ({
    settle,
    isInverse,
    contractSize: isInverse ? inverseSize(price) : linearSize(price),
    minContracts: decimal('1'),
    maxContracts: decimal(String(TIER_CONTRACTS)),
    markDecimals: priceDecimals + 1,
    minLeverage: 1,
    maxLeverage: 500,
    tiersBy: 'contracts',
    tiers: Array.from({ length: TIERS }, (_, index) => tier(index)),
    fundingIntervalMs: 8 * 3_600_000,
    maxFundingRate: decimal('0.0018'),
    interestRate: decimal('0.0001'),
    maxPriceDeviation: decimal('0.1'),
  }),
};

/** Worth about ten dollars: 0.0001 BTC, 0.01 ETH, 100 DOGE. */
function linearSize(price: number): Decimal {
  const exponent = Math.min(12, Math.round(Math.log10(price / 10)));
  return exponent > 0 ? printAmount(amountOf(1, exponent)) : decimal(String(10 ** -exponent));
}

/** Dollars. */
function inverseSize(price: number): Decimal {
  return decimal(price > 10_000 ? '100' : '10');
}

function tier(index: number): RiskTier {
  const initial = FIRST_RATES.initial + index * RATE_STEP;
  return {
    tier: index + 1,
    limit: decimal(String(TIER_CONTRACTS * (index + 1))),
    initialRate: printAmount(amountOf(initial, 3)),
    maintenanceRate: printAmount(amountOf(FIRST_RATES.maintenance + index * RATE_STEP, 3)),
    maxLeverage: Math.floor(1_000 / initial),
    deduction: decimal('0'),
  };
}

function decimal(text: string): Decimal {
  return text as Decimal;
}
