import type { AccountEndpoints, DeadManEndpoints } from '../../../adapter/account-endpoints.js';
import { defineEndpoint } from '../../../adapter/endpoint.js';
import { readArray, readDecimal, readObject, readOptional, readText } from '../../../adapter/read.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { Balance } from '../../../model/balance.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { TradingFees } from '../../../model/trading-fees.js';
import { readMilliseconds } from '../times.js';

const MIN_TIMEOUT_MS = 5_000;
const STEP_MS = 1_000;

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

/** Counted in whole seconds; each call starts it anew. Source: Gate API v4 docs, countdown cancel orders. */
const arm = defineEndpoint<{ readonly timeoutMs: number; readonly symbol?: MarketSymbol }, number | undefined>({
  method: 'POST',
  path: '/spot/countdown_cancel_all',
  auth: 'signed',
  cost: { private: 1 },
  idempotent: true,
  lane: 'cancel',
  encode({ timeoutMs, symbol }, { toVenue }) {
    const timeout = readTimeout(timeoutMs);
    return { body: symbol === undefined ? { timeout } : { timeout, currency_pair: toVenue(symbol) } };
  },
  decode(body, { timeoutMs }) {
    const { triggerTime } = readObject(body, 'countdown');
    const firesAt = readOptional(triggerTime, 'triggerTime', readMilliseconds);
    return timeoutMs === 0 || firesAt === 0 ? undefined : firesAt;
  },
});

export const gateioSpotDeadMan: DeadManEndpoints = { arm, minTimeoutMs: MIN_TIMEOUT_MS, stepMs: STEP_MS };

/** Seconds; 0 switches off. */
function readTimeout(timeoutMs: number): number {
  if (timeoutMs === 0 || (timeoutMs >= MIN_TIMEOUT_MS && Number.isSafeInteger(timeoutMs) && timeoutMs % STEP_MS === 0))
    return timeoutMs / STEP_MS;
  throw new ValidationError({
    field: 'timeoutMs',
    expected: `0, or at least ${MIN_TIMEOUT_MS} ms in steps of ${STEP_MS} ms`,
    received: timeoutMs,
    venue: 'gateio_spot',
  });
}
