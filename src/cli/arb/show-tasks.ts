import { readFile } from 'node:fs/promises';
import { readJournal } from '../../arbitrage/tasks/journal-records.js';
import { detailsOf, reportOf } from '../../arbitrage/tasks/task-report.js';
import { ConfigurationError } from '../../errors/kinds.js';
import type { Program } from '../program.js';
import { UsageError } from '../usage-error.js';
import type { ArbShowCommand } from './arb-command.js';

/** Prints what a journal says, one JSON object per line; an engine may be running on it. */
export async function showTasks({ what, journal, task }: ArbShowCommand, { stdout }: Program): Promise<number> {
  const content = await readFile(journal).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--journal: expected a journal, received ${journal}: ${error.code}`);
  });
  const { records, damage, refusal } = readJournal(content, undefined);
  const problem = damage ?? refusal;
  if (problem !== undefined)
    throw new ConfigurationError({
      field: 'journal',
      expected: 'an intact journal',
      received: `${journal} with ${problem}`,
    });
  if (what === 'tasks') {
    for (const record of records.values()) stdout.write(`${JSON.stringify(reportOf(record))}\n`);
    return 0;
  }
  const record = records.get(task ?? '');
  if (record === undefined)
    throw new UsageError(`task: expected one of ${[...records.keys()].join(', ')}, received ${task}`);
  stdout.write(`${JSON.stringify(detailsOf(record), undefined, 2)}\n`);
  return 0;
}
