import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';
import { WIRE_SCHEMA } from '../../src/venues/mexc/spot/wire-schema.js';

/** The published messages, read by protobufjs from the .proto files and decoded by the code that it generates. */
export const WRAPPER = new protobuf.Root()
  .loadSync(fileURLToPath(new URL('../../proto/mexc/PushDataV3ApiWrapper.proto', import.meta.url)))
  .lookupType('PushDataV3ApiWrapper');

/** What every field of a decoded push reads as, sent or not; 64-bit integers as text. */
export function readAllFields(message: unknown, type = 'PushDataV3ApiWrapper'): Record<string, unknown> {
  const source = message as Record<string, unknown>;
  const seen: Record<string, unknown> = {};
  for (const [, name, kind, rule] of WIRE_SCHEMA[type] ?? []) {
    const value = source[name];
    const read = (item: unknown) =>
      kind in WIRE_SCHEMA && item !== null ? readAllFields(item, kind) : textOf(item, kind);
    seen[name] = rule === 'repeated' ? (value as unknown[]).map(read) : read(value);
    if (rule === 'body') seen['body'] = source['body'];
  }
  return seen;
}

function textOf(value: unknown, kind: string): unknown {
  // protobufjs alone reads an optional one that was not sent as 0, and so does who uses it.
  return kind === 'int64' ? String(value ?? 0) : value;
}
