import { median } from './samples.js';

/** One way of doing the work. */
export interface Contender {
  readonly name: string;
  /** Brings it to the same start before every pass; not measured. */
  prepare?(): void | Promise<void>;
  /** One pass over all the work. */
  run(): void | Promise<void>;
}

export interface RoundOptions {
  readonly rounds: number;
  /** Units of work in one pass: frames, updates, reads. */
  readonly units: number;
  /** Passes before the first round, until so many ms have gone by for each contender. */
  readonly warmUpMs?: number;
  /** Passes in a row, the best of which counts: others that use the machine interrupt some of them. Default 3. */
  readonly passes?: number;
  /** What is counted; default wall time. */
  readonly meter?: () => number;
}

/** Wall time, ns. */
const wallTime = (): number => performance.now() * 1e6;

/** Processor time of this process, all its threads, ns: what a client costs, whoever else uses the machine. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

/** Ns per unit, one sample per round, by contender. */
export type Timings = ReadonlyMap<string, readonly number[]>;

/**
 * Runs the contenders side by side: every round has each of them, and each round begins with another contender, so
 * that what disturbs the machine disturbs all of them.
 */
export async function compare(contenders: readonly Contender[], options: RoundOptions): Promise<Timings> {
  const { rounds, units, warmUpMs = 300, meter = wallTime, passes = 3 } = options;
  for (const contender of contenders) await warmUp(contender, warmUpMs);
  const timings = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < contenders.length; at++) {
      const contender = contenders[(round + at) % contenders.length] as Contender;
      let best = Number.POSITIVE_INFINITY;
      for (let pass = 0; pass < passes; pass++) best = Math.min(best, await measure(contender, meter));
      timings.get(contender.name)?.push(best / units);
    }
  }
  return timings;
}

async function measure(contender: Contender, meter: () => number): Promise<number> {
  await contender.prepare?.();
  const startedAt = meter();
  const pending = contender.run();
  // A pass that is synchronous is not made to wait for a turn of the event loop.
  if (pending !== undefined) await pending;
  return meter() - startedAt;
}

/** Samples of one contender. @throws {RangeError} for a name that took no part. */
export function samplesOf(timings: Timings, name: string): readonly number[] {
  const samples = timings.get(name);
  if (samples === undefined) throw new RangeError(`no contender ${name}`);
  return samples;
}

/** `ours 0.9 µs, ccxt 9.6 µs`. */
export function describe(timings: Timings): string {
  return [...timings].map(([name, samples]) => `${name} ${inWords(median(samples))}`).join(', ');
}

export function inWords(ns: number): string {
  if (ns < 1_000) return `${ns.toPrecision(3)} ns`;
  return ns < 1e6 ? `${(ns / 1e3).toPrecision(3)} µs` : `${(ns / 1e6).toPrecision(3)} ms`;
}

async function warmUp(contender: Contender, ms: number): Promise<void> {
  const until = performance.now() + ms;
  do {
    await contender.prepare?.();
    await contender.run();
  } while (performance.now() < until);
}
