import type { ErrorCode } from './codes.js';
import { ExchangeError, type ExchangeErrorFields } from './exchange-error.js';
import { describe } from './redact.js';

/** The venue limits us: wait `retryAfterMs`. */
export class RateLimitError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('rate_limit', { ...fields, retryable: fields.retryable ?? true });
  }
}

/** The key or signature was refused. */
export class AuthenticationError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('authentication', fields);
  }
}

/** The key is valid but may not do this (permission, IP list, symbol list, region). */
export class PermissionDeniedError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('permission_denied', fields);
  }
}

/** The request's time was outside the venue's window. */
export class TimestampError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('timestamp', { ...fields, retryable: fields.retryable ?? true });
  }
}

export class InsufficientBalanceError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('insufficient_balance', fields);
  }
}

/** The order breaks a rule of the market. */
export class InvalidOrderError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('invalid_order', fields);
  }
}

export class OrderNotFoundError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('order_not_found', fields);
  }
}

export class InvalidSymbolError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('invalid_symbol', fields);
  }
}

/** The market takes no such orders now. */
export class TradingDisabledError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('trading_disabled', fields);
  }
}

export class PositionError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('position', fields);
  }
}

/** The venue is down on purpose or too busy. */
export class MaintenanceError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('maintenance', { ...fields, retryable: fields.retryable ?? true });
  }
}

/** The connection failed: DNS, refused, reset, TLS, a redirect, a proxy. `outcome` says whether bytes had left. */
export class NetworkError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('network', { ...fields, retryable: fields.retryable ?? true });
  }
}

/** No complete answer before the deadline. */
export class TimeoutError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('timeout', { ...fields, retryable: fields.retryable ?? true });
  }
}

/** An answer came but could not be read: HTML, truncated, a missing or impossible field. */
export class MalformedResponseError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('malformed_response', fields);
  }
}

/** Bad input, found before anything was sent. */
export class ValidationError extends ExchangeError {
  readonly field: string;
  readonly expected: string;

  constructor(fields: { field: string; expected: string; received: unknown; venue?: string | undefined }) {
    super('validation', {
      message: `${fields.field}: expected ${fields.expected}, received ${describe(fields.received)}`,
      outcome: 'not_sent',
      venue: fields.venue,
    });
    this.field = fields.field;
    this.expected = fields.expected;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), field: this.field, expected: this.expected };
  }
}

/** An option or the environment is wrong; nothing was started. */
export class ConfigurationError extends ExchangeError {
  readonly field: string;

  constructor(fields: { field: string; expected: string; received: unknown }) {
    super('configuration', {
      message: `${fields.field}: expected ${fields.expected}, received ${describe(fields.received)}`,
      outcome: 'not_sent',
    });
    this.field = fields.field;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), field: this.field };
  }
}

/** The book cannot prove itself at this moment; its numbers are not given out. */
export class StaleBookError extends ExchangeError {
  constructor(fields: { message: string; venue?: string | undefined }) {
    super('stale_book', { ...fields, outcome: 'not_sent', retryable: true });
  }
}

/** This venue has no such ability. */
export class UnsupportedError extends ExchangeError {
  constructor(fields: { message: string; venue?: string | undefined }) {
    super('unsupported', { ...fields, outcome: 'not_sent' });
  }
}

/** The exchange, subscription or book was closed. */
export class ClosedError extends ExchangeError {
  constructor(fields: { message: string; venue?: string | undefined; outcome?: ExchangeError['outcome'] }) {
    super('closed', { outcome: 'not_sent', ...fields });
  }
}

/** The caller's `AbortSignal` fired. */
export class AbortedError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('aborted', fields);
  }
}

/** A consumer was too slow for a stream that must not lose anything; the stream ended instead of skipping. */
export class OverflowError extends ExchangeError {
  constructor(fields: { message: string; venue?: string | undefined }) {
    super('overflow', { ...fields, outcome: 'not_sent' });
  }
}

/** The venue refused a topic. */
export class SubscriptionRefusedError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('subscription_refused', fields);
  }
}

/** The venue says that this client order id or request was already used. */
export class DuplicateOrderError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('duplicate_order', fields);
  }
}

/** The account needs a set-up step at the venue first. */
export class AccountNotReadyError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('account_not_ready', fields);
  }
}

/** The venue found the request malformed. */
export class BadRequestError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('bad_request', fields);
  }
}

/** A record other than an order does not exist. */
export class NotFoundError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('not_found', fields);
  }
}

/** The venue failed on its side. */
export class ServerError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('server', { ...fields, retryable: fields.retryable ?? true });
  }
}

/** A refusal that no table of the venue lists. */
export class UnknownError extends ExchangeError {
  constructor(fields: ExchangeErrorFields) {
    super('unknown', fields);
  }
}

const KINDS = {
  rate_limit: RateLimitError,
  authentication: AuthenticationError,
  permission_denied: PermissionDeniedError,
  timestamp: TimestampError,
  insufficient_balance: InsufficientBalanceError,
  invalid_order: InvalidOrderError,
  order_not_found: OrderNotFoundError,
  invalid_symbol: InvalidSymbolError,
  trading_disabled: TradingDisabledError,
  position: PositionError,
  maintenance: MaintenanceError,
  network: NetworkError,
  timeout: TimeoutError,
  malformed_response: MalformedResponseError,
  aborted: AbortedError,
  subscription_refused: SubscriptionRefusedError,
  duplicate_order: DuplicateOrderError,
  account_not_ready: AccountNotReadyError,
  bad_request: BadRequestError,
  not_found: NotFoundError,
  server: ServerError,
  unknown: UnknownError,
} as const satisfies Partial<Record<ErrorCode, new (fields: ExchangeErrorFields) => ExchangeError>>;

/** The codes that a venue's table can name: all but those that only we raise. */
export type VenueErrorCode = keyof typeof KINDS;

/** Builds the error of a code that came from a table. */
export function createExchangeError(code: VenueErrorCode, fields: ExchangeErrorFields): ExchangeError {
  return new KINDS[code](fields);
}
