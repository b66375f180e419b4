import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { type JsonObject, malformed, readId, readObject, readOptional } from '../../../adapter/read.js';
import { amountsOfContracts } from '../../../model/contracts.js';
import { type Decimal, isZero } from '../../../model/decimal.js';
import type { PositionSide } from '../../../model/position.js';
import type { Side } from '../../../model/side.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TriggerDirection, TriggerOrder, TriggerPriceType, TriggerState } from '../../../model/trigger-order.js';
import { readForce } from '../order-words.js';
import { termsOf } from './contract-terms.js';
import { readMoment } from './moment.js';
import type { FuturesRowContext } from './order-decode.js';
import { magnitude, sideOfSize } from './order-size.js';
import { readSize, readUnsigned } from './read-size.js';

type RowContext = FuturesRowContext & { readonly receivedAt: number };

const PRICE_TYPES: ReadonlyMap<unknown, TriggerPriceType> = new Map([
  [0, 'last'],
  [1, 'mark'],
  [2, 'index'],
] as const);

const ENDS: ReadonlyMap<unknown, TriggerState> = new Map([
  ['cancelled', 'canceled'],
  ['succeeded', 'triggered'],
  ['failed', 'failed'],
  ['expired', 'expired'],
] as const);

const LONGEST_REASON = 200;

/**
 * Reads a trigger. One that closes a position has no size: its kind says which position.
 * Source: Gate API v4 docs, price-triggered order.
 * @throws {MalformedResponseError} when a field that matters is missing or impossible.
 */
export function decodeTrigger(row: JsonObject, symbol: MarketSymbol, context: RowContext): TriggerOrder {
  const { id, id_string, trigger: triggerPart, initial: initialPart, create_time, finish_time, reason } = row;
  const trigger = readObject(triggerPart, 'trigger');
  const initial = readObject(initialPart, 'trigger initial');
  const { price: triggerPrice, price_type, rule } = trigger;
  const size = sizeOf(initial);
  const closes = closedSide(row, initial);
  const side = sideOfSize(size) ?? (closes === undefined ? undefined : sideThatCloses(closes));
  if (side === undefined) throw malformed('trigger size', 'contracts, or the position that is closed', initial);
  const triggerBy = PRICE_TYPES.get(price_type);
  if (triggerBy === undefined) throw malformed('trigger price_type', '0, 1 or 2', price_type);
  const finished = readOptional(finish_time, 'trigger finish_time', readMoment);
  return {
    id: readId(id_string ?? id, 'trigger id'),
    symbol,
    side,
    ...orderOf(initial, size, symbol, context),
    closesPosition: isZero(size),
    triggerPrice: readUnsigned(triggerPrice, 'trigger price'),
    triggerBy,
    state: stateOf(row, context),
    ...omitUndefined({
      positionSide: hedgeSide(initial),
      direction: directionOf(rule),
      orderId: orderIdOf(row),
      reason: typeof reason === 'string' && reason !== '' ? reason.slice(0, LONGEST_REASON) : undefined,
      createdAt: readOptional(create_time, 'trigger create_time', readMoment),
      updatedAt: finished === 0 ? undefined : finished,
    }),
    receivedAt: context.receivedAt,
  };
}

type OrderPart = Pick<TriggerOrder, 'type' | 'price' | 'quantity' | 'quoteQuantity' | 'reduceOnly' | 'timeInForce'>;

function orderOf(initial: JsonObject, size: Decimal, symbol: MarketSymbol, context: RowContext): OrderPart {
  const { price: priceText, tif, is_reduce_only, is_close, reduce_only, close } = initial;
  const price = readUnsigned(priceText, 'trigger initial price');
  const isMarket = isZero(price);
  const terms = termsOf(context.instrument(symbol));
  const amounts = isZero(size) ? {} : amountsOfContracts(magnitude(size), terms);
  const { timeInForce } = readForce(tif, context.drift);
  return {
    type: isMarket ? 'market' : 'limit',
    ...(isMarket ? {} : { price }),
    ...amounts,
    ...(timeInForce === undefined ? {} : { timeInForce }),
    reduceOnly: [is_reduce_only, is_close, reduce_only, close].includes(true) || isZero(size),
  };
}

/** The text wins over the number, which has no fraction. */
function sizeOf({ size, amount }: JsonObject): Decimal {
  const told = readOptional(amount, 'trigger amount', readSize);
  return told !== undefined && !isZero(told) ? told : readSize(size ?? 0, 'trigger size');
}

function closedSide({ order_type }: JsonObject, initial: JsonObject): PositionSide | undefined {
  const side = hedgeSide(initial);
  if (side !== undefined || typeof order_type !== 'string') return side;
  return order_type.includes('long') ? 'long' : order_type.includes('short') ? 'short' : undefined;
}

function hedgeSide({ auto_size }: JsonObject): PositionSide | undefined {
  return auto_size === 'close_long' ? 'long' : auto_size === 'close_short' ? 'short' : undefined;
}

function sideThatCloses(position: PositionSide): Side {
  return position === 'long' ? 'sell' : 'buy';
}

function directionOf(rule: unknown): TriggerDirection | undefined {
  return rule === 1 ? 'rises_to' : rule === 2 ? 'falls_to' : undefined;
}

function stateOf({ status, finish_as }: JsonObject, { drift }: RowContext): TriggerState {
  if (status === 'open' || status === 'inactive') return 'waiting';
  if (status === 'invalid') return 'failed';
  const end = status === 'finished' ? ENDS.get(finish_as) : undefined;
  if (end !== undefined) return end;
  drift(`trigger status ${String(status).slice(0, 40)}, finish_as ${String(finish_as).slice(0, 40)}`);
  return 'unknown';
}

/** Of the order that was placed; zero until then. `me_order_id` is another one. Source: Gate API v4 docs, price-triggered order. */
function orderIdOf({ trade_id }: JsonObject): string | undefined {
  const id = readOptional(trade_id, 'trigger trade_id', readId);
  return id === '0' ? undefined : id;
}
