import type { TriggerEndpoints, TriggerRequest } from '../../adapter/trigger-endpoints.js';
import { UnsupportedError, ValidationError } from '../../errors/kinds.js';
import type { Decimal } from '../../model/decimal.js';
import { onStep } from '../orders/order-amounts.js';
import { flag, oneOf, positive } from '../orders/order-form.js';
import { checkOrder, type OrderRules } from '../orders/order-rules.js';
import type { PlaceTrigger } from './triggers-facet.js';

const FIELDS: ReadonlySet<string> = new Set<keyof PlaceTrigger>([
  'symbol',
  'side',
  'type',
  'quantity',
  'quoteQuantity',
  'closesPosition',
  'price',
  'timeInForce',
  'triggerPrice',
  'triggerBy',
  'direction',
  'reduceOnly',
  'positionSide',
  'lifeMs',
]);

type Ability = Pick<TriggerEndpoints, 'lifetimesMs' | 'closesPosition'>;
type Checked = Omit<TriggerRequest, 'position'>;

/**
 * Turns what a user asked for into a trigger that keeps every rule of the market; the order that it will place is held to
 * the rules that any order has, valued at the trigger price where it has none. Nothing is rounded.
 * @throws {ValidationError} naming the field. @throws {TradingDisabledError | UnsupportedError} Nothing has been sent.
 */
export function checkTrigger(trigger: PlaceTrigger, rules: OrderRules, ability: Ability): Checked {
  const unknown = Object.keys(trigger).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) refuse(unknown, `no such field; known: ${[...FIELDS].join(', ')}`, 'it');
  const triggerPrice = readTriggerPrice(trigger, rules);
  const { lifeMs } = trigger;
  checkLife(lifeMs, ability);
  const direction = oneOf('direction', trigger.direction, ['rises_to', 'falls_to']);
  const triggerBy = oneOf('triggerBy', trigger.triggerBy ?? 'last', ['last', 'mark', 'index']);
  const closesPosition = flag('closesPosition', trigger.closesPosition);
  const order = closesPosition ? checkClosing(trigger, rules, ability) : checkPart(trigger, rules, triggerPrice);
  return {
    ...order,
    closesPosition,
    triggerPrice,
    triggerBy,
    direction,
    ...(lifeMs === undefined ? {} : { lifeMs }),
  };
}

type OrderPart = Omit<Checked, 'closesPosition' | 'triggerPrice' | 'triggerBy' | 'direction' | 'lifeMs'>;

/** The order that it will place. */
function checkPart(trigger: PlaceTrigger, rules: OrderRules, triggerPrice: Decimal): OrderPart {
  const { closesPosition, triggerPrice: at, triggerBy, direction, lifeMs, ...input } = trigger;
  const request = checkOrder(input, { ...rules, worstPrice: triggerPrice }, () => '');
  const { clientOrderId, postOnly, reduceOnly = false, ...order } = request;
  return { ...order, reduceOnly };
}

/** An order of the size that the position has then; closing is not held up by bounds of amount or value. */
function checkClosing(trigger: PlaceTrigger, { instrument, caps }: OrderRules, { closesPosition }: Ability): OrderPart {
  if (!closesPosition) {
    throw new UnsupportedError({ message: 'closesPosition: this venue takes triggers of a given quantity only' });
  }
  const { symbol, tickSize } = instrument;
  if (caps?.symbols?.includes(symbol) === false) {
    refuse('symbol', 'one of the markets that this client may trade', symbol);
  }
  for (const field of ['quantity', 'quoteQuantity'] as const) {
    if (trigger[field] !== undefined) refuse(field, 'none with closesPosition', trigger[field]);
  }
  if (trigger.reduceOnly === false) refuse('reduceOnly', 'true or absent with closesPosition', false);
  if (trigger.positionSide !== undefined) oneOf('positionSide', trigger.positionSide, ['long', 'short']);
  const side = oneOf('side', trigger.side, ['buy', 'sell']);
  const type = oneOf('type', trigger.type, ['limit', 'market']);
  const price = onStep('price', positive('price', trigger.price), tickSize, undefined);
  if (type === 'limit' && price === undefined) refuse('price', 'the price of a limit order', undefined);
  if (type === 'market' && price !== undefined) refuse('price', 'no price on a market order', price);
  const timeInForce =
    type === 'market'
      ? oneOf('timeInForce', trigger.timeInForce ?? 'IOC', ['IOC'])
      : oneOf('timeInForce', trigger.timeInForce ?? 'GTC', ['GTC', 'IOC', 'FOK']);
  return { symbol, side, type, timeInForce, ...(price === undefined ? {} : { price }), reduceOnly: true };
}

function readTriggerPrice({ triggerPrice }: PlaceTrigger, { instrument }: OrderRules): Decimal {
  const price = onStep('triggerPrice', positive('triggerPrice', triggerPrice), instrument.tickSize, undefined);
  if (price === undefined) refuse('triggerPrice', 'a price above zero', triggerPrice);
  return price;
}

function checkLife(lifeMs: number | undefined, { lifetimesMs }: Ability): void {
  if (lifeMs === undefined) return;
  if (!(Number.isSafeInteger(lifeMs) && lifeMs > 0)) refuse('lifeMs', 'whole milliseconds above zero', lifeMs);
  if (lifetimesMs?.includes(lifeMs) === false) refuse('lifeMs', `one of ${lifetimesMs.join(', ')}`, lifeMs);
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
