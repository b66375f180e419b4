import { ClosedError, ConfigurationError } from '../../errors/kinds.js';
import { FileLog, type FileLogOptions } from '../../transport/log/file-log.js';
import { join } from '../../transport/log/group-commit.js';
import type { LogDisk } from '../../transport/log/log-disk.js';
import { refuse } from '../read-options.js';
import { encodeHead, encodeState, encodeTask, readJournal } from './journal-records.js';
import { haltDamaged } from './take-up.js';
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
    const place = { path, disk, account, lock, maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES };
    // Halted before the clean file replaces the damaged one: a crash in between must not make them trustworthy.
    const records = [...(read?.records ?? [])].map(([id, record]) => [id, haltDamaged(record, read?.damage)] as const);
    const journal = new FileJournal(place, new Map(records), read?.damage);
    await journal.start();
    return journal;
  } catch (error) {
    await lock.release().catch(() => undefined);
    return raise(path, error);
  }
}

interface Place extends Omit<FileLogOptions, 'content'> {
  readonly account: string;
}

class FileJournal implements TaskJournal {
  readonly damage: string | undefined;
  readonly #path: string;
  readonly #records: Map<string, TaskRecord>;
  readonly #log: FileLog;

  constructor({ account, ...place }: Place, records: Map<string, TaskRecord>, damage: string | undefined) {
    this.damage = damage;
    this.#path = place.path;
    this.#records = records;
    const content = (): Uint8Array => join([encodeHead(account), ...[...records.values()].map(encodeTask)]);
    this.#log = new FileLog({ ...place, content });
  }

  start(): Promise<void> {
    return this.#log.start();
  }

  async write(record: TaskRecord): Promise<void> {
    if (this.#log.isClosed) throw new ClosedError({ message: 'the journal is closed' });
    const { id } = record.terms;
    const frame = this.#records.has(id) ? encodeState(record) : encodeTask(record);
    // A rewrite that comes first holds it already; the same record twice does no harm.
    this.#records.set(id, record);
    await this.#log.append(frame).catch((error) => raise(this.#path, error));
  }

  load(): readonly TaskRecord[] {
    return [...this.#records.values()];
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}

function raise(path: string, error: unknown): never {
  if (error instanceof ConfigurationError || error instanceof ClosedError) throw error;
  const { code, message } = error as NodeJS.ErrnoException;
  return refuse('journal', 'a disk that takes every write', `${path}: ${code ?? message}`);
}
