import { amountOf, averageOf, printAmount } from '../../../accounts/amount.js';
import type { FuturesEndReason, FuturesOrder } from '../../../positions/futures-order.js';
import { leftLotsOf } from '../../../positions/futures-order.js';
import { bookPrice } from '../../../positions/valuation.js';
import { contractId } from '../contracts.js';
import type { Sizes } from '../sizes.js';
import { fractionalSeconds } from '../trade-fields.js';

/** The custom id, or where the order came from. Source: Gate API v4 docs, futures order, text. */
export function orderText({ clientOrderId, source }: FuturesOrder): string {
  return clientOrderId ?? source ?? 'api';
}

/** Source: Gate API v4 docs, futures order, finish_as. */
export const FINISHES: Readonly<Record<FuturesEndReason, string>> = {
  filled: 'filled',
  user: 'cancelled',
  ioc: 'ioc',
  fok: 'fok',
  post_only: 'poc',
  self_trade: 'stp',
  depth: 'ioc',
  countdown: 'cancelled',
  venue: 'cancelled',
  reduce_only: 'reduce_only',
  position_closed: 'position_closed',
  liquidated: 'filled',
  liquidation_canceled: 'liquidated',
  slippage: 'ioc',
};

const SELF_TRADES = { cancel_newest: 'cn', cancel_oldest: 'co', cancel_both: 'cb' };

export function signedLotsOf({ side }: FuturesOrder, lots: number): number {
  return side === 'buy' ? lots : -lots;
}

/** Average price of the fills; `'0'` without any. */
function averagePrice({ market, filledLots, filledTickLots }: FuturesOrder): string {
  const total = amountOf(filledTickLots, market.spec.priceDecimals);
  return printAmount(averageOf(total, amountOf(filledLots, 0)));
}

/** The order as REST and the WebSocket API print it. Source: Gate API v4 docs, futures order object. */
export function orderFields(
  order: FuturesOrder,
  account: { settings: { userId: string; selfTradeGroup: number | undefined } },
  sizes: Sizes,
): Record<string, unknown> {
  const { market } = order;
  const { spec } = market;
  const isOver = order.status !== 'open';
  return {
    id: Number(order.id),
    user: Number(account.settings.userId),
    create_time: fractionalSeconds(order.createdAt),
    update_time: fractionalSeconds(order.updatedAt),
    ...(isOver ? { finish_time: fractionalSeconds(order.updatedAt), finish_as: FINISHES[order.endReason!] } : {}),
    status: isOver ? 'finished' : 'open',
    contract: contractId(spec),
    size: sizes.print(spec, signedLotsOf(order, order.lots)),
    iceberg: sizes.print(spec, 0),
    price: printAmount(bookPrice(market, order.priceTicks)),
    tif: order.postOnly ? 'poc' : order.timeInForce,
    left: sizes.print(spec, signedLotsOf(order, leftLotsOf(order))),
    fill_price: averagePrice(order),
    text: orderText(order),
    tkfr: spec.takerFee,
    mkfr: spec.makerFee,
    refu: 0,
    is_close: order.closesAll,
    is_reduce_only: order.reduceOnly,
    is_liq: order.isLiquidation,
    auto_size: order.closesAll && order.positionSide !== 'net' ? `close_${order.positionSide}` : '',
    stp_id: account.settings.selfTradeGroup ?? 0,
    stp_act: order.selfTradeRule === undefined ? '-' : SELF_TRADES[order.selfTradeRule],
    amend_text: order.amendText ?? '-',
    biz_info: '-',
    pos_margin_mode: order.marginMode,
  };
}
