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
 * The reduce-only market order that closes a position, or a part of it. It is one order, so that there is one answer to what
 * became of it: more than the venue takes in one is refused instead of split.
 * @param given base asset; inverse contracts: at the entry price, down to whole contracts.
 * @throws {ValidationError} naming `quantity`, when it is more than there is or than one order may be, or less than a contract.
 */
export function closingOrder(
  position: Position,
  { contracts: terms, quote }: Instrument,
  given?: DecimalInput,
): PlaceOrderInput {
  const { symbol, side, mode, quantity } = position;
  const wanted = positive('quantity', given);
  if (wanted !== undefined && compareDecimals(wanted, quantity) > 0) {
    refuse(`at most ${quantity}, which is the whole position`, given);
  }
  const size = terms?.kind === 'inverse' ? inQuote(position, terms, wanted) : { quantity: wanted ?? quantity };
  if (terms !== undefined) requireOneOrder(size, terms, quote);
  return {
    symbol,
    side: side === 'long' ? 'sell' : 'buy',
    type: 'market',
    reduceOnly: true,
    ...(mode === 'hedge' ? { positionSide: side } : {}),
    ...size,
    // What is less than a step of the market cannot be sold.
    rounding: wanted === undefined ? 'down' : 'reject',
  };
}

type Size = { readonly quantity: Decimal } | { readonly quoteQuantity: Decimal };

function requireOneOrder(size: Size, { size: contract, max, maxMarket = max }: ContractTerms, quote: string): void {
  const amount = 'quantity' in size ? size.quantity : size.quoteQuantity;
  if (maxMarket === undefined || compareDecimals(amount, multiplyDecimals(maxMarket, contract)) <= 0) return;
  const unit = 'quantity' in size ? '' : ` ${quote} of contracts`;
  refuse(`at most ${multiplyDecimals(maxMarket, contract)}${unit} in one market order: close it in parts`, amount);
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
