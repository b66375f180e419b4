import type { SimConnection } from '../../../contract.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import { createPrivates } from '../../gateio/stream/private-session.js';
import { invalidArgument, invalidFormat, StreamRefusal } from '../../gateio/stream/refusal.js';
import type { PrivateSession } from '../../gateio/stream/session.js';
import type { Contracts } from '../contracts.js';
import { createAccountFeed } from './account-feed.js';
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

export function createPrivateSession(
  connection: SimConnection,
  model: FuturesModel,
  contracts: Contracts,
): PrivateSession {
  return createPrivates<FuturesAccount>(connection, model, {
    createFeed: (account) => createAccountFeed(account, model, connection),
    read({ channel, payload }, account) {
      const markets = readPayload(channel, payload, account.settings.userId);
      for (const id of markets) if (id !== EVERYTHING) findContract({ contracts }, id);
      return { markets, echo: payload };
    },
  });
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
