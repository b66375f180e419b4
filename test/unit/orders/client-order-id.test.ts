import { describe, expect, it } from 'vitest';
import {
  createClientOrderIds,
  parseClientOrderId,
  validateClientOrderId,
} from '../../../src/exchange/orders/client-order-id.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { PLACING, refusalOf } from './order-fixtures.js';

const PLAIN = { clientIdPrefix: '', clientIdLength: 32 };
const AT = Date.UTC(2026, 0, 1);
const still = { now: () => AT };

describe('a made client order id', () => {
  it('is 26 letters and digits behind the prefix, and says who made it when', () => {
    const ids = createClientOrderIds({ clock: still, random: createSeededRandom(1), tag: 'arb' });
    const id = ids.next(PLACING);
    expect(id).toMatch(/^t-1[0-9a-z]{25}$/);
    const { sequence, ...parts } = parseClientOrderId(id, PLACING) ?? {};
    expect(parts).toEqual({ run: ids.run, madeAt: AT, tag: '0arb' });
    expect(parseClientOrderId(ids.next(PLACING), PLACING)?.sequence).toBe(((sequence as number) + 1) % 36 ** 4);
    expect(ids.next(PLAIN)).toMatch(/^1[0-9a-z]{25}$/);
  });

  it('is one that the venue accepts', () => {
    const ids = createClientOrderIds({ clock: still, random: createSeededRandom(2) });
    for (const rules of [PLACING, PLAIN]) expect(() => validateClientOrderId(ids.next(rules), rules)).not.toThrow();
  });

  it('never comes twice in a run, also when the clock stands, steps back and jumps', () => {
    const random = createSeededRandom('steps');
    let now = AT;
    const clock = { now: () => (now += random.pick([0, 0, 0, 1, -1, -3_600_000, 3_600_000])) };
    const ids = createClientOrderIds({ clock, random });
    const made = new Set(Array.from({ length: 200_000 }, () => ids.next(PLAIN)));
    expect(made.size).toBe(200_000);
  });

  it('does not come again after the sequence has wrapped within one millisecond', () => {
    const ids = createClientOrderIds({ clock: still, random: createSeededRandom(3) });
    const first = ids.next(PLAIN);
    const times = new Map<number | undefined, number>();
    let last = first;
    for (let i = 1; i <= 36 ** 4; i++) last = ids.next(PLAIN);
    for (const id of [first, last]) {
      const madeAt = parseClientOrderId(id, PLAIN)?.madeAt;
      times.set(madeAt, (times.get(madeAt) ?? 0) + 1);
    }
    expect(parseClientOrderId(first, PLAIN)?.sequence).toBe(parseClientOrderId(last, PLAIN)?.sequence);
    expect([...times]).toEqual([
      [AT, 1],
      [AT + 1, 1],
    ]);
  });

  it('differs between ten thousand generators that begin in the same millisecond', () => {
    const random = createSeededRandom('many');
    const made = new Set<string>();
    for (let run = 0; run < 10_000; run++) {
      const ids = createClientOrderIds({ clock: still, random });
      for (let i = 0; i < 10; i++) made.add(ids.next(PLAIN));
    }
    expect(made.size).toBe(100_000);
  });

  it('is not made where it does not fit, nor with a tag that would break it', () => {
    const ids = createClientOrderIds({ clock: still, random: createSeededRandom(4) });
    expect(refusalOf(() => ids.next({ clientIdPrefix: 't-', clientIdLength: 27 }))).toMatchObject({
      code: 'configuration',
      field: 'clientIdLength',
    });
    for (const tag of ['ABCD', 'a-b', 'abcde']) {
      const options = { clock: still, random: createSeededRandom(5), tag };
      expect(refusalOf(() => createClientOrderIds(options))).toMatchObject({ code: 'configuration', field: 'tag' });
    }
  });
});

describe('reading a client order id', () => {
  const id = createClientOrderIds({ clock: still, random: createSeededRandom(6), tag: 'a1' }).next(PLACING);

  it('knows a wrong character from a right one, at every place', () => {
    const body = id.slice(2);
    for (let at = 0; at < body.length; at++) {
      for (const wrong of '0123456789abcdefghijklmnopqrstuvwxyzA-') {
        if (wrong === body[at]) continue;
        expect(parseClientOrderId(`t-${body.slice(0, at)}${wrong}${body.slice(at + 1)}`, PLACING)).toBe(undefined);
      }
    }
  });

  it('knows swapped neighbours', () => {
    const body = id.slice(2);
    for (let at = 0; at + 1 < body.length - 2; at++) {
      const [a, b] = [body[at], body[at + 1]];
      if (a === b) continue;
      expect(parseClientOrderId(`t-${body.slice(0, at)}${b}${a}${body.slice(at + 2)}`, PLACING)).toBe(undefined);
    }
  });

  it.each(['', 't-', 'web', 't-mine', id.slice(2), `${id}0`, `t-${id}`])('is not taken in by %s', (other) => {
    expect(parseClientOrderId(other, PLACING)).toBe(undefined);
  });
});

describe('a client order id of a user', () => {
  // Source: Gate.io spot API v4 docs, field `text` of an order.
  it.each(['t-abc', 't-0123456789012345678901234567', 't-a_b-c.D9'])('passes: %s', (given) => {
    expect(() => validateClientOrderId(given, PLACING)).not.toThrow();
  });

  it.each(['abc', 'T-abc', 't-01234567890123456789012345678', 't-a b', 't-a:b', 't-ä', 't-a\r\nb', 't-\u{1f600}', ''])(
    'is refused, never changed: %j',
    (given) => {
      const refusal = { code: 'validation', outcome: 'not_sent', field: 'clientOrderId' };
      expect(refusalOf(() => validateClientOrderId(given, PLACING))).toEqual(refusal);
    },
  );

  it('may hold letters, digits, minus and underscore where the venue says nothing', () => {
    expect(() => validateClientOrderId('a_B-9', PLAIN)).not.toThrow();
    expect(refusalOf(() => validateClientOrderId('a.b', PLAIN))['field']).toBe('clientOrderId');
    expect(refusalOf(() => validateClientOrderId('a'.repeat(33), PLAIN))['field']).toBe('clientOrderId');
  });
});
