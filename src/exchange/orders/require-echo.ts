import type { OrderReport, OrderRequest } from '../../adapter/order-endpoints.js';
import { MalformedResponseError } from '../../errors/kinds.js';
import { compareDecimals, type Decimal } from '../../model/decimal.js';

/**
 * The answer to a new order must repeat what was asked for wherever it repeats anything: one that speaks of other terms
 * was damaged on its way, or is another order's, and proves nothing of this one. Its id is then not ours to take, either.
 * @returns the report.
 * @throws {MalformedResponseError} `unknown`
 */
export function requireEcho(request: OrderRequest, report: OrderReport): OrderReport {
  same('symbol', report.symbol, request.symbol);
  same('client order id', report.clientOrderId, request.clientOrderId);
  same('side', report.side, request.side);
  same('type', report.type, request.type);
  // Venues print a price on market orders, too: it rules nothing.
  if (request.type === 'limit') sameAmount('price', report.price, request.price);
  sameAmount('quantity', report.quantity, request.quantity);
  sameAmount('quote quantity', report.quoteQuantity, request.quoteQuantity);
  const { filledQuantity: filled } = report;
  // More than all of it: the query that follows tells whether that is so.
  if (filled !== undefined && request.quantity !== undefined && compareDecimals(filled, request.quantity) > 0)
    throw another('filled quantity within the quantity');
  return report;
}

/** Where only one of them says something there is nothing to compare. */
function same(what: string, told: string | undefined, asked: string): void {
  if (told !== undefined && told !== asked) throw another(what);
}

/** The venue may print the same number in another way. */
function sameAmount(what: string, told: Decimal | undefined, asked: Decimal | undefined): void {
  if (told === undefined || asked === undefined || told === asked) return;
  if (compareDecimals(told, asked) !== 0) throw another(what);
}

function another(what: string): MalformedResponseError {
  return new MalformedResponseError({
    message: `the answer to the order: expected the ${what} that was asked for, received another one`,
    outcome: 'unknown',
  });
}
