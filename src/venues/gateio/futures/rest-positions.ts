import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import type { OrderHistoryParams } from '../../../adapter/order-endpoints.js';
import type {
  ListedPosition,
  MarginChange,
  PositionEndpoints,
  PositionSettings,
  SettingsChange,
} from '../../../adapter/position-endpoints.js';
import { type JsonObject, malformed, readArray, readId, readInteger, readObject } from '../../../adapter/read.js';
import { ValidationError } from '../../../errors/kinds.js';
import { isZero } from '../../../model/decimal.js';
import type { FundingPayment, PositionMode, RiskLimitTier } from '../../../model/position.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readRowOf, symbolOfRow } from '../account-rows.js';
import { spanInSeconds } from '../times.js';
import { readMoment } from './moment.js';
import { decodePosition, settingsOf } from './position-decode.js';
import { readMoney } from './read-size.js';
import { positionMode } from './rest-account.js';
import { pageOf, READ } from './rest-order-reads.js';
import { assetOf, type FuturesSettle } from './settle.js';

/** Settings travel in the query, and the body is empty; they are absolute, so repeating one does no more. */
const SETTING = { method: 'POST', auth: 'signed', cost: { private: 1 }, idempotent: true } as const;

/** Positions of Gate.io futures. The two modes have calls of their own, which tell the same. */
export function createFuturesPositions(settle: FuturesSettle): PositionEndpoints {
  return {
    list: list(settle),
    mode: positionMode(settle),
    settings: settings(settle),
    setMode: setMode(settle),
    setLeverage: setLeverage(settle),
    leveragePerSide: false,
    setSideLeverage: setSideLeverage(settle),
    setMarginMode: setMarginMode(settle),
    changeMargin: changeMargin(settle),
    riskLimits: riskLimits(settle),
    fundingPayments: fundingPayments(settle),
    fundingRules: {
      // Neither a maximum nor a longest span is documented.
      maxLimit: 100,
      paging: 'page',
      maxSpanMs: Number.POSITIVE_INFINITY,
      reachMs: Number.POSITIVE_INFINITY,
    },
  };
}

/** Every position that is held, in either mode. Source: Gate API v4 docs, list all positions of a user. */
const list = (settle: FuturesSettle): Endpoint<{ readonly symbol?: MarketSymbol }, readonly ListedPosition[]> =>
  defineEndpoint<{ readonly symbol?: MarketSymbol }, readonly ListedPosition[]>({
    ...READ,
    path: `/futures/${settle}/positions`,
    encode: () => ({ query: { holding: true } }),
    decode: (body, { symbol: asked }, context) =>
      readArray(body, 'positions').flatMap((item) => {
        const row = readObject(item, 'position');
        const symbol = symbolOfRow(row, 'contract', 'position', context);
        if (symbol === undefined || (asked !== undefined && symbol !== asked)) return [];
        const position = decodePosition(row, symbol, settle, context);
        return isZero(position.contracts) ? [] : [position];
      }),
  });

/** Rows of markets without a position say how they are set, too. Source: Gate API v4 docs, list all positions of a user. */
const settings = (settle: FuturesSettle) =>
  defineEndpoint<{ readonly symbol: MarketSymbol }, Omit<PositionSettings, 'mode'>>({
    ...READ,
    path: `/futures/${settle}/positions`,
    encode: () => ({}),
    decode(body, { symbol }, { toCanonical }) {
      const rows = readArray(body, 'positions').map((item) => readObject(item, 'position'));
      return settingsOf(
        rows.filter(({ contract }) => typeof contract === 'string' && toCanonical(contract) === symbol),
      );
    },
  });

/** Source: Gate API v4 docs, enable or disable dual mode. */
const setMode = (settle: FuturesSettle) =>
  defineEndpoint<{ readonly mode: PositionMode }, void>({
    ...SETTING,
    path: `/futures/${settle}/dual_mode`,
    encode: ({ mode }) => ({ query: { dual_mode: mode === 'hedge' } }),
    decode: (body) => void readObject(body, 'account'),
  });

/**
 * A leverage other than zero also makes the margin isolated; cross margin is a leverage of zero with a limit of its own.
 * Source: Gate API v4 docs, update position leverage, also in dual mode.
 */
const setLeverage = (settle: FuturesSettle) =>
  defineEndpoint<SettingsChange, void>({
    ...SETTING,
    path: `/futures/${settle}/positions/{contract}/leverage`,
    encode({ symbol, current, leverage, marginMode = current.marginMode }, { toVenue }) {
      if (leverage === undefined) refuse('leverage', 'a leverage', leverage);
      if (marginMode === undefined)
        refuse('marginMode', "'cross' or 'isolated': the account does not say how it is", marginMode);
      const query = marginMode === 'cross' ? { leverage: 0, cross_leverage_limit: leverage } : { leverage };
      return { path: `${positionPath(settle, current.mode, toVenue(symbol))}/leverage`, query };
    },
    decode: readPositions,
  });

/**
 * In hedge mode, of one side; the margin mode, which the call asks for too, stays that of both.
 * Source: Gate API v4 docs, update leverage by position.
 */
