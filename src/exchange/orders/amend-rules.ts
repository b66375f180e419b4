import type { AmendRequest } from '../../adapter/order-endpoints.js';
import { ValidationError } from '../../errors/kinds.js';
import type { Decimal, DecimalInput } from '../../model/decimal.js';
import type { Instrument } from '../../model/instrument.js';
import type { Order } from '../../model/order.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { checkContracts, quoteOfInverse } from './contract-amounts.js';
import { checkNotional, checkQuantity, onStep } from './order-amounts.js';
import { positive } from './order-form.js';
import type { OrderRules } from './order-rules.js';

interface Change {
  readonly symbol: MarketSymbol;
  readonly price?: DecimalInput | undefined;
  readonly quantity?: DecimalInput | undefined;
  readonly quoteQuantity?: DecimalInput | undefined;
}

type Changed = Pick<AmendRequest, 'price' | 'quantity' | 'quoteQuantity'>;

/**
 * Holds the new price or quantity of a resting order to the rules that a new order has, caps included; nothing is rounded.
 * @param order as far as it is known: what does not change. Without it, and under a `maxNotional` cap, both must be given.
 * @throws {ValidationError} naming the field; nothing has been sent.
 */
export function checkAmend(
  change: Change,
  order: Pick<Order, 'price' | 'quantity' | 'quoteQuantity' | 'reduceOnly'> | undefined,
  rules: Pick<OrderRules, 'instrument' | 'placing' | 'caps'>,
): Changed {
  const { instrument, caps } = rules;
  const { contracts } = instrument;
  if (caps?.symbols?.includes(change.symbol) === false) {
    refuse('symbol', 'one of the markets that this client may trade', change.symbol);
  }
  const price = onStep('price', positive('price', change.price), instrument.tickSize, undefined);
  const { quantity, quoteQuantity } = readAmount(change, price ?? order?.price, instrument);
  if (price === undefined && quantity === undefined && quoteQuantity === undefined) {
    refuse('price', 'a new price or a new quantity', undefined);
  }
  if (quantity !== undefined) checkQuantity(quantity, instrument);
  if (contracts !== undefined) checkContracts({ type: 'limit', quantity, quoteQuantity }, contracts);
  checkValue({ price, quantity, quoteQuantity }, order, rules);
  return {
    ...(price === undefined ? {} : { price }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(quoteQuantity === undefined ? {} : { quoteQuantity }),
  };
}

/** The new amount in the unit that rules. */
function readAmount(change: Change, price: Decimal | undefined, { lotSize, contracts }: Instrument): Amount {
  const quantity = positive('quantity', change.quantity);
  const quoteQuantity = positive('quoteQuantity', change.quoteQuantity);
  if (contracts?.kind === 'inverse') {
    if (quantity !== undefined && quoteQuantity !== undefined) {
      refuse('quantity', 'one of quantity and quoteQuantity', 'both');
    }
    return { quoteQuantity: quoteOfInverse({ price, quantity, quoteQuantity }, contracts, undefined) };
  }
  if (quoteQuantity !== undefined) refuse('quoteQuantity', 'quantity instead, which is in base asset', quoteQuantity);
  return { quantity: onStep('quantity', quantity, lotSize, undefined) };
}

/** Holds what the order will be worth to the market's bounds and the client's cap. */
function checkValue(
  { price, quantity, quoteQuantity }: Amount & { readonly price: Decimal | undefined },
  order: Parameters<typeof checkAmend>[1],
  rules: Parameters<typeof checkAmend>[2],
): void {
  const amounts = {
    type: 'limit',
    price: price ?? order?.price,
    quantity: quantity ?? order?.quantity,
    quoteQuantity: quoteQuantity ?? order?.quoteQuantity,
    reduceOnly: order?.reduceOnly,
  } as const;
  const isWhole =
    amounts.quoteQuantity !== undefined || (amounts.price !== undefined && amounts.quantity !== undefined);
  if (isWhole) return checkNotional(amounts, rules);
  if (rules.caps?.maxNotional === undefined || order?.reduceOnly === true) return;
  const size = rules.instrument.contracts?.kind === 'inverse' ? 'quoteQuantity' : 'quantity';
  const missing = size === 'quantity' && amounts.price === undefined ? 'price' : size;
  refuse(missing, 'it too, so that the cap maxNotional can be checked', undefined);
}

interface Amount {
  readonly quantity?: Decimal | undefined;
  readonly quoteQuantity?: Decimal | undefined;
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
