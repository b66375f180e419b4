import type { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { WholeFrames } from '../../../src/transport/ws/whole-frames.js';

/** The types of `ws` leave it out. */
const { Receiver } = ws as unknown as { readonly Receiver: new (options: object) => Writable };

const MOST = 70_000;

interface Frame {
  readonly first: number;
  readonly isMasked: boolean;
  readonly payload: Uint8Array;
}

/** Header and payload. Source: RFC 6455, section 5.2. */
function bytesOf({ first, isMasked, payload }: Frame): Buffer {
  const mask = isMasked ? 0x80 : 0;
  const { length } = payload;
  const header =
    length < 126
      ? [first, mask | length]
      : length < 0x1_0000
        ? [first, mask | 126, length >> 8, length & 0xff]
        : [first, mask | 127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
  return Buffer.concat([Buffer.from(header), isMasked ? Buffer.alloc(4) : Buffer.alloc(0), payload]);
}

const text = fc.oneof(fc.string({ maxLength: 140, unit: 'binary' }), fc.constant('x'.repeat(126)));
const utf8 = text.map((value) => new TextEncoder().encode(value));
const anyBytes = fc.oneof(
  { weight: 8, arbitrary: fc.uint8Array({ maxLength: 140 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(125, 126, 127, 65_535, 65_536, MOST, MOST + 1).map((n) => new Uint8Array(n)),
  },
);
const plain = (first: number, payload: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Frame[]> =>
  payload.map((bytes) => [{ first, isMasked: false, payload: bytes }]);
const control = (first: number) => plain(first, fc.uint8Array({ maxLength: 125 }));
/** A message in pieces, with a ping between them. */
const pieces = fc
  .tuple(fc.constantFrom(0x01, 0x02), fc.array(utf8, { minLength: 1, maxLength: 4 }))
  .map(([opcode, parts]): Frame[] =>
    parts.flatMap((payload, at) => [
      { first: (at === parts.length - 1 ? 0x80 : 0) | (at === 0 ? opcode : 0), isMasked: false, payload },
      ...(at === 0 && parts.length > 1 ? [{ first: 0x89, isMasked: false, payload: new Uint8Array(2) }] : []),
    ]),
  );
/** Any first byte at all: most of them break a rule. */
const wild = fc
  .record({ first: fc.integer({ min: 0, max: 255 }), isMasked: fc.boolean(), payload: anyBytes })
  .map((frame) => [frame]);
const closing = fc
  .constantFrom(new Uint8Array(0), Uint8Array.of(3), Uint8Array.of(3, 232, 111))
  .map((payload): Frame[] => [{ first: 0x88, isMasked: false, payload }]);
const stream = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: plain(0x81, utf8) },
    { weight: 12, arbitrary: plain(0x82, anyBytes) },
    { weight: 1, arbitrary: plain(0x81, anyBytes) },
    { weight: 2, arbitrary: control(0x89) },
    { weight: 2, arbitrary: control(0x8a) },
    { weight: 4, arbitrary: pieces },
    { weight: 1, arbitrary: closing },
    { weight: 1, arbitrary: wild },
  ),
  { maxLength: 30 },
);
const sizes = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 400 }), fc.constant(65_536)),
  {
    minLength: 1,
    maxLength: 20,
  },
);

function chunksOf(frames: readonly Frame[], lengths: readonly number[]): Buffer[] {
  const whole = Buffer.concat(frames.map(bytesOf));
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < whole.length; turn++) {
    const end = at + (lengths[turn % lengths.length] as number);
    chunks.push(whole.subarray(at, end));
    at = end;
  }
  return chunks;
}

/** A receiver of `ws` that notes what it says. */
function receive(heard: unknown[]): Writable {
  const receiver = new Receiver({ maxPayload: MOST });
  const note = (kind: string) => (data: unknown, more: unknown) => heard.push([kind, hex(data), more]);
  for (const kind of ['message', 'ping', 'pong']) receiver.on(kind, note(kind));
  receiver.on('conclude', (code: number, reason: Buffer) => heard.push(['close', code, reason.toString('hex')]));
  receiver.on('error', (error: Error & { code?: string }) => heard.push(['error', error.code ?? error.message]));
  return receiver;
}

const hex = (data: unknown): string => Buffer.from(data as Uint8Array).toString('hex');
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What `ws` alone makes of the chunks. Nothing is written after the end, as its socket does not. */
async function alone(chunks: readonly Buffer[]): Promise<unknown[]> {
  const heard: unknown[] = [];
  const receiver = receive(heard);
  for (const chunk of chunks) if (receiver.writable) receiver.write(chunk);
  await turn();
  return heard;
}

/** What comes of them with whole frames taken out before. @param lose plants a mistake: messages of this length are lost. */
async function together(chunks: readonly Buffer[], lose = -1): Promise<unknown[]> {
  const heard: unknown[] = [];
  const receiver = receive(heard);
  const frames = new WholeFrames({
    maxPayloadBytes: MOST,
    message: (bytes, isText) => {
      if (bytes.length !== lose) heard.push(['message', hex(bytes), !isText]);
    },
    rest: (bytes) => {
      if (receiver.writable) receiver.write(bytes);
    },
  });
  receiver.on('error', () => frames.stop());
  for (const chunk of chunks) frames.push(chunk);
  await turn();
  return heard;
}

describe('whole frames taken out of a stream', () => {
  it('leave the same messages, pings, ends and errors as the receiver behind alone, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(stream, sizes, async (groups, lengths) => {
        const chunks = chunksOf(groups.flat(), lengths);
        expect(await together(chunks)).toEqual(await alone(chunks));
      }),
      { numRuns: 3_000 },
    );
  });

  it('would be caught losing a message', async () => {
    const chunks = chunksOf([{ first: 0x82, isMasked: false, payload: new Uint8Array(7) }], [4]);
    expect(await together(chunks, 7)).not.toEqual(await alone(chunks));
  });

  it('gives nothing after it was stopped, not even from the same chunk', () => {
    const heard: string[] = [];
    const frames: WholeFrames = new WholeFrames({
      maxPayloadBytes: MOST,
      message: (bytes) => {
        heard.push(hex(bytes));
        frames.stop();
      },
      rest: () => expect.unreachable(),
    });
    const frame = bytesOf({ first: 0x82, isMasked: false, payload: Uint8Array.of(1) });
    frames.push(Buffer.concat([frame, frame, frame.subarray(0, 1)]));
    frames.push(frame);
    expect(heard).toEqual(['01']);
  });
});
