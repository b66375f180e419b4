import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { type JsonObject, malformed, readId, readOptional } from '../../../adapter/read.js';
import { amountsOfContracts } from '../../../model/contracts.js';
import { isZero } from '../../../model/decimal.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TriggerDirection, TriggerOrder, TriggerPriceType, TriggerState } from '../../../model/trigger-order.js';
import { readKind, readReason, readSides } from './order-words.js';
import { readAmount, readSize, readTime, termsOf } from './read-numbers.js';

/** Source: MEXC contract API docs, trigger order state. */
const STATES: ReadonlyMap<unknown, TriggerState> = new Map<number, TriggerState>([
  [1, 'waiting'],
  [2, 'canceled'],
  [3, 'triggered'],
  [4, 'failed'],
  [5, 'failed'],
]);
const INVALIDATED = 4;

/** Source: MEXC contract API docs, trend. */
const PRICE_TYPES: ReadonlyMap<unknown, TriggerPriceType> = new Map<number, TriggerPriceType>([
  [1, 'last'],
  [2, 'mark'],
  [3, 'index'],
]);

/** Source: MEXC contract API docs, triggerType. */
const DIRECTIONS: ReadonlyMap<unknown, TriggerDirection> = new Map<number, TriggerDirection>([
  [1, 'rises_to'],
  [2, 'falls_to'],
]);

/**
 * Reads a trigger. Its `id` is not the id of an order; `orderId` is that of the order it placed. Source: MEXC contract
 * API docs, trigger orders.
 * @throws {MalformedResponseError}
 */
export function decodeTrigger(row: JsonObject, symbol: MarketSymbol, context: DecodeContext): TriggerOrder {
  const { type, timeInForce } = readKind(row['orderType'], 'trigger orderType', context);
  if (type === undefined) throw malformed('trigger orderType', 'a number from 1 to 6', row['orderType']);
  const price = type === 'market' ? undefined : readOptional(row['price'], 'trigger price', readAmount);
  const triggerBy = PRICE_TYPES.get(row['trend']);
  if (triggerBy === undefined) throw malformed('trigger trend', '1, 2 or 3', row['trend']);
  const placed = readOptional(row['orderId'], 'trigger orderId', readId);
  const amounts = amountsOfContracts(readSize(row['vol'], 'trigger vol'), termsOf(context.instrument(symbol)), price);
  return {
    id: readId(row['id'], 'trigger id'),
    symbol,
    ...readSides(row, 'trigger'),
    type,
    ...amounts,
    closesPosition: false,
    triggerPrice: readSize(row['triggerPrice'], 'trigger triggerPrice'),
    triggerBy,
    state: readState(row['state'], context),
    ...omitUndefined({
      timeInForce,
      price: price === undefined || isZero(price) ? undefined : price,
      direction: DIRECTIONS.get(row['triggerType']),
      orderId: placed === '0' ? undefined : placed,
      reason:
        readReason(row['errorCode'], 'trigger errorCode') ?? (row['state'] === INVALIDATED ? 'invalidated' : undefined),
      createdAt: readOptional(row['createTime'], 'trigger createTime', readTime),
      updatedAt: readOptional(row['updateTime'], 'trigger updateTime', readTime),
    }),
    receivedAt: context.receivedAt,
  };
}

function readState(state: unknown, { drift }: DecodeContext): TriggerState {
  const known = STATES.get(state);
  if (known === undefined) drift(`trigger state: ${typeof state === 'number' ? state : typeof state}`);
  return known ?? 'unknown';
}
