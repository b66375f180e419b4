import type { VenueModel } from '../../../contract.js';
import { readRequired } from '../../gateio/rest/params.js';
import { methodNotAllowed, notFound } from '../../gateio/rest/refusal.js';
import { wallMs } from '../../gateio/wall-time.js';
import type { Pairs } from '../pairs.js';
import { candlesticks } from './candlesticks.js';
import { describeChains, describeCurrency, findCurrency, listCurrencies } from './currencies.js';
import { describePair } from './currency-pairs.js';
import { orderBook } from './order-book.js';
import { findPair } from './params.js';
import { tickers } from './tickers.js';
import { trades } from './trades.js';

const PREFIX = '/api/v4/';

/** Makes the body of one answer. @throws {RestRefusal} */
type Answer = (query: URLSearchParams, model: VenueModel, pairs: Pairs, name: string) => string;

/** One endpoint as the venue meters it, ready to answer. */
export interface Route {
  /** `/spot/currencies/{name}`: the same for every name. */
  readonly endpoint: string;
  answer(query: URLSearchParams, model: VenueModel, pairs: Pairs): string;
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  'spot/time': (_query, { clock }) => `{"server_time":${wallMs(clock)}}`,
  'spot/currencies': (_query, _model, pairs) => JSON.stringify(listCurrencies(pairs).map(describeCurrency)),
  'spot/currencies/*': (_query, _model, pairs, name) => JSON.stringify(describeCurrency(findCurrency(pairs, name))),
  'spot/currency_pairs': (_query, _model, pairs) => JSON.stringify([...pairs.values()].map(describePair)),
  'spot/currency_pairs/*': (_query, _model, pairs, name) => JSON.stringify(describePair(findPair(pairs, name))),
  'spot/tickers': tickers,
  'spot/order_book': orderBook,
  'spot/trades': trades,
  'spot/candlesticks': candlesticks,
  'wallet/currency_chains': (query, _model, pairs) =>
    JSON.stringify(describeChains(findCurrency(pairs, readRequired(query, 'currency')))),
  // No market of the simulator can be traded on margin; clients that list them together with spot get the empty list.
  'margin/currency_pairs': () => '[]',
};

/** @throws {RestRefusal} when there is no such path, or not with this method. */
export function findRoute(method: string, path: string): Route {
  if (!path.startsWith(PREFIX)) throw notFound();
  const parts = path.slice(PREFIX.length).split('/');
  const name = parts.length === 3 ? decode(parts[2]!) : '';
  const endpoint = parts.length === 3 ? `${parts[0]}/${parts[1]}/*` : parts.join('/');
  const answer = Object.hasOwn(ANSWERS, endpoint) ? ANSWERS[endpoint] : undefined;
  if (answer === undefined || (parts.length === 3 && name === '')) throw notFound();
  if (method !== 'GET') throw methodNotAllowed(method);
  return { endpoint, answer: (query, model, pairs) => answer(query, model, pairs, name) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
