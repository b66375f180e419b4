import { createHash } from 'node:crypto';
import * as crashes from './arbitrage-world.js';
import * as books from './book-world.js';
import type { WorldResult } from './many-worlds.js';
import * as orders from './order-world.js';
import * as accounts from './perpetual-account-world.js';
import * as trading from './trading-world.js';

/** A share of the seeds for one process. */
export interface SameSeedJob {
  readonly seed: string;
  readonly first: number;
  readonly count: number;
  readonly isBackwards: boolean;
  /** What gets into the worlds from outside. */
  readonly mistake?: 'the chance of the machine' | 'what an earlier world left' | undefined;
}

/** By the seed of the world. */
export type SameSeedTraces = Readonly<Record<string, { readonly sort: string; readonly trace: string }>>;

/** Small worlds of every sort, in turn. */
const WORLDS: readonly ((seed: string) => Promise<WorldResult>)[] = [
  (seed) => trading.runWorld(seed),
  (seed) => orders.runWorld(seed, { rounds: 2 }),
  (seed) => accounts.runWorld(seed),
  (seed) => books.runWorld(seed, { books: 4, rounds: 2 }),
  (seed) => crashes.runWorld(seed, { crashes: 4 }),
];

const { seed, first, count, isBackwards, mistake } = JSON.parse(process.argv[2] ?? '') as SameSeedJob;
for (const module of [trading, orders, accounts, books, crashes]) await module.prepareWorlds();
const numbers = Array.from({ length: count }, (_, i) => first + i);
if (isBackwards) numbers.reverse();
const traces: Record<string, { sort: string; trace: string }> = {};
for (const [at, number] of numbers.entries()) {
  const run = WORLDS[number % WORLDS.length] as (typeof WORLDS)[number];
  const result = await run(`${seed}:${number}${influence(at)}`);
  traces[`${seed}:${number}`] = { sort: result.sort, trace: hash({ ...result, seed: '' }) };
}
process.send?.(traces);
process.disconnect();

function influence(worldsBefore: number): string {
  if (mistake === 'the chance of the machine') return ` ${Math.random()}`;
  return mistake === undefined ? '' : ` ${worldsBefore}`;
}

/** Of the trace of the venue, and of all that the client said and counted. */
function hash(result: WorldResult): string {
  if (result.trace === undefined) throw new Error('a world without a trace');
  return createHash('sha256').update(JSON.stringify(result)).digest('hex').slice(0, 16);
}
