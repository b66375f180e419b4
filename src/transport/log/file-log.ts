import { GroupCommit } from './group-commit.js';
import type { LogDisk, LogFile, LogLock } from './log-disk.js';

export interface FileLogOptions {
  readonly path: string;
  readonly disk: LogDisk;
  /** Released on close. */
  readonly lock: LogLock;
  /** The file is rewritten when it has grown beyond this, or to twice what it must hold. */
  readonly maxBytes: number;
  /** Everything that the file must hold now. */
  content(): Uint8Array;
}

/**
 * A file that frames are appended to, and that is rewritten without what is over. It rejects with the system's error; a
 * write or sync that failed once fails it for good.
 */
export class FileLog {
  readonly #options: FileLogOptions;
  #commits: GroupCommit | undefined;
  #compactAt = 0;
  #closing: Promise<void> | undefined;

  constructor(options: FileLogOptions) {
    this.#options = options;
  }

  /** Whether it was closed, or is being. */
  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /** What broke it. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#commits?.failure;
  }

  /** Writes the file anew. To be called once, before anything is appended. */
  async start(): Promise<void> {
    const { file, bytes } = await this.#rewrite();
    this.#commits = new GroupCommit(file, bytes, () => this.#compact());
  }

  /** Resolves after an fsync; frames of the same moment share one. */
  async append(frame: Uint8Array): Promise<void> {
    await this.#commits?.append(frame);
  }

  /** Waits for what was appended, closes the file and lets go of the lock. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    try {
      await this.#commits?.close();
    } finally {
      await this.#options.lock.release();
    }
  }

  async #compact(): Promise<LogFile | undefined> {
    if ((this.#commits?.bytes ?? 0) < this.#compactAt) return undefined;
    const { file, bytes } = await this.#rewrite();
    this.#commits?.restart(bytes);
    return file;
  }

  async #rewrite(): Promise<{ file: LogFile; bytes: number }> {
    const { path, disk, maxBytes, content } = this.#options;
    const bytes = content();
    await disk.replace(path, bytes);
    this.#compactAt = Math.max(maxBytes, 2 * bytes.length);
    return { file: await disk.append(path), bytes: bytes.length };
  }
}
