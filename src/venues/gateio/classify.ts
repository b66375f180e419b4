import type { AnswerToClassify, ErrorClassifier, ErrorTable, Refusal } from '../../adapter/error-classifier.js';
import type { VenueErrorCode } from '../../errors/kinds.js';
import { rateLimitWaitMs } from './rate-limit-wait.js';

const TOO_SMALL = /order size .+ is too small/i;
const LONGEST_TEXT = 300;

/**
 * Reads what is not a success. The label decides; a label that the table lacks goes by the HTTP status, with outcome
 * `unknown`. Any 5xx leaves open what happened, whatever its label. Source: Gate API v4 docs, error handling.
 */
export function createGateioClassifier(errors: ErrorTable): ErrorClassifier {
  return (answer) => {
    const { status, text, json } = answer;
    const succeeded = status >= 200 && status < 300;
    if (json === undefined) return succeeded && isEmpty(status, text) ? undefined : unreadable(answer);
    const { label, message } = readFailure(json);
    if (label === undefined) return succeeded ? undefined : byStatus(answer, message);
    return byLabel(answer, label, message, errors);
  };
}

function byLabel(answer: AnswerToClassify, label: string, message: string, errors: ErrorTable): Refusal {
  const row = Object.hasOwn(errors, label) ? errors[label] : undefined;
  if (row === undefined) return { ...byStatus(answer, message), venueCode: label };
  const code = label === 'INVALID_PARAM_VALUE' && TOO_SMALL.test(message) ? 'invalid_order' : row.code;
  return refusal(answer, {
    code,
    outcome: answer.status >= 500 ? 'unknown' : (row.outcome ?? 'rejected'),
    venueCode: label,
    message: message === '' ? row.meaning : message,
  });
}

function byStatus(answer: AnswerToClassify, message: string): Refusal {
  const text = message === '' ? `HTTP ${answer.status} without a text` : message;
  return refusal(answer, { code: codeOfStatus(answer.status), outcome: 'unknown', message: text });
}

/** HTML, a cut body, nothing: some machine in between answered, so a 403 says nothing about the key. */
function unreadable(answer: AnswerToClassify): Refusal {
  const { status } = answer;
  const code = status === 429 || status >= 500 || isRedirect(status) ? codeOfStatus(status) : 'malformed_response';
  return refusal(answer, { code, outcome: 'unknown', message: `HTTP ${status} with a body that is not JSON` });
}

function codeOfStatus(status: number): VenueErrorCode {
  if (status === 401) return 'authentication';
  if (status === 403) return 'permission_denied';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limit';
  if (status >= 500) return 'server';
  if (isRedirect(status)) return 'network';
  return status >= 400 ? 'bad_request' : 'unknown';
}

function refusal(answer: AnswerToClassify, fields: Refusal): Refusal {
  const wait = fields.code === 'rate_limit' ? rateLimitWaitMs(answer) : undefined;
  return {
    ...fields,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(isRedirect(answer.status) ? { retryable: false } : {}),
  };
}

function readFailure(json: unknown): { label: string | undefined; message: string } {
  if (typeof json !== 'object' || json === null) return { label: undefined, message: '' };
  const { label, message, detail } = json as Readonly<Record<string, unknown>>;
  const text = [message, detail].find((part) => typeof part === 'string' && part !== '') as string | undefined;
  return {
    label: typeof label === 'string' && label !== '' ? label.slice(0, LONGEST_TEXT) : undefined,
    message: (text ?? '').slice(0, LONGEST_TEXT),
  };
}

function isEmpty(status: number, text: string): boolean {
  return status === 204 && text === '';
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
