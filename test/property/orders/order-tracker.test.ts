import { describe, expect, it } from 'vitest';
import { MISTAKES, runOrderWorld } from './order-world.js';

/** Replays one world: `ORDER_WORLD_SEED='<seed>:<number>' npx vitest run test/property/orders`. */
const REPLAY = process.env['ORDER_WORLD_SEED'];
const WANTED = 100_000;
const SLICE_MS = 60_000;
/** Reached on a much slower machine too; the usual figure is printed. */
const FLOOR = 20_000;
const CONTROL_WORLDS = 2_000;

const replay = (seed: string) => () => {
  it('knows every order as the venue does', () => {
    expect(runOrderWorld(seed)).toMatchObject({ failures: [] });
  });
};

const slice = () => {
  it('ends with state and filled amounts of the venue, to the last digit', { timeout: 3 * SLICE_MS }, () => {
    const seed = `orders-${Date.now()}`;
    const startedAt = performance.now();
    const wrong: string[] = [];
    let worlds = 0;
    let news = 0;
    while (worlds < WANTED && performance.now() - startedAt < SLICE_MS) {
      const world = runOrderWorld(`${seed}:${worlds}`);
      if (world.failures.length > 0 && wrong.length < 10) wrong.push(`${seed}:${worlds} ${world.failures[0]}`);
      news += world.news;
      worlds++;
    }
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    process.stdout.write(`order events: seed ${seed}, ${worlds} interleavings, ${news} events, ${seconds} s\n`);
    expect(wrong, "replay one with ORDER_WORLD_SEED='<seed>'").toEqual([]);
    expect(worlds).toBeGreaterThanOrEqual(FLOOR);
  });

  it.each(MISTAKES)('shows a tracker that %s', (mistake) => {
    let found: string | undefined;
    let worlds = 0;
    while (found === undefined && worlds < CONTROL_WORLDS) {
      found = runOrderWorld(`control-${worlds++}`, mistake).failures[0];
    }
    process.stdout.write(`negative control "${mistake}": caught at world ${worlds} (${found ?? 'never'})\n`);
    expect(found).toEqual(expect.any(String));
  });
};

if (REPLAY === undefined) describe('orders whose news are lost, repeated and mixed up', slice);
else describe('a replayed world', replay(REPLAY));
