import type { StreamRequest } from '../stream/request.js';
import { rawMember } from './raw-member.js';

/** One command over the socket. Source: Gate.io spot WebSocket v4 docs, WebSocket API, client request. */
export interface ApiRequest {
  readonly channel: string;
  /** Answers are matched by it; `''` = none was sent. */
  readonly id: string;
  readonly param: unknown;
  /** JSON text as it came; `''` = none. */
  readonly rawParam: string;
  /** Custom headers; `null` = none. */
  readonly headers: Readonly<Record<string, unknown>> | null;
  readonly apiKey: unknown;
  readonly signature: unknown;
  readonly timestamp: unknown;
  /** Epoch seconds by the client's clock. */
  readonly time: number | undefined;
}

export function readApiRequest({ channel, payload, raw, time }: StreamRequest): ApiRequest {
  const fields = asObject(payload) ?? {};
  const id = fields['req_id'];
  return {
    channel,
    id: typeof id === 'string' ? id : '',
    param: fields['req_param'],
    rawParam: rawMember(raw, ['payload', 'req_param']),
    // Samples disagree on the name.
    headers: asObject(fields['req_header']) ?? asObject(fields['header']) ?? null,
    apiKey: fields['api_key'],
    signature: fields['signature'],
    timestamp: fields['timestamp'],
    time,
  };
}

/** A custom header as text, its name in any case; `undefined` = not sent. */
export function headerOf({ headers }: ApiRequest, name: string): string | undefined {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found === undefined || found[1] === null ? undefined : String(found[1]);
}

/** What query parameters are over REST. */
export function asQuery({ param }: ApiRequest): URLSearchParams {
  const entries = Object.entries(asObject(param) ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)]));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}
