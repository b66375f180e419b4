import { type JsonObject, malformed, readObject } from '../../adapter/read.js';
import type { MarketSymbol } from '../../model/symbol.js';

/** What reading a row of the account needs. */
export interface RowContext {
  /** `undefined` for a string that is not in the instrument list. */
  toCanonical(venueSymbol: string): MarketSymbol | undefined;
  /** Reports something unknown but harmless. */
  drift(what: string): void;
}

/** The field that names the market of a row. */
export type MarketField = 'currency_pair' | 'contract';

/**
 * The market of a row; `undefined` for one that is not in the instrument list, which is reported.
 * @throws {MalformedResponseError} when the row names none.
 */
export function symbolOfRow(
  row: JsonObject,
  field: MarketField,
  where: string,
  context: RowContext,
): MarketSymbol | undefined {
  const market = row[field];
  if (typeof market !== 'string') throw malformed(`${where} ${field}`, 'a text', market);
  const symbol = context.toCanonical(market);
  if (symbol === undefined) context.drift(`${where} of the unknown market ${market.slice(0, 40)}`);
  return symbol;
}

/** @throws {MalformedResponseError} when the row is of another market than was asked about. */
export function readRowOf(
  value: unknown,
  symbol: MarketSymbol,
  field: MarketField,
  where: string,
  { toCanonical }: Pick<RowContext, 'toCanonical'>,
): JsonObject {
  const row = readObject(value, where);
  const market = row[field];
  if (market === undefined) return row;
  if (typeof market === 'string' && toCanonical(market) === symbol) return row;
  throw malformed(`${where} ${field}`, `that of ${symbol}`, market);
}

/** Our id; the venue writes the source of the order in its place when there is none. */
export function clientIdOf(text: unknown): string | undefined {
  return typeof text === 'string' && text.startsWith('t-') ? text : undefined;
}
