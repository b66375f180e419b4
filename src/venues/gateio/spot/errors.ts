import type { ErrorRow, ErrorTable } from '../../../adapter/error-classifier.js';
import type { Outcome } from '../../../errors/codes.js';
import type { VenueErrorCode } from '../../../errors/kinds.js';

/**
 * Every documented label of the spot, margin, wallet and unified sections, with what it says about a write.
 * Outcome `unknown` stands where the label leaves open whether something happened: server failures, vague transfer
 * troubles, and duplicates (an earlier request with the same id may well be in place).
 * Source: Gate API v4 docs, error handling and label list.
 */
export const GATEIO_SPOT_ERRORS: ErrorTable = {
  ...rows('bad_request', {
    INVALID_PARAM_VALUE: 'A parameter has a bad value; the text says which.',
    INVALID_PROTOCOL: 'The request is malformed.',
    INVALID_ARGUMENT: 'The request is malformed.',
    INVALID_REQUEST_BODY: 'The body cannot be read.',
    BAD_REQUEST: 'The request is malformed.',
    MISSING_REQUIRED_PARAM: 'A required parameter is absent.',
    INVALID_CONTENT_TYPE: 'The content type is not JSON.',
    NOT_ACCEPTABLE: 'The Accept header asks for something else than JSON.',
    METHOD_NOT_ALLOWED: 'The path does not take this method.',
    NOT_FOUND: 'The path does not exist.',
  }),
  ...rows('authentication', {
    INVALID_CREDENTIALS: 'The credentials are wrong.',
    INVALID_KEY: 'The API key is unknown here; a live key on the test network also gives this.',
    INVALID_SIGNATURE: 'The signature does not match.',
    MISSING_REQUIRED_HEADER: 'One of the three signing headers is absent.',
    AUTHENTICATION_FAILED: 'A trading call came before the login of the connection.',
  }),
  ...rows('timestamp', {
    REQUEST_EXPIRED: 'The timestamp is more than 60 s off, or the expiry time of the request has passed.',
  }),
  ...rows('permission_denied', {
    IP_FORBIDDEN: 'The address is not on the list of the key.',
    READ_ONLY: 'The key may only read.',
    FORBIDDEN: 'The key lacks the permission for this product or action.',
    ACCOUNT_LOCKED: 'The account is frozen.',
    SUB_ACCOUNT_LOCKED: 'The sub-account is frozen.',
    ADDRESS_NOT_USED: 'The withdrawal address must be saved and verified at the venue first.',
    API_WITHDRAW_DISABLED: 'Withdrawals by API are off for this account.',
  }),
  ...rows('invalid_symbol', {
    INVALID_CURRENCY: 'The currency is unknown.',
    INVALID_CURRENCY_PAIR: 'The currency pair is unknown.',
    ORDER_BOOK_NOT_FOUND: 'The pair has no order book.',
  }),
  ...rows('invalid_order', {
    INVALID_PRECISION: 'Price or amount has too many decimals.',
    QUANTITY_NOT_ENOUGH: 'The order is below the minimum size.',
    AMOUNT_TOO_LITTLE: 'The amount is below the limit.',
    AMOUNT_TOO_MUCH: 'The amount is above the limit.',
    PRICE_THRESHOLD_EXCEEDED: 'The price lies outside the permitted band.',
    POC_FILL_IMMEDIATELY: 'The post-only order would have taken liquidity.',
    FOK_NOT_FILL: 'The fill-or-kill order could not be filled whole.',
    CANCEL_FAIL: 'The cancellation was refused.',
    NO_CHANGE: 'The amendment changes nothing.',
    INVALID_CLIENT_ORDER_ID: 'The client order id breaks the rule of the venue.',
    TOO_MANY_CURRENCY_PAIRS: 'The batch spans too many pairs.',
    TOO_MANY_ORDERS: 'Too many orders in the batch or open.',
    MIXED_ACCOUNT_TYPE: 'The batch mixes account types.',
    MARGIN_NOT_SUPPORTED: 'The pair has no margin trading.',
  }),
  ...rows('insufficient_balance', {
    BALANCE_NOT_ENOUGH: 'The balance is too low.',
    MARGIN_BALANCE_NOT_ENOUGH: 'The margin balance is too low.',
    INITIAL_MARGIN_TOO_LOW: 'The margin of the unified account is too low.',
    TOO_MUCH_FUTURES_AVAILABLE: 'The transfer exceeds what the futures account can give.',
    FUTURES_BALANCE_NOT_ENOUGH: 'The futures balance is too low.',
  }),
  ...rows('order_not_found', {
    ORDER_NOT_FOUND: 'There is no such order.',
    CLIENT_ID_NOT_FOUND: 'There is no order with this client order id.',
    ORDER_CLOSED: 'The order is already finished.',
    ORDER_CANCELLED: 'The order is already cancelled.',
  }),
  ...rows('trading_disabled', {
    TRADE_RESTRICTED: 'Trading is blocked for this account, for example by a high debt ratio.',
  }),
  ...rows('account_not_ready', {
    CROSS_ACCOUNT_NOT_FOUND: 'There is no cross-margin account.',
    INVALID_UNIFIED_ACCOUNT: 'The unified account is not usable.',
    UNIFIED_ACCOUNT_NOT_ACTIVATED: 'The unified account is not activated.',
  }),
  ...rows('bad_request', {
    AUTO_BORROW_TOO_MUCH: 'The automatic loan exceeds the limit.',
    REPAY_TOO_MUCH: 'The repayment exceeds the loan.',
    USER_LOAN_EXCEEDED: 'The loan limit of the account is reached.',
    LOAN_NOT_FOUND: 'There is no such loan.',
    LOAN_RECORD_NOT_FOUND: 'There is no such loan record.',
    NO_MATCHED_LOAN: 'No loan matches.',
    NOT_MERGEABLE: 'The loans cannot be merged.',
    NO_MERGEABLE_ORDERS: 'There is nothing to merge.',
    SUB_ACCOUNT_NOT_FOUND: 'There is no such sub-account.',
    WITHDRAWAL_OVER_LIMIT: 'The withdrawal exceeds the limit.',
    INVALID_WITHDRAW_ID: 'There is no such withdrawal.',
    INVALID_WITHDRAW_CANCEL_STATUS: 'The withdrawal can no longer be cancelled.',
    USER_LIAB: 'The account mode cannot change while there are liabilities.',
    USER_PENDING_ORDERS: 'The account mode cannot change while orders are open.',
    MODE_SET: 'The change of the account mode was refused.',
    PRICE_OBSOLETE: 'The quoted price is no longer valid.',
    QUOTA_NOT_ENOUGH: 'The quota is used up.',
    REQUEST_FORBIDDEN: 'The conversion is not allowed.',
    CONVERT_PREVIEW_EXPIRED: 'The preview of the conversion has expired.',
    CONVERT_PREVIEW_NOT_MATCH: 'The conversion differs from its preview.',
  }),
  ...rows(
    'bad_request',
    {
      MARGIN_BALANCE_EXCEPTION: 'The margin balance could not be handled.',
      MARGIN_TRANSFER_FAILED: 'The margin transfer failed.',
      SUB_ACCOUNT_TRANSFER_FAILED: 'The transfer with the sub-account failed.',
      ACCOUNT_EXCEPTION: 'The account could not be handled.',
    },
    'unknown',
  ),
  ...rows(
    'duplicate_order',
    {
      REPEATED_CREATION: 'The same client order id or request came before.',
      DUPLICATE_REQUEST: 'The same client id came before.',
      ORDER_EXISTS: 'An order with this client id exists.',
    },
    'unknown',
  ),
  ...rows('rate_limit', {
    TOO_MANY_REQUESTS: 'Over the request limit; the number at the end of the text says which one.',
    TOO_FAST: 'Withdrawals follow each other too fast.',
  }),
  ...rows('maintenance', { TOO_BUSY: 'The venue is too busy.' }, 'unknown'),
  ...rows(
    'server',
    {
      INTERNAL: 'The venue failed on its side.',
      SERVER_ERROR: 'The venue failed on its side.',
      INTERNAL_SERVER_ERROR: 'The venue failed on its side.',
      FAILED_RETRIEVE_ASSETS: 'The venue could not look up the assets.',
    },
    'unknown',
  ),
  ...rows('timeout', { SERVER_TIMEOUT: 'The venue gave up waiting for its own side.' }, 'unknown'),
};

/**
 * Error codes inside WebSocket answers. Source: Gate spot WebSocket v4 docs, error codes.
 */
export const GATEIO_STREAM_ERRORS: ErrorTable = {
  '1': { code: 'bad_request', meaning: 'The format of the request is invalid.' },
  '2': { code: 'bad_request', meaning: 'An argument is invalid: a pair, an interval, a level.' },
  '3': { code: 'server', meaning: 'The venue failed on its side.', outcome: 'unknown' },
  '4': { code: 'authentication', meaning: 'The authentication failed.' },
};

function rows(
  code: VenueErrorCode,
  meanings: Readonly<Record<string, string>>,
  outcome: Outcome = 'rejected',
): Record<string, ErrorRow> {
  return Object.fromEntries(Object.entries(meanings).map(([label, meaning]) => [label, { code, outcome, meaning }]));
}
