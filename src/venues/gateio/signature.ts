import { sha512Hex } from '../../crypto/hmac.js';

/** The request as it is signed. */
interface RestPayload {
  readonly method: string;
  /** The base's own path included: `/api/v4/spot/orders`. */
  readonly path: string;
  /** Decoded, without `?`. */
  readonly query: string;
  /** Byte for byte; `''` without one. */
  readonly body: string;
  /** Seconds, the same text as in the header. */
  readonly timestamp: string;
}

/** What the signature of a REST call covers. Source: Gate API v4 docs, authentication. */
export function restPayload({ method, path, query, body, timestamp }: RestPayload): string {
  return `${method}\n${path}\n${query}\n${sha512Hex(body)}\n${timestamp}`;
}

/**
 * What the signature of a private subscription covers; its payload is not covered. `time` is the message's own, seconds.
 * Source: Gate spot WebSocket v4 docs, authentication.
 */
export function channelPayload(channel: string, event: string, time: number): string {
  return `channel=${channel}&event=${event}&time=${time}`;
}

/**
 * What the signature of a command over the socket covers. `parameters` is the JSON text as sent, `''` where none is sent;
 * `timestamp` is seconds, the same text as in the message. Source: Gate spot WebSocket v4 docs, API login.
 */
export function commandPayload(channel: string, parameters: string, timestamp: string): string {
  return `api\n${channel}\n${parameters}\n${timestamp}`;
}
