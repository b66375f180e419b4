import { printAmount } from '../../../accounts/amount.js';
import { markPrice } from '../../../positions/valuation.js';
import { CANDLE_WINDOWS } from '../../gateio/candle-windows.js';
import { printUnits } from '../../gateio/print-units.js';
import { readInteger, readRequired } from '../../gateio/rest/params.js';
import { invalidValue, RestRefusal } from '../../gateio/rest/refusal.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import { printRate } from '../contract-fields.js';
import { statsFields } from '../contract-stats.js';
import type { Contract } from '../contracts.js';
import { findContract, optionalContract, readContract } from './params.js';
import type { PublicHandler } from './public-call.js';

const MAX_FUNDING_ROWS = 1_000;
const MAX_LIQUIDATION_SPAN_S = 3_600;
const MAX_SECONDS = 100_000_000_000;
const STATS_INTERVALS: readonly string[] = ['5m', '15m', '30m', '1h', '4h', '1d'];

/** `GET /futures/{settle}/funding_rate`, newest first. Source: Gate API v4 docs, funding rate history. */
export const fundingRates: PublicHandler = ({ query, contracts }) => {
  const contract = readContract(query, contracts);
  const limit = readInteger(query, 'limit', 1, MAX_FUNDING_ROWS) ?? 100;
  const [from, to] = [readInteger(query, 'from', 0, MAX_SECONDS), readInteger(query, 'to', 0, MAX_SECONDS)];
  const rows = fundingRows(contract).filter(({ t }) => t >= (from ?? 0) && t <= (to ?? MAX_SECONDS));
  return rows.slice(0, limit);
};

/** `POST /futures/{settle}/funding_rates`: several contracts at once. Source: Gate API v4 docs, batch funding rates. */
export const fundingRatesOfSeveral: PublicHandler = ({ body, contracts }) => {
  const names = namesOf(body);
  return names.map((id) => ({ contract: id, data: fundingRows(findContract(contracts, id)).slice(0, 100) }));
};

/** The stamp may be a second late. */
function fundingRows({ perpetual }: Contract): Array<{ t: number; r: string }> {
  return perpetual.prices.fundingHistory
    .map(({ at, rateMillionths }, index) => ({
      t: toSeconds(at) + (index % 3 === 0 ? 1 : 0),
      r: printRate(rateMillionths),
    }))
    .reverse();
}

/** `GET /futures/{settle}/insurance`. Source: Gate API v4 docs, insurance balance history. */
export const insurance: PublicHandler = ({ query, model }) => {
  const limit = readInteger(query, 'limit', 1, 100) ?? 30;
  const today = Math.floor(wallMs(model.clock) / 86_400_000) * 86_400;
  return Array.from({ length: limit }, (_, day) => ({ t: today - day * 86_400, b: '83000000' }));
};

/** `GET /futures/{settle}/contract_stats`, oldest first. Source: Gate API v4 docs, futures stats. */
export const contractStats: PublicHandler = (call) => {
  const { query, contracts, model, sizes } = call;
  const { perpetual } = readContract(query, contracts);
  const interval = query.get('interval') ?? '5m';
  const windows = STATS_INTERVALS.includes(interval) ? CANDLE_WINDOWS.get(interval) : undefined;
  if (windows === undefined) throw invalidValue('interval');
  const limit = readInteger(query, 'limit', 1, 100) ?? 30;
  const current = windows.indexOf(wallMs(model.clock));
  const from = readInteger(query, 'from', 0, MAX_SECONDS);
  const first = from === undefined ? current - limit + 1 : windows.indexOf(from * 1_000);
  const count = Math.min(limit, current - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    statsFields(perpetual, windows.opensAt(first + index), sizes),
  );
};

/** `GET /futures/{settle}/index_constituents/{index}`. Source: Gate API v4 docs, index constituents. */
export const indexConstituents: PublicHandler = ({ contracts, name }) => {
  const { id, perpetual } = findContract(contracts, name);
  const price = printAmount(markPrice(perpetual));
  return {
    index: id,
    constituents: ['Simulator A', 'Simulator B'].map((exchange) => ({ exchange, symbols: [id], price, weight: '0.5' })),
  };
};

