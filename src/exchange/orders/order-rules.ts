import type { OrderPlacing, OrderRequest } from '../../adapter/order-endpoints.js';
import { TradingDisabledError, UnsupportedError, ValidationError } from '../../errors/kinds.js';
import type { Decimal } from '../../model/decimal.js';
import type { Instrument } from '../../model/instrument.js';
import type { Side } from '../../model/side.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { Writable } from '../../model/writable.js';
import { validateClientOrderId } from './client-order-id.js';
import { checkContracts, quoteOfInverse } from './contract-amounts.js';
import { checkNotional, checkQuantity, onStep } from './order-amounts.js';
import { type OrderForm, readOrderForm } from './order-form.js';
import type { UntypedOrder } from './place-order.js';

/** What one client may do at most, checked before signing. */
export interface OrderCaps {
  /** Largest value of one order that may open something, in the quote asset of its market. */
  readonly maxNotional?: Decimal;
  /** The only markets. */
  readonly symbols?: readonly MarketSymbol[];
}

const OF_POSITIONS = ['reduceOnly', 'positionSide'] as const;

/** Everything that an order is held against. */
export interface OrderRules {
  readonly instrument: Instrument;
  readonly placing: OrderPlacing;
  readonly caps?: OrderCaps | undefined;
  /**
   * Quote per base that a market order by `quantity` may cost at worst, from a live book. Without it such an order is
   * refused under a `maxNotional` cap, because nobody could tell its value.
   */
  readonly worstPrice?: Decimal | undefined;
}

/**
 * Turns what a user asked for into an order that keeps every rule of the market; all arithmetic is exact, and nothing is
 * rounded unless `rounding` asks for it.
 *
 * An amount in quote asset is held to the steps of the price: venues state no step of its own, and take at least that.
 * @param nextId makes a client order id; called last, and only when the order has none.
 * @param type in place of the one that it names, if any.
 * @throws {ValidationError} naming the field. @throws {TradingDisabledError} while the market takes no such order.
 * @throws {UnsupportedError} for what the venue cannot do. Nothing has been sent in any case.
 */
export function checkOrder(
  input: UntypedOrder,
  rules: OrderRules,
  nextId: () => string,
  type = input?.type,
): OrderRequest {
  const { instrument, placing, caps } = rules;
  const form = readOrderForm(input, type, instrument);
  if (form.symbol !== instrument.symbol) refuse('symbol', `the market ${instrument.symbol}`, form.symbol);
  if (caps?.symbols?.includes(form.symbol) === false) {
    refuse('symbol', 'one of the markets that this client may trade', form.symbol);
  }
  if (form.clientOrderId !== undefined) validateClientOrderId(form.clientOrderId, placing);
  checkAbility(form, instrument, placing);
  checkStatus(form, instrument);
  sizeForm(form, instrument);
  if (form.quantity !== undefined) checkQuantity(form.quantity, instrument);
  if (instrument.contracts !== undefined) checkContracts(form, instrument.contracts);
  checkNotional(form, rules);
  return toRequest(form, form.clientOrderId ?? nextId());
}

function checkAbility(form: OrderForm, { kind, symbol, contracts }: Instrument, placing: OrderPlacing): void {
  if (kind === 'spot') {
    for (const field of OF_POSITIONS) {
      if (form[field]) throw unsupported(`${field}: ${symbol} is a spot market, it has no positions`);
    }
  }
  // Contracts are counted in one asset, whichever side buys them.
  if (contracts?.kind === 'linear' && form.quoteQuantity !== undefined) {
    throw unsupported(`quoteQuantity: contracts of ${symbol} are amounts of its base asset; give quantity`);
  }
  if (form.type !== 'market' || contracts !== undefined) return;
  if (form.side === 'buy' && form.quantity !== undefined && !placing.marketBuyByBase) {
    throw unsupported('quantity: this venue takes market buys by quoteQuantity only');
  }
  if (form.side === 'sell' && form.quoteQuantity !== undefined && !placing.marketSellByQuote) {
    throw unsupported('quoteQuantity: this venue takes market sells by quantity only');
  }
}

function unsupported(message: string): UnsupportedError {
  return new UnsupportedError({ message });
}

function checkStatus({ side, type, reduceOnly }: OrderForm, { symbol, status, marketOrders }: Instrument): void {
  const only = status === 'buy_only' ? 'buy' : status === 'sell_only' ? 'sell' : undefined;
  const takes = status === 'trading' || only === side || (status === 'reduce_only' && reduceOnly);
  if (!takes) {
    const state = status === 'unknown' ? 'a state that this version does not know' : status;
    throw disabled(`side: ${symbol} takes no ${side} orders now, its status is ${state}`);
  }
  if (type === 'market' && marketOrders === false) throw disabled(`type: ${symbol} takes no market orders`);
}

function disabled(message: string): TradingDisabledError {
  return new TradingDisabledError({ message, outcome: 'not_sent' });
}

/** Price and amount on their steps; what is sized in contracts of quote asset says so in quote asset. */
function sizeForm(form: OrderForm, { tickSize, lotSize, contracts }: Instrument): void {
  const { side, quantity, quoteQuantity, rounding } = form;
  const amount = rounding === 'reject' ? undefined : rounding;
  const price = onStep('price', form.price, tickSize, rounding === 'down' ? neverWorse(side) : amount);
  form.price = price;
  if (contracts?.kind === 'inverse') {
    form.quoteQuantity = quoteOfInverse({ price, quantity, quoteQuantity }, contracts, amount);
    form.quantity = undefined;
    return;
  }
  form.quantity = onStep('quantity', quantity, lotSize, amount);
  form.quoteQuantity = onStep('quoteQuantity', quoteQuantity, tickSize, amount);
}

function neverWorse(side: Side): 'down' | 'up' {
  return side === 'buy' ? 'down' : 'up';
}

function toRequest(form: OrderForm, clientOrderId: string): OrderRequest {
  const { symbol, side, type, timeInForce, postOnly, reduceOnly, price, quantity, quoteQuantity } = form;
  const request: Writable<OrderRequest> = { symbol, side, type, timeInForce, postOnly, clientOrderId };
  if (price !== undefined) request.price = price;
  if (quantity !== undefined) request.quantity = quantity;
  if (quoteQuantity !== undefined) request.quoteQuantity = quoteQuantity;
  if (reduceOnly) request.reduceOnly = true;
  return request;
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
