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
import { readArray, readObject, readText } from '../../../adapter/read.js';
import type { Fill } from '../../../model/fill.js';
import { decodeFill } from './decode-fill.js';
import { decodeOrder } from './decode-order.js';
import { keyedCost } from './limits.js';
import { orderName } from './order-params.js';

const DAY_MS = 86_400_000;

/** Of the last 7 days. Source: MEXC spot v3 docs, query order. */
const get: Endpoint<OrderRef, OrderReport> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/order',
  auth: 'signed',
  cost: keyedCost(2),
  idempotent: true,
  lane: 'query',
  encode: (ref, context) => ({ query: orderName(ref, context) }),
  decode: (body, ref, context) => decodeOrder(body, ref, context),
});

/** Without a symbol: of all markets. Source: MEXC spot v3 docs, current open orders. */
const open: Endpoint<OrderListParams, readonly OrderReport[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/openOrders',
  auth: 'signed',
  cost: keyedCost(3),
  idempotent: true,
  lane: 'query',
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: symbol === undefined ? undefined : toVenue(symbol) } }),
  decode: (body, { symbol }, context) =>
    inTime(readArray(body, 'open orders').flatMap((row) => decodeOpen(row, symbol, context))),
});

/** Also those that are still open. Source: MEXC spot v3 docs, all orders. */
const history: Endpoint<OrderHistoryParams, readonly OrderReport[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/allOrders',
  auth: 'signed',
  cost: keyedCost(10),
  idempotent: true,
  lane: 'query',
  encode: (params, { toVenue }) => ({ query: { symbol: toVenue(params.symbol), ...windowOf(params) } }),
  decode: (body, { symbol }, context) =>
    inTime(readArray(body, 'orders').map((row) => decodeOrder(row, { symbol }, context))),
});

/** Source: MEXC spot v3 docs, account trade list. */
const fills: Endpoint<FillsParams, readonly Fill[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/myTrades',
  auth: 'signed',
  cost: keyedCost(10),
  idempotent: true,
  lane: 'query',
  encode: (params, { toVenue }) => ({
    query: { symbol: toVenue(params.symbol), orderId: params.orderId, ...windowOf(params) },
  }),
  decode: (body, params, context) =>
    readArray(body, 'fills')
      .map((row) => decodeFill(row, params, context))
      // The venue lists the newest first, also within a millisecond.
      .reverse()
      .sort((a, b) => a.filledAt - b.filledAt),
});

/** There are no pages; a full answer means that there may be more than can be read. */
const openRules: OrderEndpoints['openRules'] = {
  maxLimit: 1_000,
  paging: 'time',
  maxSpanMs: Number.POSITIVE_INFINITY,
  reachMs: Number.POSITIVE_INFINITY,
  needsSymbol: false,
};

/** The longest span is not documented: by default an answer covers one day, and so much is asked for at once. */
const historyRules: ListRules = { maxLimit: 1_000, paging: 'time', maxSpanMs: DAY_MS, reachMs: 7 * DAY_MS };

/** One month. The longest span is not documented; a week is what the venue takes in its other lists. */
const fillsRules: ListRules = { maxLimit: 100, paging: 'time', maxSpanMs: 7 * DAY_MS, reachMs: 30 * DAY_MS };

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

/** Whole milliseconds that hold the window, whatever fraction our idea of the venue's time has. */
function windowOf({ from, to, limit }: OrderHistoryParams) {
  return {
    startTime: from === undefined ? undefined : Math.floor(from),
    endTime: to === undefined ? undefined : Math.ceil(to),
    limit,
  };
}

/** In a list of all markets, an order of one that has no name here cannot be shown: it is reported instead. */
function decodeOpen(row: unknown, asked: OrderListParams['symbol'], context: DecodeContext): readonly OrderReport[] {
  if (asked !== undefined) return [decodeOrder(row, { symbol: asked }, context)];
  const name = readText(readObject(row, 'order')['symbol'], 'order symbol');
  const symbol = context.toCanonical(name);
  if (symbol !== undefined) return [decodeOrder(row, { symbol }, context)];
  context.drift(`an open order of ${name.slice(0, 40)}, which is not in the instrument list`);
  return [];
}

/** The venue lists the newest first. */
function inTime(reports: readonly OrderReport[]): readonly OrderReport[] {
  return [...reports].reverse().sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
}
