import type { AccountEndpoints } from '../../../adapter/account-endpoints.js';
import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { type JsonObject, malformed, readId, readObject, readOptional } from '../../../adapter/read.js';
import type { Balance } from '../../../model/balance.js';
import { addDecimals, isZero, toDecimal } from '../../../model/decimal.js';
import type { PositionMode } from '../../../model/position.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TradingFees } from '../../../model/trading-fees.js';
import { readMoney } from './read-size.js';
import { READ } from './rest-order-reads.js';
import { assetOf, type FuturesSettle } from './settle.js';

const ZERO = toDecimal('0');

/** The calls about the account as a whole. */
export function createFuturesAccount(settle: FuturesSettle): AccountEndpoints {
  return {
    balances: accountEndpoint(settle, (account, receivedAt) => [decodeBalance(account, settle, receivedAt)]),
    tradingFees: tradingFees(settle),
  };
}

/** The account's own id, which its subscriptions name. */
export function identity(settle: FuturesSettle): Endpoint<void, string> {
  return accountEndpoint(settle, ({ user }) => readId(user, 'account user'));
}

/** Accounts whose positions are split have a third mode, which this library does not trade. */
export function positionMode(settle: FuturesSettle): Endpoint<void, PositionMode> {
  return accountEndpoint(settle, ({ position_mode, in_dual_mode }) => {
    if (position_mode === 'dual' || (position_mode === undefined && in_dual_mode === true)) return 'hedge';
    if (position_mode === 'single' || (position_mode === undefined && in_dual_mode === false)) return 'one_way';
    throw malformed('account position_mode', "'single' or 'dual'", position_mode);
  });
}

/** Source: Gate API v4 docs, query futures account. */
function accountEndpoint<R>(
  settle: FuturesSettle,
  decode: (account: JsonObject, receivedAt: number) => R,
): Endpoint<void, R> {
  return defineEndpoint<void, R>({
    ...READ,
    path: `/futures/${settle}/accounts`,
    encode: () => ({}),
    decode: (body, _params, { receivedAt }) => decode(readObject(body, 'account'), receivedAt),
  });
}

/**
 * What can be spent, and what open orders and positions hold; what positions have gained or lost is in neither. Accounts
 * of the newer margin mode say it in fields of their own. Of a unified account it may be a part only.
 * Source: Gate API v4 docs, futures account.
 */
function decodeBalance(account: JsonObject, settle: FuturesSettle, receivedAt: number): Balance {
  const { available, order_margin, position_margin, position_initial_margin = position_margin } = account;
  const { cross_available, cross_order_margin = order_margin, cross_margin_balance } = account;
  const { cross_initial_margin, isolated_position_margin } = account;
  const newer = readOptional(cross_margin_balance, 'account cross_margin_balance', readMoney);
  const isNewer = newer !== undefined && !isZero(newer) && cross_available !== undefined;
  const held = isNewer
    ? [readMoney(cross_order_margin, 'account cross_order_margin'), cross_initial_margin, isolated_position_margin]
    : [readMoney(order_margin, 'account order_margin'), position_initial_margin];
  return {
    asset: assetOf(settle),
    free: isNewer ? readMoney(cross_available, 'account cross_available') : readMoney(available, 'account available'),
    locked: held
      .map((margin) => readOptional(margin, 'account margin', readMoney) ?? ZERO)
      .reduce((sum, margin) => addDecimals(sum, margin)),
    receivedAt,
  };
}

/** Rates of the account, not of the list. Source: Gate API v4 docs, query futures market trading fee rates. */
const tradingFees = (settle: FuturesSettle) =>
  defineEndpoint<{ readonly symbol: MarketSymbol }, TradingFees>({
    ...READ,
    path: `/futures/${settle}/fee`,
    encode: ({ symbol }, { toVenue }) => ({ query: { contract: toVenue(symbol) } }),
    decode(body, { symbol }, { instrument }) {
      const { venueSymbol } = instrument(symbol);
      const fees = readObject(body, 'fee');
      const { maker_fee, taker_fee } = readObject(
        Object.hasOwn(fees, venueSymbol) ? fees[venueSymbol] : undefined,
        'fee of the contract',
      );
      return { symbol, maker: readMoney(maker_fee, 'maker_fee'), taker: readMoney(taker_fee, 'taker_fee') };
    },
  });
