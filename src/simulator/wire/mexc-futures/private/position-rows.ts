import { type Amount, amountOf, averageOf } from '../../../accounts/amount.js';
import { liquidationPrice } from '../../../positions/liquidation-price.js';
import type { PerpetualMarket } from '../../../positions/perpetual-market.js';
import type { ClosedPosition, FundingPayment, Position } from '../../../positions/position.js';
import {
  entryPrice,
  maintenanceMargin,
  markValue,
  priceOfValue,
  quotient,
  unrealisedPnl,
} from '../../../positions/valuation.js';
import { contractId } from '../contracts.js';

const ONE = amountOf(1, 0);

/** One that is held; without unrealised profit. Source: MEXC contract docs, open positions. */
export function positionRow(position: Position): Record<string, unknown> {
  const { market, lots, marginMode, openedLots, openedValue, closedLots, closedValue, leverage } = position;
  const price = rounded(entryPrice(position));
  return {
    positionId: position.number,
    symbol: contractId(market),
    positionType: lots > 0 ? 1 : 2,
    openType: marginMode === 'isolated' ? 1 : 2,
    state: position.isLiquidating ? 2 : 1,
    holdVol: contracts(market, Math.abs(lots)),
    frozenVol: contracts(market, frozenLots(position)),
    closeVol: contracts(market, closedLots),
    holdAvgPrice: price,
    openAvgPrice: rounded(priceOfValue(market, openedLots, openedValue)),
    closeAvgPrice: rounded(priceOfValue(market, closedLots, closedValue)),
    liquidatePrice: rounded(liquidationPrice(position)),
    oim: quotient(position.entryValue, amountOf(leverage, 0)),
    im: position.margin,
    holdFee: position.funding,
    realised: position.pnl + position.fees + position.funding,
    adlLevel: 1,
    leverage,
    marginRatio: marginRatio(position),
    autoAddIm: false,
    createTime: position.openedAt,
    updateTime: position.updatedAt,
    version: position.version,
  };
}

/** One that is over. Source: MEXC contract docs, history positions. */
export function closedRow(closed: ClosedPosition): Record<string, unknown> {
  const { market, openedLots, openedValue, closedLots, closedValue, pnl, fees, funding } = closed;
  const openPrice = rounded(priceOfValue(market, openedLots, openedValue));
  return {
    positionId: closed.number,
    symbol: contractId(market),
    positionType: closed.side === 'long' ? 1 : 2,
    openType: closed.marginMode === 'isolated' ? 1 : 2,
    state: 3,
    holdVol: 0,
    frozenVol: 0,
    closeVol: contracts(market, closedLots),
    holdAvgPrice: openPrice,
    openAvgPrice: openPrice,
    closeAvgPrice: rounded(priceOfValue(market, closedLots, closedValue)),
    liquidatePrice: 0,
    oim: 0,
    im: 0,
    holdFee: funding,
    realised: pnl + fees + funding,
    leverage: closed.leverage,
    createTime: closed.openedAt,
    updateTime: closed.closedAt,
    autoAddIm: false,
    closeProfitLoss: pnl,
    fee: -fees,
    positionShowStatus: 'CLOSED',
  };
}

/** What was paid or received; above zero = received. Source: MEXC contract docs, funding records. */
export function fundingRow({ number, market, lots, value, rateMillionths, amount, at }: FundingPayment) {
  return {
    id: number,
    symbol: contractId(market),
    positionType: lots > 0 ? 1 : 2,
    positionValue: value,
    funding: amount,
    rate: rateMillionths / 1_000_000,
    settleTime: at,
  };
}

/** What open orders would close. */
function frozenLots({ account, market, side }: Position): number {
  let lots = 0;
  for (const order of account.openOrders) {
    if (order.market === market && order.positionSide === side && order.reduceOnly)
      lots += order.lots - order.filledLots;
  }
  return lots;
}

/** Maintenance margin over what there is to lose; four decimals. */
function marginRatio(position: Position): Amount {
  const equity = position.margin + unrealisedPnl(position);
  if (equity <= 0n || markValue(position) === 0n) return ONE;
  const step = ONE / 10_000n;
  return (quotient(maintenanceMargin(position), equity) / step) * step;
}

function contracts(market: PerpetualMarket, lots: number): Amount {
  return amountOf(lots, market.spec.quantityDecimals);
}

/** 16 decimals at most. */
function rounded(price: Amount): Amount {
  return averageOf(price, ONE);
}
