import { ValidationError } from '../../errors/kinds.js';
import { compareDecimals, type Decimal, normalizeDecimal, toDecimal } from '../../model/decimal.js';
import type { Instrument } from '../../model/instrument.js';
import type { OrderType, TimeInForce } from '../../model/order.js';
import type { PositionSide } from '../../model/position.js';
import type { Side } from '../../model/side.js';
import { type MarketSymbol, parseSymbol } from '../../model/symbol.js';
import type { PlaceOrderInput, Rounding, UntypedOrder } from './place-order.js';

/** An input whose fields are known, well-formed and fit together; the market's rules are not applied yet. */
export interface OrderForm {
  readonly symbol: MarketSymbol;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly positionSide: PositionSide | undefined;
  /** Put on its step by the rules, like the amounts. */
  price: Decimal | undefined;
  quantity: Decimal | undefined;
  quoteQuantity: Decimal | undefined;
  readonly clientOrderId: string | undefined;
  readonly rounding: Rounding;
}

const FIELDS: ReadonlySet<string> = new Set<keyof PlaceOrderInput>([
  'symbol',
  'side',
  'type',
  'quantity',
  'quoteQuantity',
  'price',
  'timeInForce',
  'postOnly',
  'reduceOnly',
  'positionSide',
  'clientOrderId',
  'rounding',
  'via',
]);
const ZERO = toDecimal(0);
const PLAIN_FROM = 1e-6;
const PLAIN_TO = 1e21;
const LONGEST_PLAIN = 100;
const DOT_CODE = 46;
const ZERO_CODE = 48;
const NINE_CODE = 57;
const WAYS = ['rest', 'ws'] as const;
const TYPES = ['limit', 'market'] as const;
const SIDES = ['buy', 'sell'] as const;
const POSITION_SIDES = ['long', 'short'] as const;
const ROUNDINGS = ['reject', 'down', 'nearest'] as const;
const FORCES: Readonly<Record<OrderType, readonly TimeInForce[]>> = { limit: ['GTC', 'IOC', 'FOK'], market: ['IOC'] };

/**
 * Reads what a caller handed over, who may not have a compiler.
 * @param typeName its type.
 * @param instrument the market that it is for. Where its contracts are amounts of quote asset, so are its orders.
 * @throws {ValidationError} that names the field which is unknown, missing, malformed or out of place.
 */
export function readOrderForm(input: UntypedOrder, typeName: OrderType | undefined, instrument: Instrument): OrderForm {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) refuse('order', 'an object', input);
  for (const field of Object.keys(input)) {
    if (!FIELDS.has(field)) refuse(field, `no such field; known: ${[...FIELDS].join(', ')}`, 'it');
  }
  // What is listed is well-formed.
  if (input.symbol !== instrument.symbol) parseSymbol(input.symbol);
  oneOf('via', input.via ?? 'rest', WAYS);
  const isInverse = instrument.contracts?.kind === 'inverse';
  const type = oneOf('type', typeName as OrderType, TYPES);
  const form: OrderForm = {
    symbol: input.symbol,
    side: oneOf('side', input.side, SIDES),
    type,
    timeInForce: oneOf('timeInForce', input.timeInForce ?? (type === 'limit' ? 'GTC' : 'IOC'), FORCES[type]),
    reduceOnly: flag('reduceOnly', input.reduceOnly),
    positionSide: input.positionSide && oneOf('positionSide', input.positionSide, POSITION_SIDES),
    postOnly: flag('postOnly', input.postOnly),
    price: positive('price', input.price),
    quantity: positive('quantity', input.quantity),
    quoteQuantity: positive('quoteQuantity', input.quoteQuantity),
    clientOrderId: input.clientOrderId,
    rounding: oneOf('rounding', input.rounding ?? 'reject', ROUNDINGS),
  };
  if (type === 'limit') checkLimit(form, isInverse);
  else checkMarket(form, isInverse);
  return form;
}

/**
 * A positive decimal in its shortest form, or `undefined` for `undefined`.
 * @throws {ValidationError} naming the field.
 */
export function positive(field: string, value: PlaceOrderInput['price']): Decimal | undefined {
  if (value === undefined) return undefined;
  // JavaScript prints a number of this size in plain notation and as short as can be.
  if (typeof value === 'number' && value >= PLAIN_FROM && value < PLAIN_TO) return String(value) as Decimal;
  if (typeof value === 'string' && isShortestPositive(value)) return value;
  const decimal = toDecimal(value, field);
  if (compareDecimals(decimal, ZERO) <= 0) refuse(field, 'a number above zero', value);
  return normalizeDecimal(decimal);
}

/** Whether it is a decimal above zero with no digit to spare; most are. Anything else is left to exact arithmetic. */
function isShortestPositive(text: string): text is Decimal {
  const { length } = text;
  if (length === 0 || length > LONGEST_PLAIN) return false;
  let dot = -1;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT_CODE && dot < 0) dot = at;
    else if (code < ZERO_CODE || code > NINE_CODE) return false;
  }
  const last = text.charCodeAt(length - 1);
  if (text.charCodeAt(0) === ZERO_CODE) return dot === 1 && last > ZERO_CODE;
  return dot < 0 || (dot > 0 && last > ZERO_CODE);
}

function checkLimit(form: OrderForm, isInverse: boolean): void {
  if (form.price === undefined) refuse('price', 'the price of a limit order', undefined);
  if (isInverse) requireOneAmount(form, 'an order of inverse contracts');
  else if (form.quantity === undefined) refuse('quantity', 'the quantity of a limit order', undefined);
  else if (form.quoteQuantity !== undefined) {
    refuse('quoteQuantity', 'no quoteQuantity on a limit order; give quantity', form.quoteQuantity);
  }
  const { postOnly, timeInForce } = form;
  if (postOnly && timeInForce !== 'GTC') refuse('postOnly', "timeInForce 'GTC' with postOnly", timeInForce);
}

function checkMarket(form: OrderForm, isInverse: boolean): void {
  if (form.price !== undefined) refuse('price', 'no price on a market order', form.price);
  if (form.postOnly) refuse('postOnly', 'no postOnly on a market order', true);
  requireOneAmount(form, 'a market order');
  if (isInverse && form.quantity !== undefined) {
    const expected =
      'quoteQuantity instead: inverse contracts are amounts of quote asset, and a market order has no price';
    refuse('quantity', expected, form.quantity);
  }
}

function requireOneAmount({ quantity, quoteQuantity }: OrderForm, what: string): void {
  if ((quantity === undefined) !== (quoteQuantity === undefined)) return;
  const received = quantity === undefined ? 'neither' : 'both';
  refuse('quantity', `exactly one of quantity and quoteQuantity on ${what}`, received);
}

/** @throws {ValidationError} naming the field. */
export function oneOf<T extends string>(field: string, value: T, allowed: readonly T[]): T {
  if (!allowed.includes(value)) refuse(field, allowed.map((one) => `'${one}'`).join(' or '), value);
  return value;
}

/** @throws {ValidationError} naming the field. */
export function flag(field: string, value: boolean | undefined): boolean {
  if (value !== undefined && typeof value !== 'boolean') refuse(field, 'true or false', value);
  return value === true;
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
