import { describe, expect, it } from 'vitest';
import { openFileIntentLog } from '../../../src/exchange/orders/file-intent-log.js';
import type { Intent, IntentLog } from '../../../src/exchange/orders/intent-log.js';
import { settle } from '../../../src/transport/clock.js';
import { encodeFrame } from '../../../src/transport/log/log-frames.js';
import { createFaultDisk, type FaultDisk } from './fault-disk.js';
import { makeRequest } from './order-fixtures.js';

const intent = (id: string): Intent => ({ venue: 'test_spot', request: makeRequest(id), since: 1_000, fence: 6_000 });
const idsOf = (log: IntentLog) => log.open().map(({ request }) => request.clientOrderId);
const openLog = (fault: FaultDisk, options: { maxBytes?: number; onTornTail?: (bytes: number) => void } = {}) =>
  openFileIntentLog({ path: 'orders.log', disk: fault.disk, ...options });
const failedLog = { code: 'configuration', outcome: 'not_sent', field: 'intentLog' };

async function reopen(content: Uint8Array, tails: number[] = []): Promise<IntentLog> {
  const fault = createFaultDisk();
  fault.put(content);
  return openLog(fault, { onTornTail: (bytes) => tails.push(bytes) });
}

/** A log of three intents, the first placed, and where each of its records ends. */
async function makeLog() {
  const fault = createFaultDisk();
  const log = await openLog(fault);
  const ends = [fault.content().length];
  for (const act of [
    () => log.record(intent('a')),
    () => log.record(intent('b')),
    () => log.settle('a', { result: 'placed', orderId: '7' }),
    () => log.record(intent('c')),
  ]) {
    await act();
    ends.push(fault.content().length);
  }
  return { content: fault.content(), ends, states: [[], ['a'], ['a', 'b'], ['b'], ['b', 'c']] };
}

