import type { SimHttpRequest, SimHttpResponse, VenueModel } from '../../contract.js';
import { IpGate } from './ip-gate.js';
import type { WireMarkets } from './markets.js';
import { Refusal, type RestHandler } from './rest-call.js';
import { averagePrice, klines } from './rest-candles.js';
import { aggTrades, depth, trades } from './rest-market.js';
import { defaultSymbols, exchangeInfo, offlineSymbols, ping, time } from './rest-reference.js';
import { bookTicker, priceTicker, ticker24h } from './rest-tickers.js';

interface Route {
  readonly weight: number;
  readonly handler: RestHandler;
}

/** Weights count against the address. Source: MEXC spot v3 docs, market data endpoints, 2026. */
const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET /api/v3/ping', { weight: 1, handler: ping }],
  ['GET /api/v3/time', { weight: 1, handler: time }],
  ['GET /api/v3/defaultSymbols', { weight: 1, handler: defaultSymbols }],
  ['GET /api/v3/symbol/offline', { weight: 10, handler: offlineSymbols }],
  ['GET /api/v3/exchangeInfo', { weight: 25, handler: exchangeInfo }],
  ['GET /api/v3/depth', { weight: 3, handler: depth }],
  ['GET /api/v3/trades', { weight: 5, handler: trades }],
  ['GET /api/v3/aggTrades', { weight: 1, handler: aggTrades }],
  ['GET /api/v3/klines', { weight: 1, handler: klines }],
  ['GET /api/v3/avgPrice', { weight: 1, handler: averagePrice }],
  ['GET /api/v3/ticker/24hr', { weight: 25, handler: ticker24h }],
  ['GET /api/v3/ticker/price', { weight: 10, handler: priceTicker }],
  ['GET /api/v3/ticker/bookTicker', { weight: 10, handler: bookTicker }],
]);

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html' };

/** The firewall's page: no JSON, no `Retry-After`. */
const BLOCKED: SimHttpResponse = {
  status: 403,
  headers: HTML_TYPE,
  body: '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD></HTML>',
};

/** What the venue answers here is not documented; a page without a code is what a client must survive. */
const NOT_FOUND: SimHttpResponse = {
  status: 404,
  headers: HTML_TYPE,
  body: '<HTML><HEAD><TITLE>Not Found</TITLE></HEAD></HTML>',
};

/** The public REST API of the venue, metered by address. */
export function createRest(model: VenueModel, markets: WireMarkets): (request: SimHttpRequest) => SimHttpResponse {
  const gate = new IpGate();
  return (request) => {
    const route = ROUTES.get(`${request.method} ${request.path}`);
    const verdict = gate.admit(request.ip, route?.weight ?? 1, model.clock.monotonic());
    if (verdict.kind === 'waf') return BLOCKED;
    if (verdict.kind === 'limit') return limited(verdict.retryAfterMs);
    if (route === undefined) return NOT_FOUND;
    try {
      const now = Math.floor(model.clock.now());
      const query = new URLSearchParams(request.query);
      return { status: 200, headers: JSON_TYPE, body: route.handler({ model, markets, query, now }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: 400, headers: JSON_TYPE, body: JSON.stringify({ code: error.code, msg: error.message }) };
    }
  };
}

function limited(retryAfterMs: number): SimHttpResponse {
  return {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) },
    body: '{"code":429,"msg":"Too Many Requests"}',
  };
}
