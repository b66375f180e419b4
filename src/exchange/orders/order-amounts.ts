import { ValidationError } from '../../errors/kinds.js';
import {
  compareDecimals,
  type Decimal,
  isMultipleOf,
  isZero,
  multiplyDecimals,
  roundToStep,
} from '../../model/decimal.js';
import type { Instrument } from '../../model/instrument.js';
import type { OrderType } from '../../model/order.js';
import type { OrderRules } from './order-rules.js';

const DOT_CODE = 46;
const ZERO_CODE = 48;
const ONE_CODE = 49;
/** Far beyond what rounding of a product of doubles can do. */
const ABOVE = 1 + 1e-9;
const BELOW = 1 - 1e-9;
const HUGE = 1e300;

/** Price and amounts of an order, on their steps. */
interface Amounts {
  readonly type: OrderType;
  readonly price?: Decimal | undefined;
  readonly quantity?: Decimal | undefined;
  readonly quoteQuantity?: Decimal | undefined;
  /** It makes a position smaller: nothing more is put at risk, so the client's cap does not hold it up. */
  readonly reduceOnly?: boolean | undefined;
}

/**
 * The value on its step.
 * @param mode how to get there; `undefined`: it must be there already.
 * @throws {ValidationError} when it is not, or would become zero.
 */
export function onStep(
  field: string,
  value: Decimal | undefined,
  step: Decimal,
  mode: 'down' | 'up' | 'nearest' | undefined,
): Decimal | undefined {
  if (value === undefined || hasNoMoreDecimals(value, step) || isMultipleOf(value, step)) return value;
  if (mode === undefined) refuse(field, `a multiple of ${step} (or rounding 'down' or 'nearest')`, value);
  const rounded = roundToStep(value, step, mode);
  if (isZero(rounded)) refuse(field, `at least one step of ${step} after rounding`, value);
  return rounded;
}

/** Whether the step is a power of ten and the value has no digit below it: so it is a multiple, as almost all are. */
function hasNoMoreDecimals(value: Decimal, step: Decimal): boolean {
  const last = step.length - 1;
  if (step.charCodeAt(last) !== ONE_CODE) return false;
  for (let at = 0; at < last; at++) if (step.charCodeAt(at) !== (at === 1 ? DOT_CODE : ZERO_CODE)) return false;
  const dot = value.indexOf('.');
  return dot < 0 || value.length - dot <= step.length - 1;
}

/** @throws {ValidationError} when it is outside the market's bounds. */
export function checkQuantity(quantity: Decimal, { minQuantity, maxQuantity }: Instrument): void {
  if (isWellWithin(Number(quantity), minQuantity, maxQuantity)) return;
  within('quantity', quantity, minQuantity, maxQuantity, '');
}

/**
 * Holds the value of an order against the market's bounds and the client's cap. Of a market order by `quantity` only the
 * venue can tell the value: its bounds are left to it.
 * @throws {ValidationError}
 */
export function checkNotional(amounts: Amounts, { instrument, caps, worstPrice }: OrderRules): void {
  const { type, price, quantity, quoteQuantity, reduceOnly } = amounts;
  const field = quoteQuantity === undefined ? 'quantity' : 'quoteQuantity';
  const { minNotional, maxNotional, minMarketNotional, maxMarketNotional } = instrument;
  const isMarket = type === 'market';
  const min = isMarket ? (minMarketNotional ?? minNotional) : minNotional;
  const max = isMarket ? (maxMarketNotional ?? maxNotional) : maxNotional;
  const about = quoteQuantity === undefined ? Number(quantity) * Number(price) : Number(quoteQuantity);
  if (isWellWithin(about, min, max) && isWellWithin(about, undefined, caps?.maxNotional)) return;
  const value = quoteQuantity ?? product(quantity, price);
  if (value !== undefined) {
    within(field, value, min, max, ` ${instrument.quote} in value`);
  }
  if (caps?.maxNotional === undefined || reduceOnly === true) return;
  const worst = value ?? product(quantity, worstPrice);
  if (worst === undefined) refuse(field, 'quoteQuantity, so that the cap maxNotional can be checked', quantity);
  within(field, worst, undefined, caps.maxNotional, ` ${instrument.quote} in value, the cap of this client`);
}

function product(quantity: Decimal | undefined, price: Decimal | undefined): Decimal | undefined {
  return quantity === undefined || price === undefined ? undefined : multiplyDecimals(quantity, price);
}

/** Whether doubles show it beyond any doubt, as they do for almost every order; close to a bound exact digits decide. */
function isWellWithin(value: number, min: Decimal | undefined, max: Decimal | undefined): boolean {
  return (
    value > (min === undefined ? 0 : Number(min) * ABOVE) && value < (max === undefined ? HUGE : Number(max) * BELOW)
  );
}

/** @param unit after each bound, in messages. @throws {ValidationError} */
export function within(
  field: string,
  value: Decimal,
  min: Decimal | undefined,
  max: Decimal | undefined,
  unit: string,
): void {
  if (min !== undefined && compareDecimals(value, min) < 0) refuse(field, `at least ${min}${unit}`, value);
  if (max !== undefined && compareDecimals(value, max) > 0) refuse(field, `at most ${max}${unit}`, value);
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
