import { createHmac } from 'node:crypto';
import type { Accounts, Holder } from '../accounts.js';
import { RestRefusal } from '../rest/refusal.js';
import { wallMs } from '../wall-time.js';
import type { ApiRequest } from './api-request.js';

/** Largest gap between a message's time and the server's, either way. Source: Gate.io spot WebSocket v4 docs, request format. */
const MAX_GAP_MS = 60_000;

/**
 * Whose socket it is from now on. What is signed is the text of `req_param` as it came, nothing when there is none.
 * Source: Gate.io spot WebSocket v4 docs, WebSocket API, login.
 * @throws {RestRefusal}
 */
export function login<A extends Holder>(request: ApiRequest, model: Accounts<A>, ip: string): A {
  const { channel, apiKey, signature, timestamp, rawParam } = request;
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) {
    throw new RestRefusal(400, 'INVALID_ARGUMENT', 'timestamp must be text of seconds');
  }
  requireCurrent(Number(timestamp), wallMs(model.clock));
  const account = typeof apiKey === 'string' ? model.desk.accounts.get(apiKey) : undefined;
  if (account === undefined) throw new RestRefusal(401, 'INVALID_KEY', 'Invalid key provided');
  const payload = `api\n${channel}\n${rawParam}\n${timestamp}`;
  if (createHmac('sha512', account.settings.secretKey).update(payload, 'utf8').digest('hex') !== signature) {
    throw new RestRefusal(401, 'INVALID_SIGNATURE', 'Signature mismatch');
  }
  if (account.settings.ips?.has(ip) === false) {
    throw new RestRefusal(403, 'IP_FORBIDDEN', 'IP is not in the whitelist');
  }
  return account;
}

/** @param time epoch seconds. @throws {RestRefusal} */
export function requireCurrent(time: number | undefined, now: number): void {
  if (time === undefined || Math.abs(time * 1_000 - now) <= MAX_GAP_MS) return;
  throw new RestRefusal(403, 'REQUEST_EXPIRED', 'gap between request time and server time exceeds 60');
}
