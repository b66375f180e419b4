import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import type {
  OrderEndpoints,
  OrderPlacing,
  OrderRef,
  OrderReport,
  OrderRequest,
} from '../../../adapter/order-endpoints.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { decodeCanceled, decodePlaced } from './decode-order.js';
import { costOf } from './limits.js';
import { orderBody, refuse } from './order-encode.js';
import { orderReads } from './rest-order-reads.js';

const ORDER_ROOT = '/api/v1/private/order';
const WRITE = { method: 'POST', auth: 'signed' } as const;

/** The answer tells the id and no state. Source: MEXC contract API docs, place order. */
const place: Endpoint<OrderRequest, OrderReport> = defineEndpoint({
  ...WRITE,
  path: `${ORDER_ROOT}/create`,
  cost: costOf('place'),
  idempotent: false,
  lane: 'place',
  expires: true,
  encode: (request, context) => ({ body: orderBody(request, context) }),
  decode: (body, request) => decodePlaced(body, request),
});

/**
 * By the venue's id, which is the surer one, or by ours, in a call of its own. Source: MEXC contract API docs, cancel
 * order.
 */
const cancel: Endpoint<OrderRef, OrderReport> = defineEndpoint({
  ...WRITE,
  path: `${ORDER_ROOT}/cancel`,
  cost: costOf('usual'),
  idempotent: true,
  lane: 'cancel',
  encode({ symbol, orderId, clientOrderId }, { toVenue }) {
    if (orderId !== undefined) return { body: [orderId] };
    if (clientOrderId === undefined) refuse('orderId', 'orderId or clientOrderId', orderId);
    return {
      path: `${ORDER_ROOT}/cancel_with_external`,
      body: [{ symbol: toVenue(symbol), externalOid: clientOrderId }],
    };
  },
  decode: (body, ref) => decodeCanceled(body, ref),
});

/**
 * Answers nothing. Without a symbol all markets would be canceled. Source: MEXC contract API docs, cancel all orders.
 */
const cancelAll: Endpoint<{ readonly symbol: MarketSymbol }, readonly OrderReport[]> = defineEndpoint({
  ...WRITE,
  path: `${ORDER_ROOT}/cancel_all`,
  cost: costOf('usual'),
  idempotent: true,
  lane: 'cancel',
  encode({ symbol }, { toVenue }) {
    const name = toVenue(symbol);
    if (typeof name !== 'string' || name === '') refuse('symbol', 'a listed symbol', symbol);
    return { body: { symbol: name } };
  },
  decode: () => [],
});

/**
 * What is not documented is taken at its worst. Client order ids: up to 32 characters, unique for the account; how long
 * they are found after the end of an order is not said, so for no time. How long a new order may be hidden from reads
 * is not said either; 10 s is the longest that has been seen on a venue of this kind. Source: MEXC contract API docs,
 * place order.
 */
const rules: OrderPlacing = {
  marketBuyByBase: true,
  marketSellByQuote: false,
  clientIdPrefix: '',
  clientIdLength: 32,
  visibilityLagMs: 10_000,
  clientIdLifeMs: 0,
  forgetsClientIds: true,
};

/**
 * MEXC futures' order calls. Batches are for market makers only. A change of a limit order makes a new order with a new
 * id in place of the old one, which is no amendment of one order: absent.
 */
export const mexcFuturesOrders: OrderEndpoints = { place, cancel, cancelAll, ...orderReads, rules };
