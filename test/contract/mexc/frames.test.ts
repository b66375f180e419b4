import { describe, expect, it } from 'vitest';
import { readWireSchema, renderWireSchema } from '../../../proto/generate.js';
import { createFrameCodec } from '../../../src/venues/mexc/spot/frame.js';
import { loadWire } from '../../../src/venues/mexc/spot/wire.js';
import { bytesOf, FRAMES, readFixture, recordCalls } from '../../support/mexc-frames.js';

const decode = await loadWire();
/** By the general decoder alone: what is read in place is compared with it frame by frame in `test/property`. */
const codec = createFrameCodec(decode, { learn: () => {}, read: () => false });

/** What was sent: 64-bit integers as text, without the name of the body. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value, asSent)) as Record<string, unknown>;

function asSent(key: string, value: unknown): unknown {
  if (key === 'body') return undefined;
  return typeof value === 'object' && value !== null && 'unsigned' in value ? String(value) : value;
}

interface ControlFixture {
  readonly name: string;
  readonly text: string;
  readonly kind: 'ack' | 'reject' | 'partial' | 'pong' | 'listen-key-invalid';
  readonly id?: number;
  readonly rejected: readonly string[];
}

describe('the protobuf schema', () => {
  it('is the one that the .proto files describe', () => {
    expect(readWireSchema()).toBe(renderWireSchema());
  });

  it.each(FRAMES)('reads every field of the frame $name', ({ hex, decoded }) => {
    expect(plain(decode(bytesOf(hex)))).toEqual(decoded);
  });

  it.each(FRAMES)('names the body of the frame $name', ({ hex, body }) => {
    expect(decode(bytesOf(hex)).body).toBe(body);
  });
});

describe('a binary frame', () => {
  it.each(FRAMES)('is one push on its channel: $name', ({ hex, body, decoded }) => {
    const { handler, calls } = recordCalls();
    codec.read(bytesOf(hex), handler);
    const venueTime = Number(decoded['sendTime'] ?? decoded['createTime']);
    const message = decoded[body];
    const payload = body.startsWith('private') ? plain({ symbol: decoded['symbol'] ?? null, message }) : message;
    expect(calls.map((call) => plain(call))).toEqual([['data', decoded.channel, '', payload, venueTime]]);
  });
});

describe('a text frame', () => {
  const { frames } = readFixture<{ frames: ControlFixture[] }>('control-frames');

  it.each(frames)('is read as the venue means it: $name', (frame) => {
    const { handler, calls } = recordCalls();
    codec.read(frame.text, handler);
    expect(calls).toEqual([expectedCall(frame)]);
  });

  function expectedCall({ kind, id, text, rejected }: ControlFixture): unknown[] {
    if (kind === 'pong') return ['pong'];
    if (kind === 'listen-key-invalid') return ['sessionLost', 'Invalid listen key'];
    if (rejected.length === 0) return ['ack', { id, refused: 'none' }];
    const { msg } = JSON.parse(text) as { msg: string };
    return ['ack', { id, refused: rejected, code: 'subscription_refused', message: msg }];
  }
});
