import {
  readDeposit,
  type SimulatedAccount,
  type SimulatedFill,
  type SimulatedOrder,
  type SimulatedPosition,
} from '../accounts/account-view.js';
import { type Amount, amountOf, printAmount } from '../accounts/amount.js';
import type { FuturesAccount } from './futures-account.js';
import type { FuturesFill, FuturesOrder } from './futures-order.js';
import { liquidationPrice } from './liquidation-price.js';
import { summarize } from './margins.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { Position } from './position.js';
import type { TradingDesk } from './trading-desk.js';
import { bookPrice, entryPrice, markPrice, quotient, underlyingOf, unrealisedPnl } from './valuation.js';

/** Decimals of what cannot be exact: averages, and base quantities of inverse contracts. */
const SHOWN = 16;

export function viewFuturesAccount(desk: TradingDesk, account: FuturesAccount): SimulatedAccount {
  return {
    userId: account.settings.userId,
    balances: () => Object.fromEntries(account.assets().map((asset) => [asset, viewBalance(account, asset)])),
    orders: () => account.orders.map(viewOrder),
    fills: () => account.fills.map(viewFill),
    positions: () =>
      account
        .positions()
        .filter(({ lots }) => lots !== 0)
        .map(viewPosition),
    deposit: (asset, text) => account.post('deposit', asset, readDeposit(text), desk.ledger.outside),
    cancelByVenue(orderId) {
      const order = account.ordersById.get(orderId);
      return order !== undefined && desk.cancel(account, order, 'venue');
    },
  };
}

/** Base asset, without sign. An inverse contract is worth another quantity at another price. */
function baseQuantity(market: PerpetualMarket, lots: number, price: Amount): Amount {
  const underlying = underlyingOf(market, Math.abs(lots));
  return market.terms.isInverse ? cut(quotient(underlying, price)) : underlying;
}

function viewBalance(account: FuturesAccount, asset: string): ReturnType<SimulatedAccount['balances']>[string] {
  const { balance, available } = summarize(account, asset);
  const free = available > 0n ? available : 0n;
  return { free: printAmount(free), locked: printAmount(balance - free) };
}

function viewOrder(order: FuturesOrder): SimulatedOrder {
  const { market, lots, filledLots, filledTickLots } = order;
  const { spec, terms } = market;
  const average = filledLots === 0 ? 0n : amountOf(filledTickLots, spec.priceDecimals) / BigInt(filledLots);
  const price = order.priceTicks === 0 ? average || markPrice(market) : bookPrice(market, order.priceTicks);
  const filled = baseQuantity(market, filledLots, average);
  return {
    id: order.id,
    clientOrderId: order.clientOrderId,
    symbol: spec.symbol,
    side: order.side,
    type: order.type,
    price: printAmount(bookPrice(market, order.priceTicks)),
    quantity: printAmount(baseQuantity(market, lots, price)),
    filledQuantity: printAmount(filled),
    filledQuote: printAmount(terms.isInverse ? underlyingOf(market, filledLots) : order.filledValue),
    fee: printAmount(order.takerFee + order.makerFee),
    feeAsset: terms.settle,
    status: order.status,
    endReason: order.endReason,
    createdAt: order.createdAt,
    contracts: printAmount(amountOf(lots, spec.quantityDecimals)),
    positionSide: order.positionSide,
    reduceOnly: order.reduceOnly,
  };
}

function viewFill({ order, priceTicks, lots, fee, liquidity, at, pnl }: FuturesFill): SimulatedFill {
  const { market } = order;
  return {
    orderId: order.id,
    clientOrderId: order.clientOrderId,
    symbol: market.spec.symbol,
    side: order.side,
    price: printAmount(bookPrice(market, priceTicks)),
    quantity: printAmount(baseQuantity(market, lots, bookPrice(market, priceTicks))),
    fee: printAmount(fee),
    feeAsset: market.terms.settle,
    liquidity,
    at,
    contracts: printAmount(amountOf(lots, market.spec.quantityDecimals)),
    pnl: printAmount(pnl),
  };
}

function viewPosition(position: Position): SimulatedPosition {
  const { market, lots, side, leverage, marginMode, margin, pnl, fees, funding } = position;
  return {
    symbol: market.spec.symbol,
    side: lots > 0 ? 'long' : 'short',
    positionSide: side,
    contracts: printAmount(amountOf(Math.abs(lots), market.spec.quantityDecimals)),
    quantity: printAmount(baseQuantity(market, lots, markPrice(market))),
    entryPrice: printAmount(cut(entryPrice(position))),
    markPrice: printAmount(markPrice(market)),
    liquidationPrice: printAmount(cut(liquidationPrice(position))),
    leverage,
    marginMode,
    margin: printAmount(margin),
    unrealisedPnl: printAmount(unrealisedPnl(position)),
    realisedPnl: printAmount(pnl),
    fees: printAmount(fees),
    funding: printAmount(funding),
  };
}

/** Towards zero. */
function cut(amount: Amount): Amount {
  const step = amountOf(1, SHOWN);
  return (amount / step) * step;
}
