import type { AccountChannel, AccountChannelContext, AccountStreams } from '../../../adapter/account-streams.js';
import type { Topic } from '../../../adapter/channel.js';
import type { FrameCodec, FrameHandler } from '../../../adapter/frame-codec.js';
import type { OrderReport } from '../../../adapter/order-endpoints.js';
import type { ListedPosition } from '../../../adapter/position-endpoints.js';
import { type JsonObject, readObject } from '../../../adapter/read.js';
import type { Credentials } from '../../../adapter/signer.js';
import type { Balance } from '../../../model/balance.js';
import type { Fill } from '../../../model/fill.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { decodeFill } from './decode-fill.js';
import { decodeOrder, symbolOf } from './decode-order.js';
import { decodePosition } from './decode-position.js';
import { createFrameCodec, nameOf, venueTimeOf } from './frame.js';
import { type Gunzip, loadGunzip } from './gunzip.js';
import { decodeBalance } from './rest-account.js';
import { createLogin } from './signer.js';
import { MEXC_FUTURES_PLAN } from './stream-market.js';

/** What every private topic is subscribed by. */
const LOGIN = 'login';

/** The whole order after each change. Source: MEXC contract API docs, private order stream. */
const orders: AccountChannel<OrderReport> = {
  topic: accountTopic('order'),
  decode: (payload, context, emit) =>
    emitListed(payload, 'order push', context, (row, symbol) => emit(decodeOrder(row, { symbol }, context))),
};

/** Each own execution. Source: MEXC contract API docs, private deal stream. */
const fills: AccountChannel<Fill> = {
  topic: accountTopic('order.deal'),
  decode: (payload, context, emit) =>
    emitListed(payload, 'deal push', context, (row, symbol) => emit(decodeFill(row, symbol, context))),
};

/** One asset after each change; the time is that of the frame. Source: MEXC contract API docs, private asset stream. */
const balances: AccountChannel<Balance> = {
  topic: accountTopic('asset'),
  decode(payload, { receivedAt, venueTime }, emit) {
    const balance = decodeBalance(payload, receivedAt);
    emit(Number.isNaN(venueTime) ? balance : { ...balance, updatedAt: venueTime });
  },
};

/** One position after each change. Source: MEXC contract API docs, private position stream. */
const positions: AccountChannel<ListedPosition> = {
  topic: accountTopic('position'),
  decode: (payload, context, emit) =>
    emitListed(payload, 'position push', context, (row, symbol) => {
      const position = decodePosition(row, symbol, context);
      const isTimed = position.updatedAt !== undefined || Number.isNaN(context.venueTime);
      emit(isTimed ? position : { ...position, updatedAt: context.venueTime });
    }),
};

/** The other private channels, which come unasked after a login. Source: MEXC contract API docs, private channels. */
const UNUSED = [
  'plan.order',
  'stop.order',
  'stop.planorder',
  'track.order',
  'risk.limit',
  'adl.level',
  'position.mode',
  'leverage.mode',
  'reverse.position',
  'order.chase',
  'liquidate.risk',
  'generic.notify',
  'position.closeall.fail',
  'bonus',
  'event.contract.position',
];
const KNOWN: ReadonlySet<string> = new Set(
  [...UNUSED, 'order', 'order.deal', 'asset', 'position'].map((name) => `personal.${name}`),
);

/** MEXC futures' private streams: a login on the connection brings all of them. */
export const mexcFuturesAccountStreams: AccountStreams = {
  orders,
  fills,
  balances,
  positions,
  plan: MEXC_FUTURES_PLAN,
  loadCodec: async (credentials) =>
    createAccountCodec(credentials, await loadGunzip(MEXC_FUTURES_PLAN.maxPayloadBytes)),
};

/**
 * One login subscribes every topic. A single one cannot be left; that is told by choosing all channels, which changes
 * nothing and is answered. A refusal names nothing, and here it can be none but that of the login.
 */
function createAccountCodec(credentials: Credentials, gunzip: Gunzip): FrameCodec {
  const login = createLogin(credentials);
  const requests: Pick<FrameCodec, 'subscribe' | 'unsubscribe'> = {
    subscribe: (topics, nextId, now) => [{ id: nextId(), reply: LOGIN, text: login(now), topics }],
    unsubscribe: (topics, nextId) => [{ id: nextId(), reply: 'personal.filter', text: ALL_CHANNELS, topics }],
  };
  return createFrameCodec(gunzip, routeAccountPush, requests, [LOGIN]);
}

const ALL_CHANNELS = '{"method":"personal.filter","param":{"filters":[]}}';

function routeAccountPush(channel: string, message: JsonObject, handler: FrameHandler): void {
  const { data } = message;
  if (!KNOWN.has(channel)) handler.unknown(`push of ${nameOf(channel)}`);
  else if (typeof data !== 'object' || data === null) handler.malformed(`push of ${channel} without data`);
  else handler.data(channel, '', data, venueTimeOf(message));
}

function accountTopic(name: string): Topic {
  return { channel: `personal.${name}`, key: '', args: [LOGIN] };
}

/** Pushes of markets that are not in the instrument list are left out, and reported. */
function emitListed(
  payload: unknown,
  where: string,
  context: AccountChannelContext,
  emit: (row: JsonObject, symbol: MarketSymbol) => void,
): void {
  const row = readObject(payload, where);
  const symbol = symbolOf(row, where, context);
  if (symbol !== undefined) emit(row, symbol);
}
