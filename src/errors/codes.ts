/**
 * What went wrong, as a closed set. One class of {@link ../errors/kinds.js} per code; switch on `code` where classes
 * may come from two copies of the package.
 */
export const ERROR_CODES = [
  'rate_limit',
  'authentication',
  'permission_denied',
  'timestamp',
  'insufficient_balance',
  'invalid_order',
  'order_not_found',
  'invalid_symbol',
  'trading_disabled',
  'position',
  'maintenance',
  'network',
  'timeout',
  'malformed_response',
  'validation',
  'configuration',
  'stale_book',
  'unsupported',
  'closed',
  'aborted',
  'overflow',
  'subscription_refused',
  'duplicate_order',
  'account_not_ready',
  'bad_request',
  'not_found',
  'server',
  'unknown',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * What is known about the command at the venue: it never left (`not_sent`), the venue definitely refused it
 * (`rejected`), or nobody can tell yet (`unknown`). A read has the same three: `unknown` simply means no answer.
 */
export type Outcome = 'not_sent' | 'rejected' | 'unknown';
