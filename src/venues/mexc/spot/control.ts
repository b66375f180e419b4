import type { FrameHandler } from '../../../adapter/frame-codec.js';
import { parseJson } from '../../../adapter/json.js';

/** Answer to a listen key that has expired or never was. Plain text, not JSON. Source: MEXC spot v3 docs, user data streams. */
const BAD_LISTEN_KEY = 'Invalid listen key';
/** A refusal also has code 0; the names follow up to the next bracket. */
const REFUSED = 'Not Subscribed successfully! [';
const ACCEPTED = 'Subscribed successful! [';

/** Reads one text frame: exactly one call of `handler`. Source: MEXC spot v3 docs, websocket market streams; refusals as observed. */
export function readControl(text: string, handler: FrameHandler): void {
  const answer = parseAnswer(text);
  if (answer === undefined) {
    if (text.trim() === BAD_LISTEN_KEY) loseSession(handler);
    else handler.malformed('a text frame that is not a JSON object');
    return;
  }
  const { id, code, msg } = answer;
  if (!isId(id) || typeof msg !== 'string') handler.unknown('a text frame without id and msg');
  else if (code !== 0) readFailure(id, code, msg, handler);
  else if (msg === 'PONG') handler.pong();
  else readOutcome(id, msg, handler);
}

/** A public connection has no key to lose. */
function loseSession(handler: FrameHandler): void {
  if (handler.sessionLost === undefined) handler.unknown(BAD_LISTEN_KEY);
  else handler.sessionLost(BAD_LISTEN_KEY);
}

/** Codes other than 0 are not documented: whatever they mean, nothing was confirmed. */
function readFailure(id: number, code: unknown, msg: string, handler: FrameHandler): void {
  if (!Number.isSafeInteger(code)) handler.unknown('a text frame without a numeric code');
  else
    handler.ack({ id, refused: 'all', code: 'subscription_refused', venueCode: String(code), message: shorten(msg) });
}

function readOutcome(id: number, msg: string, handler: FrameHandler): void {
  const at = msg.indexOf(REFUSED);
  if (at >= 0) {
    const refused = namesAt(msg, at + REFUSED.length);
    if (refused === undefined) handler.ack({ id, refused: 'all', code: 'subscription_refused', message: shorten(msg) });
    else if (refused.length === 0) handler.ack({ id, refused: 'none' });
    else handler.ack({ id, refused, code: 'subscription_refused', message: shorten(msg) });
  } else if (msg.startsWith('spot@') || msg.startsWith(ACCEPTED)) {
    handler.ack({ id, refused: 'none' });
  } else {
    handler.unknown(`an answer that neither confirms nor refuses: ${shorten(msg)}`);
  }
}

/** The names up to the closing bracket; `undefined` when it is missing. */
function namesAt(msg: string, from: number): readonly string[] | undefined {
  const end = msg.indexOf(']', from);
  if (end < 0) return undefined;
  return msg
    .slice(from, end)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function parseAnswer(text: string): { id?: unknown; code?: unknown; msg?: unknown } | undefined {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
