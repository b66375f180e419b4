import type { Account } from '../../../accounts/account.js';
import type { SimConnection, VenueModel } from '../../../contract.js';
import { authenticateStream } from '../../gateio/stream/authenticate.js';
import { invalidArgument, invalidFormat } from '../../gateio/stream/refusal.js';
import type { PrivateSession } from '../../gateio/stream/session.js';
import type { Pairs } from '../pairs.js';
import { type AccountFeed, createAccountFeed } from './account-feed.js';
import { findPair } from './channels.js';

const EVERYTHING = '!all';

/**
 * Private channels by whether they are about pairs. Nothing ever happens on those of margin, funding and trigger orders
 * here. Source: Gate.io spot WebSocket v4 docs, authentication and private channels.
 */
const CHANNELS: ReadonlyMap<string, 'pairs' | 'none'> = new Map([
  ['spot.orders', 'pairs'],
  ['spot.orders_v2', 'pairs'],
  ['spot.usertrades', 'pairs'],
  ['spot.usertrades_v2', 'pairs'],
  ['spot.priceorders', 'pairs'],
  ['spot.balances', 'none'],
  ['spot.margin_balances', 'none'],
  ['spot.funding_balances', 'none'],
  ['spot.cross_balances', 'none'],
  ['spot.cross_loan', 'none'],
]);

export function isPrivateChannel(channel: string): boolean {
  return CHANNELS.has(channel);
}

export function createPrivateSession(connection: SimConnection, model: VenueModel, pairs: Pairs): PrivateSession {
  const feeds = new Map<Account, AccountFeed>();
  const feedOf = (account: Account): AccountFeed => {
    const feed = feeds.get(account) ?? createAccountFeed(account, model, connection);
    feeds.set(account, feed);
    return feed;
  };
  return {
    handle(request) {
      const { channel, event, payload } = request;
      if (event !== 'subscribe' && event !== 'unsubscribe') throw invalidArgument(`unknown event ${event}`);
      const account = authenticateStream(request, model, connection.ip);
      const ids = CHANNELS.get(channel) === 'pairs' ? readPairs(payload, pairs) : [EVERYTHING];
      feedOf(account)[event](channel, ids);
      return channel === 'spot.balances' ? ids : payload;
    },
    close() {
      for (const feed of feeds.values()) feed.close();
      feeds.clear();
    },
  };
}

/** All or nothing. @throws {StreamRefusal} */
function readPairs(payload: unknown, pairs: Pairs): readonly string[] {
  if (!Array.isArray(payload) || !payload.every((part) => typeof part === 'string')) throw invalidFormat();
  if (payload.length === 0) throw invalidArgument('empty payload');
  for (const id of payload) if (id !== EVERYTHING) findPair(pairs, id);
  return payload;
}
