import type { AccountChannel, AccountChannelContext, AccountStreams } from '../../../adapter/account-streams.js';
import type { Topic } from '../../../adapter/channel.js';
import type { OrderReport } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readArray, readDecimal, readObject, readText } from '../../../adapter/read.js';
import type { Balance } from '../../../model/balance.js';
import type { Fill } from '../../../model/fill.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { symbolOfRow } from '../account-rows.js';
import { createAuthorization } from '../channel-authorization.js';
import { CONNECTION_PLAN } from '../connection-plan.js';
import { createGateioCodec } from '../frame.js';
import { readTime } from '../times.js';
import { decodeFill } from './fill-decode.js';
import { decodeOrderPush } from './order-decode.js';
import { ACCOUNT_CHANNEL, SPOT_WIRE } from './routes.js';

const ALL_MARKETS = ['!all'] as const;

/** Every change of every order. Source: Gate spot WebSocket v4 docs, orders channel. */
const orders: AccountChannel<OrderReport> = {
  topic: accountTopic(ACCOUNT_CHANNEL.orders, ALL_MARKETS),
  decode: (payload, context, emit) => decodeMarketRows(payload, 'order', context, decodeOrderPush).forEach(emit),
};

/** Every execution, with its fee. Source: Gate spot WebSocket v4 docs, user trades channel. */
const fills: AccountChannel<Fill> = {
  topic: accountTopic(ACCOUNT_CHANNEL.fills, ALL_MARKETS),
  decode: (payload, context, emit) => decodeMarketRows(payload, 'fill', context, decodeFill).forEach(emit),
};

/** Every change of a balance of the spot account; there is no first snapshot. Source: Gate spot WebSocket v4 docs, spot balance channel. */
const balances: AccountChannel<Balance> = {
  topic: accountTopic(ACCOUNT_CHANNEL.balances, []),
  decode: (payload, context, emit) =>
    readArray(payload, 'balances')
      .map((row) => decodeBalance(row, context))
      .forEach(emit),
};

/** The private streams of Gate.io spot; each subscription is signed, and nothing else is. */
export const gateioSpotAccountStreams: AccountStreams = {
  orders,
  fills,
  balances,
  plan: CONNECTION_PLAN,
  loadCodec: (credentials) =>
    Promise.resolve(createGateioCodec(SPOT_WIRE, createAuthorization(credentials, SPOT_WIRE))),
};

function accountTopic(channel: string, args: readonly string[]): Topic {
  return { channel, key: '', args };
}

/** All rows are read before any is handed out. Rows of markets that are not in the instrument list are left out. */
function decodeMarketRows<E>(
  payload: unknown,
  where: string,
  context: AccountChannelContext,
  decode: (row: JsonObject, symbol: MarketSymbol, context: AccountChannelContext) => E,
): E[] {
  return readArray(payload, `${where}s`).flatMap((item) => {
    const row = readObject(item, where);
    const symbol = symbolOfRow(row, 'currency_pair', where, context);
    return symbol === undefined ? [] : [decode(row, symbol, context)];
  });
}

function decodeBalance(value: unknown, { receivedAt }: AccountChannelContext): Balance {
  const { currency, available, freeze, timestamp, timestamp_ms } = readObject(value, 'balance');
  const updatedAt = readTime(timestamp_ms, timestamp, 'balance timestamp');
  if (updatedAt === undefined) throw malformed('balance timestamp', 'a time', undefined);
  return {
    asset: readText(currency, 'balance currency'),
    free: readDecimal(available, 'balance available'),
    locked: readDecimal(freeze, 'balance freeze'),
    updatedAt,
    receivedAt,
  };
}
