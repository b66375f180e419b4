import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import { isCurrent } from '../private/authenticate.js';
import { digest } from '../private/signature.js';
import { StreamRefusal } from './channel.js';
import type { StreamRequest } from './request.js';

/**
 * Whose login it is; `reqTime` may be a number. Source: MEXC contract docs, WebSocket login; its refusals are not documented.
 * @throws {StreamRefusal}
 */
export function readLogin({ param }: StreamRequest, model: FuturesModel, ip: string): FuturesAccount {
  const [key, time, signature] = [param['apiKey'], String(param['reqTime']), param['signature']];
  const account = typeof key === 'string' ? model.desk.accounts.get(key) : undefined;
  if (account === undefined) throw new StreamRefusal('login failed: api key not found');
  const { secretKey, ips, permissions } = account.settings;
  if (ips?.has(ip) === false) throw new StreamRefusal('login failed: ip not allowed');
  if (!isCurrent(time, model.clock.now())) throw new StreamRefusal('login failed: request time out of the window');
  if (digest(secretKey, `${key}${time}`) !== signature) throw new StreamRefusal('login failed: signature error');
  if (!permissions.has('read')) throw new StreamRefusal('login failed: no permission');
  return account;
}
