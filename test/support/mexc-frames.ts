import { readFileSync } from 'node:fs';
import type { FrameHandler } from '../../src/adapter/frame-codec.js';

export interface FrameFixture {
  readonly name: string;
  readonly hex: string;
  readonly body: string;
  readonly decoded: Readonly<Record<string, unknown>> & { readonly channel: string };
}

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/mexc/${name}.json`, import.meta.url), 'utf8')) as T;
}

/** The published binary frames. */
export const FRAMES = readFixture<{ frames: FrameFixture[] }>('protobuf-frames').frames;

export function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** The frame of that name. */
export function frameNamed(name: string): Uint8Array {
  const found = FRAMES.find((frame) => frame.name === name);
  if (found === undefined) throw new Error(`no frame ${name}`);
  return bytesOf(found.hex);
}

/** Notes every call, so that a test can compare all that a frame led to. */
export function recordCalls(): { handler: FrameHandler; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args]);
  const handler: FrameHandler = {
    data: note('data'),
    ack: note('ack'),
    pong: note('pong'),
    closingSoon: note('closingSoon'),
    sessionLost: note('sessionLost'),
    unknown: note('unknown'),
    malformed: note('malformed'),
  };
  return { handler, calls };
}
