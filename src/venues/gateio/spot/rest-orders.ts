import { defineEndpoint } from '../../../adapter/endpoint.js';
import type {
  AmendRequest,
  BatchAnswer,
  OrderEndpoints,
  OrderPlacing,
  OrderRef,
  OrderReport,
  OrderRequest,
} from '../../../adapter/order-endpoints.js';
import { ValidationError } from '../../../errors/kinds.js';
import { orderNameOf } from '../order-name.js';
import { gateioSpotAnswers } from './answers.js';
import { amendFields, orderFields } from './order-encode.js';
import { fills, get, history, MAX_FILLS, MAX_LISTED, MAX_SPAN_MS, open, REACH_MS } from './rest-order-reads.js';

const MAX_BATCH = 10;
const ORDER_PATH = '/spot/orders/{order_id}';

/** One order; all its fields are asked for in the answer. Source: Gate API v4 docs, create an order. */
const place = defineEndpoint<OrderRequest, OrderReport>({
  method: 'POST',
  path: '/spot/orders',
  auth: 'signed',
  cost: { place: 1 },
  idempotent: false,
  lane: 'place',
  expires: true,
  encode: (request, { toVenue }) => ({ body: wholeAnswer(orderFields(request, toVenue(request.symbol))) }),
  decode: gateioSpotAnswers.placed,
});

/**
 * Up to ten orders of one market. Whether a batch counts once or once per order is not documented: it is charged as if
 * full. Source: Gate API v4 docs, create a batch of orders.
 */
const placeBatch = defineEndpoint<readonly OrderRequest[], readonly BatchAnswer[]>({
  method: 'POST',
  path: '/spot/batch_orders',
  auth: 'signed',
  cost: { place: MAX_BATCH },
  idempotent: false,
  lane: 'place',
  expires: true,
  encode(requests, { toVenue }) {
    requireBatch(requests);
    return {
      body: requests.map((request) => wholeAnswer(orderFields(request, toVenue(request.symbol)))),
    };
  },
  decode: gateioSpotAnswers.batch,
});

/** By id; repeating it does no more. Source: Gate API v4 docs, cancel a single order. */
const cancel = defineEndpoint<OrderRef, OrderReport>({
  method: 'DELETE',
  path: ORDER_PATH,
  auth: 'signed',
  cost: { cancel: 1 },
  idempotent: true,
  lane: 'cancel',
  expires: true,
  encode: (ref, { toVenue }) => ({
    path: `/spot/orders/${orderNameOf(ref, 'gateio_spot')}`,
    query: { currency_pair: toVenue(ref.symbol) },
  }),
  decode: gateioSpotAnswers.named,
});

/**
 * Of one market of the spot account. The pair is always sent: without it the venue cancels the orders of all markets.
 * Source: Gate API v4 docs, cancel all open orders.
 */
const cancelAll = defineEndpoint<{ readonly symbol: OrderRef['symbol'] }, readonly OrderReport[]>({
  method: 'DELETE',
  path: '/spot/orders',
  auth: 'signed',
  cost: { cancel: 1 },
  idempotent: true,
  lane: 'cancel',
  expires: true,
  encode: ({ symbol }, { toVenue }) => ({ query: { currency_pair: requirePair(toVenue(symbol)), account: 'spot' } }),
  decode: gateioSpotAnswers.canceledAll,
});

/** Sets price, total amount, or both of a resting order. Source: Gate API v4 docs, amend an order. */
const amend = defineEndpoint<AmendRequest, OrderReport>({
  method: 'PATCH',
  path: ORDER_PATH,
  auth: 'signed',
  cost: { place: 1 },
  // Sent again, it could undo an amendment that came in between.
  idempotent: false,
  lane: 'place',
  expires: true,
  encode: (request, { toVenue }) => ({
    path: `/spot/orders/${orderNameOf(request, 'gateio_spot')}`,
    query: { currency_pair: toVenue(request.symbol) },
    body: amendFields(request),
  }),
  decode: gateioSpotAnswers.named,
});

/**
 * What decides about orders. The venue promises to find an order by our id only while it is pending (an hour longer by
 * one document, which is not relied on). How long a new order may be hidden is not documented; ten seconds is the
 * longest that was seen anywhere. Source: Gate API v4 docs, order, text.
 */
const RULES: OrderPlacing = {
  marketBuyByBase: false,
  marketSellByQuote: false,
  clientIdPrefix: 't-',
  clientIdLength: 30,
  clientIdPunctuation: '-_.',
  visibilityLagMs: 10_000,
  clientIdLifeMs: 0,
  forgetsClientIds: true,
};

/**
 * The order calls of Gate.io spot. Open orders are listed a hundred at a time and market; the same is asked of the ended
 * ones, for which no maximum is documented. Neither a longest span nor a memory is documented for them, so they are
 * read by months as executions are, for a year.
 */
export const gateioSpotOrders: OrderEndpoints = {
  place,
  placeBatch: { endpoint: placeBatch, maxOrders: MAX_BATCH, oneSymbol: true },
  cancel,
  cancelAll,
  get,
  open,
  openRules: {
    maxLimit: MAX_LISTED,
    paging: 'page',
    maxSpanMs: Number.POSITIVE_INFINITY,
    reachMs: Number.POSITIVE_INFINITY,
    needsSymbol: false,
  },
  history,
  historyRules: { maxLimit: MAX_LISTED, paging: 'page', maxSpanMs: MAX_SPAN_MS, reachMs: REACH_MS },
  fills,
  fillsRules: { maxLimit: MAX_FILLS, paging: 'page', maxSpanMs: MAX_SPAN_MS, reachMs: REACH_MS },
  amend,
  rules: RULES,
};

/** All fields of the order are asked for in the answer. */
function wholeAnswer(fields: Record<string, string>): Record<string, string> {
  fields['action_mode'] = 'FULL';
  return fields;
}

function requireBatch(requests: readonly OrderRequest[]): void {
  const isFine =
    requests.length >= 1 &&
    requests.length <= MAX_BATCH &&
    requests.every(({ symbol }) => symbol === requests[0]?.symbol);
  if (isFine) return;
  throw new ValidationError({
    field: 'orders',
    expected: `1 to ${MAX_BATCH} orders of one market`,
    received: requests,
    venue: 'gateio_spot',
  });
}

/** An absent value would be left out of the query, and all markets canceled. */
function requirePair(pair: unknown): string {
  if (typeof pair === 'string' && pair !== '') return pair;
  throw new ValidationError({ field: 'symbol', expected: 'a listed symbol', received: pair, venue: 'gateio_spot' });
}
