import type { OrderReport, OrderRequest } from '../../src/adapter/order-endpoints.js';
import { baseOfQuote } from '../../src/model/contracts.js';
import {
  addDecimals,
  type Decimal,
  divideDecimals,
  isZero,
  multiplyDecimals,
  roundToStep,
  toDecimal,
} from '../../src/model/decimal.js';
import type { Fill } from '../../src/model/fill.js';
import type { Order, OrderState, OrderType } from '../../src/model/order.js';
import { isInverseSymbol, type MarketSymbol } from '../../src/model/symbol.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';

/** One thing that reaches the client. */
export type News =
  | { readonly kind: 'report'; readonly report: OrderReport }
  | { readonly kind: 'fill'; readonly fill: Fill }
  | { readonly kind: 'unknown'; readonly clientOrderId: string };

/** What an order went through at the venue, and what of it must be known at the end. */
export interface Life {
  /** Absent for orders of somebody else. */
  readonly request: OrderRequest | undefined;
  /** In the order of the venue; may be lost, repeated and mixed up. */
  readonly news: readonly News[];
  /** What reading the account afterwards says; nothing of it is lost. It has the totals, the fills, or both. */
  readonly evidence: readonly News[];
  readonly fills: readonly Fill[];
  /** Whether the evidence has every fill. */
  readonly hasAllFills: boolean;
  readonly end: Pick<Order, 'symbol' | 'orderId' | 'side' | 'type' | 'state' | 'filledQuantity' | 'origin'> & {
    readonly clientOrderId: string | undefined;
    readonly filledQuoteQuantity: Decimal;
    readonly price: Decimal | undefined;
    readonly quantity: Decimal | undefined;
    readonly quoteQuantity: Decimal | undefined;
  };
}

/** The last one's contracts are amounts of quote asset. */
const SYMBOLS: readonly MarketSymbol[] = ['BTC/USDT', 'ETH/USDT', 'BTC/USD:BTC'];
const CONTRACT = toDecimal(10);
const ZERO = toDecimal(0);

export function makeLife(random: SeededRandom, number: number): Life {
  const isOwn = random.chance(0.75);
  const symbol = SYMBOLS[number % SYMBOLS.length] as MarketSymbol;
  const side = random.pick(['buy', 'sell'] as const);
  const shape = random.pick(['limit', 'limit', 'limit', 'byBase', 'byQuote'] as const);
  const type: OrderType = shape === 'limit' ? 'limit' : 'market';
  const isInverse = isInverseSymbol(symbol);
  // In the asset in which the order is sized.
  const size = isInverse
    ? multiplyDecimals(decimal(1 + random.int(1_000_000), 0), CONTRACT)
    : decimal(1 + random.int(1_000_000), 1 + random.int(8));
  const price = isInverse
    ? decimal(10_000 + random.int(900_000), 1)
    : decimal(1 + random.int(9_999_999), random.int(7));
  // The venue's ids repeat across markets, and both sides of a trade with oneself have one trade id.
  const orderId = String(1_000 + Math.floor(number / SYMBOLS.length));
  const clientOrderId = isOwn ? `own-${number}` : random.chance(0.3) ? `other-${number}` : undefined;
  const names = { symbol, orderId, ...(clientOrderId === undefined ? {} : { clientOrderId }) };
  const whole = {
    ...names,
    side,
    type,
    ...(shape === 'limit' ? { price } : {}),
    ...sizeOf(size, price, isInverse, shape === 'byQuote'),
  };

  const fate = random.pick(['filled', 'canceled', 'expired', 'open'] as const);
  const fills = makeFills(random, { symbol, orderId, side, clientOrderId }, size, price, fate === 'filled');
  const news: News[] = [];
  const totals = { base: ZERO, quote: ZERO };
  const tell = (state: OrderState): OrderReport => ({
    ...whole,
    filledQuantity: isInverse ? roundedBase(totals) : totals.base,
    filledQuoteQuantity: totals.quote,
    state,
    createdAt: 1_000,
    updatedAt: 1_000 + news.length,
  });
  if (isOwn && random.chance(0.3)) news.push({ kind: 'unknown', clientOrderId: clientOrderId as string });
  // The answer to the command: some venues say no more than the id.
  if (isOwn) news.push({ kind: 'report', report: random.chance(0.5) ? names : tell('open') });
  news.push({ kind: 'report', report: tell('open') });
  for (const fill of fills) {
    totals.base = addDecimals(totals.base, fill.quantity);
    totals.quote = addDecimals(totals.quote, fill.quoteQuantity ?? multiplyDecimals(fill.quantity, fill.price));
    news.push({ kind: 'fill', fill });
    if (random.chance(0.8)) news.push({ kind: 'report', report: thin(random, tell('partially_filled')) });
  }
  const state = fate !== 'open' ? fate : fills.length > 0 ? 'partially_filled' : 'open';
  if (fate !== 'open') news.push({ kind: 'report', report: thin(random, tell(state)) });
  const witness = random.pick(['both', 'totals', 'fills'] as const);
  const { filledQuantity, filledQuoteQuantity, ...bare } = tell(state);
  const evidence: News[] = [{ kind: 'report', report: witness === 'fills' ? bare : tell(state) }];
  if (witness !== 'totals') for (const fill of fills) evidence.push({ kind: 'fill', fill });
  const request: OrderRequest | undefined = isOwn
    ? { ...whole, clientOrderId: clientOrderId as string, timeInForce: 'GTC', postOnly: false }
    : undefined;
  const { base, quote } = totals;
  const {
    price: limit,
    quantity: ordered,
    quoteQuantity,
  } = whole as Partial<Record<'price' | 'quantity' | 'quoteQuantity', Decimal>>;
  return {
    request,
    news,
    evidence,
    fills,
    hasAllFills: witness !== 'totals',
    end: {
      symbol,
      orderId,
      clientOrderId,
      side,
      type,
      state,
      filledQuantity: base,
      filledQuoteQuantity: quote,
      origin: isOwn ? 'own' : 'external',
      price: limit,
      quantity: ordered,
      quoteQuantity,
    },
  };
}

