import { invalidValue, missing, RestRefusal } from './refusal.js';

/** Fields of a JSON body or of one item of it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Something with a raw body. */
interface HasBody {
  readonly body: string;
}

/** The body as an object. @throws {RestRefusal} */
export function readObject({ body }: HasBody): Fields {
  return asObject(parse(body));
}

/** The body as a list of objects, not empty. @throws {RestRefusal} */
export function readList({ body }: HasBody): readonly Fields[] {
  const list = parse(body);
  if (!Array.isArray(list) || list.length === 0) throw badBody();
  return list.map(asObject);
}

/** A field as text; numbers are printed. `undefined` when absent, null or empty. @throws {RestRefusal} */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw invalidValue(name);
}

/** @throws {RestRefusal} when it is absent. */
export function requiredText(fields: Fields, name: string): string {
  const text = textOf(fields, name);
  if (text === undefined) throw missing(name);
  return text;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw badBody();
  }
}

function asObject(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badBody();
  return value as Fields;
}

function badBody(): RestRefusal {
  return new RestRefusal(400, 'INVALID_REQUEST_BODY', 'The request body cannot be read');
}
