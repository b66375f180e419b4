import type { AnswerToClassify, ErrorClassifier, Refusal } from '../../../adapter/error-classifier.js';
import { firewallBlock, isHtml, retryAfter } from '../refusals.js';
import { MEXC_FUTURES_ERRORS } from './error-table.js';

/** The venue names no time. */
const TOO_FREQUENT_WAIT_MS = 3_000;
const LONGEST_TEXT = 200;
const SUCCESS: ReadonlySet<string> = new Set(['0', '200']);

/**
 * What an answer of MEXC futures means: `success` and `code` decide, since refusals, also for being too frequent, come
 * with status 200. HTML with 403 is the firewall before spot and futures. A failure of the server leaves open what
 * became of the command, whatever its body says. Source: MEXC contract API docs, return values and error codes.
 */
export const classifyMexcFutures: ErrorClassifier = (answer) => {
  const { status, json } = answer;
  if (status === 403 && isHtml(answer)) return firewallBlock();
  if (status >= 500) return serverFailure(answer);
  if (status === 429) return tooMany(answer);
  const code = codeOf(json);
  if (status >= 200 && status < 300) return classifySuccess(answer, code);
  return code === undefined || SUCCESS.has(code) ? withoutCode(answer) : fromTable(code, textOf(json));
};

/** What a code says that stands inside a success: one item of several, or an order that died. */
export function refusalOf(venueCode: string, text?: string): Refusal {
  return fromTable(venueCode, text);
}

/** A body without an envelope is data, as some samples show it. */
function classifySuccess({ json }: AnswerToClassify, code: string | undefined): Refusal | undefined {
  if (typeof json !== 'object' || json === null)
    return { code: 'malformed_response', outcome: 'unknown', message: 'the answer is no JSON object' };
  const isSuccess = !Object.hasOwn(json, 'success') || (json as { success: unknown }).success === true;
  if (isSuccess && (code === undefined || SUCCESS.has(code))) return undefined;
  if (code === undefined || SUCCESS.has(code))
    return { code: 'unknown', outcome: 'unknown', message: textOf(json) ?? 'neither a success nor a code' };
  return fromTable(code, textOf(json));
}

function tooMany(answer: AnswerToClassify): Refusal {
  return {
    code: 'rate_limit',
    outcome: 'rejected',
    venueCode: codeOf(answer.json) ?? '429',
    message: textOf(answer.json) ?? 'too many requests',
    retryAfterMs: retryAfter(answer) ?? TOO_FREQUENT_WAIT_MS,
  };
}

function serverFailure(answer: AnswerToClassify): Refusal {
  const { status, json } = answer;
  const code = codeOf(json) ?? String(status);
  const waitMs = retryAfter(answer);
  return {
    code:
      (Object.hasOwn(MEXC_FUTURES_ERRORS, code) && MEXC_FUTURES_ERRORS[code]?.code) === 'maintenance'
        ? 'maintenance'
        : 'server',
    outcome: 'unknown',
    venueCode: code,
    message: textOf(json) ?? `the venue failed with status ${status}`,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  };
}

function fromTable(venueCode: string, text: string | undefined): Refusal {
  const row = Object.hasOwn(MEXC_FUTURES_ERRORS, venueCode) ? MEXC_FUTURES_ERRORS[venueCode] : undefined;
  if (row === undefined) {
    const message = text ?? `a code that is not documented: ${venueCode}`;
    return { code: 'unknown', outcome: 'unknown', venueCode, message };
  }
  const { code, outcome = 'rejected', meaning } = row;
  return {
    code,
    outcome,
    venueCode,
    message: text ?? meaning,
    ...(code === 'rate_limit' ? { retryAfterMs: TOO_FREQUENT_WAIT_MS } : {}),
  };
}

function withoutCode({ status, json }: AnswerToClassify): Refusal {
  const message = textOf(json) ?? `status ${status} without a code`;
  if (status === 401) return { code: 'authentication', outcome: 'rejected', message };
  if (status === 403) return { code: 'permission_denied', outcome: 'unknown', message };
  return { code: json === undefined ? 'malformed_response' : 'unknown', outcome: 'unknown', message };
}

function codeOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'code')) return undefined;
  const { code } = json as { code: unknown };
  if (code === null || code === undefined) return undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, 40) : typeof code;
}

function textOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { message } = json as { message?: unknown };
  return typeof message === 'string' && message !== '' ? message.slice(0, LONGEST_TEXT) : undefined;
}
