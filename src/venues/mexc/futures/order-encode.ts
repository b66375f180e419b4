import type { EncodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { OrderRequest } from '../../../adapter/order-endpoints.js';
import type { OrderPosition } from '../../../adapter/position-endpoints.js';
import type { TriggerRequest } from '../../../adapter/trigger-endpoints.js';
import { ValidationError } from '../../../errors/kinds.js';
import { contractsOfAmount } from '../../../model/contracts.js';
import type { Decimal } from '../../../model/decimal.js';
import type { MarginMode } from '../../../model/position.js';
import { HEDGE, ONE_WAY, typeNumber } from './order-words.js';
import { termsOf } from './read-numbers.js';

/** What orders and triggers have in common. */
type Placing = Pick<OrderRequest, 'symbol' | 'side' | 'price' | 'quantity' | 'quoteQuantity' | 'reduceOnly'> & {
  readonly position?: OrderPosition;
};

/**
 * The body of a new order. Source: MEXC contract API docs, place order.
 * @throws {ValidationError} for an order that the venue would refuse, or take for another one.
 */
export function orderBody(request: OrderRequest, context: EncodeContext): Readonly<Record<string, unknown>> {
  const { type, timeInForce, postOnly, price, clientOrderId, position } = request;
  if ((type === 'limit') !== (price !== undefined))
    refuse('price', 'a price for a limit order, none for others', price);
  if (postOnly && (type !== 'limit' || timeInForce !== 'GTC'))
    refuse('timeInForce', 'a limit order that is GTC with postOnly', timeInForce);
  const isReducing = closes(request);
  return omitUndefined({
    ...placingBody(request, context),
    type: typeNumber(request),
    externalOid: clientOrderId,
    positionId: isReducing && position?.id !== undefined ? idValue(position.id) : undefined,
  });
}

/**
 * The body of a new trigger. Without a life of its own it ends after 7 days, the longer of the two lives there are.
 * Source: MEXC contract API docs, place trigger order. @throws {ValidationError}
 */
export function triggerBody(request: TriggerRequest, context: EncodeContext): Readonly<Record<string, unknown>> {
  const { type, price, closesPosition, triggerPrice, triggerBy, direction, lifeMs } = request;
  if (closesPosition) refuse('closesPosition', 'false: the venue takes a quantity only', closesPosition);
  if ((type === 'limit') !== (price !== undefined))
    refuse('price', 'a price for a limit order, none for others', price);
  return omitUndefined({
    ...placingBody(request, context),
    triggerPrice: numberValue(triggerPrice),
    triggerType: direction === 'rises_to' ? 1 : 2,
    executeCycle: lifeMs === TRIGGER_LIVES_MS[0] ? 1 : 2,
    orderType: typeNumber(request),
    trend: triggerBy === 'last' ? 1 : triggerBy === 'mark' ? 2 : 3,
  });
}

const DAY_MS = 86_400_000;

/** How long triggers can live. Source: MEXC contract API docs, place trigger order, executeCycle. */
export const TRIGGER_LIVES_MS: readonly number[] = [DAY_MS, 7 * DAY_MS];

/** The venue's number of a margin mode. Source: MEXC contract API docs, open type. */
export function openTypeOf(mode: MarginMode): 1 | 2 {
  return mode === 'isolated' ? 1 : 2;
}

/**
 * A number as the venue wants it: a JSON number where that prints all digits in plain notation, else the digits as
 * text, which the venue takes as well. Source: MEXC contract API docs, place order.
 */
export function numberValue(decimal: Decimal): number | string {
  const number = Number(decimal);
  return String(number) === decimal ? number : decimal;
}

/** An id that was read as text, as the number that it is where a double holds it. */
export function idValue(id: string): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) && String(number) === id ? number : id;
}

/** @throws {ValidationError} */
export function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received, venue: 'mexc_futures' });
}

function placingBody(request: Placing, { toVenue, instrument }: EncodeContext) {
  const { symbol, side, price, quantity, quoteQuantity, position } = request;
  if (position === undefined) refuse('position', 'how the account trades the market', position);
  const terms = termsOf(instrument(symbol));
  const [field, amount, other] =
    terms.kind === 'linear'
      ? (['quantity', quantity, quoteQuantity] as const)
      : (['quoteQuantity', quoteQuantity, quantity] as const);
  if (amount === undefined || other !== undefined) refuse(field, `${field} alone for ${terms.kind} contracts`, amount);
  const isReducing = closes(request);
  const { mode, marginMode } = position;
  if (marginMode === undefined) refuse('marginMode', 'cross or isolated, as the account trades the market', marginMode);
  const leverage = isReducing ? undefined : leverageOf(request, position);
  if (!isReducing && marginMode === 'isolated' && leverage === undefined)
    refuse('leverage', 'the leverage of an isolated position', leverage);
  return {
    symbol: toVenue(symbol),
    price: price === undefined ? undefined : numberValue(price),
    vol: numberValue(contractsOfAmount(amount, terms, field)),
    leverage: leverage === undefined ? undefined : wholeLeverage(leverage),
    side: sideNumber(side, mode, position),
    openType: openTypeOf(marginMode),
    // The venue refuses the order where the account trades in the other mode: it cannot be taken for another one.
    positionMode: mode === 'hedge' ? HEDGE : ONE_WAY,
    reduceOnly: mode === 'one_way' && isReducing ? true : undefined,
  };
}

/** Leverage is a whole number. @throws {ValidationError} */
export function wholeLeverage(leverage: Decimal): number {
  const number = Number(leverage);
  if (Number.isSafeInteger(number) && number > 0) return number;
  return refuse('leverage', 'a whole number', leverage);
}

/** In one-way mode a flag says whether an order reduces, in hedge mode its side says it. @throws {ValidationError} */
function closes({ side, reduceOnly = false, position }: Placing): boolean {
  if (position?.mode !== 'hedge') return reduceOnly;
  if (position.side === undefined) refuse('positionSide', 'long or short in hedge mode', position.side);
  const isClosing = (side === 'sell') === (position.side === 'long');
  if (reduceOnly && !isClosing) refuse('side', 'the side that reduces the position', side);
  return isClosing;
}

function sideNumber(side: Placing['side'], mode: OrderPosition['mode'], position: OrderPosition): number {
  if (mode === 'one_way') return side === 'buy' ? 1 : 3;
  if (side === 'buy') return position.side === 'long' ? 1 : 2;
  return position.side === 'long' ? 4 : 3;
}

/** In one-way mode short positions have the leverage of all. */
function leverageOf({ side }: Placing, { mode, leverage, shortLeverage }: OrderPosition): Decimal | undefined {
  return mode === 'hedge' && side === 'sell' ? (shortLeverage ?? leverage) : leverage;
}
