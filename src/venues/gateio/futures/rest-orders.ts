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
import { createGateioClassifier } from '../classify.js';
import { createOrderAnswers, type OrderAnswers } from '../order-answers.js';
import { orderNameOf } from '../order-name.js';
import { GATEIO_FUTURES_ERRORS } from './errors.js';
import { decodeOrder } from './order-decode.js';
import { amendFields, orderFields } from './order-encode.js';
import { createOrderReads } from './rest-order-reads.js';
import { type FuturesSettle, venueIdOf } from './settle.js';

const MAX_BATCH = 10;

const COMMAND = { auth: 'signed', expires: true } as const;
const PLACE = { ...COMMAND, method: 'POST', idempotent: false, lane: 'place' } as const;
const CANCEL = { ...COMMAND, method: 'DELETE', cost: { cancel: 1 }, idempotent: true, lane: 'cancel' } as const;

/**
 * What decides about orders. By our id an order is found while it rests, for a minute after it ended without a fill, and
 * for good once anything was filled. How long a new order may be hidden is not documented; ten seconds is the longest
 * that was seen anywhere. Source: Gate API v4 docs, futures order, text.
 */
const RULES: OrderPlacing = {
  marketBuyByBase: true,
  marketSellByQuote: false,
  clientIdPrefix: 't-',
  clientIdLength: 30,
  clientIdPunctuation: '-_.',
  visibilityLagMs: 10_000,
  clientIdLifeMs: 60_000,
  forgetsClientIds: true,
};

/** The order calls of Gate.io futures. */
export function createFuturesOrders(settle: FuturesSettle): OrderEndpoints {
  const answers = createOrderAnswers({
    venue: venueIdOf(settle),
    field: 'contract',
    classify: createGateioClassifier(GATEIO_FUTURES_ERRORS),
    decodeOrder,
  });
  return {
    place: place(settle, answers),
    placeBatch: { endpoint: placeBatch(settle, answers), maxOrders: MAX_BATCH, oneSymbol: false },
    cancel: cancel(settle, answers),
    cancelAll: cancelAll(settle, answers),
    amend: amend(settle, answers),
    ...createOrderReads(settle, answers),
    rules: RULES,
  };
}

/** Source: Gate API v4 docs, create a futures order. */
const place = (settle: FuturesSettle, answers: OrderAnswers) =>
  defineEndpoint<OrderRequest, OrderReport>({
    ...PLACE,
    path: `/futures/${settle}/orders`,
    cost: { place: 1 },
    encode: (request, context) => ({ body: orderFields(request, context, venueIdOf(settle)) }),
    decode: answers.placed,
  });

/** Up to ten orders; each counts, so a batch is charged as if full. Source: Gate API v4 docs, create a batch of futures orders. */
const placeBatch = (settle: FuturesSettle, answers: OrderAnswers) =>
  defineEndpoint<readonly OrderRequest[], readonly BatchAnswer[]>({
    ...PLACE,
    path: `/futures/${settle}/batch_orders`,
    cost: { place: MAX_BATCH },
    encode(requests, context) {
      if (requests.length === 0 || requests.length > MAX_BATCH)
        throw new ValidationError({ field: 'orders', expected: `1 to ${MAX_BATCH} orders`, received: requests });
      return { body: requests.map((request) => orderFields(request, context, venueIdOf(settle))) };
    },
    decode: answers.batch,
  });

/** By id; repeating it does no more. Source: Gate API v4 docs, cancel a single futures order. */
const cancel = (settle: FuturesSettle, answers: OrderAnswers) =>
  defineEndpoint<OrderRef, OrderReport>({
    ...CANCEL,
    path: `/futures/${settle}/orders/{order_id}`,
    encode: (ref) => ({ path: `/futures/${settle}/orders/${orderNameOf(ref, venueIdOf(settle))}` }),
    decode: answers.named,
  });

/**
 * Of one market. The contract is always sent: without it the venue cancels the orders of all markets.
 * Source: Gate API v4 docs, cancel all futures orders.
 */
const cancelAll = (settle: FuturesSettle, answers: OrderAnswers) =>
  defineEndpoint<Pick<OrderRef, 'symbol'>, readonly OrderReport[]>({
    ...CANCEL,
    path: `/futures/${settle}/orders`,
    encode: ({ symbol }, { toVenue }) => ({ query: { contract: requireContract(toVenue(symbol)) } }),
    decode: answers.canceledAll,
  });

/** Sets price, total size, or both of a resting order. Source: Gate API v4 docs, amend a futures order. */
const amend = (settle: FuturesSettle, answers: OrderAnswers) =>
  defineEndpoint<AmendRequest, OrderReport>({
    ...PLACE,
    // Sent again, it could undo an amendment that came in between.
    method: 'PUT',
    path: `/futures/${settle}/orders/{order_id}`,
    cost: { place: 1 },
    encode: (request, context) => ({
      path: `/futures/${settle}/orders/${orderNameOf(request, venueIdOf(settle))}`,
      body: amendFields(request, context),
    }),
    decode: answers.named,
  });

/** An absent value would be left out of the query, and all markets canceled. */
function requireContract(contract: unknown): string {
  if (typeof contract === 'string' && contract !== '') return contract;
  throw new ValidationError({ field: 'symbol', expected: 'a listed symbol', received: contract });
}
