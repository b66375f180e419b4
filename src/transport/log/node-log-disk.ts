import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nodeProcesses } from '../node-runtime.js';
import type { LogDisk, LogFile } from './log-disk.js';
import { type Processes, takeLogLock } from './log-lock.js';

const OWNER_ONLY = 0o600;

/** The file system of Node. @param processes for tests. */
export function createNodeLogDisk(processes: Processes = { ...nodeProcesses, startOf }): LogDisk {
  return { lock: (path) => takeLogLock(path, processes), read, replace, append };
}

/** Linux counts it in ticks since it booted. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in parentheses may hold anything; the start is the 20th field behind it.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}

async function read(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function replace(path: string, content: Uint8Array): Promise<void> {
  const fresh = `${path}.new`;
  await withFile(fresh, 'w', async (file) => {
    await writeAll(file, content);
    await file.sync();
  });
  await rename(fresh, path);
  await syncFolder(dirname(path));
}

async function append(path: string): Promise<LogFile> {
  // Without O_CREAT: a log that somebody removed must not start again unnoticed.
  const file = await open(path, constants.O_WRONLY | constants.O_APPEND);
  return {
    write: (bytes) => writeAll(file, bytes),
    sync: () => file.datasync(),
    close: () => file.close(),
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}

/** Makes a rename durable. Systems that cannot open a folder do not need it. */
async function syncFolder(path: string): Promise<void> {
  try {
    await withFile(path, 'r', (folder) => folder.sync());
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL'].includes(code)) throw error;
  }
}

async function withFile(path: string, flags: string, use: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags, OWNER_ONLY);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
