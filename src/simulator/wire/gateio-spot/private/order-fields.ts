import { type AccountOrder, baseAmount, type EndReason, feeAsset } from '../../../accounts/account-order.js';
import { amountOf, averageOf, printAmount } from '../../../accounts/amount.js';
import { toSeconds } from '../../gateio/wall-time.js';

/** The custom id, or where the order came from. Source: Gate.io API v4 docs, order object, text. */
export function orderText({ clientOrderId, source }: AccountOrder): string {
  return clientOrderId ?? source ?? 'apiv4';
}

/** Source: Gate.io API v4 docs, order object, finish_as. */
const FINISHES: Readonly<Record<EndReason, string>> = {
  filled: 'filled',
  user: 'cancelled',
  ioc: 'ioc',
  fok: 'fok',
  post_only: 'poc',
  self_trade: 'stp',
  depth: 'depth_not_enough',
  countdown: 'cancelled',
  venue: 'cancelled',
};

const SELF_TRADES = { cancel_newest: 'cn', cancel_oldest: 'co', cancel_both: 'cb' };

/** The order as REST and the WebSocket API print it. Source: Gate.io API v4 docs, order object. */
export function orderFields(order: AccountOrder, pairId: string, group: number | undefined): Record<string, unknown> {
  const { spec } = order.market;
  const amount = order.quoteBudget ?? baseAmount(order, order.lots);
  const filled = baseAmount(order, order.filledLots);
  const left = amount - (order.quoteBudget === undefined ? filled : order.filledQuote);
  const total = printAmount(order.filledQuote);
  return {
    id: order.id,
    text: orderText(order),
    amend_text: order.amendText ?? '-',
    create_time: String(toSeconds(order.createdAt)),
    update_time: String(toSeconds(order.updatedAt)),
    create_time_ms: order.createdAt,
    update_time_ms: order.updatedAt,
    status: order.status === 'filled' ? 'closed' : order.status === 'canceled' ? 'cancelled' : 'open',
    currency_pair: pairId,
    type: order.type,
    account: 'spot',
    side: order.side,
    amount: printAmount(amount),
    price: printAmount(amountOf(order.priceTicks, spec.priceDecimals)),
    time_in_force: order.postOnly ? 'poc' : order.timeInForce,
    iceberg: '0',
    left: printAmount(left),
    filled_amount: printAmount(filled),
    fill_price: total,
    filled_total: total,
    ...(order.filledLots > 0 ? { avg_deal_price: printAmount(averageOf(order.filledQuote, filled)) } : {}),
    fee: printAmount(order.fee),
    fee_currency: feeAsset(order),
    point_fee: '0',
    gt_fee: '0',
    gt_maker_fee: '0',
    gt_taker_fee: '0',
    gt_discount: false,
    rebated_fee: '0',
    rebated_fee_currency: order.side === 'buy' ? spec.quote : spec.base,
    stp_id: group ?? 0,
    stp_act: order.selfTradeRule === undefined ? '-' : SELF_TRADES[order.selfTradeRule],
    finish_as: order.endReason === undefined ? 'open' : FINISHES[order.endReason],
  };
}
