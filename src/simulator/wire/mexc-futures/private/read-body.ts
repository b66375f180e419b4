import { ValidationError } from '../../../../errors/kinds.js';
import { toDecimal } from '../../../../model/decimal.js';
import { Refusal, wrong } from '../rest/call.js';

/** Members of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Texts, which stay as they are, and whole numbers that a double may not hold. */
const LONG_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** Reads a body; `undefined` without one. @throws {Refusal} 601 when it is no JSON. */
export function readBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text.replace(LONG_NUMBERS, (part) => (part.startsWith('"') ? part : `"${part}"`)));
  } catch {
    throw new Refusal(601, 'The request body cannot be parsed');
  }
}

/** @throws {Refusal} unless it is an object. */
export function asFields(body: unknown): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw wrong('body');
  return body as Fields;
}

/** An absent body is an empty object. @throws {Refusal} */
export function asOptionalFields(body: unknown): Fields {
  return body === undefined ? {} : asFields(body);
}

/** @throws {Refusal} unless it is a list of at least one; 2014 for more than 50. */
export function asBatch(body: unknown): readonly unknown[] {
  if (!Array.isArray(body) || body.length === 0) throw wrong('body');
  if (body.length > 50) throw new Refusal(2014, 'Too many orders in one batch');
  return body;
}

/** A text; `undefined` when it was not sent or is empty. @throws {Refusal} */
export function readText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw wrong(name);
  return value;
}

/** An id: a text of digits, or a number. @throws {Refusal} */
export function readId(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,20}$/.test(text)) throw wrong(name);
  return text;
}

/** A number, or a number as text, in plain digits. @throws {Refusal} */
export function readNumber(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'number' && typeof value !== 'string') throw wrong(name);
  try {
    return toDecimal(value, name);
  } catch (error) {
    if (error instanceof ValidationError) throw wrong(name);
    throw error;
  }
}

/** @throws {Refusal} unless it is a whole number, also as text. */
export function readInteger(fields: Fields, name: string): number | undefined {
  const text = readNumber(fields, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw wrong(name);
  return value;
}

/** @throws {Refusal} */
export function readFlag(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw wrong(name);
}

/** @throws {Refusal} when it was not sent. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw wrong(name);
  return value;
}
