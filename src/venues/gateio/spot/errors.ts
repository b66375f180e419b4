import type { ErrorTable } from '../../../adapter/error-classifier.js';
import { errorRows, GATEIO_ERRORS } from '../errors.js';

/**
 * Every documented label of the spot, margin, wallet and unified sections, with what it says about a write.
 * Source: Gate API v4 docs, error handling and label list.
 */
export const GATEIO_SPOT_ERRORS: ErrorTable = {
  ...GATEIO_ERRORS,
  ...errorRows('invalid_symbol', {
    INVALID_CURRENCY: 'The currency is unknown.',
    INVALID_CURRENCY_PAIR: 'The currency pair is unknown.',
    ORDER_BOOK_NOT_FOUND: 'The pair has no order book.',
  }),
  ...errorRows('invalid_order', {
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
  ...errorRows('insufficient_balance', {
    BALANCE_NOT_ENOUGH: 'The balance is too low.',
    MARGIN_BALANCE_NOT_ENOUGH: 'The margin balance is too low.',
    INITIAL_MARGIN_TOO_LOW: 'The margin of the unified account is too low.',
    TOO_MUCH_FUTURES_AVAILABLE: 'The transfer exceeds what the futures account can give.',
    FUTURES_BALANCE_NOT_ENOUGH: 'The futures balance is too low.',
  }),
  ...errorRows('order_not_found', {
    ORDER_NOT_FOUND: 'There is no such order.',
    CLIENT_ID_NOT_FOUND: 'There is no order with this client order id.',
    ORDER_CLOSED: 'The order is already finished.',
    ORDER_CANCELLED: 'The order is already cancelled.',
  }),
  ...errorRows('trading_disabled', {
    TRADE_RESTRICTED: 'Trading is blocked for this account, for example by a high debt ratio.',
  }),
  ...errorRows('account_not_ready', {
    CROSS_ACCOUNT_NOT_FOUND: 'There is no cross-margin account.',
    INVALID_UNIFIED_ACCOUNT: 'The unified account is not usable.',
    UNIFIED_ACCOUNT_NOT_ACTIVATED: 'The unified account is not activated.',
  }),
  ...errorRows('bad_request', {
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
  ...errorRows(
    'bad_request',
    {
      MARGIN_BALANCE_EXCEPTION: 'The margin balance could not be handled.',
      MARGIN_TRANSFER_FAILED: 'The margin transfer failed.',
      SUB_ACCOUNT_TRANSFER_FAILED: 'The transfer with the sub-account failed.',
      ACCOUNT_EXCEPTION: 'The account could not be handled.',
    },
    'unknown',
  ),
  ...errorRows('permission_denied', {
    ADDRESS_NOT_USED: 'The withdrawal address must be saved and verified at the venue first.',
    API_WITHDRAW_DISABLED: 'Withdrawals by API are off for this account.',
  }),
  ...errorRows('rate_limit', {
    TOO_FAST: 'Withdrawals follow each other too fast.',
  }),
  ...errorRows(
    'server',
    {
      FAILED_RETRIEVE_ASSETS: 'The venue could not look up the assets.',
    },
    'unknown',
  ),
};
