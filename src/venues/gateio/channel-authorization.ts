import type { Credentials } from '../../adapter/signer.js';
import { createHmacSha512 } from '../../crypto/hmac.js';
import type { AuthorizeChannel } from './requests.js';
import { channelPayload } from './signature.js';
import type { GateioWire } from './wire.js';

/** Signs subscriptions of the account, and nothing else. Source: Gate spot WebSocket v4 docs, authentication. */
export function createAuthorization(
  { apiKey, secretKey }: Credentials,
  { signedChannels }: Pick<GateioWire, 'signedChannels'>,
): AuthorizeChannel {
  const hmac = createHmacSha512(secretKey);
  return (channel, event, time) =>
    signedChannels.has(channel)
      ? { method: 'api_key', KEY: apiKey, SIGN: hmac(channelPayload(channel, event, time)) }
      : undefined;
}
