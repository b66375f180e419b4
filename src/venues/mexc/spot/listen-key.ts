import type { ListenKeyEndpoints } from '../../../adapter/account-streams.js';
import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { malformed, readObject, readOptional, readText } from '../../../adapter/read.js';
import { keyedCost } from './limits.js';

const MINUTE_MS = 60_000;
const PATH = '/api/v3/userDataStream';

interface KeyParams {
  readonly key: string;
}

/** Each call makes another key, of which an account has 60 at most. Source: MEXC spot v3 docs, listen key. */
const create: Endpoint<void, string> = defineEndpoint({
  method: 'POST',
  path: PATH,
  auth: 'signed',
  cost: keyedCost(1),
  idempotent: false,
  lane: 'query',
  encode: () => ({}),
  decode: (body) => readText(readObject(body, 'listen key')['listenKey'], 'listenKey'),
});

/** Source: MEXC spot v3 docs, listen key. */
const keepAlive: Endpoint<KeyParams, void> = defineEndpoint({
  method: 'PUT',
  path: PATH,
  auth: 'signed',
  cost: keyedCost(1),
  idempotent: true,
  lane: 'query',
  encode: ({ key }) => ({ query: { listenKey: key } }),
  decode: checkKey,
});

/** Closes its streams. Source: MEXC spot v3 docs, listen key. */
const remove: Endpoint<KeyParams, void> = defineEndpoint({
  ...keepAlive,
  method: 'DELETE',
});

/** A key lives an hour from its making or last extension. Source: MEXC spot v3 docs, listen key. */
export const mexcSpotListenKey: ListenKeyEndpoints = {
  create,
  keepAlive,
  remove,
  keepAliveMs: 30 * MINUTE_MS,
  lifeMs: 60 * MINUTE_MS,
  url: (base, key) => `${base}${base.includes('?') ? '&' : '?'}listenKey=${encodeURIComponent(key)}`,
};

/** The error shows neither key. */
function checkKey(body: unknown, { key }: KeyParams): void {
  const told = readOptional(readObject(body, 'listen key')['listenKey'], 'listenKey', readText);
  if (told !== undefined && told !== key) throw malformed('listenKey', 'the key that was sent', told);
}
