import { malformed } from '../../adapter/read.js';
import type { Fill } from '../../model/fill.js';
import type { OrderType, TimeInForce } from '../../model/order.js';
import type { Side } from '../../model/side.js';

/** Reports something unknown but harmless. */
type Drift = (what: string) => void;

/** What borrows and repays on the side is a limit or a market order all the same. */
const TYPES: ReadonlyMap<unknown, OrderType> = new Map(
  (['limit', 'market'] as const).flatMap((type) =>
    ['', '_repay', '_borrow', '_borrow_repay'].map((suffix) => [`${type}${suffix}`, type] as const),
  ),
);

interface Force {
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
}

const FORCES: ReadonlyMap<unknown, Force> = new Map([
  ['gtc', { timeInForce: 'GTC', postOnly: false }],
  ['ioc', { timeInForce: 'IOC', postOnly: false }],
  ['fok', { timeInForce: 'FOK', postOnly: false }],
  ['poc', { timeInForce: 'GTC', postOnly: true }],
]);

/** How an order says its time in force. */
export const TIME_IN_FORCE = { GTC: 'gtc', IOC: 'ioc', FOK: 'fok' } as const;

/** Why an order that did not fill ended. Source: Gate API v4 docs, order and futures order, finish_as. */
const ENDS: ReadonlySet<string> = new Set([
  'cancelled',
  'liquidate_cancelled',
  'small',
  'depth_not_enough',
  'trader_not_enough',
  'ioc',
  'poc',
  'fok',
  'stp',
  'price_protect_cancelled',
  'liquidated',
  'auto_deleveraged',
  'reduce_only',
  'position_closed',
  'reduce_out',
  'unknown',
]);

/** Words that say nothing about an end without a fill. */
const NO_END: ReadonlySet<unknown> = new Set([undefined, null, '', '-', 'open', '_new', 'filled']);

/** `undefined` for a type that is not said, or not known; then nobody can tell the unit of its amount. */
export function readType(value: unknown, drift: Drift): OrderType | undefined {
  return lookUp(TYPES, value, 'order type', drift);
}

export function readForce(value: unknown, drift: Drift): Partial<Force> {
  return lookUp(FORCES, value, 'order time_in_force', drift) ?? {};
}

/** The venue's own word, also one that this version does not know. */
export function readReason(value: unknown, drift: Drift): string | undefined {
  if (NO_END.has(value)) return undefined;
  if (typeof value === 'string' && ENDS.has(value)) return value;
  drift(`order finish_as ${printed(value)}`);
  return typeof value === 'string' ? value.slice(0, LONGEST_WORD) : undefined;
}

/** @throws {MalformedResponseError} for anything but `buy` and `sell`: a wrong side is worse than none. */
export function readSide(value: unknown, where: string): Side {
  if (value === 'buy' || value === 'sell') return value;
  throw malformed(where, "'buy' or 'sell'", value);
}

/** Whether one's order rested or took. */
export function readRole(value: unknown, drift: Drift): Fill['liquidity'] {
  if (value === 'maker' || value === 'taker') return value;
  if (value !== undefined && value !== null && value !== '') drift('fill role');
  return undefined;
}

const LONGEST_WORD = 40;

function lookUp<T>(known: ReadonlyMap<unknown, T>, value: unknown, where: string, drift: Drift): T | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const found = known.get(value);
  if (found === undefined) drift(`${where} ${printed(value)}`);
  return found;
}

function printed(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, LONGEST_WORD) : typeof value;
}
