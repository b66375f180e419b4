import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type {
  BatchAnswer,
  OrderEndpoints,
  OrderPlacing,
  OrderRef,
  OrderReport,
  OrderRequest,
} from '../../../adapter/order-endpoints.js';
import { readArray, readObject } from '../../../adapter/read.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { decodeBatch } from './decode-batch.js';
import { decodeCanceled, decodePlaced } from './decode-order.js';
import { keyedCost } from './limits.js';
import { orderName, orderParams } from './order-params.js';
import { orderReads } from './rest-order-lists.js';

const MAX_BATCH = 20;

/** The answer tells the id and no state. Source: MEXC spot v3 docs, new order. */
const place: Endpoint<OrderRequest, OrderReport> = defineEndpoint({
  method: 'POST',
  path: '/api/v3/order',
  auth: 'signed',
  cost: keyedCost(1, 'orders'),
  idempotent: false,
  lane: 'place',
  expires: true,
  encode: (request, context) => ({ query: orderParams(request, context) }),
  decode: (body, request, context) => decodePlaced(body, request, context),
});

/** Looks at the parameters; whether at the balance too is not documented. Source: MEXC spot v3 docs, test new order. */
const test: Endpoint<OrderRequest, void> = defineEndpoint({
  method: 'POST',
  path: '/api/v3/order/test',
  auth: 'signed',
  cost: keyedCost(1),
  idempotent: true,
  lane: 'place',
  encode: (request, context) => ({ query: orderParams(request, context) }),
  decode: (body) => void readObject(body, 'order test'),
});

/** Up to 20 orders of one market, as JSON in one parameter. Source: MEXC spot v3 docs, batch orders. */
const placeBatch: Endpoint<readonly OrderRequest[], readonly BatchAnswer[]> = defineEndpoint({
  method: 'POST',
  path: '/api/v3/batchOrders',
  auth: 'signed',
  cost: keyedCost(1, 'orders', 'batch'),
  idempotent: false,
  lane: 'place',
  expires: true,
  encode: (requests, context) => {
    checkBatch(requests);
    const orders = requests.map((request) => omitUndefined(orderParams(request, context)));
    return { query: { batchOrders: JSON.stringify(orders) } };
  },
  decode: (body, requests, context) => decodeBatch(body, requests, context),
});

/** Source: MEXC spot v3 docs, cancel order. */
const cancel: Endpoint<OrderRef, OrderReport> = defineEndpoint({
  method: 'DELETE',
  path: '/api/v3/order',
  auth: 'signed',
  cost: keyedCost(1, 'orders'),
  idempotent: true,
  lane: 'cancel',
  encode: (ref, context) => ({ query: orderName(ref, context) }),
  decode: (body, ref, context) => decodeCanceled(body, ref, context),
});

/** With nothing open it may answer nothing or refuse with -2011. Source: MEXC spot v3 docs, cancel all open orders on a symbol. */
const cancelAll: Endpoint<{ readonly symbol: MarketSymbol }, readonly OrderReport[]> = defineEndpoint({
  method: 'DELETE',
  path: '/api/v3/openOrders',
  auth: 'signed',
  cost: keyedCost(1, 'orders'),
  idempotent: true,
  lane: 'cancel',
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body, { symbol }, context) =>
    readArray(body, 'canceled orders').map((row) => decodeCanceled(row, { symbol }, context)),
});

/**
 * What is not documented is taken at its worst. Market buys by base quantity: some clients send them, the docs do not
 * know them, so none is sent. Client order ids: up to 32 letters, digits, `-` and `_`, as clients use them; not
 * documented to be unique, nor to be found for longer than the order can be read at all, which is 7 days from its
 * creation and hence no time for certain after its end. How long a new order may be hidden from reads is not documented
 * either; 10 s is the longest that has been seen on a venue of this kind. Source: MEXC spot v3 docs, new order, query order.
 */
const rules: OrderPlacing = {
  marketBuyByBase: false,
  marketSellByQuote: false,
  clientIdPrefix: '',
  clientIdLength: 32,
  visibilityLagMs: 10_000,
  clientIdLifeMs: 0,
  forgetsClientIds: true,
};

/** MEXC spot's order calls. Orders cannot be amended. */
export const mexcSpotOrders: OrderEndpoints = {
  place,
  test,
  placeBatch: { endpoint: placeBatch, maxOrders: MAX_BATCH, oneSymbol: true },
  cancel,
  cancelAll,
  ...orderReads,
  rules,
};

function checkBatch(requests: readonly OrderRequest[]): void {
  if (requests.length < 1 || requests.length > MAX_BATCH)
    throw new ValidationError({ field: 'orders', expected: `1 to ${MAX_BATCH} orders`, received: requests });
  const symbol = requests[0]?.symbol;
  const other = requests.find((request) => request.symbol !== symbol);
  if (other !== undefined)
    throw new ValidationError({ field: 'symbol', expected: `${symbol}, as the first order`, received: other.symbol });
}
