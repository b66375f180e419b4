import { createHash } from 'node:crypto';
import { type Amount, amountOf, averageOf, printAmount } from '../../../accounts/amount.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesFill, FuturesOrder } from '../../../positions/futures-order.js';
import { contractId } from '../contracts.js';
import { errorNumber, sideNumber, stateNumber, typeNumber } from './order-words.js';

const FIRST_FILL = 299_444_000_000n;

/** One order as every read and push shows it. Source: MEXC contract docs, order information. */
export function orderRow(account: FuturesAccount, order: FuturesOrder): Record<string, unknown> {
  const { market, priceTicks, leverage, takerFee, makerFee } = order;
  const price = amountOf(priceTicks, market.spec.priceDecimals);
  return {
    orderId: order.id,
    symbol: contractId(market),
    positionId: positionNumber(account, order),
    price,
    priceStr: printAmount(price),
    vol: contracts(order, order.lots),
    leverage,
    side: sideNumber(order),
    category: order.isLiquidation ? 2 : 1,
    orderType: typeNumber(order),
    dealAvgPrice: averagePrice(order),
    dealVol: contracts(order, order.filledLots),
    orderMargin: order.margin,
    takerFee,
    makerFee,
    totalFee: takerFee + makerFee,
    profit: order.pnl,
    feeCurrency: market.terms.settle,
    openType: order.marginMode === 'isolated' ? 1 : 2,
    state: stateNumber(order),
    externalOid: externalOid(order),
    errorCode: errorNumber(order),
    usedMargin: order.reduceOnly ? 0n : order.filledValue / BigInt(leverage),
    createTime: order.createdAt,
    updateTime: order.updatedAt,
    positionMode: order.positionSide === 'net' ? 2 : 1,
    reduceOnly: order.positionSide === 'net' && order.reduceOnly,
    version: order.version,
  };
}

/** The fields that only the stream has. Source: MEXC contract docs, order push. */
export function orderPush(account: FuturesAccount, order: FuturesOrder): Record<string, unknown> {
  const { spec } = order.market;
  return {
    ...orderRow(account, order),
    remainVol: contracts(order, order.lots - order.filledLots),
    makerFeeRate: Number(spec.makerFee),
    takerFeeRate: Number(spec.takerFee),
  };
}

/** One execution of one's own. A fee above zero was paid. Source: MEXC contract docs, order transaction details. */
export function fillRow(fill: FuturesFill): Record<string, unknown> {
  const { order, liquidity } = fill;
  const { market } = order;
  return {
    id: String(FIRST_FILL + BigInt(fill.number)),
    symbol: contractId(market),
    side: sideNumber(order),
    vol: contracts(order, fill.lots),
    price: amountOf(fill.priceTicks, market.spec.priceDecimals),
    feeCurrency: market.terms.settle,
    fee: fill.fee,
    timestamp: fill.at,
    profit: fill.pnl,
    category: order.isLiquidation ? 2 : 1,
    orderId: order.id,
    positionMode: order.positionSide === 'net' ? 2 : 1,
    reduceOnly: order.positionSide === 'net' && order.reduceOnly,
    externalOid: externalOid(order),
    isSelf: fill.isSelfTrade,
    taker: liquidity === 'taker',
  };
}

/** The stream's word for `taker` is another. Source: MEXC contract docs, fill push. */
export function fillPush(fill: FuturesFill): Record<string, unknown> {
  const { taker, ...row } = fillRow(fill);
  return { ...row, isTaker: taker };
}

/** The venue makes one up where the client sent none. */
function externalOid({ id, clientOrderId }: FuturesOrder): string {
  return clientOrderId ?? `_m_${createHash('md5').update(id).digest('hex')}`;
}

function averagePrice({ market, filledTickLots, filledLots }: FuturesOrder): Amount {
  const { priceDecimals, quantityDecimals } = market.spec;
  return averageOf(amountOf(filledTickLots, priceDecimals + quantityDecimals), amountOf(filledLots, quantityDecimals));
}

function contracts({ market }: FuturesOrder, lots: number): Amount {
  return amountOf(lots, market.spec.quantityDecimals);
}

/** The one that it traded for; as long as it has not, the one that is there now. */
function positionNumber(account: FuturesAccount, order: FuturesOrder): number {
  const fill = order.filledLots === 0 ? undefined : account.fills.findLast((one) => one.order === order);
  return fill?.positionNumber ?? account.position(order.market, order.positionSide).number;
}
