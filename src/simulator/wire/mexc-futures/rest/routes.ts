import * as books from './books.js';
import type { ContractHandler } from './call.js';
import * as candles from './candles.js';
import * as reference from './detail.js';
import type { EndpointLimit } from './endpoint-gate.js';
import * as prices from './prices.js';
import { ticker } from './ticker.js';

export interface PublicRoute {
  readonly handler: ContractHandler;
  readonly limit: EndpointLimit;
}

const route = (handler: ContractHandler, requests = 20): PublicRoute => ({
  handler,
  limit: { requests, windowMs: 2_000 },
});

/** Under `/api/v1/`; each limit is by address. Source: MEXC contract docs, market endpoints, 2026. */
export const PUBLIC_ROUTES: Readonly<Record<string, PublicRoute>> = {
  'GET contract/ping': route(reference.ping),
  'GET contract/detail': route(reference.detail, 10),
  'GET contract/support_currencies': route(reference.supportCurrencies),
  'GET contract/depth/{symbol}': route(books.depth, 10),
  'GET contract/depth_commits/{symbol}/{limit}': route(books.depthCommits),
  'GET contract/deals/{symbol}': route(books.deals),
  'GET contract/kline/{symbol}': route(candles.klines),
  'GET contract/kline/index_price/{symbol}': route(candles.indexKlines),
  'GET contract/kline/fair_price/{symbol}': route(candles.fairKlines),
  'GET contract/index_price/{symbol}': route(prices.indexPrice),
  'GET contract/fair_price/{symbol}': route(prices.fairPrice),
  'GET contract/funding_rate': route(prices.fundingRates),
  'GET contract/funding_rate/history': route(prices.fundingHistory),
  'GET contract/funding_rate/{symbol}': route(prices.fundingRate),
  'GET contract/risk_reverse': route(prices.riskReserve),
  'GET contract/ticker': route(ticker, 10),
};
