import { describe, expect, it } from 'vitest';
import type { FrameHandler } from '../../src/adapter/frame-codec.js';
import { parseJson } from '../../src/adapter/json.js';
import { venues } from '../../src/index.js';

const MANY = 300_000;
const REST = '"event":"update","result":{}';

/** Each would take minutes where anything is read twice for each time that something stands before it. */
const HOSTILE: Readonly<Record<string, string>> = {
  'arrays that are never closed': '['.repeat(MANY),
  'arrays in arrays': '['.repeat(MANY) + ']'.repeat(MANY),
  'objects in objects': `${'{"a":'.repeat(MANY)}1${'}'.repeat(MANY)}`,
  'a number of many digits': `{"id":${'9'.repeat(MANY)},"channel":"spot.trades"}`,
  'a fraction of many digits': `{"id":0.${'9'.repeat(MANY)}}`,
  'many long numbers': `[${'12345678901234567890,'.repeat(MANY / 10)}1]`,
  'a long text': `{"channel":"${'x'.repeat(MANY)}",${REST}}`,
  'a text of escapes': `{"channel":"${'\\u0041'.repeat(MANY / 5)}",${REST}}`,
  'a text of quotes that never ends': `{"channel":"${'\\"'.repeat(MANY)}`,
  'the same key again and again': `{${'"channel":"spot.trades",'.repeat(MANY / 10)}${REST}}`,
  'many keys': `{${Array.from({ length: MANY / 10 }, (_, i) => `"k${i}":1`).join(',')}}`,
  'blanks that nothing follows': `{"channel":"spot.trades"${' '.repeat(MANY)}`,
  'half of a character': `{"channel":"\ud800","event":"\\ud800"}`,
};

describe.each(Object.entries(venues))('a hostile frame to %s', (_, venue) => {
  it.each(Object.entries(HOSTILE))('is read once and reported: %s', async (__, text) => {
    const codec = await venue.streams.loadCodec();
    for (const frame of [text, new TextEncoder().encode(text)]) {
      const calls: string[] = [];
      const note = (name: string) => () => void calls.push(name);
      const names = ['data', 'ack', 'pong', 'unknown', 'malformed', 'closingSoon', 'sessionLost'] as const;
      codec.read(frame, Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as FrameHandler);
      expect(calls.length).toBe(1);
    }
  });
});

describe('a hostile body', () => {
  it.each(Object.entries(HOSTILE))('is a value or a syntax error, at once: %s', (_, text) => {
    try {
      parseJson(text);
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
  });
});
