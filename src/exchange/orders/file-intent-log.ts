import { ClosedError, ConfigurationError } from '../../errors/kinds.js';
import { FileLog, type FileLogOptions } from '../../transport/log/file-log.js';
import type { LogDisk } from '../../transport/log/log-disk.js';
import { type Intent, type IntentLog, type IntentOutcome, IntentTable } from './intent-log.js';
import { encodeIntent, encodeSettled, encodeTable, recover } from './intent-records.js';

export interface FileIntentLogOptions {
  /** In a folder that exists. The lock beside it is `<path>.lock.<number>`. */
  readonly path: string;
  /** Default: the file system. */
  readonly disk?: LogDisk | undefined;
  /** How many settled ids are still recognised. Default 100,000. */
  readonly rememberedIds?: number | undefined;
  /** The file is rewritten when it has grown beyond this, or to twice what it must hold. Default 16 MiB. */
  readonly maxBytes?: number | undefined;
  /** A write was cut off by a crash; what it would have recorded had not been sent. */
  readonly onTornTail?: ((bytes: number) => void) | undefined;
}

const DEFAULT_MAX_BYTES = 16 * 2 ** 20;

/**
 * Opens the log of a file, or begins one; what the run before left is read and the file rewritten without what is over.
 * `record` resolves after an fsync; records of the same moment share one. When a write or sync fails, the log stays
 * failed and refuses every further order, because nobody can tell what the disk holds.
 * @throws {ConfigurationError} when another process writes it, when it is damaged (it is left as it is: compare with the
 * venue's open orders, then move it away), when a newer version wrote it, or when the disk fails.
 */
export async function openFileIntentLog(options: FileIntentLogOptions): Promise<IntentLog> {
  const { path } = options;
  requireText('path', path);
  if (options.maxBytes !== undefined) requireAboveZero('maxBytes', options.maxBytes);
  const disk = options.disk ?? (await import('../../transport/log/node-log-disk.js')).createNodeLogDisk();
  const table = new IntentTable(options.rememberedIds ?? 100_000);
  const lock = await disk.lock(path).catch((error) => raise(path, error));
  try {
    const content = await disk.read(path);
    if (content !== undefined && content.length > 0) readInto(table, content, options);
    const log = new FileIntentLog({ path, disk, lock, maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES }, table);
    await log.start();
    return log;
  } catch (error) {
    await lock.release().catch(() => undefined);
    return raise(path, error);
  }
}

function readInto(table: IntentTable, content: Uint8Array, { path, onTornTail }: FileIntentLogOptions): void {
  const recovery = recover(content, table);
  if ('problem' in recovery) {
    const expected = 'an intact intent log; compare it with the orders at the venue, then move it away';
    throw new ConfigurationError({ field: 'intentLog', expected, received: `${path} with ${recovery.problem}` });
  }
  if (recovery.tornBytes > 0) onTornTail?.(recovery.tornBytes);
}

class FileIntentLog implements IntentLog {
  readonly #path: string;
  readonly #table: IntentTable;
  readonly #log: FileLog;

  constructor(place: Omit<FileLogOptions, 'content'>, table: IntentTable) {
    this.#path = place.path;
    this.#table = table;
    this.#log = new FileLog({ ...place, content: () => encodeTable(table) });
  }

  start(): Promise<void> {
    return this.#log.start();
  }

  async record(intent: Intent): Promise<void> {
    if (this.#log.isClosed) throw new ClosedError({ message: 'the intent log is closed' });
    const { failure } = this.#log;
    if (failure !== undefined) raise(this.#path, failure.error);
    this.#table.add(intent);
    try {
      await this.#log.append(encodeIntent(intent));
    } catch (error) {
      this.#table.drop(intent.request.clientOrderId);
      raise(this.#path, error);
    }
  }

  async settle(clientOrderId: string, outcome: IntentOutcome): Promise<void> {
    if (this.#log.isClosed || !this.#table.settle(clientOrderId, outcome)) return;
    await this.#log.append(encodeSettled(clientOrderId, outcome)).catch((error) => raise(this.#path, error));
  }

  open(): readonly Intent[] {
    return this.#table.open;
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}

function requireText(field: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') return;
  throw new ConfigurationError({ field, expected: 'the path of a file', received: value });
}

function requireAboveZero(field: string, value: unknown): void {
  if (Number.isSafeInteger(value) && (value as number) > 0) return;
  throw new ConfigurationError({ field, expected: 'a whole number above zero', received: value });
}

function raise(path: string, error: unknown): never {
  if (error instanceof ConfigurationError) throw error;
  const { code, message } = error as NodeJS.ErrnoException;
  const received = `${path}: ${code ?? message}`;
  throw new ConfigurationError({ field: 'intentLog', expected: 'a disk that takes every write', received });
}
