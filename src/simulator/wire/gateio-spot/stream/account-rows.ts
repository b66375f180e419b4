import type { Account, BalanceChange } from '../../../accounts/account.js';
import { type AccountFill, type AccountOrder, baseAmount } from '../../../accounts/account-order.js';
import { amountOf, printAmount } from '../../../accounts/amount.js';
import { toSeconds } from '../../gateio/wall-time.js';
import { CHANGE_TYPES } from '../private/balances.js';
import { orderFields, orderText } from '../private/order-fields.js';
import { tradeId, tradeTimeMs } from '../trade-fields.js';

type Fields = Record<string, unknown>;

/** Source: Gate.io spot WebSocket v4 docs, orders channel, event. */
const EVENTS = { placed: 'put', filled: 'update', amended: 'update', ended: 'finish' } as const;

/** `_v2` channels are faster and say nothing of fees. */
const ORDER_FEES = ['fee', 'point_fee', 'gt_fee', 'rebated_fee'];
const TRADE_FEES = ['fee', 'fee_currency', 'point_fee', 'gt_fee'];

/** One order as it is now; it has no status. Source: Gate.io spot WebSocket v4 docs, orders channel. */
export function orderRow(
  account: Account,
  order: AccountOrder,
  pairId: string,
  event: 'placed' | 'filled' | 'amended' | 'ended',
): Fields {
  const { userId, selfTradeGroup } = account.settings;
  const all = orderFields(order, pairId, selfTradeGroup);
  const row = Object.fromEntries(SHOWN.map((name) => [name, all[name]]));
  return {
    ...row,
    avg_deal_price: all['avg_deal_price'] ?? '0',
    create_time_ms: String(order.createdAt),
    update_time_ms: String(order.updatedAt),
    user: Number(userId),
    event: EVENTS[event],
    biz_info: '-',
  };
}

/** What the venue's own example shows of an order; the rest of REST's fields is not pushed. */
const SHOWN = [
  'id',
  'text',
  'create_time',
  'update_time',
  'currency_pair',
  'type',
  'account',
  'side',
  'amount',
  'price',
  'time_in_force',
  'left',
  'filled_total',
  'avg_deal_price',
  'fee',
  'fee_currency',
  'point_fee',
  'gt_fee',
  'rebated_fee',
  'rebated_fee_currency',
  'stp_id',
  'stp_act',
  'finish_as',
  'amend_text',
];

/** One execution of one's own: its id is a number here. Source: Gate.io spot WebSocket v4 docs, user trades channel. */
export function tradeRow(account: Account, fill: AccountFill, pairId: string): Fields {
  const { order, priceTicks, lots, at } = fill;
  const tape = { id: fill.tradeId, at, priceTicks, lots, takerSide: order.side };
  return {
    id: tradeId(tape),
    user_id: Number(account.settings.userId),
    order_id: order.id,
    currency_pair: pairId,
    create_time: toSeconds(at),
    create_time_ms: tradeTimeMs(tape),
    side: order.side,
    amount: printAmount(baseAmount(order, lots)),
    role: fill.liquidity,
    price: printAmount(amountOf(priceTicks, order.market.spec.priceDecimals)),
    fee: printAmount(fill.fee),
    fee_currency: fill.feeAsset,
    point_fee: '0',
    gt_fee: '0',
    text: orderText(order),
    amend_text: order.amendText ?? '-',
    biz_info: '-',
    id_market: fill.tradeId,
  };
}

/** One change of one currency; `change` is that of the total. Source: Gate.io spot WebSocket v4 docs, balances channel. */
export function balanceRow(account: Account, change: BalanceChange): Fields {
  return {
    timestamp: String(toSeconds(change.at)),
    timestamp_ms: String(change.at),
    user: account.settings.userId,
    currency: change.asset,
    change: printAmount(change.freeChange + change.lockedChange),
    total: printAmount(change.free + change.locked),
    available: printAmount(change.free),
    freeze: printAmount(change.locked),
    freeze_change: printAmount(change.lockedChange),
    change_type: CHANGE_TYPES[change.cause],
  };
}

export function withoutOrderFees(row: Fields): Fields {
  return without(row, ORDER_FEES);
}

export function withoutTradeFees(row: Fields): Fields {
  return without(row, TRADE_FEES);
}

function without(row: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}
