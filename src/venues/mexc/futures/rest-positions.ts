import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import type { ListRules, OrderHistoryParams } from '../../../adapter/order-endpoints.js';
import type { ListedPosition, PositionEndpoints } from '../../../adapter/position-endpoints.js';
import { malformed, readObject } from '../../../adapter/read.js';
import type { FundingPayment, PositionMode, RiskLimitTier } from '../../../model/position.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { requireSymbol, symbolOf } from './decode-order.js';
import { decodeFundingPayment, decodePosition } from './decode-position.js';
import { dataOf, rowsOf } from './envelope.js';
import { costOf } from './limits.js';
import { HEDGE, ONE_WAY } from './order-words.js';
import { timesOf } from './rest-order-reads.js';
import { positionChanges } from './rest-position-changes.js';
import { decodeRiskTiers } from './risk-tiers.js';
import { decodeSettings } from './settings.js';
import { requireMarket } from './ticker.js';

const ROOT = '/api/v1/private/position';
const READ = { method: 'GET', auth: 'signed', cost: costOf('usual'), idempotent: true, lane: 'query' } as const;
const SPAN_MS = 90 * 86_400_000;

/** Source: MEXC contract API docs, open positions. */
const list: Endpoint<{ readonly symbol?: MarketSymbol }, readonly ListedPosition[]> = defineEndpoint({
  ...READ,
  path: `${ROOT}/open_positions`,
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: symbol === undefined ? undefined : toVenue(symbol) } }),
  decode: (body, { symbol: asked }, context) =>
    rowsOf(body, 'positions').flatMap((item) => {
      const row = readObject(item, 'position');
      const symbol = symbolOf(row, 'a position', context);
      const isAsked = symbol !== undefined && (asked === undefined || asked === symbol);
      return isAsked ? [decodePosition(row, symbol, context)] : [];
    }),
});

/** Of the whole account. Source: MEXC contract API docs, position mode. */
const mode: Endpoint<void, PositionMode> = defineEndpoint({
  ...READ,
  path: `${ROOT}/position_mode`,
  encode: () => ({}),
  decode(body) {
    const data = dataOf(body);
    if (data === HEDGE) return 'hedge';
    if (data === ONE_WAY) return 'one_way';
    throw malformed('position mode', '1 or 2', data);
  },
});

/** One row for each side. Source: MEXC contract API docs, leverage. */
const settings: NonNullable<PositionEndpoints['settings']> = defineEndpoint({
  ...READ,
  path: `${ROOT}/leverage`,
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body) => decodeSettings(rowsOf(body, 'leverage')),
});

/**
 * All tiers of a market stand in its contract; the call for an account's risk limits names but the one it is in. Source:
 * MEXC contract API docs, contract detail, risk limits.
 */
const riskLimits: Endpoint<{ readonly symbol: MarketSymbol }, readonly RiskLimitTier[]> = defineEndpoint({
  ...READ,
  auth: 'none',
  path: '/api/v1/contract/detail',
  cost: costOf('heavy'),
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body, { symbol }, context) =>
    decodeRiskTiers(requireMarket(dataOf(body), symbol, 'contract', context), symbol),
});

/** Source: MEXC contract API docs, funding records. */
const fundingPayments: Endpoint<OrderHistoryParams, readonly FundingPayment[]> = defineEndpoint({
  ...READ,
  path: `${ROOT}/funding_records`,
  encode: ({ symbol, from, to, page, limit }, { toVenue }) => ({
    query: { symbol: toVenue(symbol), ...timesOf(from, to), page_num: page, page_size: limit },
  }),
  decode: (body, { symbol }, context) =>
    rowsOf(body, 'funding records')
      .map((item) => {
        const row = readObject(item, 'funding record');
        requireSymbol(row, symbol, 'funding record', context);
        return decodeFundingPayment(row, symbol, context);
      })
      .sort((a, b) => a.paidAt - b.paidAt),
});

const fundingRules: ListRules = { maxLimit: 100, paging: 'page', maxSpanMs: SPAN_MS, reachMs: SPAN_MS };

/** MEXC futures' positions. */
export const mexcFuturesPositions: PositionEndpoints = {
  list,
  mode,
  settings,
  ...positionChanges,
  leveragePerSide: true,
  riskLimits,
  fundingPayments,
  fundingRules,
};
