import { amountOf, parseAmount } from '../../../accounts/amount.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { TriggerOrder } from '../../../positions/trigger-order.js';
import { contractId } from '../contracts.js';

const FIRST_PLAN = 265_557_643_326_000_000n;
const DAY_HOURS = 24;

/** Source: MEXC contract docs, trigger order states. */
const STATES: Readonly<Record<TriggerOrder['status'], number>> = {
  open: 1,
  canceled: 2,
  fired: 3,
  expired: 4,
  failed: 5,
};
const TRENDS = { last: 1, mark: 2, index: 3 } as const;

/** Not the id of an order. */
export function planId({ number }: TriggerOrder): string {
  return String(FIRST_PLAN + BigInt(number));
}

export function planState({ status }: TriggerOrder): number {
  return STATES[status];
}

/** One trigger order. Source: MEXC contract docs, trigger orders. */
export function planRow(account: FuturesAccount, trigger: TriggerOrder): Record<string, unknown> {
  const { market, triggerTicks, rule, reference, order, extra, expiresAfterMs } = trigger.request;
  const { leverage, marginMode } = account.position(market, order.positionSide);
  return {
    id: planId(trigger),
    symbol: contractId(market),
    leverage: order.leverage ?? leverage,
    side: extra?.['side'],
    triggerPrice: amountOf(triggerTicks, market.terms.markDecimals),
    price: parseAmount(order.price ?? '0'),
    vol: parseAmount(order.contracts ?? '0'),
    openType: (order.marginMode ?? marginMode) === 'isolated' ? 1 : 2,
    triggerType: rule === 'at_or_above' ? 1 : 2,
    state: planState(trigger),
    executeCycle: expiresAfterMs === DAY_HOURS * 3_600_000 ? 1 : 2,
    trend: TRENDS[reference],
    orderType: extra?.['type'],
    ...(trigger.orderId === undefined ? {} : { orderId: trigger.orderId }),
    errorCode: trigger.status === 'failed' ? 999 : 0,
    priceProtect: 0,
    positionMode: order.positionSide === 'net' ? 2 : 1,
    reduceOnly: order.positionSide === 'net' && order.reduceOnly,
    createTime: trigger.createdAt,
    updateTime: trigger.updatedAt,
  };
}
