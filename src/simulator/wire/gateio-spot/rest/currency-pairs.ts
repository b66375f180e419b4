import { type Decimal, multiplyDecimals, toDecimal } from '../../../../model/decimal.js';
import type { Pair } from '../pairs.js';

const HUNDRED = toDecimal('100');

/** `GET /spot/currency_pairs` and `/{pair}`: the rules of one market. Source: Gate.io API v4 docs, currency pairs. */
export function describePair({ id, market: { spec } }: Pair): Record<string, unknown> {
  return {
    id,
    base: spec.base,
    base_name: spec.base,
    quote: spec.quote,
    quote_name: spec.quote,
    fee: toPercent(spec.takerFee),
    min_base_amount: spec.minQuantity,
    min_quote_amount: spec.minNotional,
    max_base_amount: null,
    max_quote_amount: '5000000',
    amount_precision: spec.quantityDecimals,
    precision: spec.priceDecimals,
    trade_status: 'tradable',
    sell_start: 0,
    buy_start: 0,
    delisting_time: 0,
    type: 'normal',
    trade_url: `https://www.gate.com/trade/${id}`,
    st_tag: false,
    up_rate: '0.05',
    down_rate: '0.05',
    slippage: '0.05',
    market_order_max_stock: null,
    market_order_max_money: '1000000',
  };
}

function toPercent(fraction: Decimal): string {
  return multiplyDecimals(fraction, HUNDRED);
}
