import type { Endpoint } from '../adapter/endpoint.js';
import type { Venue } from '../adapter/venue.js';
import { ValidationError } from '../errors/kinds.js';

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A call of an endpoint that the library does not wrap. */
export interface RawCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the REST base, without query: `/api/v3/avgPrice`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Weight per limit bucket of the venue; default that of its lightest call of the kind, public or signed. */
  readonly cost?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
}

/**
 * The call as an endpoint of the venue.
 * @param usualCost where the call names none.
 * @throws {ValidationError} naming the field that is wrong.
 */
export function defineRawEndpoint(
  venue: Venue,
  call: RawCall,
  usualCost: Readonly<Record<string, number>>,
): Endpoint<undefined, unknown> {
  check(venue, call);
  const { method, path, query, body } = call;
  return {
    method,
    path,
    auth: 'none',
    cost: call.cost ?? usualCost,
    idempotent: method === 'GET',
    encode: () => ({ ...(query && { query }), ...(body === undefined ? {} : { body }) }),
    decode: (answer) => answer,
  };
}

function check(venue: Venue, call: RawCall): void {
  if (typeof call !== 'object' || call === null)
    throw new ValidationError({ field: 'call', expected: 'an object with method and path', received: call });
  const { method, path, cost } = call;
  if (!METHODS.includes(method))
    throw new ValidationError({ field: 'method', expected: `one of ${METHODS.join(', ')}`, received: method });
  if (typeof path !== 'string' || !/^\/[^?#\s]*$/.test(path))
    throw new ValidationError({ field: 'path', expected: 'a path below the REST base, without query', received: path });
  for (const [name, weight] of Object.entries(cost ?? {})) {
    const limit = venue.limits[name];
    if (limit === undefined) {
      const expected = `one of the venue's budgets: ${Object.keys(venue.limits).join(', ')}`;
      throw new ValidationError({ field: 'cost', expected, received: name });
    }
    if (!(Number.isInteger(weight) && weight >= 0 && weight <= limit.capacity)) {
      const expected = `a whole number from 0 to ${limit.capacity}`;
      throw new ValidationError({ field: `cost.${name}`, expected, received: weight });
    }
  }
}
