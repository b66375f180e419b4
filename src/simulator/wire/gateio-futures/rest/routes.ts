import { methodNotAllowed, notFound } from '../../gateio/rest/refusal.js';
import { decodeName } from '../../gateio/rest/route-table.js';
import { wallMs } from '../../gateio/wall-time.js';
import { candlesticks, premiumIndex } from './candlesticks.js';
import * as market from './market.js';
import type { PublicHandler } from './public-call.js';
import * as statistics from './statistics.js';

/** One public endpoint, ready to answer. */
export interface PublicRoute {
  /** `GET futures/contracts/*`: the same for every name. */
  readonly endpoint: string;
  readonly handler: PublicHandler;
  readonly name: string;
}

/** By method and path after `/api/v4/`, the settle asset left out; `*` is a name. Source: Gate API v4 docs, futures. */
const ROUTES: ReadonlyMap<string, PublicHandler> = new Map<string, PublicHandler>([
  ['GET spot/time', ({ model }) => ({ server_time: wallMs(model.clock) })],
  ['GET futures/contracts', market.listAll],
  ['GET futures/contracts_all', market.listAll],
  ['GET futures/contracts/*', market.one],
  ['GET futures/order_book', market.orderBook],
  ['GET futures/trades', market.trades],
  ['GET futures/tickers', market.tickers],
  ['GET futures/candlesticks', candlesticks],
  ['GET futures/premium_index', premiumIndex],
  ['GET futures/funding_rate', statistics.fundingRates],
  ['POST futures/funding_rates', statistics.fundingRatesOfSeveral],
  ['GET futures/insurance', statistics.insurance],
  ['GET futures/contract_stats', statistics.contractStats],
  ['GET futures/index_constituents/*', statistics.indexConstituents],
  ['GET futures/liq_orders', statistics.liquidations],
  ['GET futures/risk_limit_tiers', statistics.riskLimitTiers],
  ['GET futures/risk_limit_table', statistics.riskLimitTable],
  ['GET futures/adl_risk_states', statistics.adlStates],
]);

/** @param path after `/api/v4/`, without the settle asset. @throws {RestRefusal} when there is no such path, or not with this method. */
export function findPublicRoute(method: string, path: string): PublicRoute {
  const found = lookUp(method, path);
  if (found !== undefined) return found;
  if (lookUp('GET', path) ?? lookUp('POST', path)) throw methodNotAllowed(method);
  throw notFound();
}

function lookUp(method: string, path: string): PublicRoute | undefined {
  const exact = ROUTES.get(`${method} ${path}`);
  if (exact !== undefined) return { endpoint: `${method} ${path}`, handler: exact, name: '' };
  const cut = path.lastIndexOf('/');
  if (cut < 0 || cut === path.length - 1) return undefined;
  const endpoint = `${method} ${path.slice(0, cut)}/*`;
  const handler = ROUTES.get(endpoint);
  return handler && { endpoint, handler, name: decodeName(path.slice(cut + 1)) };
}
