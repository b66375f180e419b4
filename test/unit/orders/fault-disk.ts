import { settle } from '../../../src/transport/clock.js';
import type { LogDisk, LogFile } from '../../../src/transport/log/log-disk.js';

/** A disk in memory that can fail, be slow, and lose what was not synced. */
export interface FaultDisk {
  readonly disk: LogDisk;
  /** Everything written, synced or not. */
  content(): Uint8Array;
  /** What survives a loss of power. */
  durable(): Uint8Array;
  put(content: Uint8Array): void;
  /** The next calls of this kind fail with this system error. */
  fail(call: 'write' | 'sync' | 'replace' | 'read' | 'append', code: string): void;
  heal(): void;
  /** Syncs wait until {@link FaultDisk.release}. */
  hold(): void;
  release(): void;
  readonly counts: { writes: number; syncs: number; replaces: number; locks: number; closes: number };
}

export function createFaultDisk(): FaultDisk {
  let content: Uint8Array = new Uint8Array();
  let exists = false;
  let durableBytes = 0;
  let gate: Promise<void> | undefined;
  let open = (): void => undefined;
  const failing = new Map<string, string>();
  const counts = { writes: 0, syncs: 0, replaces: 0, locks: 0, closes: 0 };
  const step = async (call: string): Promise<void> => {
    await settle();
    const code = failing.get(call);
    if (code !== undefined) throw Object.assign(new Error(`${code}: disk`), { code });
  };
  const file: LogFile = {
    async write(bytes) {
      counts.writes++;
      // A full disk takes a part.
      const taken = failing.has('write') ? bytes.subarray(0, bytes.length >> 1) : bytes;
      content = concat(content, taken);
      await step('write');
    },
    async sync() {
      counts.syncs++;
      const bytes = content.length;
      await gate;
      await step('sync');
      durableBytes = bytes;
    },
    async close() {
      counts.closes++;
    },
  };
  return {
    disk: {
      async lock() {
        counts.locks++;
        return {
          async release() {
            counts.locks--;
          },
        };
      },
      async read() {
        await step('read');
        return exists ? content : undefined;
      },
      async replace(_path, bytes) {
        counts.replaces++;
        await step('replace');
        [content, durableBytes, exists] = [bytes, bytes.length, true];
      },
      async append() {
        await step('append');
        return file;
      },
    },
    content: () => content,
    durable: () => content.subarray(0, durableBytes),
    put: (bytes) => {
      [content, durableBytes, exists] = [bytes, bytes.length, true];
    },
    fail: (call, code) => void failing.set(call, code),
    heal: () => failing.clear(),
    hold: () => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => open(),
    counts,
  };
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
