import type { LogDisk, LogFile } from '../../src/transport/log/log-disk.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';

/** A disk of one machine whose processes may die at any moment. */
export interface MemoryDisk {
  /** The disk as one process sees it; after the crash nothing of that process reaches it. */
  mount(isAlive: () => boolean): LogDisk;
  /** The process died: of what was not synced any part may have been written. */
  crash(random: SeededRandom): void;
  /** What would survive a loss of power now. */
  durable(path: string): Uint8Array;
}

interface Stored {
  content: Uint8Array;
  durable: number;
}

const never = new Promise<never>(() => undefined);

export function createMemoryDisk(): MemoryDisk {
  const files = new Map<string, Stored>();
  const open = (path: string, isAlive: () => boolean): LogFile => {
    const file = files.get(path) as Stored;
    return {
      async write(bytes) {
        if (!isAlive()) return never;
        const whole = new Uint8Array(file.content.length + bytes.length);
        whole.set(file.content);
        whole.set(bytes, file.content.length);
        file.content = whole;
      },
      async sync() {
        if (!isAlive()) return never;
        file.durable = file.content.length;
      },
      async close() {},
    };
  };
  return {
    mount: (isAlive) => ({
      lock: async () => ({ release: async () => undefined }),
      read: async (path) => files.get(path)?.content,
      async replace(path, content) {
        if (!isAlive()) return never;
        files.set(path, { content, durable: content.length });
      },
      append: async (path) => open(path, isAlive),
    }),
    crash(random) {
      for (const file of files.values()) {
        const loose = file.content.length - file.durable;
        file.content = file.content.slice(0, file.durable + (loose > 0 ? random.int(loose + 1) : 0));
        file.durable = file.content.length;
      }
    },
    durable: (path) => {
      const file = files.get(path);
      return file === undefined ? new Uint8Array() : file.content.subarray(0, file.durable);
    },
  };
}
