import type { AccountEndpoints } from '../../../adapter/account-endpoints.js';
import { defineEndpoint } from '../../../adapter/endpoint.js';
import { readArray, readDecimal, readObject, readText } from '../../../adapter/read.js';
import type { Balance } from '../../../model/balance.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TradingFees } from '../../../model/trading-fees.js';

/** The spot account; rows carry no time. Of a unified account it may be a part only. Source: Gate API v4 docs, spot accounts. */
const balances = defineEndpoint<void, readonly Balance[]>({
  method: 'GET',
  path: '/spot/accounts',
  auth: 'signed',
  cost: { private: 1 },
  idempotent: true,
  lane: 'query',
  encode: () => ({}),
  decode: (body, _params, { receivedAt }) =>
    readArray(body, 'accounts').map((item) => {
      const { currency, available, locked } = readObject(item, 'accounts row');
      return {
        asset: readText(currency, 'accounts row currency'),
        free: readDecimal(available, 'accounts row available'),
        locked: readDecimal(locked, 'accounts row locked'),
        receivedAt,
      };
    }),
});

/**
 * The rates without the discount for paying in GT, which ends with the GT: what is paid may be less, never more.
 * Source: Gate API v4 docs, retrieve personal trading fee.
 */
const tradingFees = defineEndpoint<{ readonly symbol: MarketSymbol }, TradingFees>({
  method: 'GET',
  path: '/wallet/fee',
  auth: 'signed',
  cost: { wallet: 1 },
  idempotent: true,
  lane: 'query',
  encode: ({ symbol }, { toVenue }) => ({ query: { currency_pair: toVenue(symbol) } }),
  decode(body, { symbol }) {
    const { maker_fee, taker_fee } = readObject(body, 'fee');
    return { symbol, maker: readDecimal(maker_fee, 'maker_fee'), taker: readDecimal(taker_fee, 'taker_fee') };
  },
});

export const gateioSpotAccount: AccountEndpoints = { balances, tradingFees };
