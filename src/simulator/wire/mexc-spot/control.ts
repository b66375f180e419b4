/** A control message that the venue understands. */
export interface ControlMessage {
  readonly method: 'SUBSCRIPTION' | 'UNSUBSCRIPTION' | 'PING';
  readonly params: readonly string[];
  /** Echoed in the answer; 0 when absent. */
  readonly id: number;
}

/** Sent in place of a refusal of the connection. Source: MEXC spot v3 docs, listen key. */
export const INVALID_LISTEN_KEY = 'Invalid listen key';

/**
 * Reads a text frame. `undefined` = not JSON, or nothing that the venue documents an answer for: it stays silent.
 * Lower-case `ping` is understood too.
 */
export function parseControl(text: string): ControlMessage | undefined {
  const message = readObject(text);
  if (message === undefined) return undefined;
  const id = message.id;
  const base = { id: typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : 0 };
  const method = message.method;
  if (method === 'PING' || method === 'ping') return { ...base, method: 'PING', params: [] };
  const params = message.params;
  if ((method !== 'SUBSCRIPTION' && method !== 'UNSUBSCRIPTION') || !Array.isArray(params)) return undefined;
  return { ...base, method, params: params.map(nameOf) };
}

export function pongText(id: number): string {
  return answer(id, 'PONG');
}

/** The answer to a subscription or its end; a refusal has code 0 as well, and two blanks before a full-width colon. */
export function acknowledgeText(id: number, accepted: readonly string[], rejected: readonly string[]): string {
  if (rejected.length === 0 && accepted.length > 0) return answer(id, accepted.join(','));
  const refusal = `Not Subscribed successfully! [${rejected.join(',')}].  Reason： Blocked! `;
  return answer(id, accepted.length === 0 ? refusal : `Subscribed successful! [${accepted.join(',')}]. ${refusal}`);
}

/** What is no text names no channel; it comes back as rejected. */
function nameOf(param: unknown): string {
  return typeof param === 'string' ? param : JSON.stringify(param);
}

function answer(id: number, message: string): string {
  return JSON.stringify({ id, code: 0, msg: message });
}

interface RawMessage {
  readonly method?: unknown;
  readonly params?: unknown;
  readonly id?: unknown;
}

function readObject(text: string): RawMessage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
