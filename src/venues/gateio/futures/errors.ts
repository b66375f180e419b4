import type { ErrorTable } from '../../../adapter/error-classifier.js';
import { errorRows, GATEIO_ERRORS } from '../errors.js';

/**
 * Every documented label of the futures section, typing errors of the venue included, with what it says about a write.
 * Source: Gate API v4 docs, error handling and label list, futures.
 */
export const GATEIO_FUTURES_ERRORS: ErrorTable = {
  ...GATEIO_ERRORS,
  ...errorRows('account_not_ready', {
    USER_NOT_FOUND: 'There is no futures account yet: it comes into being with the first transfer.',
  }),
  ...errorRows('invalid_symbol', {
    CONTRACT_NOT_FOUND: 'The contract is unknown.',
  }),
  ...errorRows('trading_disabled', {
    CONTRACT_IN_DELISTING: 'The contract is being delisted: only orders that reduce a position are taken.',
  }),
  ...errorRows('insufficient_balance', {
    INSUFFICIENT_AVAILABLE: 'The available balance is too low.',
  }),
  ...errorRows('position', {
    RISK_LIMIT_EXCEEDED: 'The position would exceed the risk limit.',
    RISK_LIMIT_NOT_MULTIPLE: 'The risk limit is not a multiple of its step.',
    RISK_LIMIT_TOO_HIGH: 'The risk limit is too high.',
    RISK_LIMIT_TOO_lOW: 'The risk limit is too low.',
    RISK_LIMIT_TOO_LOW: 'The risk limit is too low.',
    LEVERAGE_TOO_HIGH: 'The leverage is above what the contract allows.',
    LEVERAGE_TOO_LOW: 'The leverage is below what the contract allows.',
    LIQUIDATE_IMMEDIATELY: 'The position would be liquidated at once.',
    POSITION_NOT_FOUND: 'There is no such position.',
    POSITION_EMPTY: 'There is no position to change or close.',
    POSITION_CROSS_MARGIN: 'Not possible for a position with cross margin.',
    POSITION_IN_LIQUIDATION: 'The position is being liquidated.',
    POSITION_IN_CLOSE: 'The position is being closed.',
    POSITION_DUAL_MODE: 'The call is not the one for the position mode of the account.',
    POSITION_HOLDING: 'The mode cannot change while positions are open.',
    ORDER_PENDING: 'The mode cannot change while orders are open.',
    REMOVE_TOO_MUCH: 'More margin was to be taken out than is free.',
  }),
  ...errorRows('invalid_order', {
    CONTRACT_NO_COUNTER: 'The other side of the book is empty.',
    REDUCE_EXCEEDED: 'The order would reduce more than the position.',
    INCREASE_POSITION: 'The order may only reduce the position, and would increase it.',
    TOO_MANY_ORDERS: 'Too many orders are open.',
    PRICE_TOO_DEVIATED: 'The price is too far from the mark price.',
    PRICE_OVER_LIQUIDATION: "The price is beyond the position's liquidation price.",
    PRICE_OVER_BANKRUPT: "The price is beyond the position's bankruptcy price.",
    SIZE_TOO_LARGE: 'The order has more contracts than are allowed.',
    SIZE_TOO_SMALL: 'The order has fewer contracts than are allowed.',
    ORDER_POC_IMMEDIATE: 'The post-only order would have taken liquidity.',
    ORDER_FOK: 'The fill-or-kill order could not be filled whole.',
    AMEND_WITH_STOP: 'The order has a trigger and cannot be amended.',
    NO_CHANGE: 'It is so already.',
    AUTO_TRIGGER_PRICE_LESS_LAST: 'The trigger price must be above the last price.',
    AUTO_TRIGGER_PRICE_GREATE_LAST: 'The trigger price must be below the last price.',
    ERR_QUOTA_LOWER_LIMIT: 'The quantity is below a lower limit.',
  }),
  ...errorRows('order_not_found', {
    ORDER_NOT_FOUND: 'There is no such order.',
    ORDER_NOT_OWNED: 'The order belongs to somebody else.',
    ORDER_FINISHED: 'The order is already finished.',
  }),
};
