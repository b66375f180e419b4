import type { SimHttpRequest } from '../../../contract.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import { Refusal } from '../rest/call.js';
import { isSignedBy } from './signature.js';

/** Source: MEXC contract docs, authentication. */
const WINDOW_MS = 10_000;

/** What a key needs. */
export type ContractPermission = 'readAccount' | 'writeAccount' | 'readOrders' | 'writeOrders';

/** Source: MEXC contract docs, error codes 701 to 704. */
const PERMISSIONS = {
  readAccount: { code: 701, needs: 'read' },
  writeAccount: { code: 702, needs: 'trade' },
  readOrders: { code: 703, needs: 'read' },
  writeOrders: { code: 704, needs: 'trade' },
} as const;

/** Whose request it is. Source: MEXC contract docs, authentication and error codes. @throws {Refusal} */
export function authenticate(request: SimHttpRequest, model: FuturesModel): FuturesAccount {
  const { headers, query, body, ip } = request;
  const [key = '', time = ''] = [headers['apikey'], headers['request-time']];
  const account = model.desk.accounts.get(key);
  if (account === undefined) throw new Refusal(401, 'Not logged in or login expired');
  if (account.settings.ips?.has(ip) === false) throw new Refusal(406, 'The IP is not in the allow-list');
  if (!isCurrent(time, model.clock.now())) throw new Refusal(513, 'Invalid request: Request-Time is out of the window');
  const isSigned = isSignedBy(account.settings.secretKey, key + time, { query, body }, headers['signature'] ?? '');
  if (!isSigned) throw new Refusal(602, 'Signature verification failed');
  return account;
}

/** @throws {Refusal} when the key may not do this. */
export function requirePermission({ settings }: FuturesAccount, permission: ContractPermission): void {
  const { code, needs } = PERMISSIONS[permission];
  if (!settings.permissions.has(needs)) throw new Refusal(code, 'No permission to access the endpoint');
}

/** @param time epoch ms as text. */
export function isCurrent(time: string, now: number): boolean {
  return /^\d{1,15}$/.test(time) && Math.abs(Number(time) - Math.floor(now)) <= WINDOW_MS;
}
