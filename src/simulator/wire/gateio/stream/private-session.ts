import type { SimConnection } from '../../../contract.js';
import type { Accounts, Holder } from '../accounts.js';
import { authenticateStream } from './authenticate.js';
import type { AccountFeed } from './private-pushes.js';
import { invalidArgument } from './refusal.js';
import type { StreamRequest } from './request.js';
import type { PrivateSession } from './session.js';

/** What a private channel is asked for. */
interface Asked {
  /** Pairs or contracts, or `!all`. */
  readonly markets: readonly string[];
  /** The payload that is echoed. */
  readonly echo: unknown;
}

/** What differs from market kind to market kind. */
interface PrivateKind<A extends Holder> {
  /** All or nothing. @throws {StreamRefusal} */
  read(request: StreamRequest, account: A): Asked;
  createFeed(account: A): AccountFeed;
}

/** The private subscriptions of one socket; each message may come with another key. */
export function createPrivates<A extends Holder>(
  { ip }: SimConnection,
  model: Accounts<A>,
  { read, createFeed }: PrivateKind<A>,
): PrivateSession {
  const feeds = new Map<A, AccountFeed>();
  const feedOf = (account: A): AccountFeed => {
    const feed = feeds.get(account) ?? createFeed(account);
    feeds.set(account, feed);
    return feed;
  };
  return {
    handle(request) {
      const { channel, event } = request;
      if (event !== 'subscribe' && event !== 'unsubscribe') throw invalidArgument(`unknown event ${event}`);
      const account = authenticateStream(request, model, ip);
      const { markets, echo } = read(request, account);
      feedOf(account)[event](channel, markets);
      return echo;
    },
    close() {
      for (const feed of feeds.values()) feed.close();
      feeds.clear();
    },
  };
}
