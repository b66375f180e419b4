import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./same-seed-run.ts', import.meta.url));

async function run(seed: string) {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', SCRIPT, seed]);
  return JSON.parse(stdout) as {
    trace: string;
    stats: Record<string, number>;
    faults: Record<string, number>;
    audit: unknown[];
  };
}

describe('a seed', () => {
  it('makes the same world in two fresh processes, with clients and faults, and another seed another one', async () => {
    const [first, again, other] = await Promise.all([run('7'), run('7'), run('8')]);
    expect(again).toEqual(first);
    expect(other!.trace).not.toBe(first!.trace);
    expect(first!.stats['frames']).toBeGreaterThan(100);
    expect(first!.stats['requests']).toBe(12);
    expect(first!.audit).toEqual([]);
    expect(first!.stats['trades']).toBeGreaterThan(100);
    expect(Object.keys(first!.faults).length).toBeGreaterThan(0);
  }, 30_000);
});
