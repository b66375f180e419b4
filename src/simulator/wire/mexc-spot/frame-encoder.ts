import { ProtoWriter } from './proto-writer.js';

/** The wrapper around every push. Source: MEXC spot proto files, PushDataV3ApiWrapper. */
export interface Envelope {
  readonly channel: string;
  /** `''` = not sent (pushes of all symbols). */
  readonly symbol: string;
  /** `''` = not sent; seen on klines. */
  readonly symbolId?: string;
  /** Epoch ms; 0 = not sent. */
  readonly createTime?: number;
  /** Epoch ms; 0 = not sent (klines). */
  readonly sendTime?: number;
}

/** Writes a body into `to`; `item` is scratch for repeated messages. */
export type WriteBody = (to: ProtoWriter, item: ProtoWriter) => void;

/** Builds whole frames with memory that is reused; every frame returned is a copy of its own. */
export interface FrameEncoder {
  /** In the order that the venue writes: 1, 3, 4, 5, 6, body. */
  frame(envelope: Envelope, bodyField: number, write: WriteBody): Uint8Array;
}

export function createFrameEncoder(): FrameEncoder {
  const wrapper = new ProtoWriter();
  const body = new ProtoWriter();
  const item = new ProtoWriter();
  return {
    frame(envelope, bodyField, write) {
      wrapper
        .reset()
        .string(1, envelope.channel)
        .string(3, envelope.symbol)
        .string(4, envelope.symbolId ?? '');
      wrapper.integer(5, envelope.createTime ?? 0).integer(6, envelope.sendTime ?? 0);
      write(body.reset(), item);
      return wrapper.message(bodyField, body).finish();
    },
  };
}
