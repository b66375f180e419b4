import { type DecodeContext, defineEndpoint } from '../../../adapter/endpoint.js';
import type {
  FillsParams,
  OrderHistoryParams,
  OrderListParams,
  OrderRef,
  OrderReport,
} from '../../../adapter/order-endpoints.js';
import { malformed, readArray, readObject } from '../../../adapter/read.js';
import type { Fill } from '../../../model/fill.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readRowOf, symbolOfRow } from '../account-rows.js';
import { orderNameOf } from '../order-name.js';
import { spanInSeconds } from '../times.js';
import { gateioSpotAnswers } from './answers.js';
import { decodeFill } from './fill-decode.js';
import { decodeOrder } from './order-decode.js';

const READ = { method: 'GET', auth: 'signed', cost: { private: 1 }, idempotent: true, lane: 'query' } as const;

const DAY_MS = 86_400_000;
/** Open orders of one market in one answer. Source: Gate API v4 docs, list orders. */
export const MAX_LISTED = 100;
/** Source: Gate API v4 docs, list personal trading history. */
export const MAX_FILLS = 1_000;
/** Thirty days, less what rounding to whole seconds may add. Source: Gate API v4 docs, list personal trading history. */
export const MAX_SPAN_MS = 30 * DAY_MS - 2_000;
export const REACH_MS = 365 * DAY_MS;

/**
 * One order, of whatever account of the user. The pair is sent always: it is needed while the order is pending.
 * Source: Gate API v4 docs, get a single order.
 */
export const get = defineEndpoint<OrderRef, OrderReport>({
  ...READ,
  path: '/spot/orders/{order_id}',
  encode: (ref, { toVenue }) => ({
    path: `/spot/orders/${orderNameOf(ref, 'gateio_spot')}`,
    query: { currency_pair: toVenue(ref.symbol) },
  }),
  decode: gateioSpotAnswers.named,
});

/**
 * Open orders of one market, or of all. Of all, pages are counted per market; rows of markets that are not in the
 * instrument list are left out and reported. Source: Gate API v4 docs, list orders; list all open orders.
 */
export const open = defineEndpoint<OrderListParams, readonly OrderReport[]>({
  ...READ,
  // The path is what is metered: the list of one market shares its budget with the ended orders.
  path: '/spot/orders',
  encode({ symbol, page, limit }, { toVenue }) {
    if (symbol === undefined) return { path: '/spot/open_orders', query: { page, limit } };
    return { query: { currency_pair: toVenue(symbol), status: 'open', page, limit } };
  },
  decode: (body, { symbol }, context) =>
    byTime(
      symbol === undefined
        ? readArray(body, 'open_orders').flatMap((group) => decodeGroup(group, context))
        : decodeRows(body, symbol, context),
    ),
});

/** Ended orders of one market, the wire has the newest first. Source: Gate API v4 docs, list orders. */
export const history = defineEndpoint<OrderHistoryParams, readonly OrderReport[]>({
  ...READ,
  path: '/spot/orders',
  encode: ({ symbol, page, limit, from, to }, { toVenue }) => ({
    query: { currency_pair: toVenue(symbol), status: 'finished', page, limit, ...spanInSeconds(from, to) },
  }),
  decode: (body, { symbol }, context) => byTime(decodeRows(body, symbol, context)),
});

/** Executions of one market, the wire has the newest first. Source: Gate API v4 docs, list personal trading history. */
export const fills = defineEndpoint<FillsParams, readonly Fill[]>({
  ...READ,
  path: '/spot/my_trades',
  encode: ({ symbol, page, limit, orderId, from, to }, { toVenue }) => ({
    query: { currency_pair: toVenue(symbol), limit, page, order_id: orderId, ...spanInSeconds(from, to) },
  }),
  decode(body, { symbol, orderId }, context) {
    const rows = readArray(body, 'my_trades').map((item) =>
      decodeFill(readRowOf(item, symbol, 'currency_pair', 'fill', context), symbol, context),
    );
    if (orderId !== undefined && rows.some((fill) => fill.orderId !== orderId))
      throw malformed('fill order_id', 'that of the order asked for', rows);
    return rows.reverse().sort((a, b) => a.filledAt - b.filledAt);
  },
});

function decodeGroup(value: unknown, context: DecodeContext): OrderReport[] {
  const group = readObject(value, 'open_orders group');
  const symbol = symbolOfRow(group, 'currency_pair', 'open_orders group', context);
  const { orders } = group;
  return symbol === undefined ? [] : decodeRows(orders, symbol, context);
}

/** A row that cannot be read fails the list: a list with a hole would prove what is not so. */
function decodeRows(rows: unknown, symbol: MarketSymbol, context: DecodeContext): OrderReport[] {
  return readArray(rows, 'orders').map((item) => {
    const report = decodeOrder(readRowOf(item, symbol, 'currency_pair', 'order', context), symbol, context);
    if (report.state === undefined) throw malformed('order status', 'a text', undefined);
    return report;
  });
}

/** Oldest first; the wire's order decides among equals. */
function byTime(newestFirst: OrderReport[]): OrderReport[] {
  return newestFirst.reverse().sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
}
