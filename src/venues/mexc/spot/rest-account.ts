import type { AccountEndpoints } from '../../../adapter/account-endpoints.js';
import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { malformed, readArray, readObject, readText } from '../../../adapter/read.js';
import type { Balance } from '../../../model/balance.js';
import { type Decimal, isDecimal, toDecimal } from '../../../model/decimal.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TradingFees } from '../../../model/trading-fees.js';
import { readMoney } from '../read-money.js';
import { keyedCost } from './limits.js';

/** Assets of which there is nothing may be missing. Source: MEXC spot v3 docs, account information. */
const balances: Endpoint<void, readonly Balance[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/account',
  auth: 'signed',
  cost: keyedCost(10, 'account'),
  idempotent: true,
  lane: 'query',
  encode: () => ({}),
  decode: (body, _params, { receivedAt }) =>
    readArray(readObject(body, 'account')['balances'], 'balances').map((row) => readBalance(row, receivedAt)),
});

/** Rates come as JSON numbers. Source: MEXC spot v3 docs, symbol commission. */
const tradingFees: Endpoint<{ readonly symbol: MarketSymbol }, TradingFees> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/tradeFee',
  auth: 'signed',
  cost: keyedCost(20),
  idempotent: true,
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body, { symbol }) => {
    const { makerCommission, takerCommission } = readObject(readObject(body, 'tradeFee')['data'], 'tradeFee data');
    return {
      symbol,
      maker: readRate(makerCommission, 'makerCommission'),
      taker: readRate(takerCommission, 'takerCommission'),
    };
  },
});

/** MEXC spot's account calls. */
export const mexcSpotAccount: AccountEndpoints = { balances, tradingFees };

function readBalance(row: unknown, receivedAt: number): Balance {
  const { asset, free, locked } = readObject(row, 'balance');
  return {
    asset: readText(asset, 'balance asset'),
    free: readMoney(free, 'balance free'),
    locked: readMoney(locked, 'balance locked'),
    receivedAt,
  };
}

/** Unlike an amount, a rate is a double at the venue too: its digits are those of the double. */
function readRate(value: unknown, where: string): Decimal {
  if (isDecimal(value)) return value;
  if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1) return toDecimal(value);
  throw malformed(where, 'a fraction', value);
}
