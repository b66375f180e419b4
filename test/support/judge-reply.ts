import type { BatchAnswer, OrderRef, OrderReport, OrderRequest } from '../../src/adapter/order-endpoints.js';
import type { PrivateVenue } from '../../src/adapter/private-venue.js';
import { isExchangeError } from '../../src/errors/exchange-error.js';
import type { requireEcho } from '../../src/exchange/orders/require-echo.js';
import { compareDecimals, isDecimal } from '../../src/model/decimal.js';
import type { Reply } from './recorded-venue.js';

/** What a reply is an answer to. */
export type ReplyRole = 'place' | 'batch' | 'cancel' | 'get' | 'orders' | 'fills' | 'holdings';

/** What came of a damaged reply: an error, or what was read. `told` of it may be right all the same. */
export type Verdict = { readonly wrong: string } | { readonly seen: string };

const TERMS = ['symbol', 'clientOrderId', 'side', 'type', 'price', 'quantity', 'quoteQuantity'] as const;
/** Never below zero, wherever they stand. */
const AMOUNTS = new Set(['quantity', 'quoteQuantity', 'filledQuantity', 'filledQuoteQuantity', 'price']);

export function roleOf({ endpoint, venue }: Reply): ReplyRole | undefined {
  const { orders, account, positions } = venue.private as PrivateVenue;
  const roles = new Map<unknown, ReplyRole>([
    [orders.place, 'place'],
    [orders.placeBatch?.endpoint, 'batch'],
    [orders.cancel, 'cancel'],
    [orders.get, 'get'],
    [orders.open, 'orders'],
    [orders.history, 'orders'],
    [orders.fills, 'fills'],
    [account.balances, 'holdings'],
    [positions?.list, 'holdings'],
  ]);
  return roles.get(endpoint);
}

/** Whether somebody who believes it believes something wrong. */
export type Judge = (told: unknown, truth: unknown, reply: Reply, echo: typeof requireEcho) => Verdict;

export const JUDGES: Readonly<Record<ReplyRole, Judge>> = {
  place: (told, truth, { params }, echo) =>
    judgePlaced(told as OrderReport, truth as OrderReport, params as OrderRequest, echo),
  batch(told, truth, { params }, echo) {
    const answers = told as readonly BatchAnswer[];
    const truths = truth as readonly BatchAnswer[];
    const requests = params as readonly OrderRequest[];
    if (answers.length !== requests.length) return { wrong: `${answers.length} answers to ${requests.length} orders` };
    const verdicts = answers.map((answer, at): Verdict => {
      const right = truths[at];
      if (isExchangeError(answer)) return judgeError(answer);
      if (isExchangeError(right)) return { wrong: `order ${at} was refused, and is told as placed` };
      return judgePlaced(answer, right as OrderReport, requests[at] as OrderRequest, echo);
    });
    return verdicts.find((one) => 'wrong' in one) ?? (verdicts[0] as Verdict);
  },
  cancel: (told, truth, { params }) => judgeNamed(told as OrderReport, truth as OrderReport, params as OrderRef),
  get: (told, truth, { params }) => judgeNamed(told as OrderReport, truth as OrderReport, params as OrderRef),
  orders: judgeList,
  fills: judgeList,
  holdings: (told) => judgeAmounts(told) ?? { seen: 'read' },
};

/** Nothing that is only damaged may be told as refused: the order is there. */
export function judgeError(error: unknown): Verdict {
  if (!isExchangeError(error)) return { wrong: `an error that is not ours: ${String(error)}` };
  return error.outcome === 'unknown' ? { seen: 'left open' } : { wrong: `told as ${error.code} ${error.outcome}` };
}

function judgePlaced(told: OrderReport, truth: OrderReport, request: OrderRequest, echo: typeof requireEcho): Verdict {
  try {
    echo(request, told);
  } catch (error) {
    return judgeError(error);
  }
  const other = TERMS.find((name) => !agrees(told[name], truth[name]) && !agrees(told[name], request[name]));
  if (other !== undefined) return { wrong: `${other} ${told[other]} instead of ${truth[other] ?? request[other]}` };
  const amounts = judgeAmounts(told);
  if (amounts !== undefined) return amounts;
  // Of an id nobody can say that it is another one, as long as it looks like one.
  if (told.orderId !== truth.orderId) return { seen: 'another order id' };
  return { seen: isSame(told, truth) ? 'read' : 'read, other progress' };
}

function judgeNamed(told: OrderReport, truth: OrderReport, asked: OrderRef): Verdict {
  for (const name of ['symbol', 'orderId', 'clientOrderId'] as const)
    if (asked[name] !== undefined && !agrees(told[name], asked[name]))
      return { wrong: `${name} ${told[name]} instead of ${asked[name]}` };
  return judgeAmounts(told) ?? { seen: isSame(told, truth) ? 'read' : 'read, other progress' };
}

/** A row must not vanish, or an order seems not to be there; nor be one of another market. */
function judgeList(told: unknown, truth: unknown, { params }: Reply): Verdict {
  const rows = told as readonly { readonly symbol: string }[];
  const { symbol } = params as { readonly symbol?: string };
  if (symbol !== undefined) {
    if (rows.length !== (truth as readonly unknown[]).length) return { wrong: `${rows.length} rows` };
    if (rows.some((row) => row.symbol !== symbol)) return { wrong: 'a row of another market' };
  }
  return judgeAmounts(told) ?? { seen: 'read' };
}

function judgeAmounts(value: unknown, name = ''): Verdict | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return { wrong: `${name}: ${value}` };
  if (typeof value === 'string' && AMOUNTS.has(name) && (!isDecimal(value) || value.startsWith('-')))
    return { wrong: `${name}: ${value}` };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = judgeAmounts(inner, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function agrees(told: unknown, right: unknown): boolean {
  if (told === undefined || told === right) return true;
  return isDecimal(told) && isDecimal(right) && compareDecimals(told, right) === 0;
}

function isSame(told: OrderReport, truth: OrderReport): boolean {
  return told.state === truth.state && told.filledQuantity === truth.filledQuantity;
}
