import type { EncodeContext } from '../../../adapter/endpoint.js';
import type { TriggerRequest } from '../../../adapter/trigger-endpoints.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { Decimal } from '../../../model/decimal.js';
import type { TriggerPriceType } from '../../../model/trigger-order.js';
import { priceOf, timeInForceOf } from './order-encode.js';
import { signedSize } from './order-size.js';

const PRICE_TYPES: Readonly<Record<TriggerPriceType, number>> = { last: 0, mark: 1, index: 2 };
const WHOLE = /^-?\d{1,15}$/;

/**
 * The body of a trigger: the order that it will place, and the price that it waits for. A size of zero closes the whole
 * position, of the account's only one or of one side. Source: Gate API v4 docs, create a price-triggered order.
 * @throws {ValidationError} for a trigger that the venue cannot take as it is meant.
 */
export function triggerBody(request: TriggerRequest, context: EncodeContext): object {
  const { symbol, direction, triggerBy, triggerPrice, lifeMs, side } = request;
  const closes = side === 'sell' ? 'close-long-position' : 'close-short-position';
  return {
    initial: {
      contract: context.toVenue(symbol),
      ...sizeFields(request, context),
      price: priceOf(request),
      tif: timeInForceOf(request),
      text: 'api',
    },
    trigger: {
      strategy_type: 0,
      price_type: PRICE_TYPES[triggerBy],
      price: triggerPrice,
      rule: direction === 'rises_to' ? 1 : 2,
      ...(lifeMs === undefined ? {} : { expiration: secondsOf(lifeMs) }),
    },
    ...(request.closesPosition ? { order_type: closes } : {}),
  };
}

function sizeFields(request: TriggerRequest, { instrument }: EncodeContext): object {
  const { symbol, side, closesPosition, reduceOnly, position } = request;
  if (closesPosition) return closingFields(request);
  const size = signedSize(request, side, instrument(symbol));
  const reduces = reduceOnly || (position.mode === 'hedge' && position.side === (side === 'sell' ? 'long' : 'short'));
  return { ...amountFields(size), ...(reduces ? { reduce_only: true } : {}) };
}

function closingFields({ side, position: { mode } }: TriggerRequest): object {
  if (mode === 'one_way') return { size: 0, close: true, reduce_only: true };
  return { size: 0, reduce_only: true, auto_size: side === 'sell' ? 'close_long' : 'close_short' };
}

/** Whole contracts are a number; a fraction is a text of its own, which wins. */
function amountFields(size: Decimal): object {
  return WHOLE.test(size) ? { size: Number(size) } : { size: 0, amount: size };
}

function secondsOf(lifeMs: number): number {
  if (Number.isSafeInteger(lifeMs) && lifeMs > 0 && lifeMs % 1_000 === 0) return lifeMs / 1_000;
  throw new ValidationError({ field: 'lifeMs', expected: 'whole seconds above zero, in ms', received: lifeMs });
}
