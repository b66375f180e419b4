import { ValidationError } from '../../errors/kinds.js';
import type { Decimal } from '../../model/decimal.js';
import type { Side } from '../../model/side.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { FuturesEndReason } from '../positions/futures-order.js';
import type { MarginMode, PositionSide } from '../positions/position.js';
import type { Account } from './account.js';
import { type AccountFill, type AccountOrder, baseAmount, type EndReason, feeAsset } from './account-order.js';
import { type Amount, amountOf, parseAmount, printAmount } from './amount.js';
import type { Desk } from './desk.js';
import type { Wallet } from './wallet.js';

/** The truth about one order, whatever the venue shows. */
export interface SimulatedOrder {
  readonly id: string;
  readonly clientOrderId: string | undefined;
  readonly symbol: MarketSymbol;
  readonly side: Side;
  readonly type: 'limit' | 'market';
  /** Quote per base; `'0'` for a market order. */
  readonly price: Decimal;
  /** Base asset. */
  readonly quantity: Decimal;
  readonly filledQuantity: Decimal;
  /** Quote asset. */
  readonly filledQuote: Decimal;
  readonly fee: Decimal;
  readonly feeAsset: string;
  readonly status: 'open' | 'filled' | 'canceled';
  /** `undefined` while it is open. */
  readonly endReason: EndReason | FuturesEndReason | undefined;
  /** Epoch ms by the venue's clock. */
  readonly createdAt: number;
  /** Perpetuals only. */
  readonly contracts?: Decimal;
  readonly positionSide?: PositionSide;
  readonly reduceOnly?: boolean;
}

/** The truth about one execution. */
export interface SimulatedFill {
  readonly orderId: string;
  readonly clientOrderId: string | undefined;
  readonly symbol: MarketSymbol;
  readonly side: Side;
  readonly price: Decimal;
  /** Base asset. */
  readonly quantity: Decimal;
  readonly fee: Decimal;
  readonly feeAsset: string;
  readonly liquidity: 'maker' | 'taker';
  readonly at: number;
  /** Perpetuals only. */
  readonly contracts?: Decimal;
  /** Perpetuals only: profit that it realised, settle asset. */
  readonly pnl?: Decimal;
}

/** The truth about one open position, at the mark price of now. Money is in the settle asset. */
export interface SimulatedPosition {
  readonly symbol: MarketSymbol;
  readonly side: 'long' | 'short';
  /** `net` in one-way mode. */
  readonly positionSide: PositionSide;
  /** Without sign. */
  readonly contracts: Decimal;
  /** Base asset, without sign; of an inverse contract at the mark price. */
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly markPrice: Decimal;
  /** `'0'` = none. */
  readonly liquidationPrice: Decimal;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  readonly margin: Decimal;
  readonly unrealisedPnl: Decimal;
  /** Since it was opened; without fees and funding. */
  readonly realisedPnl: Decimal;
  /** As they changed the balance: below zero = paid. */
  readonly fees: Decimal;
  readonly funding: Decimal;
}

/** One account at one venue as it really is. */
export interface SimulatedAccount {
  readonly userId: string;
  /** Every asset that it ever held. */
  balances(): Record<string, { readonly free: Decimal; readonly locked: Decimal }>;
  /** Every order ever, oldest first. */
  orders(): SimulatedOrder[];
  /** Every fill ever, oldest first. */
  fills(): SimulatedFill[];
  /** Open ones; none on a spot venue. */
  positions(): SimulatedPosition[];
  /** Money arrives from outside. @throws {ValidationError} unless the amount is a plain decimal above zero. */
  deposit(asset: string, amount: string): void;
  /** The venue takes an open order back of its own accord. Returns whether it was open. */
  cancelByVenue(orderId: string): boolean;
}

export function viewAccount(desk: Desk, wallet: Wallet, account: Account): SimulatedAccount {
  return {
    userId: account.settings.userId,
    balances: () =>
      Object.fromEntries(
        account.assets().map((asset) => {
          const [free, locked] = [printAmount(account.free.get(asset)), printAmount(account.locked.get(asset))];
          return [asset, { free, locked }];
        }),
      ),
    orders: () => account.orders.map(viewOrder),
    fills: () => account.fills.map(viewFill),
    positions: () => [],
    deposit(asset, text) {
      wallet.deposit(account, asset, readDeposit(text));
    },
    cancelByVenue(orderId) {
      const order = account.ordersById.get(orderId);
      return order !== undefined && desk.cancel(account, order, 'venue');
    },
  };
}

/** @throws {ValidationError} */
export function readDeposit(text: string): Amount {
  const amount = parseAmount(text);
  if (amount !== undefined && amount !== 0n) return amount;
  throw new ValidationError({ field: 'amount', expected: 'a plain decimal above zero', received: text });
}

function viewOrder(order: AccountOrder): SimulatedOrder {
  const { spec } = order.market;
  return {
    id: order.id,
    clientOrderId: order.clientOrderId,
    symbol: spec.symbol,
    side: order.side,
    type: order.type,
    price: printAmount(amountOf(order.priceTicks, spec.priceDecimals)),
    quantity: printAmount(baseAmount(order, order.lots)),
    filledQuantity: printAmount(baseAmount(order, order.filledLots)),
    filledQuote: printAmount(order.filledQuote),
    fee: printAmount(order.fee),
    feeAsset: feeAsset(order),
    status: order.status,
    endReason: order.endReason,
    createdAt: order.createdAt,
  };
}

function viewFill({ order, priceTicks, lots, fee, feeAsset: asset, liquidity, at }: AccountFill): SimulatedFill {
  return {
    orderId: order.id,
    clientOrderId: order.clientOrderId,
    symbol: order.market.spec.symbol,
    side: order.side,
    price: printAmount(amountOf(priceTicks, order.market.spec.priceDecimals)),
    quantity: printAmount(baseAmount(order, lots)),
    fee: printAmount(fee),
    feeAsset: asset,
    liquidity,
    at,
  };
}
