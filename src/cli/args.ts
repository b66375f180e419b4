import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import { UsageError } from './usage-error.js';

export interface SimCommand {
  readonly name: 'sim';
  /** Of the first venue; the others follow. */
  readonly port: number;
  readonly seed: number | undefined;
}

export interface BookCommand {
  readonly name: 'book';
  readonly venue: string;
  readonly symbol: MarketSymbol;
  readonly json: boolean;
  readonly sim: boolean;
}

export interface DemoCommand {
  readonly name: 'demo';
  readonly seconds: number;
  readonly json: boolean;
  readonly live: boolean;
  readonly seed: number | undefined;
}

export type Command = SimCommand | BookCommand | DemoCommand | { readonly name: 'help' | 'version' };

type Options = NonNullable<ParseArgsConfig['options']>;

const FLAG = { type: 'boolean' } as const;
const VALUE = { type: 'string' } as const;

/**
 * Reads the words after `cex`.
 * @throws {UsageError} that says what was expected.
 * @throws {ValidationError} for a symbol that is not canonical.
 */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') return { name: 'version' };
  if (name === '--help' || name === '-h' || name === 'help' || rest.includes('--help')) return { name: 'help' };
  if (name === 'sim') return parseSim(rest);
  if (name === 'book') return parseBook(rest);
  if (name === 'demo') return parseDemo(rest);
  throw new UsageError(`expected sim, book, demo, --help or --version, received ${name ?? 'nothing'}`);
}

function parseSim(argv: readonly string[]): SimCommand {
  const { values } = parse(argv, { port: VALUE, seed: VALUE }, 0);
  return { name: 'sim', port: readNumber('--port', values.port, 18_080, 1, 65_534), seed: readSeed(values.seed) };
}

function parseBook(argv: readonly string[]): BookCommand {
  const { values, positionals } = parse(argv, { json: FLAG, sim: FLAG }, 2);
  const [venue, symbol] = positionals;
  if (venue === undefined || symbol === undefined) {
    throw new UsageError('book: expected VENUE SYMBOL, as in: cex book mexc_spot BTC/USDT');
  }
  parseSymbol(symbol);
  return {
    name: 'book',
    venue,
    symbol: symbol as MarketSymbol,
    json: values.json ?? false,
    sim: values.sim ?? false,
  };
}

function parseDemo(argv: readonly string[]): DemoCommand {
  const { values } = parse(argv, { seconds: VALUE, json: FLAG, live: FLAG, seed: VALUE }, 0);
  const { json = false, live = false } = values;
  const seed = readSeed(values.seed);
  if (live && seed !== undefined)
    throw new UsageError('--seed: the real exchanges have none, leave out --live or --seed');
  return { name: 'demo', seconds: readNumber('--seconds', values.seconds, 20, 1, 86_400, false), json, live, seed };
}

function parse<const O extends Options>(argv: readonly string[], options: O, mostPositionals: number) {
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

function readSeed(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readNumber('--seed', text, 0, 0, Number.MAX_SAFE_INTEGER);
}

function readNumber(
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