type Names = Pick<Fill, 'symbol' | 'orderId' | 'side'> & { readonly clientOrderId: string | undefined };

function sizeOf(size: Decimal, price: Decimal, isInverse: boolean, isByQuote: boolean) {
  if (isInverse) return { quoteQuantity: size };
  return isByQuote ? { quoteQuantity: multiplyDecimals(size, price) } : { quantity: size };
}

/** Base asset as a venue shows it that tells contracts and an average price: rounded in its own way. */
function roundedBase({ base, quote }: { readonly base: Decimal; readonly quote: Decimal }): Decimal {
  return isZero(quote) ? ZERO : baseOfQuote(quote, divideDecimals(quote, base, 4));
}

/** Parts that sum up to the size, or to less of it. */
function makeFills(random: SeededRandom, names: Names, size: Decimal, price: Decimal, isFull: boolean): Fill[] {
  const { clientOrderId, ...rest } = names;
  const isInverse = isInverseSymbol(names.symbol);
  const step = isInverse ? CONTRACT : toDecimal(`0.${'0'.repeat(9)}1`);
  const parts = isFull ? 1 + random.int(5) : random.int(5);
  const fills: Fill[] = [];
  let left = size;
  for (let part = 0; part < parts; part++) {
    const isLast = isFull && part === parts - 1;
    const share = toDecimal(String(random.int(900) / 1_000 + 0.001).slice(0, 5));
    const filled = isLast ? left : roundToStep(multiplyDecimals(left, share), step, 'down');
    if (isZero(filled)) continue;
    left = addDecimals(left, multiplyDecimals(filled, toDecimal(-1)));
    // Contracts of quote asset are another amount of base asset at each price.
    const at = isInverse ? addDecimals(price, decimal(random.int(10_000), 1)) : price;
    fills.push({
      ...rest,
      ...(clientOrderId !== undefined && random.chance(0.5) ? { clientOrderId } : {}),
      id: `t${part}`,
      price: at,
      ...(isInverse ? { quantity: baseOfQuote(filled, at), quoteQuantity: filled } : { quantity: filled }),
      filledAt: 1_000 + part,
    });
  }
  return fills;
}

/** A report that leaves out what streams leave out. */
function thin(random: SeededRandom, report: OrderReport): OrderReport {
  if (random.chance(0.6)) return report;
  const { filledQuoteQuantity, filledQuantity, clientOrderId, ...rest } = report;
  const { symbol, orderId, state, updatedAt } = rest as Required<typeof rest>;
  if (random.chance(0.5)) return { symbol, orderId, state, updatedAt };
  // The exact amount of contracts of quote asset goes with every rounded one.
  if (isInverseSymbol(symbol) || filledQuantity === undefined) return rest;
  return { ...rest, filledQuantity };
}

function decimal(units: number, decimals: number): Decimal {
  const text = String(units).padStart(decimals + 1, '0');
  return toDecimal(decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`);
}
