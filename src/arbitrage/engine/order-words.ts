import { isExchangeError } from '../../errors/exchange-error.js';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  isZero,
  multiplyDecimals,
  toDecimal,
} from '../../model/decimal.js';
import type { Fill } from '../../model/fill.js';
import { isFinal, type Order } from '../../model/order.js';
import { parseSymbol } from '../../model/symbol.js';
import { ZERO } from '../strategy/position.js';
import type { OrderFills, OrderNews } from '../strategy/strategy-event.js';
import type { LegOrder } from '../strategy/strategy-state.js';
import type { MarketTerms } from '../strategy/strategy-terms.js';

/** What an order of the library says to a task. */
export function newsOf(id: string, order: Order): OrderNews {
  const { state, orderId, filledQuantity, filledQuoteQuantity, reason } = order;
  const quote = filledQuoteQuantity ?? estimateQuote(order);
  const told = { id, filled: filledQuantity, filledQuote: quote, ...(orderId === undefined ? {} : { orderId }) };
  if (state === 'unknown') return { ...told, status: 'unknown' };
  if (!isFinal(state)) return { ...told, status: 'open' };
  const end = state === 'filled' ? 'filled' : state === 'rejected' ? 'refused' : 'canceled';
  return { ...told, status: 'ended', end, ...(reason === undefined ? {} : { reason }) };
}

/** What an order that could not be handed over means: only `unknown` may be at the venue. */
export function newsOfFailure(id: string, error: unknown): OrderNews {
  const nothing = { id, filled: ZERO, filledQuote: ZERO };
  const isKnown = isExchangeError(error) && error.outcome !== 'unknown';
  if (!isKnown) return { ...nothing, status: 'unknown', reason: reasonOf(error) };
  return { ...nothing, status: 'ended', end: 'refused', reason: reasonOf(error) };
}

export function reasonOf(error: unknown): string {
  return isExchangeError(error)
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? error.message
      : 'an error';
}

/** An order of this task's ids as the task would have remembered it. */
export function strayOf(id: string, market: number, order: Order): LegOrder {
  const news = newsOf(id, order);
  return {
    id,
    market,
    side: order.side,
    purpose: 'hedge',
    price: order.price ?? ZERO,
    quantity: order.quantity ?? order.filledQuantity,
    reduceOnly: false,
    decidedAt: order.createdAt ?? order.receivedAt,
    status: news.status,
    filled: news.filled,
    filledQuote: news.filledQuote,
    ...(news.orderId === undefined ? {} : { orderId: news.orderId }),
    ...(news.end === undefined ? {} : { end: news.end }),
  };
}

/** Whether a row without our id may be the order all the same: the same terms, of no earlier time. */
export function couldBe(row: Order, { side, price, quantity, decidedAt }: LegOrder): boolean {
  if (row.clientOrderId !== undefined || row.side !== side) return false;
  if (row.createdAt !== undefined && row.createdAt < decidedAt - CLOCKS_MS) return false;
  return agrees(row.price, price) && agrees(row.quantity, quantity);
}

/** Adds up the fills of one order. */
export function addFills(id: string, fills: readonly Fill[], { symbol, takerFee }: MarketTerms): OrderFills {
  const { base, quote: quoteAsset } = parseSymbol(symbol);
  let [quantity, quote, fee, feeBase] = [ZERO, ZERO, ZERO, ZERO];
  for (const fill of fills) {
    const worth = multiplyDecimals(fill.quantity, fill.price);
    quantity = addDecimals(quantity, fill.quantity);
    quote = addDecimals(quote, worth);
    const isBase = fill.feeAsset === base;
    const inQuote = isBase
      ? multiplyDecimals(fill.fee ?? ZERO, fill.price)
      : fill.fee !== undefined && fill.feeAsset === quoteAsset
        ? fill.fee
        : // Paid in another coin, or not told: what the account's rate makes of it.
          multiplyDecimals(worth, toDecimal(takerFee));
    fee = addDecimals(fee, inQuote);
    if (isBase && fill.side === 'buy') feeBase = addDecimals(feeBase, fill.fee ?? ZERO);
  }
  return { id, quantity, quote, fee, feeBase };
}

/** Clocks of a venue and ours differ by less, ms. */
const CLOCKS_MS = 5_000;

function agrees(told: Decimal | undefined, asked: Decimal): boolean {
  return told === undefined || compareDecimals(told, asked) === 0;
}

function estimateQuote({ filledQuantity, price }: Order): Decimal {
  return isZero(filledQuantity) || price === undefined ? ZERO : multiplyDecimals(filledQuantity, price);
}
