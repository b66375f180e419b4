import { defineEndpoint } from '../../../adapter/endpoint.js';
import { readArray, readId, readObject } from '../../../adapter/read.js';
import type {
  TriggerEndpoints,
  TriggerListParams,
  TriggerRef,
  TriggerRequest,
} from '../../../adapter/trigger-endpoints.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TriggerOrder } from '../../../model/trigger-order.js';
import { symbolOfRow } from '../account-rows.js';
import { pageOf, READ } from './rest-order-reads.js';
import type { FuturesSettle } from './settle.js';
import { decodeTrigger } from './trigger-decode.js';
import { triggerBody } from './trigger-encode.js';

const CANCEL = { method: 'DELETE', auth: 'signed', cost: { cancel: 1 }, idempotent: true, lane: 'cancel' } as const;
const ID = /^\d{1,32}$/;

/** Price-triggered orders of Gate.io futures. */
export function createFuturesTriggers(settle: FuturesSettle): TriggerEndpoints {
  return {
    place: place(settle),
    cancel: cancel(settle),
    cancelAll: cancelAll(settle),
    list: list(settle),
    listRules: {
      maxLimit: 100,
      paging: 'page',
      maxSpanMs: Number.POSITIVE_INFINITY,
      reachMs: Number.POSITIVE_INFINITY,
    },
    closesPosition: true,
  };
}

/** Source: Gate API v4 docs, create a price-triggered order. */
const place = (settle: FuturesSettle) =>
  defineEndpoint<TriggerRequest, string>({
    method: 'POST',
    path: `/futures/${settle}/price_orders`,
    auth: 'signed',
    cost: { private: 1 },
    idempotent: false,
    lane: 'place',
    encode: (request, context) => ({ body: triggerBody(request, context) }),
    decode(body) {
      const { id, id_string } = readObject(body, 'trigger');
      return readId(id_string ?? id, 'trigger id');
    },
  });

/** Source: Gate API v4 docs, cancel a price-triggered order. */
const cancel = (settle: FuturesSettle) =>
  defineEndpoint<TriggerRef, void>({
    ...CANCEL,
    path: `/futures/${settle}/price_orders/{order_id}`,
    encode({ id }) {
      if (ID.test(id)) return { path: `/futures/${settle}/price_orders/${id}` };
      throw new ValidationError({ field: 'id', expected: 'the digits of a trigger of this venue', received: id });
    },
    decode: (body) => void readObject(body, 'trigger'),
  });

/** Of one market, or of all. Source: Gate API v4 docs, cancel all price-triggered orders. */
const cancelAll = (settle: FuturesSettle) =>
  defineEndpoint<{ readonly symbol?: MarketSymbol }, void>({
    ...CANCEL,
    path: `/futures/${settle}/price_orders`,
    encode: ({ symbol }, { toVenue }) => ({ query: { contract: symbol === undefined ? undefined : toVenue(symbol) } }),
    decode: (body) => void readArray(body, 'triggers'),
  });

/**
 * Rows that cannot be read are left out and reported: other programs may set what this version does not know.
 * Source: Gate API v4 docs, list all price-triggered orders.
 */
const list = (settle: FuturesSettle) =>
  defineEndpoint<TriggerListParams, readonly TriggerOrder[]>({
    ...READ,
    path: `/futures/${settle}/price_orders`,
    encode: ({ symbol, state, ...paging }, { toVenue }) => ({
      query: {
        status: state === 'waiting' ? 'open' : 'finished',
        contract: symbol === undefined ? undefined : toVenue(symbol),
        ...pageOf(paging),
      },
    }),
    decode: (body, _params, context) =>
      readArray(body, 'triggers')
        .flatMap((item) => {
          try {
            const row = readObject(item, 'trigger');
            const { initial } = row;
            const symbol = symbolOfRow(readObject(initial, 'trigger initial'), 'contract', 'trigger', context);
            return symbol === undefined ? [] : [decodeTrigger(row, symbol, context)];
          } catch (error) {
            if (!isExchangeError(error)) throw error;
            context.drift(`trigger left out: ${error.message}`);
            return [];
          }
        })
        .reverse()
        .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)),
  });
