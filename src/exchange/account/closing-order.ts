import { ValidationError } from '../../errors/kinds.js';
import { amountsOfContracts, type ContractTerms } from '../../model/contracts.js';
import {
  compareDecimals,
  type Decimal,
  type DecimalInput,
  isZero,
  multiplyDecimals,
  roundToStep,
} from '../../model/decimal.js';
import type { Instrument } from '../../model/instrument.js';
import type { Position } from '../../model/position.js';
import { positive } from '../orders/order-form.js';
import type { PlaceOrderInput } from '../orders/place-order.js';

/**
 * The reduce-only market order that closes a position, or a part of it.
 * @param given base asset; inverse contracts: at the entry price, down to whole contracts.
 * @throws {ValidationError} naming `quantity`, when it is more than there is or less than a contract.
 */
export function closingOrder(
  position: Position,
  { contracts: terms }: Instrument,
  given?: DecimalInput,
): PlaceOrderInput {
  const { symbol, side, mode, quantity } = position;
  const wanted = positive('quantity', given);
  if (wanted !== undefined && compareDecimals(wanted, quantity) > 0) {
    refuse(`at most ${quantity}, which is the whole position`, given);
  }
  return {
    symbol,
    side: side === 'long' ? 'sell' : 'buy',
    type: 'market',
    reduceOnly: true,
    ...(mode === 'hedge' ? { positionSide: side } : {}),
    ...(terms?.kind === 'inverse' ? inQuote(position, terms, wanted) : { quantity: wanted ?? quantity }),
    // What is less than a step of the market cannot be sold.
    rounding: wanted === undefined ? 'down' : 'reject',
  };
}

function inQuote(
  { contracts, entryPrice }: Position,
  terms: ContractTerms,
  wanted: Decimal | undefined,
): { readonly quoteQuantity: Decimal } {
  const { quoteQuantity: whole } = amountsOfContracts(contracts, terms);
  if (whole === undefined || wanted === undefined) return { quoteQuantity: whole as Decimal };
  if (entryPrice === undefined) refuse('none, because the entry price is not known', wanted);
  const unit = multiplyDecimals(terms.size, terms.step);
  const part = roundToStep(multiplyDecimals(wanted, entryPrice), unit, 'down');
  if (isZero(part)) refuse(`at least one contract of ${unit} at the entry price of ${entryPrice}`, wanted);
  return { quoteQuantity: compareDecimals(part, whole) > 0 ? whole : part };
}

function refuse(expected: string, received: unknown): never {
  throw new ValidationError({ field: 'quantity', expected, received });
}
