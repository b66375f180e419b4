import type { ErrorRow, ErrorTable } from '../../../adapter/error-classifier.js';
import type { VenueErrorCode } from '../../../errors/kinds.js';

/** Rows of one meaning. */
function rows(
  code: VenueErrorCode,
  meanings: Readonly<Record<number, string>>,
  outcome?: ErrorRow['outcome'],
): ErrorTable {
  return Object.fromEntries(
    Object.entries(meanings).map(([says, meaning]) => [says, { code, ...(outcome && { outcome }), meaning }]),
  );
}

/** Rows of a range, both ends included, that is documented as a whole. */
function range(code: VenueErrorCode, from: number, to: number, meaning: string): ErrorTable {
  return Object.fromEntries(Array.from({ length: to - from + 1 }, (_, at) => [from + at, { code, meaning }]));
}

const ACCESS: ErrorTable = {
  ...rows('authentication', {
    401: 'not logged in, or a bad key',
    402: 'the key has expired',
    602: 'the signature check failed',
  }),
  ...rows('timestamp', { 513: 'the request time is more than 10 s off' }),
  ...range('permission_denied', 6006, 6025, 'not open to this account: multi-asset mode and the like'),
  ...rows('permission_denied', {
    406: 'the address is not on the allow-list of the key',
    506: 'the source of the request is unknown',
    511: 'the endpoint is not open to this key',
    701: 'the key may not read the account',
    702: 'the key may not change the account',
    703: 'the key may not read orders',
    704: 'the key may not place or cancel orders',
    6009: 'opening an account is unavailable',
    8918: 'for market makers only',
    8931: 'the leverage is limited in this country',
    9998: 'in this region positions may only be closed',
    200005: 'identity or region restricts the account',
    200006: 'identity or region restricts the account',
    300000: 'identity or region restricts the account',
    300001: 'identity or region restricts the account',
    300002: 'identity or region restricts the account',
  }),
  ...rows('account_not_ready', { 1000: 'the account does not exist: futures have not been opened' }),
  ...rows('rate_limit', { 510: 'too frequent; comes with status 200', 2037: 'trading too frequently' }),
  ...rows('server', { 500: 'internal error', 501: 'the system is busy', 9999: 'a network failure inside' }, 'unknown'),
  ...rows('maintenance', { 604: 'the function is in maintenance', 801: 'the system is in maintenance' }, 'unknown'),
};

const REQUESTS: ErrorTable = {
  ...range('bad_request', 8002, 8202, 'promotions'),
  ...range('bad_request', 8900, 8909, 'promotions'),
  ...range('bad_request', 8933, 8946, 'prediction futures'),
  ...range('bad_request', 9065, 9067, 'the transfer failed'),
  ...range('bad_request', 9501, 9518, 'grid bots'),
  ...rows('bad_request', {
    600: 'a parameter is wrong',
    601: 'the body cannot be parsed',
    2013: 'too many cancels in one call',
    2014: 'the batch is too big',
    2034: 'the batch query is too big',
    4001: 'the currency is not supported',
    6003: 'the time range is wrong, or longer than 90 days',
    6004: 'symbol and state are required',
    8817: 'the risk-limit mechanism was replaced',
  }),
  // The same request may have been taken the first time.
  ...rows('bad_request', { 603: 'a repeated request' }, 'unknown'),
  ...rows('invalid_symbol', { 1001: 'the contract does not exist' }),
  ...rows('trading_disabled', {
    1002: 'the contract is not active',
    6001: 'trading is forbidden',
    6002: 'opening is forbidden',
    6005: 'the pair is not available',
    8920: 'opening is suspended',
    8921: 'closing is suspended',
    8922: 'trading is suspended',
    8930: 'the contract is not listed yet',
    8932: 'opening is disabled',
    8934: 'opening is disabled',
    9068: 'the market is closed, orders may only be canceled',
  }),
};

