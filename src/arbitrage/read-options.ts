import { ConfigurationError } from '../errors/kinds.js';

/** Least and most of a number. */
export type Bounds = readonly [least: number, most: number];

/**
 * Numbers of an options object, each within its bounds; what is absent is the default's.
 * @throws {ConfigurationError} naming the option that is unknown or out of bounds.
 */
export function readNumbers<T extends Readonly<Record<string, number>>>(
  given: object,
  defaults: T,
  bounds: Readonly<Record<keyof T, Bounds>>,
  others: readonly string[] = [],
  place = '',
): T {
  if (typeof given !== 'object' || given === null) refuse(place.slice(0, -1), 'an object', given);
  const known = [...Object.keys(defaults), ...others];
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) refuse(`${place}${unknown}`, `one of ${known.join(', ')}`, unknown);
  const read: Record<string, number> = {};
  for (const [name, usual] of Object.entries(defaults)) {
    const value = (given as Record<string, unknown>)[name] ?? usual;
    const [least, most] = bounds[name] as Bounds;
    if (typeof value !== 'number' || !(value >= least && value <= most))
      refuse(`${place}${name}`, `a number from ${least} to ${most}`, value);
    read[name] = value;
  }
  return read as T;
}

/** @throws {ConfigurationError} always. */
export function refuse(field: string, expected: string, received: unknown): never {
  throw new ConfigurationError({ field, expected, received });
}
