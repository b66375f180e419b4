import { describe, expect, it } from 'vitest';
import { ControlQueue } from '../../../src/exchange/control-queue.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

function world(perSecond: number, send: (text: string) => boolean = () => true, oneAtATime = false) {
  const clock = createVirtualClock();
  const sent: Array<{ text: string; at: number }> = [];
  const told: string[] = [];
  const write = (text: string): boolean => {
    if (!send(text)) return false;
    sent.push({ text, at: clock.monotonic() });
    return true;
  };
  const queue = new ControlQueue(clock, perSecond, write, oneAtATime);
  return { clock, sent, told, push: (text: string) => queue.push(text, () => told.push(text)), queue };
}

describe('a queue of control messages', () => {
  it('writes at once what the rate allows, the rest in order as soon as it may, and leaves no timer', async () => {
    const { clock, sent, told, push } = world(2);
    for (const text of ['a', 'b', 'c', 'd', 'e']) push(text);
    expect(told).toEqual(['a', 'b']);
    await clock.advance(1_000);
    expect(told).toEqual(['a', 'b']);
    await clock.advance(1);
    expect(told).toEqual(['a', 'b', 'c', 'd']);
    await clock.advance(2_000);
    expect(sent.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('never writes more in any second than it may, whenever messages come', async () => {
    const seed = 20_250_101;
    const random = createSeededRandom(seed);
    const { clock, sent, push } = world(3);
    for (let i = 0; i < 300; i++) {
      push(String(i));
      await clock.advance(random.int(600));
    }
    await clock.advance(120_000);
    expect(sent.map(({ text }) => Number(text))).toEqual(Array.from({ length: 300 }, (_, i) => i));
    const tooMany = sent.filter(({ at }, i) => i >= 3 && at - (sent[i - 3]?.at ?? 0) < 1_000);
    expect(tooMany, `seed ${seed}`).toEqual([]);
  });

  it('forgets what waits when it is cleared, but not what it has written in this second', async () => {
    const { clock, told, push, queue } = world(1);
    push('a');
    push('b');
    queue.clear();
    expect(clock.pendingTimers).toBe(0);
    push('c');
    expect(told).toEqual(['a']);
    await clock.advance(1_001);
    expect(told).toEqual(['a', 'c']);
  });

  it('says nothing of a message that the socket did not take, and does not count it', async () => {
    let takes = false;
    const { told, push } = world(1, () => takes);
    push('a');
    takes = true;
    push('b');
    expect(told).toEqual(['b']);
  });

  it('of messages whose answers name nothing writes one at a time, and still no more than the rate allows', async () => {
    const { clock, told, push, queue } = world(2, undefined, true);
    for (const text of ['a', 'b', 'c', 'd']) push(text);
    const steps = [told.length];
    queue.settled();
    steps.push(told.length);
    // An answer to nothing lets nothing pass twice.
    queue.settled();
    queue.settled();
    steps.push(told.length);
    await clock.advance(1_001);
    steps.push(told.length);
    queue.settled();
    steps.push(told.length);
    expect([steps, told]).toEqual([
      [1, 2, 2, 3, 4],
      ['a', 'b', 'c', 'd'],
    ]);
  });

  it('that waits for an answer begins anew when it is cleared', () => {
    const { told, push, queue } = world(5, undefined, true);
    push('a');
    push('lost');
    queue.clear();
    push('b');
    expect(told).toEqual(['a', 'b']);
  });

  it('does not wait for the answer to a message that could not be written', () => {
    const { told, push } = world(5, (text) => text !== 'a', true);
    push('a');
    push('b');
    expect(told).toEqual(['b']);
  });
});
