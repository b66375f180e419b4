import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.js';

type Options = NonNullable<ParseArgsConfig['options']>;

export const FLAG = { type: 'boolean' } as const;
export const VALUE = { type: 'string' } as const;

/** Options and positionals of a command. @throws {UsageError} for anything that is not expected. */
export function readWords<const O extends Options>(argv: readonly string[], options: O, mostPositionals: number) {
  const parsed = parseStrictly(argv, options);
  const extra = parsed.positionals[mostPositionals];
  if (extra !== undefined) throw new UsageError(`unexpected argument ${extra}`);
  return parsed;
}

function parseStrictly<const O extends Options>(argv: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node adds a paragraph of advice that does not fit on a line.
    if (error instanceof TypeError) throw new UsageError(error.message.split(/\. |\n/)[0] ?? error.message);
    throw error;
  }
}

/** A number of the command line; `missing` where it is not given. @throws {UsageError} out of bounds. */
export function readNumber(
  option: string,
  text: string | undefined,
  missing: number,
  least: number,
  most: number,
  whole = true,
): number {
  if (text === undefined) return missing;
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(
    `${option}: expected a ${whole ? 'whole ' : ''}number from ${least} to ${most}, received ${text}`,
  );
}
