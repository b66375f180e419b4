import { type AccountFill, type AccountOrder, baseAmount, quoteAmount } from '../../../accounts/account-order.js';
import { amountOf, printAmount } from '../../../accounts/amount.js';
import { printPadded } from '../../mexc/print-number.js';
import { symbolOf } from './call.js';
import { selfTradeWord, statusWord, typeWord } from './order-words.js';

const FIRST_TRADE = 505_979_017_439_000_000n;

/** One order as every read shows it. Source: MEXC spot v3 docs, query order. */
export function orderRow(order: AccountOrder): Record<string, unknown> {
  const { side, priceTicks, market } = order;
  const quantity = printAmount(baseAmount(order, order.lots));
  const notional = quoteAmount(order, priceTicks, order.lots);
  return {
    symbol: symbolOf(order),
    orderId: order.id,
    orderListId: -1,
    clientOrderId: order.clientOrderId ?? null,
    price: printAmount(amountOf(priceTicks, market.spec.priceDecimals)),
    origQty: order.quoteBudget === undefined ? quantity : '0',
    executedQty: printAmount(baseAmount(order, order.filledLots)),
    cummulativeQuoteQty: printAmount(order.filledQuote),
    status: statusWord(order),
    timeInForce: null,
    type: typeWord(order),
    side: side === 'buy' ? 'BUY' : 'SELL',
    stopPrice: null,
    icebergQty: null,
    time: order.createdAt,
    updateTime: order.updatedAt,
    isWorking: order.status === 'open',
    stpMode: selfTradeWord(order),
    cancelReason: order.endReason === 'self_trade' ? 'stp_cancel' : null,
    origQuoteOrderQty: printAmount(order.quoteBudget ?? notional),
  };
}

/** What placing answers: neither the client's id, nor a status, nor fills. Source: MEXC spot v3 docs, new order. */
export function placedRow(order: AccountOrder): Record<string, unknown> {
  const { priceDecimals } = order.market.spec;
  const { origQty, type, side, stpMode } = orderRow(order);
  return {
    symbol: symbolOf(order),
    orderId: order.id,
    orderListId: -1,
    price: printPadded(order.priceTicks, priceDecimals),
    origQty,
    type,
    side,
    stpMode,
    transactTime: order.createdAt,
  };
}

/** A canceled order: as documented, or, for every other one, the little that was seen live. Source: MEXC spot v3 docs, cancel order. */
export function canceledRow(order: AccountOrder): Record<string, unknown> {
  const { symbol, orderId, price, origQty, type, side, ...rest } = orderRow(order);
  const short = { symbol, orderId, price, origQty, type, side };
  if (order.number % 2 === 0) return short;
  const { clientOrderId, executedQty, cummulativeQuoteQty, status, timeInForce } = rest;
  const more = { executedQty, cummulativeQuoteQty, status, timeInForce };
  return { ...short, origClientOrderId: clientOrderId, clientOrderId, ...more };
}

/** One execution of one's own. Source: MEXC spot v3 docs, account trade list. */
export function tradeRow(fill: AccountFill): Record<string, unknown> {
  const { order, priceTicks, lots, liquidity } = fill;
  return {
    symbol: symbolOf(order),
    id: `${FIRST_TRADE + BigInt(fill.tradeId)}X1`,
    orderId: order.id,
    orderListId: -1,
    price: printAmount(amountOf(priceTicks, order.market.spec.priceDecimals)),
    qty: printAmount(baseAmount(order, lots)),
    quoteQty: printAmount(quoteAmount(order, priceTicks, lots)),
    commission: printAmount(fill.fee),
    commissionAsset: fill.feeAsset,
    time: fill.at,
    isBuyer: order.side === 'buy',
    isMaker: liquidity === 'maker',
    isBestMatch: true,
    isSelfTrade: fill.isSelfTrade,
    clientOrderId: order.clientOrderId ?? null,
  };
}