/** `GET /futures/{settle}/liq_orders`, newest first. Source: Gate API v4 docs, liquidation orders. */
export const liquidations: PublicHandler = ({ query, contracts, model, sizes }) => {
  const asked = optionalContract(query, contracts);
  const to = readInteger(query, 'to', 0, MAX_SECONDS) ?? toSeconds(wallMs(model.clock));
  const from = readInteger(query, 'from', 0, MAX_SECONDS) ?? to - MAX_LIQUIDATION_SPAN_S;
  if (to - from > MAX_LIQUIDATION_SPAN_S) throw invalidValue('from');
  const limit = readInteger(query, 'limit', 1, 1_000) ?? 100;
  const rows = (asked === undefined ? [...contracts.values()] : [asked]).flatMap(({ id, perpetual }) =>
    perpetual.liquidations.map(({ at, lots, orderTicks, fillTicks }) => ({
      time: toSeconds(at),
      contract: id,
      size: sizes.print(perpetual.spec, lots),
      order_size: sizes.print(perpetual.spec, -lots),
      order_price: printUnits(orderTicks, perpetual.spec.priceDecimals),
      fill_price: printUnits(fillTicks, perpetual.spec.priceDecimals),
      left: sizes.print(perpetual.spec, 0),
    })),
  );
  return rows
    .filter(({ time }) => time >= from && time <= to)
    .sort((a, b) => b.time - a.time)
    .slice(0, limit);
};

/** `GET /futures/{settle}/risk_limit_tiers`: pages count contracts. Source: Gate API v4 docs, risk limit tiers. */
export const riskLimitTiers: PublicHandler = ({ query, contracts }) => {
  const asked = optionalContract(query, contracts);
  const limit = readInteger(query, 'limit', 1, 100) ?? 100;
  const offset = readInteger(query, 'offset', 0, MAX_SECONDS) ?? 0;
  const listed = asked === undefined ? [...contracts.values()].slice(offset, offset + limit) : [asked];
  return listed.flatMap((contract) => tierRows(contract).map((row) => ({ ...row, contract: contract.id })));
};

/** `GET /futures/{settle}/risk_limit_table`. Source: Gate API v4 docs, risk limit table. */
export const riskLimitTable: PublicHandler = ({ query, contracts }) => {
  const id = readRequired(query, 'table_id');
  if (!id.startsWith(TABLE_PREFIX)) throw new RestRefusal(400, 'INVALID_PARAM_VALUE', 'Invalid param value: table_id');
  return tierRows(findContract(contracts, id.slice(TABLE_PREFIX.length)));
};

const TABLE_PREFIX = 'CUSTOM_';

function tierRows({ perpetual }: Contract): Array<Record<string, unknown>> {
  return perpetual.terms.tiers.map(({ tier, limit, initialRate, maintenanceRate, maxLeverage, deduction }) => ({
    tier,
    risk_limit: limit,
    initial_rate: initialRate,
    maintenance_rate: maintenanceRate,
    leverage_max: String(maxLeverage),
    deduction,
  }));
}

/** `GET /futures/{settle}/adl_risk_states`: nobody is deleveraged here. Source: Gate API v4 docs, ADL risk states. */
export const adlStates: PublicHandler = ({ contracts, model }) => {
  const now = wallMs(model.clock);
  const states = [...contracts.keys()].map((id) => [id, { state: 'normal', calculated_at_ms: now }]);
  const settle = [...contracts.values()][0]?.perpetual.terms.settle.toLowerCase();
  return { settle, states: Object.fromEntries(states) };
};

function namesOf(body: string): string[] {
  let fields: unknown;
  try {
    fields = JSON.parse(body);
  } catch {
    fields = undefined;
  }
  const names = (fields as { contracts?: unknown } | null | undefined)?.contracts;
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  throw new RestRefusal(400, 'INVALID_REQUEST_BODY', 'The request body cannot be read');
}
