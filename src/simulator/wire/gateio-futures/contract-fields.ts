import { printAmount } from '../../accounts/amount.js';
import { indexPrice, markPrice } from '../../positions/valuation.js';
import { printUnits } from '../gateio/print-units.js';
import { toSeconds } from '../gateio/wall-time.js';
import type { Contract } from './contracts.js';
import type { Sizes } from './sizes.js';
import { FIRST_TRADE_ID } from './trade-fields.js';

/** Contracts were listed then: 2021-01-01, for all it matters. */
const LISTED_AT = 1_609_459_200;
/** Source: Gate API v4 docs, futures contracts, market_order_slip_ratio. */
export const MARKET_SLIPPAGE = '0.05';

/** Millionths as a fraction: `'0.000114'`. */
export function printRate(millionths: number): string {
  const text = printUnits(Math.abs(millionths), 6);
  return millionths < 0 ? `-${text}` : text;
}

/** The contract object. Source: Gate API v4 docs, futures contracts. */
export function contractFields({ id, perpetual }: Contract, sizes: Sizes): Record<string, unknown> {
  const { spec, terms, market, prices } = perpetual;
  const first = terms.tiers[0]!;
  const lots = (contracts: string): number => Math.round(Number(contracts) * 10 ** spec.quantityDecimals);
  const last = market.recentTrades(1)[0];
  return {
    name: id,
    type: terms.isInverse ? 'inverse' : 'direct',
    quanto_multiplier: terms.isInverse ? '0' : terms.contractSize,
    ref_discount_rate: '0',
    ref_rebate_rate: '0.2',
    order_price_deviate: terms.maxPriceDeviation,
    maintenance_rate: first.maintenanceRate,
    mark_type: 'index',
    last_price: printUnits(market.lastTicks, spec.priceDecimals),
    mark_price: printAmount(markPrice(perpetual)),
    index_price: printAmount(indexPrice(perpetual)),
    funding_rate_indicative: printRate(prices.fundingRateMillionths),
    funding_rate: printRate(prices.fundingRateMillionths),
    funding_rate_limit: terms.maxFundingRate,
    funding_interval: terms.fundingIntervalMs / 1_000,
    funding_next_apply: toSeconds(prices.nextFundingAt),
    funding_offset: 0,
    funding_impact_value: '60000',
    funding_cap_ratio: '0.75',
    interest_rate: '0.0003',
    mark_price_round: printUnits(1, terms.markDecimals),
    order_price_round: printUnits(1, spec.priceDecimals),
    order_size_min: sizes.print(spec, lots(spec.quantityDecimals > 0 ? '0' : terms.minContracts)),
    order_size_max: sizes.print(spec, lots(terms.maxContracts)),
    enable_decimal: spec.quantityDecimals > 0,
    market_order_size_max: '0',
    market_order_slip_ratio: MARKET_SLIPPAGE,
    orders_limit: 100,
    leverage_min: String(terms.minLeverage),
    leverage_max: String(terms.maxLeverage),
    cross_leverage_default: '10',
    maker_fee_rate: '-0.0001',
    taker_fee_rate: '0.00075',
    risk_limit_base: first.limit,
    risk_limit_step: first.limit,
    risk_limit_max: terms.tiers.at(-1)!.limit,
    trade_id: FIRST_TRADE_ID + (last?.id ?? 0),
    trade_size: sizes.print(spec, market.statistics().baseLots),
    orderbook_id: market.sequence,
    position_size: sizes.print(spec, perpetual.openInterestLots),
    long_users: 4_203,
    short_users: 3_187,
    config_change_time: LISTED_AT,
    create_time: LISTED_AT,
    launch_time: LISTED_AT,
    delisting_time: 0,
    delisted_time: 0,
    status: 'trading',
    in_delisting: false,
    enable_bonus: true,
    enable_credit: true,
    enable_circuit_breaker: false,
    is_pre_market: false,
    voucher_leverage: '0',
    contract_type: '',
  };
}
