import type { Instrument } from '../model/instrument.js';
import type { MarketSymbol } from '../model/symbol.js';

export type QueryValue = string | number | boolean | undefined;

/** The parts of a request that depend on its parameters. `undefined` query values are left out; order is kept. */
export interface RequestParts {
  /** Replaces the endpoint's path where it holds an id. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Printed as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface EncodeContext {
  /** @throws {ValidationError} for a symbol that the venue does not list. */
  toVenue(symbol: MarketSymbol): string;
  /** The rules of a listed market. @throws {ValidationError} for a symbol that the venue does not list. */
  instrument(symbol: MarketSymbol): Instrument;
}

export interface DecodeContext {
  /** `undefined` for a string that is not in the instrument list. */
  toCanonical(venueSymbol: string): MarketSymbol | undefined;
  /** The rules of a market that {@link toCanonical} or the caller named. @throws {ValidationError} for another one. */
  instrument(symbol: MarketSymbol): Instrument;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
  /** Reports something unknown but harmless (a field value, a row that cannot be read): counted, never fatal. */
  drift(what: string): void;
}

/** Which calls go first when a budget is short: from left to right; `cancel` alone may use a budget's reserve. */
export type Lane = 'cancel' | 'reduce' | 'query' | 'place' | 'data';

/** One REST call of a venue: data and two pure functions. */
export interface Endpoint<P, R> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the REST base, as documented; the metering key of limits with scope `endpoint`. */
  readonly path: string;
  readonly auth: 'none' | 'signed';
  /** Weight per limit bucket of the venue. */
  readonly cost: Readonly<Record<string, number>>;
  /** Whether sending it twice does no more than sending it once. */
  readonly idempotent: boolean;
  /** Default `data`. */
  readonly lane?: Lane;
  /** Whether the venue can be told not to act on it after a time; the signer then gets `expiresAt`. */
  readonly expires?: boolean;
  encode(params: P, context: EncodeContext): RequestParts;
  /**
   * @param body the parsed JSON of a successful answer; integers above 2^53 are decimal strings.
   * @throws {MalformedResponseError} when a field that matters is missing or impossible.
   */
  decode(body: unknown, params: P, context: DecodeContext): R;
}

/** Types an endpoint; returns it unchanged. */
export function defineEndpoint<P, R>(endpoint: Endpoint<P, R>): Endpoint<P, R> {
  return endpoint;
}
