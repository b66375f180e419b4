import { describe, expect, it } from 'vitest';
import { HARNESSES, type Harness, printTotals, runWorlds, type Totals, type WorldResult } from './many-worlds.js';

/** What a module of worlds exports. */
interface Worlds<Options> {
  /** Loads what worlds on a virtual clock cannot wait for. Called once before the first world. */
  prepareWorlds(): Promise<void>;
  /** One world, decided by its seed; `options` ask for another world than the seed alone would make. */
  runWorld(seed: string, options?: Options): Promise<WorldResult>;
}

/**
 * A proof over seeded worlds. A new one takes three things: a module of worlds, its line in `many-worlds.ts`, and a test that
 * hands such a value to {@link proveWithSeeds}. With a line in `bench/proofs.ts` it is part of `npm run verify`.
 */
export interface SeededProof<Options> {
  readonly harness: Harness;
  /** The module: `import * as worlds from '../support/book-world.js'`. */
  readonly worlds: Worlds<Options>;
  /** Environment variable with the seed of one world: then that world alone is run. */
  readonly replay: string;
  /** The titles of the tests are sentences that begin with it. */
  readonly subject: string;
  /** What they prove. */
  readonly claim: string;
  /** Two threads run fresh seeds for `ms` at most, or until `count` is proven; `least` is proven on a slow machine too. */
  readonly slice: { readonly ms: number; readonly count: number; readonly least: number };
  /** Worlds with a mistake in them: each must be caught. */
  readonly controls: readonly Options[];
  /** In so many worlds. Default 1,000. */
  readonly controlWorlds?: number;
  /** What else must have happened in the slice for it to be a proof. */
  readonly expectTotals?: (totals: Totals) => void;
  /** Further tests of the same subject, which a replay leaves out. */
  readonly more?: () => void;
}

/** A slow machine has this, ms. */
const PATIENCE_MS = 180_000;

/** Declares the tests: fresh seeds in two threads, equal worlds for equal seeds, and a test for each control. */
export function proveWithSeeds<Options extends object>(proof: SeededProof<Options>): void {
  const { worlds, replay, subject, claim, slice, controls, controlWorlds = 1_000 } = proof;
  const replayed = process.env[replay];
  if (replayed !== undefined) {
    it(`${subject} ${claim}, in the world ${replayed}`, { timeout: PATIENCE_MS }, async () => {
      await worlds.prepareWorlds();
      expect(await worlds.runWorld(replayed)).toMatchObject({ failures: [] });
    });
    return;
  }
  describe(subject, () => {
    it(claim, { timeout: 2 * slice.ms + PATIENCE_MS }, async () => {
      const totals = await runSlice(proof);
      expect(totals.failures, `replay one with ${replay}='<seed>'`).toEqual([]);
      expect(totals.count).toBeGreaterThanOrEqual(slice.least);
      proof.expectTotals?.(totals);
    });

    it('come out the same for the same seed', { timeout: PATIENCE_MS }, async () => {
      await worlds.prepareWorlds();
      expect(await worlds.runWorld('the same')).toEqual(await worlds.runWorld('the same'));
    });

    it.each(controls.map((options) => [Object.values(options).join(', '), options] as const))(
      'show the mistake: %s',
      { timeout: PATIENCE_MS },
      async (name, options) => {
        await worlds.prepareWorlds();
        let found: string | undefined;
        let tried = 0;
        while (found === undefined && tried < controlWorlds)
          found = (await worlds.runWorld(`control-${tried++}`, options)).failures[0];
        process.stdout.write(`negative control "${name}": caught at seed ${tried} (${found ?? 'never'})\n`);
        expect(found).toEqual(expect.any(String));
      },
    );

    proof.more?.();
  });
}

async function runSlice<Options>({ harness, slice }: SeededProof<Options>): Promise<Totals> {
  const seed = `${harness}-${Date.now()}`;
  const startedAt = performance.now();
  const totals = await runWorlds(harness, seed, slice);
  process.stdout.write(`${printTotals(HARNESSES[harness], seed, totals, (performance.now() - startedAt) / 1_000)}\n`);
  return totals;
}
