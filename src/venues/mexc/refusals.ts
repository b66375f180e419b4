import type { AnswerToClassify, Refusal } from '../../adapter/error-classifier.js';

/** How long the firewall keeps an address out; it says nothing itself. */
const FIREWALL_BAN_MS = 90_000;
const SHORTEST_WAIT_MS = 500;
/** The longest ban that MEXC documents. */
const LONGEST_WAIT_MS = 3 * 86_400_000;

/** HTML with 403: the firewall before spot and futures alike, which took nothing. As measured; not documented. */
export function firewallBlock(): Refusal {
  return {
    code: 'rate_limit',
    outcome: 'rejected',
    message: 'the firewall blocks this address: too many requests',
    retryAfterMs: FIREWALL_BAN_MS,
    banMs: FIREWALL_BAN_MS,
  };
}

/** Whether the body is a web page instead of JSON. */
export function isHtml({ json, text, headers }: AnswerToClassify): boolean {
  if (json !== undefined) return false;
  return /text\/html/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html|head|body)/i.test(text);
}

/** Seconds or an HTTP date; nonsense is as good as nothing. Ms, from half a second to three days. */
export function retryAfter({ headers, now }: AnswerToClassify): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (text === '') return undefined;
  const seconds = Number(text);
  const waitMs = Number.isNaN(seconds) ? Date.parse(text) - now : seconds * 1_000;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}
