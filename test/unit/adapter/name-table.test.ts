import { describe, expect, it } from 'vitest';
import { loadFrame } from '../../../src/adapter/frame-memory.js';
import { type Name, NameTable } from '../../../src/adapter/name-table.js';

const MARKETS = Array.from({ length: 1_000 }, (_, at) => `${(at * 46_655 + 1).toString(36).toUpperCase()}_USDT`);

function load(text: string): void {
  loadFrame(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

function find<T>(table: NameTable<T>, text: string): Name<T> | undefined {
  load(text);
  return table.find(0, text.length);
}

/** Most names that share one of 2,048 slots. */
function mostInOneSlot(names: readonly string[]): number {
  const table = new NameTable(() => undefined);
  const slots = new Map<number, number>();
  for (const name of names) {
    const slot = (find(table, name)?.hash ?? 0) & 2_047;
    slots.set(slot, (slots.get(slot) ?? 0) + 1);
  }
  return Math.max(...slots.values());
}

describe('a table of names', () => {
  it('finds the one string of a name, wherever it stands in a frame', () => {
    const table = new NameTable((text) => text.length);
    load('{"s":"BTC_USDT"} {"s":"BTC_USDT"} {"s":"ETH_USDT"}');
    const first = table.find(6, 14);
    expect(first).toMatchObject({ text: 'BTC_USDT', note: 8 });
    expect(table.find(23, 31)).toBe(first);
    expect(table.find(40, 48)?.text).toBe('ETH_USDT');
  });

  it.each([
    ['a market alone', (market: string) => market],
    ['a market before an ending', (market: string) => `ob.${market}.50`],
    ['a market behind a channel', (market: string) => `spot@public.aggre.depth.v3.api.pb@100ms@${market}`],
    ['short names', (_: string, at: number) => at.toString(36)],
  ])('spreads the names of a channel over its slots: %s', (_, write) => {
    expect(mostInOneSlot(MARKETS.map(write))).toBeLessThan(8);
  });

  it('hashes a name alike whatever stands behind it', () => {
    for (const name of ['A', 'AB', 'ABC', 'ABCD', 'ABCDE', 'ABCDEFG', 'BTC_USDT', 'ob.LONGNAME_USDT.50']) {
      const table = new NameTable(() => undefined);
      load(`${name}","u":1}`);
      const first = table.find(0, name.length);
      load(`${name}}}}}}}}}`);
      expect(table.find(0, name.length)).toBe(first);
    }
  });

  it('tells long names apart that differ in any one byte, however many there are', () => {
    const table = new NameTable(() => undefined);
    const names = Array.from({ length: 128 - 4 }, (_, at) => 'A'.repeat(at + 5)).flatMap((name) => [
      name,
      ...Array.from(name, (_, at) => `${name.slice(0, at)}B${name.slice(at + 1)}`),
    ]);
    for (const name of names) expect(find(table, name)?.text).toBe(name);
    for (const name of names) expect(find(table, name)?.text).toBe(name);
  });

  it('has the very string that it was taught', () => {
    const table = new NameTable(() => undefined);
    table.learn('BTC_USDT');
    expect(find(table, 'BTC_USDT')?.text).toBe('BTC_USDT');
  });

  it('knows nothing of an empty name, a long one and one that is no printable ASCII or has an escape', () => {
    const table = new NameTable(() => undefined);
    const found = ['', 'A'.repeat(129), 'A\n', 'A\u007f', 'A\\u0042'].map((text) => find(table, text));
    expect(found).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});
