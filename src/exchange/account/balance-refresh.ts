import type { Clock, Timer } from '../../transport/clock.js';

/** Pushes come in bursts: what they speak of is read once for so many ms. */
const PAUSE_MS = 250;

/** Reads again what pushes say to have moved. */
export interface Refresh {
  /** It has moved. */
  want(): void;
  /** Nothing is read any more. */
  close(): void;
}

/**
 * Reads again what pushes only say to have moved: once for a burst, and once more for what came while it was read.
 * @param read tells its failures by itself.
 */
export function createRefresh(clock: Clock, read: () => Promise<void>): Refresh {
  let isBusy = false;
  let isWanted = false;
  let isClosed = false;
  let timer: Timer | undefined;

  async function run(): Promise<void> {
    isWanted = false;
    await read();
    isBusy = false;
    if (isWanted) plan();
  }

  function plan(): void {
    if (isClosed) return;
    isBusy = true;
    timer = clock.setTimer(PAUSE_MS, () => void run(), { background: true });
  }

  return {
    want() {
      isWanted = true;
      if (!isBusy) plan();
    },
    close() {
      isClosed = true;
      timer?.cancel();
    },
  };
}
