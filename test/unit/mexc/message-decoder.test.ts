import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadWire } from '../../../src/venues/mexc/spot/wire.js';
import { bytesOf, FRAMES } from '../../support/mexc-frames.js';
import { readAllFields, WRAPPER } from '../../support/protobuf-oracle.js';

const decode = await loadWire();

type Decode = (bytes: Uint8Array) => unknown;

/** All that a decoder reads, or that it refuses. */
function outcome(by: Decode, bytes: Uint8Array): unknown {
  try {
    return readAllFields(by(bytes));
  } catch {
    return 'refused';
  }
}

const ours: Decode = (bytes) => decode(bytes);
const theirs: Decode = (bytes) => WRAPPER.decode(bytes);

/** One change of the bytes of a frame. */
type Change =
  | { readonly kind: 'set' | 'insert'; readonly at: number; readonly byte: number }
  | { readonly kind: 'cut' | 'remove'; readonly at: number }
  | { readonly kind: 'append'; readonly frame: number };

const changes = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('set', 'insert'), at: fc.nat(400), byte: fc.nat(255) }),
    fc.record({ kind: fc.constantFrom('cut', 'remove'), at: fc.nat(400) }),
    // Two messages in a row are one: fields that come twice are merged, or the last one counts.
    fc.record({ kind: fc.constant('append'), frame: fc.nat(FRAMES.length - 1) }),
  ) as fc.Arbitrary<Change>,
  { maxLength: 4 },
);

function change(bytes: Uint8Array, { kind, ...by }: Change): Uint8Array {
  if ('frame' in by) return Buffer.concat([bytes, bytesOf(FRAMES[by.frame]?.hex ?? '')]);
  const at = by.at % (bytes.length + 1);
  if (kind === 'cut') return bytes.slice(0, at);
  if (kind === 'remove') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  const byte = Uint8Array.of('byte' in by ? by.byte : 0);
  return Buffer.concat([bytes.subarray(0, at), byte, bytes.subarray(kind === 'set' ? at + 1 : at)]);
}

describe('a message', () => {
  it.each(FRAMES)('reads like that of the generated decoder: $name', ({ hex }) => {
    expect(outcome(ours, bytesOf(hex))).toEqual(readAllFields(theirs(bytesOf(hex))));
  });

  it('reads like that of the generated decoder, or is refused by both, whatever its bytes', () => {
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...FRAMES), changes, fc.boolean(), ({ hex }, all, isBuffer) => {
        const changed = all.reduce(change, bytesOf(hex));
        const bytes = isBuffer ? Buffer.from(changed) : new Uint8Array(changed);
        const expected = outcome(theirs, bytes);
        seen[expected === 'refused' ? 'refused' : 'read']++;
        expect(outcome(ours, bytes)).toEqual(expected);
      }),
      { numRuns: 10_000 },
    );
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(1_000);
  });

  it('that is read wrongly is told from a right one', () => {
    const { hex } = FRAMES[0] as (typeof FRAMES)[number];
    const wrong = bytesOf(hex);
    wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
    expect(outcome(ours, wrong)).not.toEqual(outcome(theirs, bytesOf(hex)));
  });

  it('needs no code that is made at run time', async () => {
    const made: string[] = [];
    const { Function: real } = globalThis;
    globalThis.Function = class extends real {
      constructor(...args: string[]) {
        super(...args);
        made.push(args.join());
      }
    } as FunctionConstructor;
    try {
      decode(bytesOf(FRAMES[0]?.hex ?? ''));
    } finally {
      globalThis.Function = real;
    }
    expect(made).toEqual([]);
  });
});
