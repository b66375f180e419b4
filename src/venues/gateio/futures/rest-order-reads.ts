import { type DecodeContext, defineEndpoint } from '../../../adapter/endpoint.js';
import type {
  FillsParams,
  ListRules,
  OrderEndpoints,
  OrderHistoryParams,
  OrderListParams,
  OrderRef,
  OrderReport,
} from '../../../adapter/order-endpoints.js';
import { malformed, readArray, readObject } from '../../../adapter/read.js';
import type { Fill } from '../../../model/fill.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readRowOf, symbolOfRow } from '../account-rows.js';
import type { OrderAnswers } from '../order-answers.js';
import { orderNameOf } from '../order-name.js';
import { spanInSeconds } from '../times.js';
import { decodeFill } from './fill-decode.js';
import { decodeOrder } from './order-decode.js';
import { type FuturesSettle, venueIdOf } from './settle.js';

export const READ = { method: 'GET', auth: 'signed', cost: { private: 1 }, idempotent: true, lane: 'query' } as const;

const DAY_MS = 86_400_000;
/** Rows of one answer; no maximum is documented, and a hundred is what is in wide use. */
const MAX_ROWS = 100;

/** Pages by how many rows come before. */
export function pageOf({ page, limit }: { readonly page: number; readonly limit: number }): {
  readonly limit: number;
  readonly offset: number;
} {
  return { limit, offset: (page - 1) * limit };
}

/** Half a year of orders and fills is kept; no longest span is documented. Source: Gate API v4 docs, futures orders. */
const RULES: ListRules = {
  maxLimit: MAX_ROWS,
  paging: 'page',
  maxSpanMs: Number.POSITIVE_INFINITY,
  reachMs: 180 * DAY_MS,
};

type Reads = Pick<OrderEndpoints, 'get' | 'open' | 'openRules' | 'history' | 'historyRules' | 'fills' | 'fillsRules'>;

/** How orders and fills of Gate.io futures are read. */
export function createOrderReads(settle: FuturesSettle, answers: OrderAnswers): Reads {
  return {
    get: get(settle, answers),
    open: open(settle),
    openRules: { ...RULES, reachMs: Number.POSITIVE_INFINITY, needsSymbol: false },
    history: history(settle),
    historyRules: RULES,
    fills: fills(settle),
    fillsRules: RULES,
  };
}

/**
 * By the venue's id or ours, which is known a minute after an end without a fill; by the venue's ten.
 * Source: Gate API v4 docs, get a single futures order.
 */
const get = (settle: FuturesSettle, answers: OrderAnswers) =>
  defineEndpoint<OrderRef, OrderReport>({
    ...READ,
    path: `/futures/${settle}/orders/{order_id}`,
    encode: (ref) => ({ path: `/futures/${settle}/orders/${orderNameOf(ref, venueIdOf(settle))}` }),
    decode: answers.named,
  });

/** Of one market or of all. Source: Gate API v4 docs, list futures orders. */
const open = (settle: FuturesSettle) =>
  defineEndpoint<OrderListParams, readonly OrderReport[]>({
    ...READ,
    path: `/futures/${settle}/orders`,
    encode: ({ symbol, ...paging }, { toVenue }) => ({
      query: { contract: symbol === undefined ? undefined : toVenue(symbol), status: 'open', ...pageOf(paging) },
    }),
    decode: (body, { symbol }, context) => byTime(decodeRows(body, symbol, context)),
  });

/** Ended orders of one market, the wire has the newest first. Source: Gate API v4 docs, list futures orders by time range. */
const history = (settle: FuturesSettle) =>
  defineEndpoint<OrderHistoryParams, readonly OrderReport[]>({
    ...READ,
    path: `/futures/${settle}/orders_timerange`,
    encode: ({ symbol, from, to, ...paging }, { toVenue }) => ({
      query: { contract: toVenue(symbol), ...spanInSeconds(from, to), ...pageOf(paging) },
    }),
    decode: (body, { symbol }, context) => byTime(decodeRows(body, symbol, context)),
  });

/**
 * Executions of one market: of one order, or of a time. Source: Gate API v4 docs, list personal trading history, also
 * by time range.
 */
const fills = (settle: FuturesSettle) =>
  defineEndpoint<FillsParams, readonly Fill[]>({
    ...READ,
    path: `/futures/${settle}/my_trades_timerange`,
    encode({ symbol, orderId, from, to, ...paging }, { toVenue }) {
      const contract = toVenue(symbol);
      if (orderId === undefined) return { query: { contract, ...spanInSeconds(from, to), ...pageOf(paging) } };
      return { path: `/futures/${settle}/my_trades`, query: { contract, order: orderId, ...pageOf(paging) } };
    },
    decode(body, { symbol, orderId }, context) {
      const rows = readArray(body, 'my_trades').map((item) =>
        decodeFill(readRowOf(item, symbol, 'contract', 'fill', context), symbol, context),
      );
      if (orderId !== undefined && rows.some((fill) => fill.orderId !== orderId))
        throw malformed('fill order_id', 'that of the order asked for', rows);
      return rows.reverse().sort((a, b) => a.filledAt - b.filledAt);
    },
  });

/** A row that cannot be read fails the list: a list with a hole would prove what is not so. */
function decodeRows(rows: unknown, asked: MarketSymbol | undefined, context: DecodeContext): OrderReport[] {
  return readArray(rows, 'orders').flatMap((item) => {
    const row = asked === undefined ? readObject(item, 'order') : readRowOf(item, asked, 'contract', 'order', context);
    const symbol = asked ?? symbolOfRow(row, 'contract', 'order', context);
    if (symbol === undefined) return [];
    const report = decodeOrder(row, symbol, context);
    if (report.state === undefined) throw malformed('order status', 'a text', undefined);
    return [report];
  });
}

/** Oldest first; the wire's order decides among equals. */
function byTime(newestFirst: OrderReport[]): OrderReport[] {
  return newestFirst.reverse().sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
}
