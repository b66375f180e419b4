import { ClosedError, ConfigurationError } from '../../errors/kinds.js';
import { GroupCommit, join } from '../../transport/log/group-commit.js';
import type { LogDisk, LogFile, LogLock } from '../../transport/log/log-disk.js';
import { refuse } from '../read-options.js';
import { encodeHead, encodeState, encodeTask, readJournal } from './journal-records.js';
import type { TaskJournal, TaskRecord } from './task-journal.js';

export interface FileJournalOptions {
  /** In a folder that exists. The lock beside it is `<path>.lock.<number>`: the lease of the account. */
  readonly path: string;
  /** Whose tasks these are; a journal of another account is refused. Default `'default'`. Not a key. */
  readonly account?: string;
  /**
   * `refuse` (default): a damaged journal is left as it is and nothing starts. `quarantine`: it is kept as
   * `<path>.damaged`, what could be read is taken over, and every task waits for a person.
   */
  readonly onDamage?: 'refuse' | 'quarantine';
  /** Default: the file system. */
  readonly disk?: LogDisk;
  /** The file is rewritten when it has grown beyond this, or to twice what it must hold. Default 4 MiB. */
  readonly maxBytes?: number;
  /** A write was cut off by a crash; what it would have recorded had not been done. */
  readonly onTornTail?: (bytes: number) => void;
}

const DEFAULT_MAX_BYTES = 4 * 2 ** 20;

/**
 * Opens the journal of an account, or begins one. A write resolves after an fsync; writes of the same moment share one.
 * When one fails, the journal stays failed, because nobody can tell what the disk holds.
 * @throws {ConfigurationError} when another engine has it, when it is damaged, another account's or of a newer version, or
 * when the disk fails.
 */
export async function openFileJournal(options: FileJournalOptions): Promise<TaskJournal> {
  const { path, account = 'default', onDamage = 'refuse', onTornTail } = options;
  if (typeof path !== 'string' || path === '') refuse('path', 'the path of a file', path);
  if (!['refuse', 'quarantine'].includes(onDamage)) refuse('onDamage', "'refuse' or 'quarantine'", onDamage);
  const disk = options.disk ?? (await import('../../transport/log/node-log-disk.js')).createNodeLogDisk();
  const lock = await disk.lock(path).catch((error) => raise(path, error));
  try {
    const content = await disk.read(path);
    const isNew = content === undefined || content.length === 0;
    const read = isNew ? undefined : readJournal(content, account);
    if (read?.refusal !== undefined) refuse('journal', `the journal of account ${account}`, `${path}: ${read.refusal}`);
    if (read?.damage !== undefined) {
      const expected = 'an intact journal; compare it with the accounts, or open it with onDamage: quarantine';
      if (onDamage === 'refuse') refuse('journal', expected, `${path} with ${read.damage}`);
      await disk.replace(`${path}.damaged`, content as Uint8Array);
    }
    if (read !== undefined && read.damage === undefined && read.tornBytes > 0) onTornTail?.(read.tornBytes);
    const place = { path, disk, account, maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES };
    const journal = new FileJournal(place, new Map(read?.records), read?.damage, lock);
    await journal.start();
    return journal;
  } catch (error) {
    await lock.release().catch(() => undefined);
    return raise(path, error);
  }
}

interface Place {
  readonly path: string;
  readonly disk: LogDisk;
  readonly account: string;
  readonly maxBytes: number;
}

class FileJournal implements TaskJournal {
  readonly damage: string | undefined;
  readonly #place: Place;
  readonly #records: Map<string, TaskRecord>;
  readonly #lock: LogLock;
  #commits: GroupCommit | undefined;
  #compactAt = 0;
  #closing: Promise<void> | undefined;

  constructor(place: Place, records: Map<string, TaskRecord>, damage: string | undefined, lock: LogLock) {
    this.#place = place;
    this.#records = records;
    this.damage = damage;
    this.#lock = lock;
  }

  async start(): Promise<void> {
    const { file, bytes } = await this.#rewrite();
    this.#commits = new GroupCommit(file, bytes, () => this.#compact());
  }

  async write(record: TaskRecord): Promise<void> {
    if (this.#closing !== undefined) throw new ClosedError({ message: 'the journal is closed' });
    const { id } = record.terms;
    const frame = this.#records.has(id) ? encodeState(record) : encodeTask(record);
    // A rewrite that comes first holds it already; the same record twice does no harm.
    this.#records.set(id, record);
    await this.#commits?.append(frame).catch((error) => raise(this.#place.path, error));
  }

  load(): readonly TaskRecord[] {
    return [...this.#records.values()];
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    try {
      await this.#commits?.close();
    } finally {
      await this.#lock.release();
    }
  }

  async #compact(): Promise<LogFile | undefined> {
    if ((this.#commits?.bytes ?? 0) < this.#compactAt) return undefined;
    const { file, bytes } = await this.#rewrite();
    this.#commits?.restart(bytes);
    return file;
  }

  async #rewrite(): Promise<{ file: LogFile; bytes: number }> {
    const { path, disk, account, maxBytes } = this.#place;
    const content = join([encodeHead(account), ...[...this.#records.values()].map(encodeTask)]);
    await disk.replace(path, content);
    this.#compactAt = Math.max(maxBytes, 2 * content.length);
    return { file: await disk.append(path), bytes: content.length };
  }
}

function raise(path: string, error: unknown): never {
  if (error instanceof ConfigurationError || error instanceof ClosedError) throw error;
  const { code, message } = error as NodeJS.ErrnoException;
  return refuse('journal', 'a disk that takes every write', `${path}: ${code ?? message}`);
}
