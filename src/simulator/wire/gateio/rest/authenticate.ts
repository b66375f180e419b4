import type { AccountPermission } from '../../../accounts/account-options.js';
import type { SimHttpRequest } from '../../../contract.js';
import type { Accounts, Holder } from '../accounts.js';
import { wallMs } from '../wall-time.js';
import { RestRefusal } from './refusal.js';
import { isSignedBy } from './signature.js';

/** Largest gap between a request's time and the server's, either way. Source: Gate.io API v4 docs, authentication. */
const MAX_GAP_MS = 60_000;

/**
 * Whose request it is. The age is looked at before the key.
 * Source: Gate.io API v4 docs, authentication and error labels.
 * @throws {RestRefusal}
 */
export function authenticate<A extends Holder>(request: SimHttpRequest, model: Accounts<A>): A {
  const { key, sign, timestamp } = request.headers;
  for (const [name, value] of Object.entries({ KEY: key, SIGN: sign, Timestamp: timestamp })) {
    if (!value) throw new RestRefusal(400, 'MISSING_REQUIRED_HEADER', `Missing required header: ${name}`);
  }
  requireCurrent(timestamp!, wallMs(model.clock));
  const account = model.desk.accounts.get(key!);
  if (account === undefined) throw new RestRefusal(401, 'INVALID_KEY', 'Invalid key provided');
  if (!isSignedBy(account.settings.secretKey, request)) {
    throw new RestRefusal(401, 'INVALID_SIGNATURE', 'Signature mismatch');
  }
  if (account.settings.ips?.has(request.ip) === false) {
    throw new RestRefusal(403, 'IP_FORBIDDEN', 'IP is not in the whitelist');
  }
  return account;
}

/** @throws {RestRefusal} when the key may not do this. */
export function requirePermission({ settings }: Holder, permission: AccountPermission): void {
  if (settings.permissions.has(permission)) return;
  if (permission === 'trade' && settings.permissions.has('read')) {
    throw new RestRefusal(403, 'READ_ONLY', 'The key is read-only');
  }
  throw new RestRefusal(403, 'FORBIDDEN', 'The key has no permission for this');
}

/**
 * A request with `x-gate-exptime` is refused when it arrives after that time, epoch ms.
 * Source: Gate.io API v4 docs, request headers. @throws {RestRefusal}
 */
export function requireUnexpired(exptime: string | undefined, now: number): void {
  if (exptime === undefined) return;
  if (!/^\d{1,16}$/.test(exptime)) {
    throw new RestRefusal(400, 'INVALID_PARAM_VALUE', 'Invalid header value: x-gate-exptime');
  }
  if (now > Number(exptime))
    throw new RestRefusal(403, 'REQUEST_EXPIRED', 'Request expired: x-gate-exptime has passed');
}

function requireCurrent(timestamp: string, now: number): void {
  const sentAt = /^\d{1,12}(?:\.\d{1,9})?$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN;
  if (Math.abs(now - sentAt) <= MAX_GAP_MS) return;
  throw new RestRefusal(403, 'REQUEST_EXPIRED', 'gap between request Timestamp and server time exceeds 60');
}
