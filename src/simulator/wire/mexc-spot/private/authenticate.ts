import type { Account } from '../../../accounts/account.js';
import type { AccountPermission } from '../../../accounts/account-options.js';
import type { SimHttpRequest, VenueModel } from '../../../contract.js';
import { missing, Refusal, wrong } from '../rest-call.js';
import { isSignedBy } from './signature.js';

/** Source: MEXC spot v3 docs, timing security. */
const DEFAULT_WINDOW_MS = 5_000;
const MAX_WINDOW_MS = 60_000;
const MAX_AHEAD_MS = 1_000;

/**
 * Whose request it is. Source: MEXC spot v3 docs, signed endpoints and error codes; which HTTP status goes with which
 * code is documented only roughly. @throws {Refusal}
 */
export function authenticate(request: SimHttpRequest, params: URLSearchParams, model: VenueModel): Account {
  const { method, headers, query, body, ip } = request;
  const key = headers['x-mexc-apikey'];
  if (!key) throw new Refusal(400, 'api key required', 401);
  const account = model.desk.accounts.get(key);
  if (account === undefined) throw new Refusal(10072, 'Api key info invalid');
  if (account.settings.ips?.has(ip) === false) throw new Refusal(700006, 'IP non white list', 403);
  if (method !== 'GET' && !headers['content-type']?.startsWith('application/json')) {
    throw new Refusal(700013, 'Invalid content Type.');
  }
  requireCurrent(params, Math.floor(model.clock.now()));
  if (!isSignedBy(account.settings.secretKey, query, body)) {
    throw new Refusal(700002, 'Signature for this request is not valid.');
  }
  return account;
}

/** @throws {Refusal} when the key may not do this. */
export function requirePermission({ settings }: Account, permission: AccountPermission): void {
  if (settings.permissions.has(permission)) return;
  throw new Refusal(700007, 'No permission to access the endpoint.', 403);
}

/** What was sent, query and body together; where a name is in both, the query counts. */
export function paramsOf({ query, body }: SimHttpRequest): URLSearchParams {
  const params = new URLSearchParams(body);
  const fromQuery = new URLSearchParams(query);
  for (const name of fromQuery.keys()) params.delete(name);
  for (const [name, value] of fromQuery) params.append(name, value);
  return params;
}

function requireCurrent(params: URLSearchParams, now: number): void {
  const timestamp = readWhole(params, 'timestamp');
  if (timestamp === undefined) throw missing('timestamp');
  const window = readWhole(params, 'recvWindow') ?? DEFAULT_WINDOW_MS;
  if (window > MAX_WINDOW_MS) throw new Refusal(700005, 'recvWindow must less than 60000');
  if (timestamp < now + MAX_AHEAD_MS && now - timestamp <= window) return;
  throw new Refusal(700003, 'Timestamp for this request is outside of the recvWindow.');
}

function readWhole(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw wrong(name);
  return Number(text);
}
