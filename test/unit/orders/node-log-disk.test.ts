import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFileIntentLog } from '../../../src/exchange/orders/file-intent-log.js';
import { takeLogLock } from '../../../src/transport/log/log-lock.js';
import { makeRequest } from './order-fixtures.js';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intents-'));
  path = join(folder, 'orders.log');
});
afterEach(() => rm(folder, { recursive: true }));

const intent = (id: string) => ({ venue: 'test_spot', request: makeRequest(id), since: 1, fence: 2 });
const openLog = () => openFileIntentLog({ path });
const files = async () => (await readdir(folder)).sort();
const refused = { code: 'configuration', field: 'intentLog' };

/** Machines with processes of these starts. */
const machine = (ownPid: number, alive: Record<number, string | undefined>) => ({
  ownPid,
  isAlive: (pid: number) => pid in alive,
  startOf: async (pid: number) => alive[pid],
});

describe('an intent log on a real disk', () => {
  it('comes back after it was closed, and leaves only itself behind', async () => {
    const log = await openLog();
    await Promise.all(['a', 'b', 'c'].map((id) => log.record(intent(id))));
    await log.settle('b', { result: 'placed' });
    expect(await files()).toEqual(['orders.log', 'orders.log.lock.1']);
    await log.close();
    expect(await files()).toEqual(['orders.log']);
    const next = await openLog();
    expect(next.open()).toEqual([intent('a'), intent('c')]);
    await next.close();
  });

  it('holds no secret and is for its owner only', async () => {
    const log = await openLog();
    await log.record(intent('a'));
    await log.close();
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(await readFile(path, 'utf8')).toContain('"clientOrderId":"a"');
  });

  it('refuses a second writer in the same process', async () => {
    const log = await openLog();
    await expect(openLog()).rejects.toMatchObject(refused);
    await log.close();
    await (await openLog()).close();
  });

  it('refuses a second writer while the first process lives, and takes over when it was killed', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const start = (await readFile(`/proc/${other.pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ')[19];
    await writeFile(`${path}.lock.4`, start === undefined ? String(other.pid) : `${other.pid} ${start}`);
    await expect(openLog()).rejects.toMatchObject(refused);
    await new Promise((resolve) => {
      other.once('exit', resolve);
      other.kill('SIGKILL');
    });
    const log = await openLog();
    expect(await files()).toEqual(['orders.log', 'orders.log.lock.5']);
    await log.close();
  });

  it('says so when the folder is not there', async () => {
    const lost = openFileIntentLog({ path: join(folder, 'no', 'orders.log') });
    await expect(lost).rejects.toMatchObject({ ...refused, message: expect.stringContaining('ENOENT') });
  });
});

describe('the lock of a log', () => {
  const lock = (content: string, number = 1) => writeFile(`${path}.lock.${number}`, content);

  it.each([
    ['whose process lives', '7 100', { 1: '5', 7: '100' }],
    ['whose process lives, on a system that tells no start', '7', { 1: undefined, 7: undefined }],
    ['of this very process, taken by another copy of the library', '1 5', { 1: '5' }],
    ['that nobody can read', 'who', { 1: '5' }],
  ])('is not taken from one %s', async (_name, content, alive) => {
    await lock(content);
    await expect(takeLogLock(path, machine(1, alive))).rejects.toMatchObject(refused);
    expect(await readFile(`${path}.lock.1`, 'utf8')).toBe(content);
  });

  it.each([
    ['is gone', '7 100', { 1: '5' }],
    ['has gone, and whose id another one has now', '7 100', { 1: '5', 7: '200' }],
    ['had the id of this one, before a restart of the container', '1 4', { 1: '5' }],
    ['had the id of this one, on a system that tells no start', '1', { 1: undefined }],
  ])('is taken over from a process that %s', async (_name, content, alive) => {
    await lock(content);
    const taken = await takeLogLock(path, machine(1, alive));
    expect(await files()).toEqual(['orders.log.lock.2']);
    await taken.release();
    expect(await files()).toEqual([]);
  });

  it('goes to one of many that find a dead holder at the same time', async () => {
    await lock('999 1', 3);
    const alive = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i + 1, String(i)]));
    const takers: (typeof takeLogLock)[] = [];
    for (let pid = 1; pid <= 20; pid++) {
      // What keeps one process from opening a log twice must not decide here: each has a module of its own.
      vi.resetModules();
      takers.push((await import('../../../src/transport/log/log-lock.js')).takeLogLock);
    }
    const contenders = await Promise.allSettled(takers.map((take, i) => take(path, machine(i + 1, alive))));
    expect(contenders.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect((await files()).filter((name) => name.includes('.lock.'))).toEqual(['orders.log.lock.4']);
  });
});
