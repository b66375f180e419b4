import type { Account } from '../../../accounts/account.js';
import type { SimConnection, VenueModel } from '../../../contract.js';
import { createPrivates } from '../../gateio/stream/private-session.js';
import { invalidArgument, invalidFormat } from '../../gateio/stream/refusal.js';
import type { PrivateSession } from '../../gateio/stream/session.js';
import type { Pairs } from '../pairs.js';
import { createAccountFeed } from './account-feed.js';
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
  return createPrivates<Account>(connection, model, {
    createFeed: (account) => createAccountFeed(account, model, connection),
    read({ channel, payload }) {
      const markets = CHANNELS.get(channel) === 'pairs' ? readPairs(payload, pairs) : [EVERYTHING];
      return { markets, echo: channel === 'spot.balances' ? markets : payload };
    },
  });
}

/** All or nothing. @throws {StreamRefusal} */
function readPairs(payload: unknown, pairs: Pairs): readonly string[] {
  if (!Array.isArray(payload) || !payload.every((part) => typeof part === 'string')) throw invalidFormat();
  if (payload.length === 0) throw invalidArgument('empty payload');
  for (const id of payload) if (id !== EVERYTHING) findPair(pairs, id);
  return payload;
}
