import type { ErrorRow, ErrorTable } from '../../adapter/error-classifier.js';
import type { Outcome } from '../../errors/codes.js';
import type { VenueErrorCode } from '../../errors/kinds.js';

/**
 * Labels that every market of Gate.io uses, with what they say about a write. Outcome `unknown` stands where the label
 * leaves open whether something happened: server failures, and duplicates (an earlier request with the same id may well
 * be in place). Source: Gate API v4 docs, error handling and label list.
 */
export const GATEIO_ERRORS: ErrorTable = {
  ...errorRows('bad_request', {
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
  ...errorRows('authentication', {
    INVALID_CREDENTIALS: 'The credentials are wrong.',
    INVALID_KEY: 'The API key is unknown here; a live key on the test network also gives this.',
    INVALID_SIGNATURE: 'The signature does not match.',
    MISSING_REQUIRED_HEADER: 'One of the three signing headers is absent.',
    AUTHENTICATION_FAILED: 'A trading call came before the login of the connection.',
  }),
  ...errorRows('timestamp', {
    REQUEST_EXPIRED: 'The timestamp is more than 60 s off, or the expiry time of the request has passed.',
  }),
  ...errorRows('permission_denied', {
    IP_FORBIDDEN: 'The address is not on the list of the key.',
    READ_ONLY: 'The key may only read.',
    FORBIDDEN: 'The key lacks the permission for this product or action.',
    ACCOUNT_LOCKED: 'The account is frozen.',
    SUB_ACCOUNT_LOCKED: 'The sub-account is frozen.',
  }),
  ...errorRows(
    'duplicate_order',
    {
      REPEATED_CREATION: 'The same client order id or request came before.',
      DUPLICATE_REQUEST: 'The same client id came before.',
      ORDER_EXISTS: 'An order with this client id exists.',
    },
    'unknown',
  ),
  ...errorRows('rate_limit', {
    TOO_MANY_REQUESTS: 'Over the request limit; the number at the end of the text says which one.',
  }),
  ...errorRows('maintenance', { TOO_BUSY: 'The venue is too busy.' }, 'unknown'),
  ...errorRows(
    'server',
    {
      INTERNAL: 'The venue failed on its side.',
      SERVER_ERROR: 'The venue failed on its side.',
      INTERNAL_SERVER_ERROR: 'The venue failed on its side.',
    },
    'unknown',
  ),
  ...errorRows('timeout', { SERVER_TIMEOUT: 'The venue gave up waiting for its own side.' }, 'unknown'),
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

/** Rows of one meaning. */
export function errorRows(
  code: VenueErrorCode,
  meanings: Readonly<Record<string, string>>,
  outcome: Outcome = 'rejected',
): Record<string, ErrorRow> {
  return Object.fromEntries(Object.entries(meanings).map(([label, meaning]) => [label, { code, outcome, meaning }]));
}
