import type { Side } from '../../model/side.js';
import type { MarketSpec } from '../contract.js';
import type { SelfTradeRule } from './account-order.js';
import { type Amount, amountOf, parseAmount } from './amount.js';

/** An order as a wire has read it; numbers are still the client's text. */
export interface OrderRequest {
  readonly side: Side;
  readonly type: 'limit' | 'market';
  readonly timeInForce: 'gtc' | 'ioc' | 'fok';
  readonly postOnly: boolean;
  /** Limit orders only. */
  readonly price?: string | undefined;
  /** Base asset. Exactly one of the two for a market order. */
  readonly quantity?: string | undefined;
  /** Quote asset, market buys only. */
  readonly quoteQuantity?: string | undefined;
  readonly clientOrderId?: string | undefined;
  /** Which door of the venue it came through, where the venue tells. */
  readonly source?: string | undefined;
  readonly selfTradeRule?: SelfTradeRule | undefined;
}

/** Why the venue does not take an order; each wire has its own words for them. */
export type RefusalReason =
  | 'bad_price'
  | 'bad_quantity'
  | 'price_precision'
  | 'quantity_precision'
  | 'below_min_quantity'
  | 'below_min_notional'
  | 'above_max_notional'
  | 'insufficient_balance'
  | 'too_many_orders'
  | 'post_only_takes'
  | 'fok_not_filled'
  | 'no_liquidity'
  | 'trading_disabled'
  | 'not_open'
  | 'no_change';

/** An order or a change that is refused before anything happens. */
export class DeskRefusal extends Error {
  readonly reason: RefusalReason;
  /** The notional that was too small or too large, and the bound. */
  readonly notional: Amount;

  constructor(reason: RefusalReason, notional: Amount = 0n) {
    super(reason);
    this.reason = reason;
    this.notional = notional;
  }
}

/** A price in ticks. @throws {DeskRefusal} */
export function readPrice(text: string | undefined, { priceDecimals }: MarketSpec): number {
  return readUnits(text, priceDecimals, 'bad_price', 'price_precision');
}

/** A quantity in lots. @throws {DeskRefusal} */
export function readQuantity(text: string | undefined, { quantityDecimals }: MarketSpec): number {
  return readUnits(text, quantityDecimals, 'bad_quantity', 'quantity_precision');
}

/** What a market buy may spend. Its precision is that of a price. @throws {DeskRefusal} */
export function readBudget(text: string | undefined, { priceDecimals }: MarketSpec): Amount {
  return amountOf(readUnits(text, priceDecimals, 'bad_quantity', 'quantity_precision'), priceDecimals);
}

function readUnits(text: string | undefined, decimals: number, bad: RefusalReason, precise: RefusalReason): number {
  const amount = text === undefined ? undefined : parseAmount(text);
  if (amount === undefined || amount === 0n) throw new DeskRefusal(bad);
  const unit = amountOf(1, decimals);
  if (amount % unit !== 0n) throw new DeskRefusal(precise);
  const units = Number(amount / unit);
  if (!Number.isSafeInteger(units)) throw new DeskRefusal(bad);
  return units;
}
