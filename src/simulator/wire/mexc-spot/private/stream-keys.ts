import { missing, Refusal, wrong } from '../rest-call.js';
import type { PrivateCall, PrivateHandler } from './call.js';

/** `POST /api/v3/userDataStream`. What too many keys are told is not documented. Source: MEXC spot v3 docs, listen key. */
export const createListenKey: PrivateHandler = ({ account, listenKeys }) => {
  const listenKey = listenKeys.create(account);
  if (listenKey === undefined) throw new Refusal(33333, 'Too many listen keys.');
  return { listenKey };
};

/** `PUT /api/v3/userDataStream`. Source: MEXC spot v3 docs, listen key. */
export const extendListenKey: PrivateHandler = (call) => {
  const listenKey = readKey(call);
  if (!call.listenKeys.extend(listenKey, call.account)) throw wrong('listenKey');
  return { listenKey };
};

/** `DELETE /api/v3/userDataStream`. Source: MEXC spot v3 docs, listen key. */
export const deleteListenKey: PrivateHandler = (call) => {
  const listenKey = readKey(call);
  if (!call.listenKeys.remove(listenKey, call.account)) throw wrong('listenKey');
  return { listenKey };
};

/** `GET /api/v3/userDataStream`. Source: MEXC spot v3 docs, listen key. */
export const listListenKeys: PrivateHandler = ({ account, listenKeys }) => ({ listenKey: listenKeys.list(account) });

function readKey({ query }: PrivateCall): string {
  const key = query.get('listenKey');
  if (!key) throw missing('listenKey');
  return key;
}
