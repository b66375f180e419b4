import type { ServiceState, SimHttpRequest, SimHttpResponse, VenueModel } from '../../contract.js';
import { FIREWALL_PAGE } from '../mexc/firewall.js';
import { IpGate } from './ip-gate.js';
import type { WireMarkets } from './markets.js';
import type { ListenKeys } from './private/listen-keys.js';
import { PRIVATE_ROUTES } from './private/routes.js';
import { servePrivate } from './private/serve.js';
import { UserGate } from './private/user-gate.js';
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

/** What the venue answers here is not documented; a page without a code is what a client must survive. */
const NOT_FOUND: SimHttpResponse = {
  status: 404,
  headers: HTML_TYPE,
  body: '<HTML><HEAD><TITLE>Not Found</TITLE></HEAD></HTML>',
};

/** The REST API of the venue: public calls are metered by address, keyed ones by user. The firewall sees all of them. */
export function createRest(
  model: VenueModel,
  markets: WireMarkets,
  listenKeys: ListenKeys,
): (request: SimHttpRequest) => SimHttpResponse {
  const gate = new IpGate();
  const world = { model, markets, listenKeys, gate: new UserGate() };
  return (request) => {
    const call = `${request.method} ${request.path}`;
    const state = model.service.stateOf(call);
    if (state !== undefined) return TROUBLE[state];
    const route = ROUTES.get(call);
    const keyed = PRIVATE_ROUTES.get(call);
    const weight = keyed === undefined ? (route?.weight ?? 1) : 0;
    const verdict = gate.admit(request.ip, weight, model.clock.monotonic());
    if (verdict.kind === 'waf') return FIREWALL_PAGE;
    if (verdict.kind === 'limit') return limited(verdict.retryAfterMs);
    if (route === undefined && keyed === undefined) return NOT_FOUND;
    try {
      if (keyed !== undefined) {
        const answer = servePrivate(request, keyed, world);
        if ('retryAfterMs' in answer) return limited(answer.retryAfterMs);
        return { status: 200, headers: JSON_TYPE, body: answer.body };
      }
      const now = Math.floor(model.clock.now());
      const query = new URLSearchParams(request.query);
      return { status: 200, headers: JSON_TYPE, body: route!.handler({ model, markets, query, now }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        status: error.status,
        headers: JSON_TYPE,
        body: JSON.stringify({ code: error.code, msg: error.message }),
      };
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

/** Source: MEXC spot v3 docs, HTTP statuses: a ban is 418, and code 500 speaks of maintenance in its text. */
const TROUBLE: Readonly<Record<ServiceState, SimHttpResponse>> = {
  maintenance: { status: 500, headers: JSON_TYPE, body: '{"code":500,"msg":"The system is under maintenance"}' },
  limited: limited(1_000),
  banned: { ...limited(120_000), status: 418 },
};
