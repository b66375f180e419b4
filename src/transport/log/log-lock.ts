import { link, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigurationError } from '../../errors/kinds.js';
import type { LogLock } from './log-disk.js';

/** The processes that may hold a lock. */
export interface Processes {
  readonly ownPid: number;
  isAlive(pid: number): boolean;
  /** When it started, in a form that only has to compare: ids are used again. `undefined` where the system does not say. */
  startOf(pid: number): Promise<string | undefined>;
}

interface Holder {
  readonly pid: number;
  readonly start: string | undefined;
}

/** Locks of this process, for systems that do not tell it apart from a dead one that had the same id. */
const HELD = new Set<string>();
const ATTEMPTS = 10;

/**
 * Takes the lock of a log: a file `<path>.lock.<number>` with id and start of its process. The highest number holds; a new
 * holder takes the next one, and only when the process of the highest is gone. So of several that find a dead holder one
 * wins, and none ever removes the lock of a living one.
 *
 * It keeps apart processes of one machine that see each other; containers with a common folder do not.
 * @throws {ConfigurationError} naming the process that holds it.
 */
export async function takeLogLock(path: string, processes: Processes): Promise<LogLock> {
  const log = resolve(path);
  if (HELD.has(log)) refuse(path, 'this process, which has it open already');
  HELD.add(log);
  try {
    const file = await take(log, path, processes);
    return { release: () => release(log, file) };
  } catch (error) {
    HELD.delete(log);
    throw error;
  }
}

async function take(log: string, path: string, processes: Processes): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const numbers = await listNumbers(log);
    const highest = numbers.at(-1) ?? 0;
    if (highest > 0) {
      const holder = await readHolder(lockFile(log, highest));
      if (holder === 'gone') continue;
      if (holder === undefined) refuse(path, `an unreadable lock ${lockFile(path, highest)}; remove it if no one runs`);
      if (await holds(holder, processes)) refuse(path, `process ${holder.pid}`);
    }
    const mine = highest + 1;
    if (!(await create(log, mine, processes))) continue;
    const after = await listNumbers(log);
    if (after.at(-1) === mine) {
      for (const number of after.slice(0, -1)) await remove(lockFile(log, number));
      return lockFile(log, mine);
    }
    await remove(lockFile(log, mine));
  }
  return refuse(path, 'other processes that want it at the same time');
}

/** With its content from the start, so that nobody reads an empty lock; `false` when the number is taken. */
async function create(log: string, number: number, { ownPid, startOf }: Processes): Promise<boolean> {
  const draft = `${log}.draft.${ownPid}`;
  const start = await startOf(ownPid);
  await writeFile(draft, start === undefined ? String(ownPid) : `${ownPid} ${start}`, { mode: 0o600 });
  try {
    await link(draft, lockFile(log, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await remove(draft);
  }
}

async function listNumbers(log: string): Promise<number[]> {
  const start = `${basename(log)}.lock.`;
  const names = (await readdir(dirname(log))).filter((name) => name.startsWith(start));
  return names
    .map((name) => Number(name.slice(start.length)))
    .filter((number) => Number.isSafeInteger(number) && number > 0)
    .sort((a, b) => a - b);
}

async function holds({ pid, start }: Holder, processes: Processes): Promise<boolean> {
  if (!processes.isAlive(pid)) return false;
  const startNow = await processes.startOf(pid);
  if (start !== undefined && startNow !== undefined) return start === startNow;
  return pid !== processes.ownPid;
}

async function readHolder(file: string): Promise<Holder | 'gone' | undefined> {
  try {
    const match = /^(\d{1,10})(?: (\d{1,30}))?$/.exec(await readFile(file, 'utf8'));
    return match === null ? undefined : { pid: Number(match[1]), start: match[2] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
}

async function release(log: string, file: string): Promise<void> {
  HELD.delete(log);
  await remove(file);
}

async function remove(file: string): Promise<void> {
  await unlink(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

function lockFile(log: string, number: number): string {
  return join(dirname(log), `${basename(log)}.lock.${number}`);
}

function refuse(path: string, holder: string): never {
  const expected = 'a log that nobody else writes';
  throw new ConfigurationError({ field: 'intentLog', expected, received: `${path}, held by ${holder}` });
}
