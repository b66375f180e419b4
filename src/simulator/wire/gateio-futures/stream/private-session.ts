import type { SimConnection } from '../../../contract.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import { authenticateStream } from '../../gateio/stream/authenticate.js';
import { invalidArgument, invalidFormat, StreamRefusal } from '../../gateio/stream/refusal.js';
import type { PrivateSession } from '../../gateio/stream/session.js';
import type { Contracts } from '../contracts.js';
import { type AccountFeed, createAccountFeed } from './account-feed.js';
import { findContract } from './channels.js';

const EVERYTHING = '!all';

/** How a payload names its user and contracts. `[user, contract…]`, `[user]`, or contracts with or without the user. */
type Payload = 'contracts' | 'user' | 'either';

/** Private channels; nothing ever happens on those of deleveraging and reduced limits here. Source: Gate futures WebSocket v4 docs. */
const CHANNELS: ReadonlyMap<string, Payload> = new Map([
  ['futures.orders', 'contracts'],
  ['futures.usertrades', 'contracts'],
  ['futures.positions', 'contracts'],
  ['futures.liquidates', 'contracts'],
  ['futures.auto_deleverages', 'contracts'],
  ['futures.position_closes', 'contracts'],
  ['futures.reduce_risk_limits', 'contracts'],
  ['futures.balances', 'user'],
  ['futures.position_adl_rank', 'either'],
  ['futures.autoorders', 'either'],
]);

export function isPrivateChannel(channel: string): boolean {
  return CHANNELS.has(channel);
}

/** The private subscriptions of one socket; each message may come with another key. */
export function createPrivateSession(
  connection: SimConnection,
  model: FuturesModel,
  contracts: Contracts,
): PrivateSession {
  const feeds = new Map<FuturesAccount, AccountFeed>();
  const feedOf = (account: FuturesAccount): AccountFeed => {
    const feed = feeds.get(account) ?? createAccountFeed(account, model, connection);
    feeds.set(account, feed);
    return feed;
  };
  return {
    handle(request) {
      const { channel, event, payload } = request;
      if (event !== 'subscribe' && event !== 'unsubscribe') throw invalidArgument(`unknown event ${event}`);
      const account = authenticateStream(request, model, connection.ip);
      const named = readPayload(channel, payload, account.settings.userId);
      for (const id of named) if (id !== EVERYTHING) findContract({ contracts }, id);
      feedOf(account)[event](channel, named);
      return payload;
    },
    close() {
      for (const feed of feeds.values()) feed.close();
      feeds.clear();
    },
  };
}

/** Contracts that the payload names. All or nothing. @throws {StreamRefusal} */
function readPayload(channel: string, payload: unknown, userId: string): readonly string[] {
  if (!Array.isArray(payload) || !payload.every((part) => typeof part === 'string')) throw invalidFormat();
  if (payload.length === 0) throw invalidArgument('empty payload');
  const kind = CHANNELS.get(channel);
  const [first, ...rest] = payload as readonly string[];
  if (kind === 'either') return first === userId || rest.includes(EVERYTHING) ? rest : payload;
  // For positions the user is a mere placeholder.
  if (first !== userId && channel !== 'futures.positions') {
    throw new StreamRefusal(2, `invalid argument: user id ${first} does not fit the key`);
  }
  if (kind === 'user') return [EVERYTHING];
  if (rest.length === 0) throw invalidArgument('empty payload');
  return rest;
}
