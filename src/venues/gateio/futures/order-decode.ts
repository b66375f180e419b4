import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { OrderReport } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readId, readOptional } from '../../../adapter/read.js';
import { type Decimal, isZero } from '../../../model/decimal.js';
import type { Instrument } from '../../../model/instrument.js';
import type { OrderState, OrderType } from '../../../model/order.js';
import type { PositionSide } from '../../../model/position.js';
import type { Side } from '../../../model/side.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { clientIdOf, type RowContext } from '../account-rows.js';
import { readForce, readReason } from '../order-words.js';
import { readMoment } from './moment.js';
import { type OrderAmounts, readAmounts } from './order-amounts.js';
import { sideOfSize } from './order-size.js';
import { readSize, readUnsigned } from './read-size.js';

/** What reading a row of the futures account needs. */
export interface FuturesRowContext extends RowContext {
  instrument(symbol: MarketSymbol): Instrument;
}

/** The positions that closing orders are meant for. */
const CLOSES: ReadonlyMap<unknown, { readonly side: Side; readonly positionSide: PositionSide }> = new Map([
  ['close_long', { side: 'sell', positionSide: 'long' }],
  ['close_short', { side: 'buy', positionSide: 'short' }],
] as const);

/** Sources of orders that no program places; that of programs, `api`, may stand in the place of an id that was forgotten. */
const FOREIGN =
  /^(?:web|app|auto_deleveraging|liquidation|(?:hedge-)?liq-.*|(?:pm|comb_margin|scm)_liquidate|insurance|clear)$/;

/**
 * Reads an order as REST, the WebSocket API and the stream print it: text or numbers, seconds or ms. A short answer gives
 * a short report. Source: Gate API v4 docs, futures order; Gate futures WebSocket v4 docs, orders.
 * @throws {MalformedResponseError} for a state that this version does not know, an amount that cannot be, no id.
 */
export function decodeOrder(row: JsonObject, symbol: MarketSymbol, context: FuturesRowContext): OrderReport {
  const { id, id_string, text, price: priceText, tif, size: sizeText, auto_size, finish_as, status } = row;
  const { is_reduce_only, is_close, is_liq } = row;
  const price = readOptional(priceText, 'order price', readUnsigned);
  const size = readOptional(sizeText, 'order size', readSize);
  const closes = CLOSES.get(auto_size);
  const { hasFill, isSpent, ...quantities } = readAmounts(row, context.instrument(symbol));
  const state = stateOf(status, finish_as, { hasFill, isSpent });
  return {
    symbol,
    orderId: readId(id_string ?? id, 'order id'),
    ...omitUndefined({
      clientOrderId: clientIdOf(text),
      side: (size === undefined ? undefined : sideOfSize(size)) ?? closes?.side,
      type: typeOf(price),
      ...readForce(tif, context.drift),
      reduceOnly: isReducing(is_reduce_only, is_close),
      positionSide: closes?.positionSide,
      price: price === undefined || isZero(price) ? undefined : price,
      ...quantities,
      state,
      reason: state === 'canceled' ? readReason(finish_as, context.drift) : forcedBy(text, is_liq),
      isForeign: is_liq === true || (typeof text === 'string' && FOREIGN.test(text)) ? (true as const) : undefined,
      ...readTimes(row),
    }),
  };
}

/** A price of zero is that of a market order. */
function typeOf(price: Decimal | undefined): OrderType | undefined {
  if (price === undefined) return undefined;
  return isZero(price) ? 'market' : 'limit';
}

/** Why the venue itself closed a position with it. */
function forcedBy(text: unknown, isLiquidation: unknown): string | undefined {
  if (text === 'auto_deleveraging') return text;
  return isLiquidation === true ? 'liquidation' : undefined;
}

/** The numbers decide: a cancellation that came too late left nothing, and what filled whole is filled. */
function stateOf(
  status: unknown,
  finishAs: unknown,
  { hasFill, isSpent }: Pick<OrderAmounts, 'hasFill' | 'isSpent'>,
): OrderState | undefined {
  switch (status) {
    case undefined:
      return undefined;
    case 'open':
      return hasFill ? 'partially_filled' : 'open';
    case 'finished':
      return finishAs === 'filled' || (isSpent && hasFill) ? 'filled' : 'canceled';
    default:
      throw malformed('order status', "'open' or 'finished'", status);
  }
}

function readTimes(row: JsonObject): Pick<OrderReport, 'createdAt' | 'updatedAt'> {
  const { create_time, create_time_ms, update_time, finish_time, finish_time_ms } = row;
  const createdAt = readOptional(create_time_ms ?? create_time, 'order create_time', readMoment);
  const updated = readOptional(update_time, 'order update_time', readMoment) ?? 0;
  const finished = readOptional(finish_time_ms ?? finish_time, 'order finish_time', readMoment) ?? 0;
  const updatedAt = Math.max(updated, finished);
  return { ...(createdAt === undefined ? {} : { createdAt }), ...(updatedAt > 0 ? { updatedAt } : {}) };
}

/** `undefined` where neither is said: a default may be left out. */
function isReducing(reduceOnly: unknown, close: unknown): boolean | undefined {
  if (reduceOnly === true || close === true) return true;
  return reduceOnly === false ? false : undefined;
}
