import { createHmac } from 'node:crypto';
import type { Accounts, Holder } from '../accounts.js';
import { StreamRefusal } from './refusal.js';
import type { StreamRequest } from './request.js';

/**
 * Whose account a message is about: every private subscribe and unsubscribe is signed by itself; the payload is not
 * part of it. Source: Gate.io spot WebSocket v4 docs, authentication.
 * @throws {StreamRefusal} with code 4.
 */
export function authenticateStream<A extends Holder>(request: StreamRequest, model: Accounts<A>, ip: string): A {
  const { key, sign } = readAuth(request.auth);
  const account = model.desk.accounts.get(key);
  if (account === undefined) throw refusal('INVALID_KEY', 'Invalid key provided');
  const { channel, event, time } = request;
  const payload = `channel=${channel}&event=${event}&time=${time}`;
  const { secretKey, ips, permissions } = account.settings;
  if (createHmac('sha512', secretKey).update(payload, 'utf8').digest('hex') !== sign) {
    throw refusal('INVALID_SIGNATURE', 'Signature mismatch');
  }
  if (ips?.has(ip) === false) throw refusal('IP_FORBIDDEN', 'IP is not in the whitelist');
  if (!permissions.has('read')) throw refusal('FORBIDDEN', 'The key has no permission for this');
  return account;
}

function readAuth(auth: unknown): { readonly key: string; readonly sign: string } {
  const { method, KEY, SIGN } = (typeof auth === 'object' && auth !== null ? auth : {}) as Record<string, unknown>;
  const isSigned = method === 'api_key' && typeof KEY === 'string' && typeof SIGN === 'string';
  return isSigned ? { key: KEY, sign: SIGN } : { key: '', sign: '' };
}

function refusal(label: string, message: string): StreamRefusal {
  return new StreamRefusal(4, JSON.stringify({ label, message }));
}
