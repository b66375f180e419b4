import { type JsonObject, readArray, readObject } from '../../../adapter/read.js';

/**
 * What a success carries. Samples of some calls show the data without its envelope, so a body that has none is the
 * data. Absent data reads as `undefined`. Source: MEXC contract API docs, return values.
 */
export function dataOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return 'success' in body ? (body as JsonObject)['data'] : body;
}

/**
 * The rows of a list: bare, or a page with `resultList`; which of them is not stable over the calls.
 * @throws {MalformedResponseError}
 */
export function rowsOf(body: unknown, where: string): readonly unknown[] {
  const data = dataOf(body);
  if (Array.isArray(data)) return data;
  return readArray(readObject(data, where)['resultList'], `${where} resultList`);
}
