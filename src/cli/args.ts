import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import { type ArbCommand, parseArb } from './arb/arb-command.js';
import { FLAG, readNumber, readWords, VALUE } from './read-words.js';
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
  /** Ends the engine of the strategy in the middle, as a crash would, and starts it again. */
  readonly kill: boolean;
  readonly seed: number | undefined;
}

export type Command = SimCommand | BookCommand | DemoCommand | ArbCommand | { readonly name: 'help' | 'version' };

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
  if (name === 'arb') return parseArb(rest);
  throw new UsageError(`expected sim, book, arb, demo, --help or --version, received ${name ?? 'nothing'}`);
}

function parseSim(argv: readonly string[]): SimCommand {
  const { values } = readWords(argv, { port: VALUE, seed: VALUE }, 0);
  return { name: 'sim', port: readNumber('--port', values.port, 18_080, 1, 65_531), seed: readSeed(values.seed) };
}

function parseBook(argv: readonly string[]): BookCommand {
  const { values, positionals } = readWords(argv, { json: FLAG, sim: FLAG }, 2);
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
  const { values } = readWords(argv, { seconds: VALUE, json: FLAG, live: FLAG, kill: FLAG, seed: VALUE }, 0);
  const { json = false, live = false, kill = false } = values;
  if (live && kill) throw new UsageError('--kill: the strategy runs on the simulator only, leave out --live or --kill');
  const seed = readSeed(values.seed);
  if (live && seed !== undefined)
    throw new UsageError('--seed: the real exchanges have none, leave out --live or --seed');
  return {
    name: 'demo',
    seconds: readNumber('--seconds', values.seconds, 20, 1, 86_400, false),
    json,
    live,
    kill,
    seed,
  };
}

function readSeed(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readNumber('--seed', text, 0, 0, Number.MAX_SAFE_INTEGER);
}
