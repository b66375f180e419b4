import { describe, expect, it } from 'vitest';
import { loadFrame } from '../../src/adapter/frame-memory.js';
import { readDecimal, readDigits } from '../../src/adapter/read-decimal.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { prepareWorlds, runWorld } from '../support/frame-world.js';
import { plainDecimal } from '../support/hot-numbers.js';
import { printTotals, runWorlds } from '../support/many-worlds.js';

/** Replays one world: `FRAME_WORLD_SEED='<seed>:<number>' npx vitest run test/property/frames-read-in-place.test.ts`. */
const REPLAY = process.env['FRAME_WORLD_SEED'];
const SLICE_MS = 60_000;
const WANTED = 2_000_000;
/** Reached on a much slower machine too; the usual figure is printed. */
const FLOOR = 200_000;
const DECIMALS = 1_000_000;
const GATE = ['order_book_update', 'obu', 'book_ticker', 'trades'];
const IN_PLACE = [
  ...['aggre.depth', 'aggre.deals', 'aggre.bookTicker', 'depth', 'deal'],
  ...GATE.flatMap((channel) => [`spot.${channel}`, `futures.${channel}`]),
];

const replay = (seed: string) => () => {
  it('comes out the same by both decoders', async () => {
    await prepareWorlds();
    expect(await runWorld(seed)).toMatchObject({ failures: [] });
  });
};

const slice = () => {
  it('come out as the general decoder reads them, or are refused by both', { timeout: 3 * SLICE_MS }, async () => {
    const seed = `frames-${Date.now()}`;
    const startedAt = performance.now();
    const totals = await runWorlds('frames', seed, { ms: SLICE_MS, count: WANTED });
    process.stdout.write(
      `${printTotals('frames read in place', 'frames', seed, totals, (performance.now() - startedAt) / 1_000)}\n`,
    );
    expect(totals.failures, "replay one with FRAME_WORLD_SEED='<seed>'").toEqual([]);
    expect(totals.count).toBeGreaterThanOrEqual(FLOOR);
    expect(Object.keys(totals.bySort)).toHaveLength(4);
    for (const channel of IN_PLACE)
      expect(totals.faults[`in place: ${channel}`] ?? 0, channel).toBeGreaterThan(totals.count / 200);
  });

  it('show a reader that takes one digit for another', async () => {
    await prepareWorlds();
    const nineForEight = (bytes: Uint8Array) => bytes.map((byte) => (byte === 0x38 ? 0x39 : byte));
    const failures: string[] = [];
    for (let seed = 0; seed < 20; seed++)
      failures.push(...(await runWorld(`control-${seed}`, { spoil: nineForEight })).failures);
    expect(failures.length).toBe(20);
  });

  it('have the numbers that the language reads, bit for bit', () => {
    const seed = `decimals-${Date.now()}`;
    const random = createSeededRandom(seed);
    const into = new Float64Array(1);
    for (let left = DECIMALS; left > 0; left--) {
      const text = plainDecimal(random);
      loadFrame(Buffer.from(`${text}"`));
      const end = readDecimal(0, into, 0);
      if (end !== text.length || !Object.is(into[0], Number(text)))
        expect.fail(`${text} was read as ${into[0]} up to ${end}, seed ${seed}`);
    }
  });

  it('have whole numbers of up to 15 digits', () => {
    const into = new Float64Array(1);
    const read = (text: string) => {
      loadFrame(Buffer.from(text));
      return [readDigits(0, into, 0), into[0]];
    };
    expect(read('123456789012345,')).toEqual([15, 123_456_789_012_345]);
    expect(read('123456789,')).toEqual([9, 123_456_789]);
    expect(read('1234567890123456')[0]).toBe(-1);
    expect(read('x')[0]).toBe(-1);
  });
};

if (REPLAY === undefined) describe('frames that are read in place', slice);
else describe('a replayed world of frames', replay(REPLAY));
