import type { AccountChannel, AccountStreams } from '../../../adapter/account-streams.js';
import type { OrderReport } from '../../../adapter/order-endpoints.js';
import type { Balance } from '../../../model/balance.js';
import type { Fill } from '../../../model/fill.js';
import { decodeAccountPush, decodeDealPush, decodeOrderPush } from './decode-account-push.js';
import { createFrameCodec } from './frame.js';
import { mexcSpotListenKey } from './listen-key.js';
import { MEXC_SPOT_PLAN } from './plan.js';
import { streamTopic } from './topic.js';
import { loadWire } from './wire.js';

/** Totals of an order after each change. Source: MEXC spot v3 docs, spot account orders. */
const orders: AccountChannel<OrderReport> = {
  topic: streamTopic('spot@private.orders.v3.api.pb'),
  decode: (payload, context, emit) => emitKnown(decodeOrderPush(payload, context), emit),
};

/** Each own execution. Source: MEXC spot v3 docs, spot account deals. */
const fills: AccountChannel<Fill> = {
  topic: streamTopic('spot@private.deals.v3.api.pb'),
  decode: (payload, context, emit) => emitKnown(decodeDealPush(payload, context), emit),
};

/** One asset after each change. Source: MEXC spot v3 docs, spot account update. */
const balances: AccountChannel<Balance> = {
  topic: streamTopic('spot@private.account.v3.api.pb'),
  decode: (payload, context, emit) => emit(decodeAccountPush(payload, context)),
};

/** MEXC spot's private streams. The key in the URL is the login; subscriptions are not signed. */
export const mexcSpotAccountStreams: AccountStreams = {
  orders,
  fills,
  balances,
  plan: MEXC_SPOT_PLAN,
  listenKey: mexcSpotListenKey,
  loadCodec: async () => createFrameCodec(await loadWire()),
};

function emitKnown<E>(event: E | undefined, emit: (event: E) => void): void {
  if (event !== undefined) emit(event);
}