const MONEY_AND_POSITIONS: ErrorTable = {
  ...rows('insufficient_balance', {
    2005: 'the balance is insufficient',
    2008: 'less can be closed than that',
    2018: 'more than the margin that can be taken out',
    2044: 'the margin is too small for the leverage',
    7005: 'less can be closed than that',
    8012: 'the margin is insufficient',
  }),
  // How the account trades is not as it was thought to be: it is read again.
  ...rows('position', {
    2009: 'the position does not exist, or is closed',
    2019: 'the leverage cannot change while orders are open',
    2021: 'the leverage differs from that of the position',
    2022: 'the margin mode differs from that of the position',
    2026: 'the leverage of a cross position cannot change',
    2027: 'cross and isolated margin cannot be mixed',
    2043: 'order and position do not match',
    7001: 'open orders keep the mode from changing',
    7002: 'the position mode is not that of the account',
    7003: 'the modes do not fit together',
    7004: 'the modes do not fit together',
    7009: 'the leverage is too high for the position',
    9070: 'isolated margin only',
    9071: 'cross margin only',
  }),
  ...rows('order_not_found', {
    2040: 'the order does not exist',
    2041: 'the order cannot be canceled any more in its state',
    5002: 'the stop order does not exist',
    8912: 'the order was canceled automatically',
    8913: 'the order was canceled by the user',
  }),
  // The id may be that of this very order, taken by an earlier try.
  ...rows('duplicate_order', { 2042: 'the order id was used before' }, 'unknown'),
};

const ORDERS: ErrorTable = {
  ...range('invalid_order', 2023, 2025, 'a limit of positions or of risk'),
  ...range('invalid_order', 2045, 2048, 'a ratio is out of its bounds'),
  ...range('invalid_order', 2052, 2055, 'the order cannot be edited'),
  ...range('invalid_order', 2058, 2066, 'the order cannot be chased or amended so'),
  ...range('invalid_order', 2070, 2076, 'the order cannot be chased or amended so'),
  ...range('invalid_order', 3001, 3004, 'price type, type, cycle or price of the trigger is wrong'),
  ...range('invalid_order', 3006, 3015, 'a rule of stops on trigger orders'),
  ...range('invalid_order', 5003, 5006, 'the stop is wrong or too large'),
  ...range('invalid_order', 8818, 8821, 'the position is capped at this leverage'),
  ...rows('invalid_order', {
    1003: 'the risk level is wrong',
    1004: 'the amount is wrong',
    2001: 'the side is wrong',
    2002: 'the margin mode is wrong',
    2003: 'the price to buy at is too high',
    2004: 'the price to sell at is too low',
    2006: 'the leverage is out of range',
    2007: 'the price is wrong',
    2011: 'the quantity is wrong',
    2015: 'price or quantity have too many digits',
    2016: 'too many trigger orders',
    2028: 'above the largest order',
    2029: 'the order type is wrong',
    2030: 'the client order id is longer than 32 characters',
    2031: 'a limit of positions or of risk',
    2032: 'the price lies beyond the liquidation price of the long position',
    2033: 'the price lies beyond the liquidation price of the short position',
    2035: 'this level of market orders is not supported',
    2036: 'too many open orders',
    2038: 'a limit of positions or of risk',
    2039: 'not enough on the other side of the book',
    2049: 'the position would be liquidated at once',
    2051: 'above the largest order',
    2056: 'the position is being closed already',
    2057: 'below the smallest order',
    5001: 'price and quantity of the stop are missing',
    7008: 'below the smallest value',
    8815: 'the position is capped at this leverage',
    8816: 'the position is capped at this leverage',
    8915: 'the leverage mode does not allow it',
    8917: 'the margin of a reduce-only order',
    8919: 'the value is limited',
    9069: 'stops may look at the fair price only',
  }),
};

/**
 * Every refusal that MEXC futures document. A row without `outcome` is definite: nothing was done. 0 and 200 mark
 * success and are no rows. Source: MEXC contract API docs, error codes.
 */
export const MEXC_FUTURES_ERRORS: ErrorTable = { ...REQUESTS, ...ACCESS, ...MONEY_AND_POSITIONS, ...ORDERS };
