import { describe, expect, it } from 'vitest';
import { openFileIntentLog } from '../../../src/exchange/orders/file-intent-log.js';
import type { Intent, IntentLog } from '../../../src/exchange/orders/intent-log.js';
import { createMemoryIntentLog } from '../../../src/exchange/orders/memory-intent-log.js';
import { createFaultDisk } from './fault-disk.js';
import { makeRequest } from './order-fixtures.js';

const intent = (id: string): Intent => ({ venue: 'test_spot', request: makeRequest(id), since: 1_000, fence: 6_000 });
const idsOf = (log: IntentLog) => log.open().map(({ request }) => request.clientOrderId);

const KINDS = [
  ['in memory', async (rememberedIds: number) => createMemoryIntentLog({ rememberedIds })],
  [
    'in a file',
    async (rememberedIds: number) =>
      openFileIntentLog({ path: 'orders.log', disk: createFaultDisk().disk, rememberedIds }),
  ],
] as const;

describe.each(KINDS)('an intent log %s', (_name, create) => {
  it('lists intents without an outcome, oldest first', async () => {
    const log = await create(10);
    for (const id of ['a', 'b', 'c']) await log.record(intent(id));
    await log.settle('b', { result: 'placed', orderId: '7' });
    expect(log.open()).toEqual([intent('a'), intent('c')]);
    await log.close();
  });

  it('refuses an id whose bytes may have been on the wire, before anything is sent', async () => {
    const log = await create(10);
    await log.record(intent('open'));
    await log.record(intent('placed'));
    await log.record(intent('absent'));
    await log.settle('placed', { result: 'placed' });
    await log.settle('absent', { result: 'absent' });
    for (const id of ['open', 'placed', 'absent']) {
      await expect(log.record(intent(id))).rejects.toMatchObject({ code: 'duplicate_order', outcome: 'not_sent' });
    }
    expect(idsOf(log)).toEqual(['open']);
    await log.close();
  });

  it('frees an id that was refused or never sent', async () => {
    const log = await create(10);
    for (const result of ['rejected', 'not_sent'] as const) {
      await log.record(intent('a'));
      await log.settle('a', { result });
    }
    await log.record(intent('a'));
    expect(idsOf(log)).toEqual(['a']);
    await log.close();
  });

  it('remembers a bounded number of used ids', async () => {
    const log = await create(2);
    for (const id of ['a', 'b', 'c']) {
      await log.record(intent(id));
      await log.settle(id, { result: 'placed' });
    }
    await expect(log.record(intent('b'))).rejects.toMatchObject({ code: 'duplicate_order' });
    await log.record(intent('a'));
    expect(idsOf(log)).toEqual(['a']);
    await log.close();
  });

  it('leaves alone what is not open, and refuses more than it can hold', async () => {
    const log = await create(10);
    await log.settle('never', { result: 'placed' });
    await Promise.all(Array.from({ length: 10_000 }, (_, i) => log.record(intent(`n${i}`))));
    await expect(log.record(intent('more'))).rejects.toMatchObject({ code: 'overflow', outcome: 'not_sent' });
    expect(log.open().length).toBe(10_000);
    await log.close();
  });

  it('takes nothing after it was closed, which may happen twice', async () => {
    const log = await create(10);
    await Promise.all([log.close(), log.close()]);
    await expect(log.record(intent('a'))).rejects.toMatchObject({ code: 'closed', outcome: 'not_sent' });
  });
});

it('a log refuses a bound that is none', () => {
  expect(() => createMemoryIntentLog({ rememberedIds: -1 })).toThrow(/rememberedIds: expected a whole number/);
});