const setSideLeverage = (settle: FuturesSettle) =>
  defineEndpoint<SettingsChange, void>({
    ...SETTING,
    path: `/futures/${settle}/positions/{contract}/set_leverage`,
    encode({ symbol, current, side, leverage, marginMode = current.marginMode }, { toVenue }) {
      if (current.mode !== 'hedge') refuse('side', 'none, because the account is in one-way mode', side);
      if (leverage === undefined) refuse('leverage', 'a leverage', leverage);
      if (marginMode === undefined || marginMode !== (current.marginMode ?? marginMode))
        refuse('marginMode', `${current.marginMode ?? "'cross' or 'isolated'"}, which both sides share`, marginMode);
      const query = { leverage, margin_mode: marginMode, dual_side: `dual_${side}` };
      return { path: `${positionPath(settle, 'one_way', toVenue(symbol))}/set_leverage`, query };
    },
    decode: readPositions,
  });

/** Source: Gate API v4 docs, switch between cross and isolated margin, also in dual mode. */
const setMarginMode = (settle: FuturesSettle) =>
  defineEndpoint<SettingsChange, void>({
    ...SETTING,
    path: `/futures/${settle}/positions/cross_mode`,
    encode: ({ symbol, current, marginMode }, { toVenue }) => ({
      path: `${positionPath(settle, current.mode)}/cross_mode`,
      body: { mode: marginMode === 'cross' ? 'CROSS' : 'ISOLATED', contract: toVenue(symbol) },
    }),
    decode: readPositions,
  });

/** Adds or takes out margin: not to be repeated. Source: Gate API v4 docs, update position margin, also in dual mode. */
const changeMargin = (settle: FuturesSettle) =>
  defineEndpoint<MarginChange, void>({
    ...SETTING,
    idempotent: false,
    path: `/futures/${settle}/positions/{contract}/margin`,
    encode({ symbol, position: { mode, side }, amount }, { toVenue }) {
      const sideOf = mode === 'hedge' ? { dual_side: `dual_${side}` } : {};
      return { path: `${positionPath(settle, mode, toVenue(symbol))}/margin`, query: { change: amount, ...sideOf } };
    },
    decode: readPositions,
  });

/** Limits are values in the settle currency. Source: Gate API v4 docs, list risk limit tiers. */
const riskLimits = (settle: FuturesSettle) =>
  defineEndpoint<{ readonly symbol: MarketSymbol }, readonly RiskLimitTier[]>({
    ...READ,
    auth: 'none',
    cost: { public: 1 },
    path: `/futures/${settle}/risk_limit_tiers`,
    encode: ({ symbol }, { toVenue }) => ({ query: { contract: toVenue(symbol) } }),
    decode: (body, { symbol }, context) =>
      readArray(body, 'risk_limit_tiers').map((item) =>
        decodeTier(readRowOf(item, symbol, 'contract', 'tier', context), symbol),
      ),
  });

function decodeTier(row: JsonObject, symbol: MarketSymbol): RiskLimitTier {
  const { tier, risk_limit, initial_rate, maintenance_rate, leverage_max } = row;
  return {
    symbol,
    tier: readInteger(tier, 'tier'),
    limit: readMoney(risk_limit, 'tier risk_limit'),
    unit: 'settle',
    maxLeverage: readMoney(leverage_max, 'tier leverage_max'),
    ...(initial_rate === undefined ? {} : { initialMarginRate: readMoney(initial_rate, 'tier initial_rate') }),
    maintenanceMarginRate: readMoney(maintenance_rate, 'tier maintenance_rate'),
  };
}

/** Payments are entries of the account's book, above zero what was received. Source: Gate API v4 docs, query account book. */
const fundingPayments = (settle: FuturesSettle) =>
  defineEndpoint<OrderHistoryParams, readonly FundingPayment[]>({
    ...READ,
    path: `/futures/${settle}/account_book`,
    encode: ({ symbol, from, to, ...paging }, { toVenue }) => ({
      query: { contract: toVenue(symbol), type: 'fund', ...spanInSeconds(from, to), ...pageOf(paging) },
    }),
    decode: (body, { symbol }, context) =>
      readArray(body, 'account_book')
        .map((item) => decodePayment(readRowOf(item, symbol, 'contract', 'account_book row', context), symbol, settle))
        .reverse()
        .sort((a, b) => a.paidAt - b.paidAt),
  });

function decodePayment(row: JsonObject, symbol: MarketSymbol, settle: FuturesSettle): FundingPayment {
  const { id, time, change, type } = row;
  if (type !== undefined && type !== 'fund') throw malformed('account_book row type', "'fund'", type);
  return {
    symbol,
    ...(id === undefined || id === '' ? {} : { id: readId(id, 'account_book row id') }),
    amount: readMoney(change, 'account_book row change'),
    asset: assetOf(settle),
    paidAt: readMoment(time, 'account_book row time'),
  };
}

function positionPath(settle: FuturesSettle, mode: PositionMode, contract?: string): string {
  const place = mode === 'hedge' ? 'dual_comp/positions' : 'positions';
  return `/futures/${settle}/${place}${contract === undefined ? '' : `/${encodeURIComponent(contract)}`}`;
}

/** One position, or a list of them: what was done is read anew. */
function readPositions(body: unknown): void {
  if (!Array.isArray(body)) readObject(body, 'position');
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
