import type { ErrorCode, Outcome } from './codes.js';
import { redactText } from './redact.js';

/** The only fields an error can carry. Headers, URLs, queries and bodies have no place here, so no secret has one. */
export interface ExchangeErrorFields {
  readonly message: string;
  readonly outcome: Outcome;
  readonly venue?: string | undefined;
  /** The venue's own code or label, as text. */
  readonly venueCode?: string | undefined;
  readonly retryable?: boolean | undefined;
  /** How long the venue asks to wait, ms. */
  readonly retryAfterMs?: number | undefined;
  readonly httpStatus?: number | undefined;
  /** Path template of the endpoint, without query: `GET /api/v3/depth`. */
  readonly endpoint?: string | undefined;
  /** The failure underneath; only its name and redacted message are kept. */
  readonly cause?: unknown;
}

const MARK = Symbol.for('@cex/sdk/ExchangeError');

/** Root of every error that the library throws. */
export class ExchangeError extends Error {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  readonly retryable: boolean;
  declare readonly venue?: string;
  declare readonly venueCode?: string;
  declare readonly retryAfterMs?: number;
  declare readonly httpStatus?: number;
  declare readonly endpoint?: string;

  constructor(code: ErrorCode, fields: ExchangeErrorFields) {
    super(redactText(fields.message));
    this.name = new.target.name;
    this.code = code;
    this.outcome = fields.outcome;
    this.retryable = fields.retryable ?? false;
    if (fields.venue !== undefined) this.venue = fields.venue;
    if (fields.venueCode !== undefined) this.venueCode = fields.venueCode;
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
    if (fields.httpStatus !== undefined) this.httpStatus = fields.httpStatus;
    if (fields.endpoint !== undefined) this.endpoint = fields.endpoint;
    if (fields.cause !== undefined) {
      Object.defineProperty(this, 'cause', { value: plainCause(fields.cause), enumerable: false, configurable: true });
    }
    Object.defineProperty(this, MARK, { value: true, enumerable: false });
  }

  /** What logs and `JSON.stringify` see. */
  toJSON(): Record<string, unknown> {
    const { name, message, code, outcome, retryable, venue, venueCode, retryAfterMs, httpStatus, endpoint } = this;
    return { name, message, code, outcome, retryable, venue, venueCode, retryAfterMs, httpStatus, endpoint };
  }
}

/**
 * Whether a caught value is an error of this library, also across copies of the package (ESM beside CommonJS).
 * @param code asks for one kind: `isExchangeError(e, 'rate_limit')`.
 */
export function isExchangeError(value: unknown, code?: ErrorCode): value is ExchangeError {
  if (typeof value !== 'object' || value === null || (value as Record<symbol, unknown>)[MARK] !== true) return false;
  return code === undefined || (value as ExchangeError).code === code;
}

/** A foreign error may hold URLs, headers or whole requests: keep its name, its code and its redacted text. */
function plainCause(cause: unknown): unknown {
  if (isExchangeError(cause)) return cause;
  if (!(cause instanceof Error)) return redactText(String(cause));
  const code = (cause as NodeJS.ErrnoException).code;
  return { name: cause.name, message: redactText(cause.message), ...(typeof code === 'string' ? { code } : {}) };
}
