import { describe, expect, it } from 'vitest';
import { loadFrame } from '../../../src/adapter/frame-memory.js';
import { literalOf, standsAt } from '../../../src/adapter/literal.js';

const TEXT = '{"time":1767225600,"channel":"spot.trades"';

describe('a literal in a frame', () => {
  it('stands where its every byte does, and nowhere when one of them is another', () => {
    for (let length = 0; length <= 24; length++) {
      const literal = literalOf(TEXT.slice(0, length));
      loadFrame(Buffer.from(`..${TEXT}`));
      expect(standsAt(2, literal)).toBe(true);
      for (let at = 0; at < length; at++) {
        for (const bit of [0x01, 0x10, 0x80]) {
          const frame = Buffer.from(`..${TEXT}`);
          frame.writeUInt8(frame.readUInt8(at + 2) ^ bit, at + 2);
          loadFrame(frame);
          expect(standsAt(2, literal), `${length} bytes, the one at ${at} changed`).toBe(false);
        }
      }
    }
  });

  it('does not stand in a frame that ends before it, whatever a longer one left there', () => {
    const literal = literalOf(TEXT);
    for (let length = 0; length < TEXT.length; length++) {
      loadFrame(Buffer.from(TEXT));
      loadFrame(Buffer.from(TEXT.slice(0, length)));
      expect(standsAt(0, literal)).toBe(false);
    }
  });

  it('is refused unless it is printable ASCII, since its words would be no numbers', () => {
    for (const text of ['a\u0000', 'é', '\u007f']) expect(() => literalOf(text)).toThrow(RangeError);
  });
});

describe('the memory of frames', () => {
  it('takes 65,536 bytes and leaves longer frames to others', () => {
    expect([65_536, 65_537].map((length) => loadFrame(new Uint8Array(length)))).toEqual([true, false]);
  });
});
