import type { Contender } from '../measure/rounds.js';

interface Reader<F> {
  read(frame: F): void;
  reset(): void;
}

/** A contender that reads every frame once, from the same start. */
export function readAll<F>(name: string, frames: readonly F[], reader: Reader<F>): Contender {
  return {
    name,
    prepare: () => reader.reset(),
    run: () => {
      for (const frame of frames) reader.read(frame);
    },
  };
}

/** Runs a contender once, so that its answers can be compared. */
export async function runOnce(contender: Contender): Promise<void> {
  await contender.prepare?.();
  await contender.run();
}
