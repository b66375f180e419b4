import type { AccountEndpoints } from '../../../adapter/account-endpoints.js';
import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { readObject, readText } from '../../../adapter/read.js';
import type { Balance } from '../../../model/balance.js';
import { addDecimals } from '../../../model/decimal.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TradingFees } from '../../../model/trading-fees.js';
import { dataOf, rowsOf } from './envelope.js';
import { costOf } from './limits.js';
import { readMoney } from './read-numbers.js';

const ROOT = '/api/v1/private/account';
const READ = { method: 'GET', auth: 'signed', cost: costOf('usual'), idempotent: true, lane: 'query' } as const;

/** Source: MEXC contract API docs, account assets. */
const balances: Endpoint<void, readonly Balance[]> = defineEndpoint({
  ...READ,
  path: `${ROOT}/assets`,
  encode: () => ({}),
  decode: (body, _params, { receivedAt }) => rowsOf(body, 'assets').map((row) => decodeBalance(row, receivedAt)),
});

/**
 * The rates that are really charged, which have their own schedule for the API. Source: MEXC contract API docs, tiered
 * fee rate.
 */
const tradingFees: Endpoint<{ readonly symbol: MarketSymbol }, TradingFees> = defineEndpoint({
  ...READ,
  path: `${ROOT}/tiered_fee_rate/v2`,
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body, { symbol }) => {
    const { realMakerFee, realTakerFee, makerFee, takerFee } = readObject(dataOf(body), 'fee rate');
    return {
      symbol,
      maker: readMoney(realMakerFee ?? makerFee, 'fee rate realMakerFee'),
      taker: readMoney(realTakerFee ?? takerFee, 'fee rate realTakerFee'),
    };
  },
});

/** MEXC futures' account calls. */
export const mexcFuturesAccount: AccountEndpoints = { balances, tradingFees };

/**
 * Reads one asset; calls and stream send the same fields. Locked is what open orders and positions hold. What positions
 * have gained or lost is in neither. Source: MEXC contract API docs, account assets. @throws {MalformedResponseError}
 */
export function decodeBalance(row: unknown, receivedAt: number): Balance {
  const { currency, availableBalance, frozenBalance, positionMargin } = readObject(row, 'asset');
  return {
    asset: readText(currency, 'asset currency'),
    free: readMoney(availableBalance, 'asset availableBalance'),
    locked: addDecimals(
      readMoney(frozenBalance, 'asset frozenBalance'),
      readMoney(positionMargin, 'asset positionMargin'),
    ),
    receivedAt,
  };
}
