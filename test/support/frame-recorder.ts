import type { FrameHandler } from '../../src/adapter/frame-codec.js';

/** Everything that a codec reported, in order. */
export function createRecorder(): FrameHandler & { readonly calls: unknown[][] } {
  const calls: unknown[][] = [];
  const record =
    (kind: string) =>
    (...values: unknown[]): void => {
      calls.push([kind, ...values]);
    };
  return {
    calls,
    data: record('data'),
    ack: record('ack'),
    pong: record('pong'),
    closingSoon: record('closingSoon'),
    unknown: record('unknown'),
    malformed: record('malformed'),
  };
}
