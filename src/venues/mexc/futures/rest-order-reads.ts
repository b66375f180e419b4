import { type DecodeContext, defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import type {
  FillsParams,
  ListRules,
  OrderEndpoints,
  OrderHistoryParams,
  OrderListParams,
  OrderRef,
  OrderReport,
} from '../../../adapter/order-endpoints.js';
import { readObject } from '../../../adapter/read.js';
import type { Fill } from '../../../model/fill.js';
import { decodeFill } from './decode-fill.js';
import { decodeFound, decodeOrder, requireSymbol, symbolOf } from './decode-order.js';
import { rowsOf } from './envelope.js';
import { costOf } from './limits.js';
import { refuse } from './order-encode.js';

const ROOT = '/api/v1/private/order';
const LISTS = `${ROOT}/list`;
const READ = { method: 'GET', auth: 'signed', cost: costOf('usual'), idempotent: true, lane: 'query' } as const;
const DAY_MS = 86_400_000;
/** The venue refuses a longer span of time, and does not say how far back it remembers: so far at least. */
const SPAN_MS = 90 * DAY_MS;

/** By the venue's id or by ours. Source: MEXC contract API docs, query order. */
const get: Endpoint<OrderRef, OrderReport> = defineEndpoint({
  ...READ,
  path: `${ROOT}/get`,
  encode({ symbol, orderId, clientOrderId }, { toVenue }) {
    if (orderId !== undefined) return { path: `${ROOT}/get/${encodeURIComponent(orderId)}` };
    if (clientOrderId === undefined) refuse('orderId', 'orderId or clientOrderId', orderId);
    const market = encodeURIComponent(toVenue(symbol));
    return { path: `${ROOT}/external/${market}/${encodeURIComponent(clientOrderId)}` };
  },
  decode: (body, ref, context) => decodeFound(body, ref, context),
});

/** Of one market, named in the path, or of all. Source: MEXC contract API docs, current open orders. */
const open: Endpoint<OrderListParams, readonly OrderReport[]> = defineEndpoint({
  ...READ,
  path: `${LISTS}/open_orders`,
  encode: ({ symbol, page, limit }, { toVenue }) => ({
    ...(symbol === undefined ? {} : { path: `${LISTS}/open_orders/${encodeURIComponent(toVenue(symbol))}` }),
    query: { page_num: page, page_size: limit },
  }),
  decode: (body, { symbol }, context) =>
    inTime(rowsOf(body, 'open orders').flatMap((row) => decodeListed(row, symbol, context))),
});

/**
 * Also those that are still open. The docs name the times in two ways, so both are sent; rows outside of them are kept,
 * since leaving them out would make a whole page look like the last one. Source: MEXC contract API docs, order history.
 */
const history: Endpoint<OrderHistoryParams, readonly OrderReport[]> = defineEndpoint({
  ...READ,
  path: `${LISTS}/history_orders`,
  encode({ symbol, from, to, page, limit }, { toVenue }) {
    const { start_time, end_time } = timesOf(from, to);
    return {
      query: {
        symbol: toVenue(symbol),
        start_time,
        end_time,
        startTime: start_time,
        endTime: end_time,
        page_num: page,
        page_size: limit,
      },
    };
  },
  decode(body, { symbol, from = 0, to = Number.POSITIVE_INFINITY }, context) {
    const reports = rowsOf(body, 'orders').map((row) => decodeOrder(row, { symbol }, context));
    const isOutside = ({ createdAt = to, updatedAt = createdAt }: OrderReport) => updatedAt < from || createdAt > to;
    if (reports.some(isOutside)) context.drift('order history: rows outside the times asked for');
    return inTime(reports);
  },
});

/**
 * Of one market, or of one order in a call of its own, which does not page. Source: MEXC contract API docs, order
 * deals.
 */
const fills: Endpoint<FillsParams, readonly Fill[]> = defineEndpoint({
  ...READ,
  path: `${LISTS}/order_deals/v3`,
  encode: ({ symbol, orderId, from, to, page, limit }, { toVenue }) =>
    orderId === undefined
      ? { query: { symbol: toVenue(symbol), ...timesOf(from, to), page_num: page, page_size: limit } }
      : { path: `${ROOT}/deal_details/${encodeURIComponent(orderId)}` },
  decode(body, { symbol, orderId, page }, context) {
    if (orderId !== undefined && page > 1) return [];
    const rows = rowsOf(body, 'fills').map((item) => {
      const row = readObject(item, 'fill');
      requireSymbol(row, symbol, 'fill', context);
      return decodeFill(row, symbol, context, orderId);
    });
    return rows.reverse().sort((a, b) => a.filledAt - b.filledAt);
  },
});

const openRules: OrderEndpoints['openRules'] = {
  maxLimit: 100,
  paging: 'page',
  maxSpanMs: Number.POSITIVE_INFINITY,
  reachMs: Number.POSITIVE_INFINITY,
  needsSymbol: false,
};

const historyRules: ListRules = { maxLimit: 100, paging: 'page', maxSpanMs: SPAN_MS, reachMs: SPAN_MS };

/** The docs say 1,000; the older call, which may answer in its place, 100. */
const fillsRules: ListRules = { maxLimit: 100, paging: 'page', maxSpanMs: SPAN_MS, reachMs: SPAN_MS };

/** The calls that read orders and fills. */
export const orderReads = {
  get,
  open,
  openRules,
  history,
  historyRules,
  fills,
  fillsRules,
} as const satisfies Partial<OrderEndpoints>;

/** Whole milliseconds that hold the span, whatever fraction our idea of the venue's time has. */
export function timesOf(from: number | undefined, to: number | undefined) {
  return {
    start_time: from === undefined ? undefined : Math.floor(from),
    end_time: to === undefined ? undefined : Math.ceil(to),
  };
}

/** In a list of all markets, an order of one that has no name here cannot be shown: it is reported instead. */
function decodeListed(item: unknown, asked: OrderListParams['symbol'], context: DecodeContext): readonly OrderReport[] {
  if (asked !== undefined) return [decodeOrder(item, { symbol: asked }, context)];
  const symbol = symbolOf(readObject(item, 'order'), 'an open order', context);
  return symbol === undefined ? [] : [decodeOrder(item, { symbol }, context)];
}

/** The venue lists the newest first. */
function inTime(reports: readonly OrderReport[]): readonly OrderReport[] {
  return [...reports].reverse().sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
}
