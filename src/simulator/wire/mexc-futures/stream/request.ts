/** A message that the venue understands. */
export interface StreamRequest {
  /** `sub.depth`, `unsub.depth`, `ping`, `login`, `personal.filter`. */
  readonly method: string;
  readonly param: Readonly<Record<string, unknown>>;
  /** Whether its pushes shall be compressed: an option at the top of the message. */
  readonly gzip: boolean;
  /** `false` at the top of a login: nothing private is pushed until a filter asks for it. */
  readonly subscribe: boolean;
}

/** Reads a frame. `undefined` = no JSON object with a method; the venue stays silent then. */
export function readRequest(data: string | Uint8Array): StreamRequest | undefined {
  const message = readObject(typeof data === 'string' ? data : new TextDecoder().decode(data));
  const method = message?.['method'];
  if (typeof method !== 'string') return undefined;
  const param = asObject(message!['param']) ?? {};
  // One client puts the login's option beside the key.
  const subscribe = message!['subscribe'] !== false && param['subscribe'] !== false;
  return { method, param, gzip: message!['gzip'] === true, subscribe };
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}
