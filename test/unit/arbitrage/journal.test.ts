import { describe, expect, it } from 'vitest';
import { firstState } from '../../../src/arbitrage/strategy/first-state.js';
import { openFileJournal } from '../../../src/arbitrage/tasks/file-journal.js';
import { createMemoryJournal } from '../../../src/arbitrage/tasks/memory-journal.js';
import type { TaskRecord } from '../../../src/arbitrage/tasks/task-journal.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { createFaultDisk } from '../orders/fault-disk.js';
import { TERMS } from './machine.js';

const record = (id: string, step: number): TaskRecord => ({
  terms: { ...TERMS, id },
  state: { ...firstState(3, 1_000), step },
  createdAt: 1_000,
  recoveries: 0,
});

async function written() {
  const fault = createFaultDisk();
  const journal = await openFileJournal({ path: 'tasks', disk: fault.disk });
  for (const step of [0, 1, 2]) await journal.write(record('a', step));
  await journal.write(record('b', 7));
  await journal.close();
  return fault;
}

async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return isExchangeError(error, 'configuration') && 'field' in error ? [error.field, error.message] : error;
}

describe('the journal of tasks', () => {
  it('gives back the newest record of every task, and a lock that was released', async () => {
    const { disk, counts } = await written();
    const journal = await openFileJournal({ path: 'tasks', disk });
    expect(journal.load()).toEqual([record('a', 2), record('b', 7)]);
    expect(journal.damage).toBeUndefined();
    await journal.close();
    expect(counts.locks).toBe(0);
  });

  it('cut at any byte it gives back what was whole, and says what was torn', async () => {
    const whole = (await written()).durable();
    const seen = new Set<string>();
    for (let bytes = 0; bytes <= whole.length; bytes += 7) {
      const fault = createFaultDisk();
      fault.put(whole.slice(0, bytes));
      const opened = openFileJournal({ path: 'tasks', disk: fault.disk });
      const failure = await refusalOf(opened);
      if (failure !== undefined) {
        seen.add('no head');
        continue;
      }
      const journal = await opened;
      seen.add(
        journal
          .load()
          .map(({ terms, state }) => `${terms.id}${state.step}`)
          .join(' '),
      );
      await journal.close();
    }
    expect([...seen].filter((text) => text !== 'no head' && text !== '')).toEqual(['a0', 'a1', 'a2']);
  });

  it('with any bit turned it is refused or reads the same', async () => {
    const whole = (await written()).durable();
    for (let bit = 0; bit < whole.length * 8; bit += 53) {
      const turned = whole.slice();
      turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
      const fault = createFaultDisk();
      fault.put(turned);
      expect(await refusalOf(openFileJournal({ path: 'tasks', disk: fault.disk })), `bit ${bit}`).toEqual([
        'journal',
        expect.stringContaining('tasks with '),
      ]);
    }
  });

  it('damaged, it can be kept beside; what could be read is taken over and waits for a person, also after a crash right then', async () => {
    const whole = (await written()).durable();
    const turned = whole.slice();
    turned[turned.length - 40] = 0x20;
    const fault = createFaultDisk();
    fault.put(turned);
    const journal = await openFileJournal({ path: 'tasks', disk: fault.disk, onDamage: 'quarantine' });
    expect(journal.damage).toMatch(/^damage at byte \d+$/);
    const { damage } = journal;
    const { state, ...rest } = record('a', 2);
    const halted = { ...state, name: 'HALTED', halt: `the journal had ${damage}` };
    expect(journal.load()).toEqual([{ ...rest, state: halted }]);
    await journal.close();
    const again = await openFileJournal({ path: 'tasks', disk: fault.disk });
    expect({ damage: again.damage, tasks: again.load() }).toEqual({
      damage: undefined,
      tasks: [{ ...rest, state: halted }],
    });
    await again.close();
  });

  it('of another account or of a newer version is refused and named', async () => {
    const fault = await written();
    const opened = openFileJournal({ path: 'tasks', disk: fault.disk, account: 'other' });
    expect(await refusalOf(opened)).toEqual(['journal', expect.stringContaining('the journal of account default')]);
  });

  it('whose disk fails refuses that write and every later one', async () => {
    const fault = createFaultDisk();
    const journal = await openFileJournal({ path: 'tasks', disk: fault.disk });
    await journal.write(record('a', 0));
    fault.fail('sync', 'ENOSPC');
    expect(await refusalOf(journal.write(record('a', 1)))).toEqual(['journal', expect.stringContaining('ENOSPC')]);
    fault.heal();
    expect(await refusalOf(journal.write(record('a', 2)))).toEqual(['journal', expect.stringContaining('ENOSPC')]);
  });

  it('in memory remembers until it is closed', async () => {
    const journal = createMemoryJournal();
    await journal.write(record('a', 1));
    expect(journal.load()).toEqual([record('a', 1)]);
    await journal.close();
    await expect(journal.write(record('a', 2))).rejects.toMatchObject({ code: 'closed' });
  });
});
