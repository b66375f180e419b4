import type { LogFile } from './log-disk.js';

interface Waiting {
  readonly frame: Uint8Array;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Appends frames so that all which wait at the same time share one write and one sync. The first failure is for good: a
 * sync that failed once may report success later without having written, so nothing is accepted any more.
 */
export class GroupCommit {
  #file: LogFile;
  readonly #afterBatch: () => Promise<LogFile | undefined>;
  #bytes: number;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /**
   * @param bytes size of the file now.
   * @param afterBatch runs between two batches; may return the file that takes over.
   */
  constructor(file: LogFile, bytes: number, afterBatch: () => Promise<LogFile | undefined>) {
    this.#file = file;
    this.#bytes = bytes;
    this.#afterBatch = afterBatch;
  }

  /** Bytes of the file. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What broke it. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** The file that takes over has this size. */
  restart(bytes: number): void {
    this.#bytes = bytes;
  }

  /** Resolves when the frame is durable. */
  append(frame: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ frame, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Waits for what was appended, then closes the file. */
  async close(): Promise<void> {
    await this.#running;
    await this.#file.close();
  }

  async #run(): Promise<void> {
    // One turn later, so that everything which is recorded in the same tick is in the first batch.
    await undefined;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#commit(batch);
      } catch (error) {
        this.#failure = { error };
        for (const { reject } of [...batch, ...this.#waiting]) reject(error);
        this.#waiting = [];
      }
    }
    this.#running = undefined;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const bytes = join(batch.map(({ frame }) => frame));
    await this.#file.write(bytes);
    await this.#file.sync();
    this.#bytes += bytes.length;
    for (const { resolve } of batch) resolve();
    const next = await this.#afterBatch();
    if (next === undefined) return;
    const old = this.#file;
    this.#file = next;
    await old.close();
  }
}

/** Several byte strings as one. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
