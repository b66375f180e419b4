import type { AccountChannel, AccountChannelContext, AccountStreams } from '../../../adapter/account-streams.js';
import type { Topic } from '../../../adapter/channel.js';
import { type JsonObject, readArray, readObject } from '../../../adapter/read.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { symbolOfRow } from '../account-rows.js';
import { createAuthorization } from '../channel-authorization.js';
import { createGateioCodec } from '../frame.js';
import { decodeFill } from './fill-decode.js';
import { decodeOrder } from './order-decode.js';
import { decodePosition } from './position-decode.js';
import { identity } from './rest-account.js';
import { ACCOUNT_CHANNEL, FUTURES_WIRE } from './routes.js';
import type { FuturesSettle } from './settle.js';
import { FUTURES_PLAN } from './stream-market.js';

const ALL_MARKETS = ['!all'] as const;

/**
 * The private streams of Gate.io futures. Each subscription is signed, and begins with the account's own id. A push of
 * balances holds the whole of the account, of which nobody can tell what is free: the balances are read again for it,
 * and for orders, which hold margin without a push.
 * Source: Gate futures WebSocket v4 docs, orders, user trades, balances, positions.
 */
export function createFuturesAccountStreams(settle: FuturesSettle): AccountStreams {
  return {
    orders: rows(ACCOUNT_CHANNEL.orders, 'order', decodeOrder),
    fills: rows(ACCOUNT_CHANNEL.fills, 'fill', decodeFill),
    balances: {
      topic: accountTopic(ACCOUNT_CHANNEL.balances, []),
      decode(payload, _context, emit) {
        const moved = readArray(payload, 'balances').map((row) => readObject(row, 'balance'));
        if (moved.length > 0) emit('moved');
      },
    },
    balancesFollowOrders: true,
    positions: rows(ACCOUNT_CHANNEL.positions, 'position', (row, symbol, context) =>
      decodePosition(row, symbol, settle, context),
    ),
    plan: FUTURES_PLAN,
    identity: identity(settle),
    loadCodec: (credentials, account) =>
      Promise.resolve(
        createGateioCodec(
          { ...FUTURES_WIRE, ...(account === undefined ? {} : { account }) },
          createAuthorization(credentials, FUTURES_WIRE),
        ),
      ),
  };
}

/** All rows are read before any is handed out. Rows of markets that are not in the instrument list are left out. */
function rows<E>(
  channel: string,
  where: string,
  decode: (row: JsonObject, symbol: MarketSymbol, context: AccountChannelContext) => E,
): AccountChannel<E> {
  return {
    topic: accountTopic(channel, ALL_MARKETS),
    decode(payload, context, emit) {
      const events = readArray(payload, `${where}s`).flatMap((item) => {
        const row = readObject(item, where);
        const symbol = symbolOfRow(row, 'contract', where, context);
        return symbol === undefined ? [] : [decode(row, symbol, context)];
      });
      for (const event of events) emit(event);
    },
  };
}

function accountTopic(channel: string, args: readonly string[]): Topic {
  return { channel, key: '', args };
}
