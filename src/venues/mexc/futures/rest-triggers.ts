import { type DecodeContext, defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { readId, readObject } from '../../../adapter/read.js';
import type {
  TriggerEndpoints,
  TriggerListParams,
  TriggerRef,
  TriggerRequest,
} from '../../../adapter/trigger-endpoints.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TriggerOrder } from '../../../model/trigger-order.js';
import { requireItem, symbolOf } from './decode-order.js';
import { decodeTrigger } from './decode-trigger.js';
import { dataOf, rowsOf } from './envelope.js';
import { costOf } from './limits.js';
import { TRIGGER_LIVES_MS, triggerBody } from './order-encode.js';

const ROOT = '/api/v1/private/planorder';
const WRITE = { method: 'POST', auth: 'signed' } as const;

/** Answers the id. Source: MEXC contract API docs, place trigger order. */
const place: Endpoint<TriggerRequest, string> = defineEndpoint({
  ...WRITE,
  path: `${ROOT}/place/v2`,
  cost: costOf('place'),
  idempotent: false,
  lane: 'place',
  expires: true,
  encode: (request, context) => ({ body: triggerBody(request, context) }),
  decode(body) {
    const data = dataOf(body);
    const { orderId, id = orderId } =
      typeof data === 'object' && data !== null ? readObject(data, 'trigger') : { id: data };
    return readId(id, 'trigger id');
  },
});

/** Answers nothing, or each item with a code. Source: MEXC contract API docs, cancel trigger orders. */
const cancel: Endpoint<TriggerRef, void> = defineEndpoint({
  ...WRITE,
  path: `${ROOT}/cancel`,
  cost: costOf('usual'),
  idempotent: true,
  lane: 'cancel',
  encode: ({ symbol, id }, { toVenue }) => ({ body: [{ symbol: toVenue(symbol), orderId: id }] }),
  decode(body) {
    const data = dataOf(body);
    if (Array.isArray(data)) for (const item of data) requireItem(readObject(item, 'canceled trigger'));
  },
});

/** Of one market or of all. Source: MEXC contract API docs, cancel all trigger orders. */
const cancelAll: Endpoint<{ readonly symbol?: MarketSymbol }, void> = defineEndpoint({
  ...WRITE,
  path: `${ROOT}/cancel_all`,
  cost: costOf('usual'),
  idempotent: true,
  lane: 'cancel',
  encode: ({ symbol }, { toVenue }) => ({ body: symbol === undefined ? {} : { symbol: toVenue(symbol) } }),
  decode: () => undefined,
});

/**
 * Several states in one call are listed with commas, whose signature is not certain; those that have ended are
 * therefore asked for as all. Source: MEXC contract API docs, trigger orders.
 */
const list: Endpoint<TriggerListParams, readonly TriggerOrder[]> = defineEndpoint({
  method: 'GET',
  auth: 'signed',
  path: `${ROOT}/list/orders`,
  cost: costOf('usual'),
  idempotent: true,
  lane: 'query',
  encode: ({ symbol, state, page, limit }, { toVenue }) => ({
    query: {
      symbol: symbol === undefined ? undefined : toVenue(symbol),
      states: state === 'waiting' ? 1 : undefined,
      page_num: page,
      page_size: limit,
    },
  }),
  decode: (body, _params, context) =>
    rowsOf(body, 'triggers')
      .flatMap((item) => decodeListed(item, context))
      .reverse()
      .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)),
});

/**
 * MEXC futures' trigger orders, which the venue calls plan orders. Those bound to a position are others, and absent.
 */
export const mexcFuturesTriggers: TriggerEndpoints = {
  place,
  cancel,
  cancelTellsNothing: true,
  cancelAll,
  list,
  listRules: { maxLimit: 100, paging: 'page', maxSpanMs: Number.POSITIVE_INFINITY, reachMs: Number.POSITIVE_INFINITY },
  lifetimesMs: TRIGGER_LIVES_MS,
  closesPosition: false,
};

function decodeListed(item: unknown, context: DecodeContext): readonly TriggerOrder[] {
  const row = readObject(item, 'trigger');
  const symbol = symbolOf(row, 'a trigger', context);
  return symbol === undefined ? [] : [decodeTrigger(row, symbol, context)];
}
