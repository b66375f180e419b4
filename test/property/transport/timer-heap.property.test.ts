import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeapTimer, TimerHeap } from '../../../src/transport/timer-heap.js';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant('add' as const), dueAt: fc.integer({ min: 0, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove' as const), which: fc.nat() }) },
);

describe('the timer heap', () => {
  it('always holds what a sorted list would hold, its first in front', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const heap = new TimerHeap<HeapTimer>();
        let model: HeapTimer[] = [];
        steps.forEach((next, order) => {
          let gone: HeapTimer | undefined;
          if (next.op === 'add') {
            const timer = { dueAt: next.dueAt, order, index: -1 };
            heap.add(timer);
            model.push(timer);
            model.sort((a, b) => a.dueAt - b.dueAt || a.order - b.order);
          } else gone = next.op === 'pop' ? heap.peek() : model[next.which % model.length];
          if (gone) {
            heap.remove(gone);
            heap.remove(gone);
            model = model.filter((timer) => timer !== gone);
          }
          expect(heap.size).toBe(model.length);
          expect(heap.peek()).toBe(model[0]);
        });
      }),
      { numRuns: 300 },
    );
  });
});
