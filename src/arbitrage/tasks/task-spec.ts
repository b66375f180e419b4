import { ValidationError } from '../../errors/kinds.js';
import { isInverseSymbol, type MarketSymbol, parseSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';
import { type Bounds, readNumbers, refuse } from '../read-options.js';
import type { StrategyLimits } from '../strategy/strategy-terms.js';

/** A task as it is asked for. Plain data. */
export interface TaskSpec {
  /** Of `[0-9A-Za-z_-]`, up to 40; one is made when absent. */
  readonly id?: string;
  /** Two to eight markets of one base and quote: spot, perpetual, on any venues. */
  readonly markets: readonly { readonly venue: VenueId; readonly symbol: MarketSymbol }[];
  readonly limits?: Partial<StrategyLimits>;
  /** Default `sequential`. */
  readonly legs?: 'sequential' | 'parallel';
}

const DEFAULTS: StrategyLimits = {
  minProfitBps: 25,
  exitProfitBps: 5,
  maxNotional: 100,
  maxDelta: 0,
  maxUnhedgedMs: 2_000,
  slippageBps: 5,
  unwindSlippageBps: 50,
  hedgeAttempts: 3,
  hedgeWithinMs: 5_000,
  unwindAttempts: 10,
  orderTimeoutMs: 3_000,
  cooldownMs: 1_000,
  maxHoldMs: 8 * 3_600_000,
  readAttempts: 10,
  syncEveryMs: 30_000,
};

const BOUNDS: Readonly<Record<keyof StrategyLimits, Bounds>> = {
  minProfitBps: [-1_000, 10_000],
  exitProfitBps: [-1_000, 10_000],
  maxNotional: [0.000001, 1e9],
  maxDelta: [0, 1e9],
  maxUnhedgedMs: [0, 3_600_000],
  slippageBps: [0, 1_000],
  unwindSlippageBps: [0, 2_000],
  hedgeAttempts: [0, 100],
  hedgeWithinMs: [0, 600_000],
  unwindAttempts: [1, 1_000],
  orderTimeoutMs: [100, 600_000],
  cooldownMs: [0, 86_400_000],
  maxHoldMs: [0, 365 * 86_400_000],
  readAttempts: [1, 1_000],
  syncEveryMs: [1_000, 3_600_000],
};

const FIELDS = ['id', 'markets', 'limits', 'legs'];

/** A specification whose fields are known and fit together; the venues have not been asked yet. */
export interface CheckedSpec {
  readonly id: string | undefined;
  readonly markets: TaskSpec['markets'];
  readonly limits: StrategyLimits;
  readonly legs: 'sequential' | 'parallel';
}

/**
 * Reads what a program or a person handed over.
 * @throws {ValidationError | ConfigurationError} naming the field.
 */
export function readTaskSpec(spec: TaskSpec, venues: readonly VenueId[]): CheckedSpec {
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) fail('task', 'an object', spec);
  const unknown = Object.keys(spec).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) fail(unknown, `one of ${FIELDS.join(', ')}`, unknown);
  const { id, markets, limits = {}, legs = 'sequential' } = spec;
  if (id !== undefined && (typeof id !== 'string' || !/^[0-9A-Za-z_-]{1,40}$/.test(id)))
    fail('id', 'up to 40 letters, digits, - and _', id);
  if (legs !== 'sequential' && legs !== 'parallel') fail('legs', "'sequential' or 'parallel'", legs);
  readMarkets(markets, venues);
  return { id, markets, legs, limits: readLimits(limits) };
}

function readMarkets(markets: TaskSpec['markets'], venues: readonly VenueId[]): void {
  if (!Array.isArray(markets) || markets.length < 2 || markets.length > 8)
    fail('markets', 'two to eight markets', markets);
  const [first, ...rest] = markets.map((market, at) => {
    if (typeof market !== 'object' || market === null)
      fail(`markets[${at}]`, 'an object with venue and symbol', market);
    const { venue, symbol } = market;
    if (!venues.includes(venue)) fail(`markets[${at}].venue`, `one of ${venues.join(', ')}`, venue);
    const { base, quote } = parseSymbol(symbol);
    // Its contracts are worth a fixed sum of quote: no quantity of base stays hedged in them.
    if (isInverseSymbol(symbol)) fail(`markets[${at}].symbol`, 'a market that is settled in its quote asset', symbol);
    return `${base}/${quote}`;
  });
  const other = rest.find((coin) => coin !== first);
  if (other !== undefined) fail('markets', `markets of ${first} only`, other);
  const names = markets.map(({ venue, symbol }) => `${venue} ${symbol}`);
  if (new Set(names).size < names.length) fail('markets', 'each market once', names.join(', '));
}

function readLimits(limits: Partial<StrategyLimits>): StrategyLimits {
  const read = readNumbers<StrategyLimits & Readonly<Record<string, number>>>(
    limits,
    DEFAULTS as StrategyLimits & Readonly<Record<string, number>>,
    BOUNDS,
    [],
    'limits.',
  );
  const { slippageBps, unwindSlippageBps } = read;
  if (unwindSlippageBps < slippageBps)
    refuse('limits.unwindSlippageBps', `at least slippageBps ${slippageBps}`, unwindSlippageBps);
  return read;
}

function fail(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
