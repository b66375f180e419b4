import type { OrderReport, OrderRequest } from '../../../src/adapter/order-endpoints.js';
import { addDecimals, type Decimal, multiplyDecimals, roundToStep, toDecimal } from '../../../src/model/decimal.js';
import type { Fill } from '../../../src/model/fill.js';
import type { Order, OrderState } from '../../../src/model/order.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import type { SeededRandom } from '../../../src/transport/seeded-random.js';

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

const SYMBOLS: readonly MarketSymbol[] = ['BTC/USDT', 'ETH/USDT'];
const ZERO = toDecimal(0);

export function makeLife(random: SeededRandom, number: number): Life {
  const isOwn = random.chance(0.75);
  const symbol = SYMBOLS[number % SYMBOLS.length] as MarketSymbol;
  const side = random.pick(['buy', 'sell'] as const);
  const shape = random.pick(['limit', 'limit', 'limit', 'byBase', 'byQuote'] as const);
  const type = shape === 'limit' ? 'limit' : 'market';
  const quantity = decimal(1 + random.int(1_000_000), 1 + random.int(8));
  const price = decimal(1 + random.int(9_999_999), random.int(7));
  // The venue's ids repeat across markets, and both sides of a trade with oneself have one trade id.
  const orderId = String(1_000 + Math.floor(number / SYMBOLS.length));
  const clientOrderId = isOwn ? `own-${number}` : random.chance(0.3) ? `other-${number}` : undefined;
  const names = { symbol, orderId, ...(clientOrderId === undefined ? {} : { clientOrderId }) };
  const whole = {
    ...names,
    side,
    type,
    ...(shape === 'limit' ? { price } : {}),
    ...(shape === 'byQuote' ? { quoteQuantity: multiplyDecimals(quantity, price) } : { quantity }),
  } as const;

  const fate = random.pick(['filled', 'canceled', 'expired', 'open'] as const);
  const fills = makeFills(random, { symbol, orderId, side, clientOrderId }, quantity, price, fate === 'filled');
  const news: News[] = [];
  const totals = { base: ZERO, quote: ZERO };
  const tell = (state: OrderState): OrderReport => ({
    ...whole,
    filledQuantity: totals.base,
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
    totals.quote = addDecimals(totals.quote, multiplyDecimals(fill.quantity, fill.price));
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

/** Parts that sum up to the quantity, or to less of it. */
function makeFills(random: SeededRandom, names: Names, quantity: Decimal, price: Decimal, isFull: boolean): Fill[] {
  const { clientOrderId, ...rest } = names;
  const step = toDecimal(`0.${'0'.repeat(9)}1`);
  const parts = isFull ? 1 + random.int(5) : random.int(5);
  const fills: Fill[] = [];
  let left = quantity;
  for (let part = 0; part < parts; part++) {
    const isLast = isFull && part === parts - 1;
    const share = toDecimal(String(random.int(900) / 1_000 + 0.001).slice(0, 5));
    const size = isLast ? left : roundToStep(multiplyDecimals(left, share), step, 'down');
    if (!/[1-9]/.test(size)) continue;
    left = addDecimals(left, multiplyDecimals(size, toDecimal(-1)));
    fills.push({
      ...rest,
      ...(clientOrderId !== undefined && random.chance(0.5) ? { clientOrderId } : {}),
      id: `t${part}`,
      price,
      quantity: size,
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
  return { ...rest, ...(filledQuantity === undefined ? {} : { filledQuantity }) };
}

function decimal(units: number, decimals: number): Decimal {
  const text = String(units).padStart(decimals + 1, '0');
  return toDecimal(decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`);
}