describe('a file of intents', () => {
  it('has an intent on the disk before it may be sent', async () => {
    const fault = createFaultDisk();
    const log = await openLog(fault);
    fault.hold();
    let isRecorded = false;
    const recorded = log.record(intent('a')).then(() => {
      isRecorded = true;
    });
    await settle();
    await settle();
    expect([isRecorded, fault.counts.syncs]).toEqual([false, 1]);
    fault.release();
    await recorded;
    expect(idsOf(await reopen(fault.durable()))).toEqual(['a']);
  });

  it('shares one sync between all that are recorded while another is under way', async () => {
    const fault = createFaultDisk();
    const log = await openLog(fault);
    fault.hold();
    const all = [log.record(intent('first'))];
    await settle();
    for (let i = 0; i < 500; i++) all.push(log.record(intent(`n${i}`)));
    fault.release();
    await Promise.all(all);
    expect(fault.counts).toMatchObject({ writes: 2, syncs: 2 });
    expect((await reopen(fault.durable())).open().length).toBe(501);
  });

  it('gives back after a restart what it held, intents to the last digit', async () => {
    const fault = createFaultDisk();
    const log = await openLog(fault);
    await log.record(intent('a'));
    await log.record(intent('b'));
    await log.settle('a', { result: 'placed', orderId: '7' });
    await log.close();
    expect(fault.counts.locks).toBe(0);
    const next = await openLog(fault);
    expect(next.open()).toEqual([intent('b')]);
    await expect(next.record(intent('a'))).rejects.toMatchObject({ code: 'duplicate_order' });
    await expect(next.record(intent('b'))).rejects.toMatchObject({ code: 'duplicate_order' });
  });

  it('holds what was whole when it is cut off at any byte, and reports the rest', async () => {
    const { content, ends, states } = await makeLog();
    for (let cut = ends[0] as number; cut <= content.length; cut++) {
      const whole = ends.findLastIndex((end) => end <= cut);
      for (const rest of [0, 512]) {
        const tails: number[] = [];
        const zeros = new Uint8Array(cut + rest);
        zeros.set(content.subarray(0, cut));
        const log = await reopen(zeros, tails);
        const torn = cut - (ends[whole] as number) + rest;
        expect({ cut, open: idsOf(log), tails }).toEqual({ cut, open: states[whole], tails: torn === 0 ? [] : [torn] });
      }
    }
  });

  it('refuses to open when any bit of it is wrong, and leaves it as it is', async () => {
    const { content } = await makeLog();
    for (let bit = 0; bit < content.length * 8; bit++) {
      const damaged = content.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      const fault = createFaultDisk();
      fault.put(damaged);
      await expect(openLog(fault), `bit ${bit}`).rejects.toMatchObject(failedLog);
      expect(fault.counts).toMatchObject({ replaces: 0, locks: 0 });
    }
  });

  it.each([
    ['another file', new TextEncoder().encode('my notes')],
    ['another file of frames', encodeFrame('{"log":"notes","version":1}')],
    ['a log of a newer version', encodeFrame('{"log":"intents","version":2}')],
    ['a record of a kind that it does not know', join('{"log":"intents","version":1}', '{"kind":"lease"}')],
    ['a record without an order', join('{"log":"intents","version":1}', '{"kind":"intent"}')],
    ['a record that is no record', join('{"log":"intents","version":1}', '7')],
  ])('refuses %s', async (_name, content) => {
    await expect(reopen(content)).rejects.toMatchObject(failedLog);
  });

  it.each([
    ['write', 'ENOSPC'],
    ['write', 'EROFS'],
    ['sync', 'EIO'],
  ] as const)(
    'takes no order any more once a %s failed with %s, also when the disk is well again',
    async (call, code) => {
      const fault = createFaultDisk();
      const log = await openLog(fault);
      await log.record(intent('before'));
      fault.fail(call, code);
      const refused = await Promise.allSettled([log.record(intent('a')), log.record(intent('b'))]);
      expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      fault.heal();
      await expect(log.record(intent('c'))).rejects.toMatchObject({
        ...failedLog,
        message: expect.stringContaining(code),
      });
      await expect(log.settle('before', { result: 'placed' })).rejects.toMatchObject(failedLog);
      expect(idsOf(log)).toEqual([]);
      expect(idsOf(await reopen(fault.durable()))).toEqual(['before']);
      await log.close();
      expect(fault.counts.locks).toBe(0);
    },
  );

  it.each(['read', 'replace', 'append'] as const)(
    'does not open, and gives its lock back, when the disk fails to %s',
    async (call) => {
      const fault = createFaultDisk();
      fault.fail(call, 'EROFS');
      await expect(openLog(fault)).rejects.toMatchObject(failedLog);
      expect(fault.counts.locks).toBe(0);
    },
  );

  it.each([
    ['path', { path: '' }],
    ['path', { path: undefined }],
    ['maxBytes', { path: 'x', maxBytes: 0 }],
    ['rememberedIds', { path: 'x', rememberedIds: 0.5 }],
  ])('does not open with a wrong %s', async (field, options) => {
    const fault = createFaultDisk();
    const opened = openFileIntentLog({ disk: fault.disk, ...(options as { path: string }) });
    await expect(opened).rejects.toMatchObject({ code: 'configuration', field });
    expect(fault.counts.locks).toBe(0);
  });

  it('is rewritten when it has grown, without losing what is under way', async () => {
    const fault = createFaultDisk();
    const log = await openFileIntentLog({ path: 'x', disk: fault.disk, maxBytes: 4_000, rememberedIds: 20 });
    await log.record(intent('stays'));
    for (let round = 0; round < 30; round++) {
      const ids = Array.from({ length: 10 }, (_, i) => `r${round}-${i}`);
      await Promise.all(
        ids.map(async (id) => {
          await log.record(intent(id));
          await log.settle(id, { result: 'placed' });
        }),
      );
      await settle();
    }
    expect(fault.counts.replaces).toBeGreaterThan(5);
    expect(fault.content().length).toBeLessThan(12_000);
    await log.close();
    const next = await reopen(fault.durable());
    expect(idsOf(next)).toEqual(['stays']);
    await expect(next.record(intent('r29-9'))).rejects.toMatchObject({ code: 'duplicate_order' });
  });

  it('keeps one record of an intent that is taken in while the file is rewritten', async () => {
    const fault = createFaultDisk();
    const log = await openLog(fault, { maxBytes: 1 });
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        for (let turn = 0; turn < i; turn++) await settle();
        await log.record(intent(`n${i}`));
      }),
    );
    await log.close();
    expect((await reopen(fault.durable())).open().length).toBe(50);
  });

  it('halts when it cannot be rewritten, with everything that it took in safe', async () => {
    const fault = createFaultDisk();
    const log = await openLog(fault, { maxBytes: 1 });
    fault.fail('replace', 'ENOSPC');
    const taken: string[] = [];
    for (let i = 0; i < 20; i++) {
      await log.record(intent(`n${i}`)).then(
        () => taken.push(`n${i}`),
        () => undefined,
      );
    }
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThan(20);
    expect(idsOf(await reopen(fault.durable()))).toEqual(taken);
  });
});

function join(...texts: string[]): Uint8Array {
  return new Uint8Array(texts.flatMap((text) => [...encodeFrame(text)]));
}
