import { describe, expect, it } from 'vitest';
import { firstState } from '../../../src/arbitrage/strategy/first-state.js';
import { takeUp } from '../../../src/arbitrage/tasks/take-up.js';
import type { TaskRecord } from '../../../src/arbitrage/tasks/task-journal.js';

const OPTIONS = { damage: undefined, maxRecoveries: 3, at: 7 };
const terms = { id: 'poison' } as TaskRecord['terms'];
const record = (name: 'IDLE' | 'WAITING_ORDERS', wish: 'run' | 'pause'): TaskRecord => ({
  terms,
  state: { ...firstState(2, 1), name, wish },
  createdAt: 1,
  recoveries: 0,
});

describe('a task that is taken up after a crash', () => {
  it('is left alone once it has crashed too often in a row, for a person to look at', () => {
    const seen: unknown[] = [];
    let task = record('WAITING_ORDERS', 'run');
    for (let crash = 0; crash < 6; crash++) {
      task = takeUp(task, OPTIONS);
      seen.push([task.recoveries, task.state.name, task.state.halt]);
    }
    const quarantined = [4, 'HALTED', 'quarantined after 3 crashes in a row'];
    expect(seen).toEqual([
      [1, 'WAITING_ORDERS', undefined],
      [2, 'WAITING_ORDERS', undefined],
      [3, 'WAITING_ORDERS', undefined],
      quarantined,
      quarantined,
      quarantined,
    ]);
  });

  it('that had nothing to do counts no try', () => {
    const idle = record('IDLE', 'pause');
    expect(takeUp(idle, OPTIONS)).toBe(idle);
  });

  it('out of a damaged journal waits for a person, whatever it was at', () => {
    for (const task of [record('IDLE', 'pause'), record('WAITING_ORDERS', 'run')])
      expect(takeUp(task, { ...OPTIONS, damage: 'damage at byte 9' })).toMatchObject({
        recoveries: 0,
        state: { name: 'HALTED', halt: 'the journal had damage at byte 9' },
      });
  });
});
