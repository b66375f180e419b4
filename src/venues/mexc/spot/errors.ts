import type { AnswerToClassify, ErrorClassifier, ErrorRow, Refusal } from '../../../adapter/error-classifier.js';
import type { VenueErrorCode } from '../../../errors/kinds.js';
import { firewallBlock, isHtml, retryAfter } from '../refusals.js';
import { MEXC_SPOT_ERRORS } from './error-table.js';

/** The shortest ban that MEXC documents, for a 418 that names no time. */
const SHORTEST_BAN_MS = 120_000;
/** Code 400 is documented twice; only the text tells which. */
const ABOUT_TIME = /time|90 days|时间/i;
const ABOUT_MAINTENANCE = /maintenance/i;

/**
 * What an answer of MEXC spot means. A 2xx whose body has a code other than 0 and 200 is an error too; HTML with 403 is
 * the firewall. Source: MEXC spot v3 docs, HTTP return codes and error codes; firewall as measured.
 */
export const classifyMexcSpot: ErrorClassifier = (answer) => {
  const { status, json } = answer;
  const code = codeOf(json);
  if (status >= 200 && status < 300) return classifySuccess(answer, code);
  if (status === 403 && isHtml(answer)) return firewallBlock();
  if (status === 418 || status === 429) return tooMany(answer, code);
  if (status >= 500) return serverFailure(answer, code);
  if (code !== undefined) return fromTable(answer, code);
  return withoutCode(answer);
};

/** What one row of an answer says that holds several; `undefined`: it is no refusal. */
export function classifyRow(row: unknown): Refusal | undefined {
  const code = codeOf(row);
  if (code === undefined || code === '0' || code === '200') return undefined;
  return fromTable({ status: 200, headers: {}, text: '', json: row, now: 0 }, code);
}

function classifySuccess(answer: AnswerToClassify, code: string | undefined): Refusal | undefined {
  if (answer.json === undefined) {
    const message = isHtml(answer) ? 'the answer is HTML, not JSON' : 'the answer is not JSON';
    return { code: 'malformed_response', outcome: 'unknown', message };
  }
  return code === undefined || code === '0' || code === '200' ? undefined : fromTable(answer, code);
}

function tooMany(answer: AnswerToClassify, code: string | undefined): Refusal {
  const banned = answer.status === 418;
  const waitMs = retryAfter(answer) ?? (banned ? SHORTEST_BAN_MS : undefined);
  return {
    code: 'rate_limit',
    outcome: 'rejected',
    venueCode: code ?? String(answer.status),
    message: messageOf(answer) ?? (banned ? 'this address is banned' : 'too many requests'),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs, banMs: waitMs }),
  };
}

/** Whatever the body says, a failure of the server leaves open what became of the command. */
function serverFailure(answer: AnswerToClassify, code: string | undefined): Refusal {
  const waitMs = retryAfter(answer);
  return {
    code: ABOUT_MAINTENANCE.test(answer.text) ? 'maintenance' : 'server',
    outcome: 'unknown',
    venueCode: code ?? String(answer.status),
    message: messageOf(answer) ?? `the venue failed with status ${answer.status}`,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  };
}

function fromTable(answer: AnswerToClassify, venueCode: string): Refusal {
  const row = Object.hasOwn(MEXC_SPOT_ERRORS, venueCode) ? MEXC_SPOT_ERRORS[venueCode] : undefined;
  const text = messageOf(answer);
  if (row === undefined) {
    return {
      code: 'unknown',
      outcome: 'unknown',
      venueCode,
      message: text ?? `a code that is not documented: ${venueCode}`,
    };
  }
  const waitMs = row.code === 'rate_limit' ? retryAfter(answer) : undefined;
  return {
    code: refine(row, venueCode, text ?? ''),
    outcome: row.outcome ?? 'rejected',
    venueCode,
    message: text ?? row.meaning,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs, banMs: waitMs }),
  };
}

function refine(row: ErrorRow, venueCode: string, text: string): VenueErrorCode {
  if (venueCode === '400' && ABOUT_TIME.test(text)) return 'bad_request';
  if (row.code === 'server' && ABOUT_MAINTENANCE.test(text)) return 'maintenance';
  return row.code;
}

function withoutCode(answer: AnswerToClassify): Refusal {
  const { status } = answer;
  const message = messageOf(answer) ?? `status ${status} without a code`;
  if (status === 401) return { code: 'authentication', outcome: 'rejected', message };
  if (status === 403) return { code: 'permission_denied', outcome: 'rejected', message };
  return { code: answer.json === undefined ? 'malformed_response' : 'unknown', outcome: 'unknown', message };
}

/** `undefined` where the body has no code, or null in its place. */
function codeOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'code')) return undefined;
  const { code } = json as { code: unknown };
  if (code === null || code === undefined) return undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, 40) : typeof code;
}

function messageOf({ json }: AnswerToClassify): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { msg } = json as { msg?: unknown };
  return typeof msg === 'string' && msg !== '' ? msg.slice(0, 200) : undefined;
}
