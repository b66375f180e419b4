import { readFile } from 'node:fs/promises';
import { openFileJournal } from '../../arbitrage/tasks/file-journal.js';
import { createTaskManager, type TaskManager } from '../../arbitrage/tasks/task-manager.js';
import type { TaskSpec } from '../../arbitrage/tasks/task-spec.js';
import { loadConfig } from '../../config/load-config.js';
import { isExchangeError, venues as known } from '../../index.js';
import type { Program } from '../program.js';
import { UsageError } from '../usage-error.js';
import type { ArbRunCommand } from './arb-command.js';
import { openVenues } from './open-venues.js';

/** Runs the tasks of a journal, and the one given, until the user stops it or enough cycles are over. */
export async function runTasks(command: ArbRunCommand, program: Program): Promise<number> {
  const { config: file, journal: path, mode, confirm, quarantine } = command;
  const spec = command.task === undefined ? undefined : await readSpec(command.task);
  const config = await loadConfig({
    ...(file === undefined ? {} : { file }),
    env: process.env,
    venues: Object.keys(known),
  });
  const opened = await openVenues(config, mode, path);
  try {
    const journal = await openFileJournal({ path, account: mode, onDamage: quarantine ? 'quarantine' : 'refuse' });
    const manager = await createTaskManager({
      venues: opened.venues,
      journal,
      mode,
      ...(confirm === undefined ? {} : { confirm }),
    }).catch(async (error) => {
      await journal.close();
      throw error;
    });
    try {
      return await follow(manager, spec, command, program);
    } finally {
      await manager.close();
    }
  } finally {
    await opened.close();
  }
}

async function follow(
  manager: TaskManager,
  spec: TaskSpec | undefined,
  { json, cycles, start }: ArbRunCommand,
  { stdout, signal }: Program,
): Promise<number> {
  const done = new AbortController();
  let left = cycles;
  const tell = (kind: string, fields: object, text: string): void =>
    void stdout.write(`${json ? JSON.stringify({ [kind]: fields }) : text}\n`);
  manager
    .on('transition', (step) => {
      tell('transition', step, `${step.task}  ${step.from} -> ${step.to}  (${step.event})`);
      if (cycles > 0 && left <= 0 && step.to === 'IDLE') done.abort();
    })
    .on('cycle', (end) => {
      const { cycle, net, fees, funding } = end.result;
      tell('cycle', end, `${end.task}  cycle ${cycle}: net ${net}, fees ${fees}, funding ${funding}`);
      left--;
    })
    .on('refused', (no) => tell('refused', no, `${no.task}  ${no.order.side} order refused: ${no.reason}`))
    .on('alarm', (alarm) => tell('alarm', alarm, `${alarm.task}  ALARM ${alarm.reason}`))
    .on('error', ({ error }) => tell('error', { message: wordsOf(error) }, `error: ${wordsOf(error)}`));
  if (spec !== undefined && !manager.list().some(({ id }) => id === spec.id)) {
    const { id } = await manager.create(spec);
    manager.start(id);
  }
  if (start !== undefined) manager.start(start);
  const tasks = manager.list();
  if (tasks.length === 0) throw new UsageError('arb run: expected --task, the journal has none');
  for (const task of tasks) tell('task', task, `${task.id}  ${task.state}  ${task.markets.join(', ')}`);
  const until = AbortSignal.any([signal, done.signal]);
  if (!until.aborted)
    await new Promise<void>((resolve) => until.addEventListener('abort', () => resolve(), { once: true }));
  return 0;
}

async function readSpec(text: string): Promise<TaskSpec> {
  const content = text.startsWith('@')
    ? await readFile(text.slice(1), 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(`--task: expected a file, received ${text.slice(1)}: ${error.code}`);
      })
    : text;
  try {
    return JSON.parse(content) as TaskSpec;
  } catch {
    throw new UsageError('--task: expected JSON, or @ and the path of a file with JSON');
  }
}

function wordsOf(error: unknown): string {
  return isExchangeError(error)
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? error.message
      : 'unknown';
}
