import { LIVE_CONFIRMATION, type TradingMode } from '../../arbitrage/tasks/manager-options.js';
import { type MarketSymbol, parseSymbol } from '../../model/symbol.js';
import { FLAG, readNumber, readWords, VALUE } from '../read-words.js';
import { UsageError } from '../usage-error.js';

export interface ArbScanCommand {
  readonly name: 'arb';
  readonly what: 'scan';
  readonly symbols: readonly MarketSymbol[];
  readonly minBps: number;
  /** 0 = until stopped. */
  readonly seconds: number;
  readonly json: boolean;
  readonly sim: boolean;
}

export interface ArbRunCommand {
  readonly name: 'arb';
  readonly what: 'run';
  readonly config: string | undefined;
  readonly journal: string;
  /** JSON, or `@` and the path of a file. */
  readonly task: string | undefined;
  readonly mode: TradingMode;
  readonly confirm: string | undefined;
  readonly json: boolean;
  /** Takes over what can be read of a damaged journal; its tasks wait for a person. */
  readonly quarantine: boolean;
  /** A task that waits for a person. */
  readonly start: string | undefined;
  /** Ends after so many; 0 = until stopped. */
  readonly cycles: number;
}

export interface ArbShowCommand {
  readonly name: 'arb';
  readonly what: 'tasks' | 'show';
  readonly journal: string;
  readonly task: string | undefined;
}

export type ArbCommand =
  | ArbScanCommand
  | ArbRunCommand
  | ArbShowCommand
  | { readonly name: 'arb'; readonly what: 'states' };

const MODES: readonly TradingMode[] = ['dry-run', 'paper', 'live'];

/** Reads the words after `cex arb`. @throws {UsageError} that says what was expected. */
export function parseArb([what, ...rest]: readonly string[]): ArbCommand {
  if (what === 'scan') return parseScan(rest);
  if (what === 'run') return parseRun(rest);
  if (what === 'tasks' || what === 'show') return parseShow(what, rest);
  if (what === 'states') {
    readWords(rest, {}, 0);
    return { name: 'arb', what };
  }
  throw new UsageError(`arb: expected scan, run, tasks, show or states, received ${what ?? 'nothing'}`);
}

function parseScan(argv: readonly string[]): ArbScanCommand {
  const options = { 'min-bps': VALUE, seconds: VALUE, json: FLAG, sim: FLAG };
  const { values, positionals } = readWords(argv, options, 50);
  for (const symbol of positionals) parseSymbol(symbol);
  return {
    name: 'arb',
    what: 'scan',
    symbols: (positionals.length === 0 ? ['BTC/USDT', 'ETH/USDT'] : positionals) as MarketSymbol[],
    minBps: readNumber('--min-bps', values['min-bps'], 25, 0, 10_000, false),
    seconds: readNumber('--seconds', values.seconds, 0, 0, 86_400, false),
    json: values.json ?? false,
    sim: values.sim ?? false,
  };
}

function parseRun(argv: readonly string[]): ArbRunCommand {
  const options = {
    config: VALUE,
    journal: VALUE,
    task: VALUE,
    mode: VALUE,
    confirm: VALUE,
    json: FLAG,
    quarantine: FLAG,
    start: VALUE,
    cycles: VALUE,
  };
  const { values } = readWords(argv, options, 0);
  const { journal, mode = 'dry-run' } = values;
  if (journal === undefined) throw new UsageError('arb run: expected --journal PATH');
  if (!MODES.includes(mode as TradingMode))
    throw new UsageError(`--mode: expected ${MODES.join(', ')}, received ${mode}`);
  if (mode === 'live' && values.confirm !== LIVE_CONFIRMATION) {
    throw new UsageError(
      `--confirm: expected '${LIVE_CONFIRMATION}' with --mode live, received ${values.confirm ?? 'nothing'}`,
    );
  }
  return {
    name: 'arb',
    what: 'run',
    config: values.config,
    journal,
    task: values.task,
    mode: mode as TradingMode,
    confirm: values.confirm,
    json: values.json ?? false,
    quarantine: values.quarantine ?? false,
    start: values.start,
    cycles: readNumber('--cycles', values.cycles, 0, 0, 1e9),
  };
}

function parseShow(what: 'tasks' | 'show', argv: readonly string[]): ArbShowCommand {
  const { values, positionals } = readWords(argv, { journal: VALUE }, what === 'show' ? 1 : 0);
  if (values.journal === undefined) throw new UsageError(`arb ${what}: expected --journal PATH`);
  const [task] = positionals;
  if (what === 'show' && task === undefined) throw new UsageError('arb show: expected the id of a task');
  return { name: 'arb', what, journal: values.journal, task };
}
