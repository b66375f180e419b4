import { createHash } from 'node:crypto';
import type { BalanceCause, BalanceChange } from '../../../accounts/account.js';
import {
  type AccountFill,
  type AccountOrder,
  baseAmount,
  leftLots,
  quoteAmount,
} from '../../../accounts/account-order.js';
import { type Amount, amountOf, averageOf, printAmount } from '../../../accounts/amount.js';
import type { ProtoWriter } from '../proto-writer.js';
import { tradeRow } from './order-rows.js';
import { statusWord, typeWord } from './order-words.js';

/** Source: MEXC spot v3 docs, order types. */
const TYPES: Readonly<Record<string, number>> = {
  LIMIT: 1,
  LIMIT_MAKER: 2,
  IMMEDIATE_OR_CANCEL: 3,
  FILL_OR_KILL: 4,
  MARKET: 5,
};

/** Source: MEXC spot v3 docs, order status. */
const STATUSES: Readonly<Record<string, number>> = {
  NEW: 1,
  FILLED: 2,
  PARTIALLY_FILLED: 3,
  CANCELED: 4,
  PARTIALLY_CANCELED: 5,
};

/** Source: MEXC spot v3 docs, account update, balance change type. */
const CAUSES: Readonly<Record<BalanceCause, string>> = {
  deposit: 'DEPOSIT',
  withdrawal: 'WITHDRAW',
  transfer: 'CONTRACT_TRANSFER',
  order_placed: 'ENTRUST_PLACE',
  order_amended: 'ENTRUST_PLACE',
  order_ended: 'ENTRUST_CANCEL',
  fill: 'ENTRUST',
  fee: 'TRADE_FEE',
};

/** An order as it is now, with its newest fill. Source: MEXC spot proto files, PrivateOrdersV3Api. */
export function writeOrder(to: ProtoWriter, order: AccountOrder, lastFill: AccountFill | undefined): void {
  const { priceTicks, quoteBudget, filledQuote } = order;
  const filled = baseAmount(order, order.filledLots);
  const isBudget = quoteBudget !== undefined;
  const [amount, remainAmount] = isBudget
    ? [quoteBudget, quoteBudget - filledQuote]
    : [quoteAmount(order, priceTicks, order.lots), quoteAmount(order, priceTicks, leftLots(order))];
  to.string(1, order.id).string(2, order.clientOrderId ?? '');
  to.string(3, printAmount(amountOf(priceTicks, order.market.spec.priceDecimals)));
  to.string(4, isBudget ? '0' : printAmount(baseAmount(order, order.lots))).string(5, printAmount(amount));
  to.string(6, printAmount(averageOf(filledQuote, filled)));
  to.integer(7, TYPES[typeWord(order)]!).integer(8, sideNumber(order));
  to.integer(9, lastFill?.liquidity === 'maker' ? 1 : 0).string(10, printAmount(remainAmount));
  to.string(11, isBudget ? '0' : printAmount(baseAmount(order, leftLots(order))));
  to.string(12, lastFill === undefined ? '' : printAmount(baseAmount(order, lastFill.lots)));
  to.string(13, printAmount(filled)).string(14, printAmount(filledQuote));
  to.integer(15, STATUSES[statusWord(order)]!).integer(16, order.createdAt);
}

/** One execution of one's own. Source: MEXC spot proto files, PrivateDealsV3Api. */
export function writeDeal(to: ProtoWriter, fill: AccountFill): void {
  const { order } = fill;
  const row = tradeRow(fill) as Record<'price' | 'qty' | 'quoteQty' | 'id' | 'commission', string>;
  to.string(1, row.price).string(2, row.qty).string(3, row.quoteQty).integer(4, sideNumber(order));
  to.integer(5, fill.liquidity === 'maker' ? 1 : 0).integer(6, fill.isSelfTrade ? 1 : 0);
  to.string(7, row.id)
    .string(8, order.clientOrderId ?? '')
    .string(9, order.id);
  to.string(10, row.commission).string(11, fill.feeAsset).integer(12, fill.at);
}

/** One change of one asset. Source: MEXC spot proto files, PrivateAccountV3Api. */
export function writeBalance(to: ProtoWriter, change: BalanceChange): void {
  const print = (field: number, amount: Amount) => to.string(field, printAmount(amount));
  to.string(1, change.asset).string(2, coinId(change.asset));
  print(3, change.free);
  print(4, change.freeChange);
  print(5, change.locked);
  print(6, change.lockedChange);
  to.string(7, causeWord(change)).integer(8, change.at);
}

/** A fill that gives locked money back paid less than its price allowed. */
function causeWord({ cause, freeChange, lockedChange }: BalanceChange): string {
  const isRelease = cause === 'fill' && freeChange > 0n && lockedChange < 0n;
  return isRelease ? 'ENTRUST_UNFROZEN' : CAUSES[cause];
}

function sideNumber({ side }: AccountOrder): number {
  return side === 'buy' ? 1 : 2;
}

/** The venue's internal id: as published samples have it, otherwise as many digits made of the name. */
function coinId(asset: string): string {
  if (asset === 'USDT') return '128f589271cb4951b03e71e6323eb7be';
  return createHash('md5').update(asset).digest('hex');
}
