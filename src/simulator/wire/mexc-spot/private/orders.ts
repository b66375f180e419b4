import type { AccountOrder } from '../../../accounts/account-order.js';
import type { OrderRequest } from '../../../accounts/order-request.js';
import type { WireMarket } from '../markets.js';
import { badCombination, missing, Refusal, requireMarket, wrong } from '../rest-call.js';
import { atDesk, engineReads, marketOf, type PrivateCall, type PrivateHandler } from './call.js';
import { canceledRow, placedRow } from './order-rows.js';
import { kindOf, selfTradeOf } from './order-words.js';

const MAX_BATCH = 20;
const MAX_CLIENT_ID = 32;
const MAX_SYMBOLS = 5;

/** `POST /api/v3/order`. Source: MEXC spot v3 docs, new order. */
export const placeOrder: PrivateHandler = (call) => placedRow(place(call, requireMarket(call), call.query));

/** `POST /api/v3/order/test`: looks at everything but the balance. Source: MEXC spot v3 docs, test new order. */
export const testOrder: PrivateHandler = (call) => {
  const market = requireMarket(call);
  const request = readOrder(call.query);
  atDesk(market.view.spec, () => call.model.desk.check(call.account, marketOf(market, call), request));
  return {};
};

/** `POST /api/v3/batchOrders`: orders of one symbol, each stands alone. Source: MEXC spot v3 docs, batch orders. */
export const placeBatch: PrivateHandler = (call) => {
  const list = readBatch(call.query.get('batchOrders'));
  if (new Set(list.map((params) => params.get('symbol'))).size > 1) throw wrong('batchOrders');
  return list.map((params) => {
    const name = params.get('newClientOrderId');
    const named = name === null ? {} : { newClientOrderId: name };
    try {
      const { symbol, orderId } = placedRow(place(call, requireMarket({ ...call, query: params }), params));
      return { symbol, orderId, ...named, orderListId: -1 };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...named, msg: error.message, code: error.code };
    }
  });
};

/** `DELETE /api/v3/order`. Source: MEXC spot v3 docs, cancel order. */
export const cancelOrder: PrivateHandler = (call) => {
  const { view } = requireMarket(call);
  const order = findOrder(call);
  const isOpen = order?.status === 'open' && order.market.spec.symbol === view.spec.symbol;
  if (!isOpen) throw new Refusal(-2011, 'Unknown order sent.');
  call.model.desk.cancel(call.account, order);
  return canceledRow(order);
};

/** `DELETE /api/v3/openOrders`, one symbol or several. Source: MEXC spot v3 docs, cancel all open orders on a symbol. */
export const cancelOpenOrders: PrivateHandler = (call) => {
  const markets = requireMarkets(call);
  const orders = [...call.account.openOrders].filter(({ market }) => markets.has(market.spec.symbol));
  for (const order of orders) call.model.desk.cancel(call.account, order);
  return orders.map((order) => ({ ...canceledRow(order), orderListId: -1 }));
};

/** `DELETE /api/v3/order/all`. Source: MEXC spot v3 docs, cancel all orders. */
export const cancelAllOrders: PrivateHandler = ({ model, account, now }) => {
  for (const order of [...account.openOrders]) model.desk.cancel(account, order);
  return { code: 200, msg: 'success', timestamp: now };
};

/** The symbols of a comma list. @throws {Refusal} */
export function requireMarkets(call: PrivateCall): ReadonlySet<string> {
  const names = call.query.get('symbol')?.split(',') ?? [];
  if (names.length === 0) throw missing('symbol');
  if (names.length > MAX_SYMBOLS) throw wrong('symbol');
  const named = names.map((symbol) => requireMarket({ ...call, query: new URLSearchParams({ symbol }) }));
  return new Set(named.map(({ view }) => view.spec.symbol));
}

function findOrder(call: PrivateCall): AccountOrder | undefined {
  const [id, clientId] = [call.query.get('orderId'), call.query.get('origClientOrderId')];
  if (id) return engineReads(call).byId(id);
  if (clientId)
    return engineReads(call)
      .open()
      .findLast((order) => order.clientOrderId === clientId);
  throw noId();
}

/** @throws {Refusal} */
export function noId(): Refusal {
  return new Refusal(700004, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
}

function place(call: PrivateCall, market: WireMarket, params: URLSearchParams): AccountOrder {
  const request = readOrder(params);
  return atDesk(market.view.spec, () => call.model.desk.place(call.account, marketOf(market, call), request));
}

function readOrder(params: URLSearchParams): OrderRequest {
  const side = required(params, 'side');
  if (side !== 'BUY' && side !== 'SELL') throw wrong('side');
  const kind = kindOf(required(params, 'type'));
  if (kind === undefined) throw wrong('type');
  const selfTrade = selfTradeOf(params.get('stpMode') ?? '');
  if (selfTrade === undefined) throw wrong('stpMode');
  const sizes =
    kind.type === 'limit'
      ? { price: required(params, 'price'), quantity: required(params, 'quantity') }
      : readMarketSize(params, side);
  return {
    side: side === 'BUY' ? 'buy' : 'sell',
    ...kind,
    ...sizes,
    clientOrderId: readClientId(params.get('newClientOrderId')),
    selfTradeRule: selfTrade === 'none' ? undefined : selfTrade,
  };
}

/** A sale is by quantity; a purchase by either. */
function readMarketSize(
  params: URLSearchParams,
  side: 'BUY' | 'SELL',
): Pick<OrderRequest, 'quantity' | 'quoteQuantity'> {
  const quantity = params.get('quantity') ?? undefined;
  const quoteQuantity = params.get('quoteOrderQty') ?? undefined;
  if (quantity !== undefined && quoteQuantity !== undefined) throw badCombination();
  if (side === 'SELL' && quoteQuantity !== undefined) throw badCombination();
  if (quantity === undefined && quoteQuantity === undefined) throw missing('quantity');
  return quoteQuantity === undefined ? { quantity } : { quoteQuantity };
}

/** The limits are not documented; these are what clients keep to. */
function readClientId(text: string | null): string | undefined {
  if (text === null || text === '') return undefined;
  if (!/^[0-9A-Za-z_-]+$/.test(text))
    throw new Refusal(700008, "Illegal characters found in parameter 'newClientOrderId'.");
  if (text.length > MAX_CLIENT_ID) throw wrong('newClientOrderId');
  return text;
}

function readBatch(text: string | null): URLSearchParams[] {
  if (text === null) throw missing('batchOrders');
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw wrong('batchOrders');
  }
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_BATCH) throw wrong('batchOrders');
  return list.map((item: unknown) => {
    if (typeof item !== 'object' || item === null) throw wrong('batchOrders');
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(item)) if (typeof value === 'string') params.set(name, value);
    // The docs' own sample prints the type so.
    if (params.get('type') === 'LIMIT_ORDER') params.set('type', 'LIMIT');
    return params;
  });
}

function required(params: URLSearchParams, name: string): string {
  const text = params.get(name);
  if (text === null || text === '') throw missing(name);
  return text;
}
