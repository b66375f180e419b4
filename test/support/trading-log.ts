import { openFileIntentLog } from '../../src/exchange/orders/file-intent-log.js';
import type { IntentLog } from '../../src/exchange/orders/intent-log.js';
import type { LogDisk } from '../../src/transport/log/log-disk.js';
import { encodeFrame, readFrames } from '../../src/transport/log/log-frames.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';
import { sleep } from '../../src/transport/sleep.js';
import { createMemoryDisk } from './memory-disk.js';
import type { World } from './trading-client.js';

const PATH = 'intents.log';
/** A sync takes up to so long, ms. */
const SYNC_MS = 30;

/** A record that is being written; its order has not been sent. */
const UNWRITTEN = encodeFrame(JSON.stringify({ kind: 'settled', id: 'torn', result: 'not_sent' }));

/** Intents in a file, on a disk that takes its time. */
export interface TradingLog {
  /** For one process, which reads what the one before left. */
  open(isAlive: () => boolean): Promise<IntentLog>;
  /** The process died, mostly while it wrote: what was not synced is torn off somewhere. */
  crash(): Promise<void>;
  /** Whether a record of the order survives. */
  has(clientOrderId: string): boolean;
  /** Times that a log was opened whose end was torn off. */
  readonly torn: number;
}

/** @param isHonest whether what is said to be synced is durable. */
export function createTradingLog(clock: World['clock'], random: SeededRandom, isHonest: boolean): TradingLog {
  const memory = createMemoryDisk();
  let torn = 0;
  const slow = (disk: LogDisk): LogDisk => ({
    ...disk,
    async append(path) {
      const file = await disk.append(path);
      return {
        ...file,
        async sync() {
          await sleep(clock, random.int(SYNC_MS), undefined);
          if (isHonest) await file.sync();
        },
      };
    },
  });
  return {
    open: (isAlive) =>
      openFileIntentLog({ path: PATH, disk: slow(memory.mount(isAlive)), onTornTail: () => void torn++ }),
    async crash() {
      memory.crash(random);
      const left = memory.durable(PATH);
      const isTorn = readFrames(left).goodBytes < left.length;
      if (isTorn || random.chance(0.2)) return;
      const file = await memory.mount(() => true).append(PATH);
      await file.write(UNWRITTEN.subarray(0, 1 + random.int(UNWRITTEN.length - 1)));
    },
    has: (clientOrderId) => new TextDecoder().decode(memory.durable(PATH)).includes(`"${clientOrderId}"`),
    get torn() {
      return torn;
    },
  };
}
