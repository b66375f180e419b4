import type { ErrorTable } from '../../adapter/error-classifier.js';
import type { Acknowledgement } from '../../adapter/frame-codec.js';
import { parseJson } from '../../adapter/json.js';
import type { JsonObject } from '../../adapter/read.js';
import type { VenueErrorCode } from '../../errors/kinds.js';
import { GATEIO_STREAM_ERRORS } from './errors.js';

const UNKNOWN_MARKET = /^unknown (?:currency pair|contract)/i;
const ALREADY_SUBSCRIBED = /^alert sub /i;
const LONGEST_TEXT = 300;

/**
 * Reads the answer to a subscribe or unsubscribe message; `undefined` when it carries no id. A refusal concerns the
 * whole message. `Alert sub` says that the topic is subscribed already, so it is no refusal.
 * @param errors what labels inside a refusal mean. Source: Gate spot WebSocket v4 docs, server response and error codes.
 */
export function readAcknowledgement(
  { id, error, result }: JsonObject,
  errors: ErrorTable,
): Acknowledgement | undefined {
  if (!Number.isSafeInteger(id)) return undefined;
  const ack = { id: id as number };
  if (error !== undefined && error !== null) return { ...ack, ...readRefusal(error, errors) };
  const { status } = asObject(result);
  if (status !== 'fail') return { ...ack, refused: 'none' };
  return {
    ...ack,
    refused: 'all',
    code: 'subscription_refused',
    message: 'the venue answered "fail" without a reason',
  };
}

/** An error frame's code and text on one line, for reports. */
export function describeError(error: unknown): string {
  const { venueCode, message } = readError(error);
  return `error ${venueCode}: ${message}`;
}

function readRefusal(error: unknown, errors: ErrorTable): Omit<Acknowledgement, 'id'> {
  const { venueCode, message } = readError(error);
  if (venueCode === '2' && ALREADY_SUBSCRIBED.test(message)) return { refused: 'none', venueCode, message };
  return { refused: 'all', code: codeOf(venueCode, message, errors), venueCode, message };
}

function codeOf(venueCode: string, message: string, errors: ErrorTable): VenueErrorCode {
  if (venueCode === '2' && UNKNOWN_MARKET.test(message)) return 'invalid_symbol';
  const label = labelOf(message);
  const row =
    (Object.hasOwn(errors, label) ? errors[label] : undefined) ??
    (Object.hasOwn(GATEIO_STREAM_ERRORS, venueCode) ? GATEIO_STREAM_ERRORS[venueCode] : undefined);
  return row?.code ?? 'subscription_refused';
}

/** Some texts are JSON with a label of the REST table inside. */
function labelOf(message: string): string {
  if (!message.startsWith('{')) return '';
  try {
    const { label } = asObject(parseJson(message));
    return typeof label === 'string' ? label : '';
  } catch {
    return '';
  }
}

function readError(error: unknown): { venueCode: string; message: string } {
  const { code, message } = asObject(error);
  const venueCode = typeof code === 'number' || typeof code === 'string' ? String(code) : 'none';
  return { venueCode, message: typeof message === 'string' ? message.slice(0, LONGEST_TEXT) : 'no text' };
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}
