import { createMessageDecoder } from './message-decoder.js';
import { WIRE_SCHEMA } from './wire-schema.js';

/**
 * A decoded binary frame: the wrapper's own fields and, under the name that `body` holds, the message inside. Fields that
 * were not sent read as empty text, 0, null or an empty list.
 */
export interface Push {
  readonly channel: string;
  readonly symbol?: string | null;
  /** 64-bit integers; read them with `readInt64`. */
  readonly createTime?: unknown;
  readonly sendTime?: unknown;
  /** Name of the field that holds the message; absent when this version knows none of the fields sent. */
  readonly body?: string;
  readonly [field: string]: unknown;
}

/** Decodes one frame; keeps no view of the bytes. Throws whatever the protobuf library throws for bytes that are no push. */
export type DecodePush = (bytes: Uint8Array) => Push;

let loading: Promise<DecodePush> | undefined;

/** Loads the protobuf library on first use; nothing of it is loaded before. */
export function loadWire(): Promise<DecodePush> {
  loading ??= load();
  return loading;
}

async function load(): Promise<DecodePush> {
  const { default: protobuf } = await import('protobufjs/minimal.js');
  const open = (bytes: Uint8Array) => protobuf.Reader.create(bytes);
  return createMessageDecoder(open, WIRE_SCHEMA, 'PushDataV3ApiWrapper') as unknown as DecodePush;
}
