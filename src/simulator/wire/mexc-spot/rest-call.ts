import type { VenueModel } from '../../contract.js';
import type { WireMarket, WireMarkets } from './markets.js';

/** What a REST handler works with. */
export interface RestCall {
  readonly model: VenueModel;
  readonly markets: WireMarkets;
  readonly query: URLSearchParams;
  /** Epoch ms by the venue's clock, whole. */
  readonly now: number;
}

/** Answers one endpoint with a JSON text. @throws {Refusal} */
export type RestHandler = (call: RestCall) => string;

/** An error answer: `{"code":…,"msg":…}`, nearly always with the HTTP status 400. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;

  constructor(code: number, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The market that `symbol` names. @throws {Refusal} 44444 without it, -1121 for an unknown or lower-case name. */
export function requireMarket({ query, markets }: RestCall): WireMarket {
  const id = query.get('symbol');
  if (id === null || id === '') throw missing('symbol');
  return marketOf(markets, id);
}

/** The market that the optional `symbol` names; `undefined` = all are asked for. @throws {Refusal} -1121 */
export function optionalMarket({ query, markets }: RestCall): WireMarket | undefined {
  const id = query.get('symbol');
  return id === null ? undefined : marketOf(markets, id);
}

/** The markets of a comma list `symbols`; `undefined` = none was sent. @throws {Refusal} -1121 for the first unknown one. */
export function optionalMarkets({ query, markets }: RestCall): readonly WireMarket[] | undefined {
  return query
    .get('symbols')
    ?.split(',')
    .map((id) => marketOf(markets, id));
}

/** A positive whole number; more than `max` is cut silently, as the venue does. @throws {Refusal} 33333 */
export function readLimit({ query }: RestCall, fallback: number, max: number): number {
  const limit = readWhole(query, 'limit') ?? fallback;
  if (limit < 1) throw wrong('limit');
  return Math.min(limit, max);
}

/** `startTime` and `endTime`, epoch ms. @throws {Refusal} 33333 unless whole numbers, -1128 when the start is later. */
export function readTimes({ query }: RestCall): {
  readonly start: number | undefined;
  readonly end: number | undefined;
} {
  const start = readWhole(query, 'startTime');
  const end = readWhole(query, 'endTime');
  if (start !== undefined && end !== undefined && start > end) throw badCombination();
  return { start, end };
}

export function missing(name: string): Refusal {
  return new Refusal(44444, `Mandatory parameter '${name}' was not sent.`);
}

export function wrong(name: string): Refusal {
  return new Refusal(33333, `Parameter '${name}' error.`);
}

export function badCombination(): Refusal {
  return new Refusal(-1128, 'Combination of optional parameters invalid.');
}

function marketOf(markets: WireMarkets, id: string): WireMarket {
  const market = markets.get(id);
  if (market === undefined) throw new Refusal(-1121, 'Invalid symbol.');
  return market;
}

function readWhole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw wrong(name);
  return value;
}
