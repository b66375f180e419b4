import { invalidFormat } from './refusal.js';

/** What a client sent, as far as it could be read; answers echo it. */
export interface StreamRequest {
  /** Whole number of the client's choice; absent when it sent none. */
  readonly id?: number;
  /** Epoch seconds by the client's clock; absent when it sent none. */
  readonly time?: number;
  readonly channel: string;
  readonly event: string;
  /** As it came; checked by the channel. */
  readonly payload: unknown;
  /** As it came; private channels want it. */
  readonly auth: unknown;
  /** The whole message. */
  readonly raw: string;
}

/**
 * Reads one text frame.
 * @throws {StreamRefusal} when it is no JSON object with a channel, or a field has another type than documented.
 */
export function readRequest(data: string | Uint8Array): StreamRequest {
  const raw = typeof data === 'string' ? data : new TextDecoder().decode(data);
  const { id, time, channel, event, payload, auth } = parseObject(raw);
  if (typeof channel !== 'string') throw invalidFormat();
  if (event !== undefined && event !== null && typeof event !== 'string') throw invalidFormat();
  // Commands are known by another id; clients that work live put text there.
  const echoed = event === 'api' ? {} : wholeNumber('id', id);
  return { ...echoed, ...wholeNumber('time', time), channel, event: event ?? '', payload, auth, raw };
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidFormat();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidFormat();
  return value as Record<string, unknown>;
}

function wholeNumber(name: 'id' | 'time', value: unknown): Record<string, number> {
  if (value === undefined || value === null) return {};
  if (!Number.isSafeInteger(value)) throw invalidFormat();
  return { [name]: value as number };
}
