import { type FrameSet, makeFrames } from './frame-set.js';
import { gateObuFrames, obuSnapshot } from './gateio.js';
import { mexcFrames } from './mexc.js';

export interface StreamOptions {
  readonly venue: 'mexc' | 'gate';
  readonly seed: string;
  readonly markets: number;
  readonly frames: number;
}

/** What an end-to-end connection brings: made twice from one seed, by the server and by the client that checks. */
export interface PushStream {
  readonly options: StreamOptions;
  readonly set: FrameSet<string | Uint8Array>;
  /** Enough for every book to be live. */
  readonly prelude: readonly (string | Uint8Array)[];
  readonly flood: readonly (string | Uint8Array)[];
}

/** Frames after which each of a few markets has had several. */
const PRELUDE = 400;
/** For so many markets that chance alone must not leave one out. */
const PRELUDE_EACH = 16;

export function makeStream(options: StreamOptions): PushStream {
  const { venue, seed, markets, frames } = options;
  const prelude = Math.max(PRELUDE, markets * PRELUDE_EACH);
  const common = { seed, markets, frames: frames + prelude, depth: 50, kinds: ['depth'], maxTrades: 1 } as const;
  if (venue === 'mexc') {
    const set = makeFrames(mexcFrames, common);
    return { options, set, prelude: set.frames.slice(0, prelude), flood: set.frames.slice(prelude) };
  }
  const set = makeFrames(gateObuFrames, common);
  const books = set.markets.map(({ id }, at) => obuSnapshot(id, set.start[at] as never, 1_767_225_600_000));
  return { options, set, prelude: [...books, ...set.frames.slice(0, prelude)], flood: set.frames.slice(prelude) };
}

/** The order book endpoint of MEXC spot. Source: MEXC spot v3 docs, order book. */
export function snapshotBody({ set }: PushStream, at: number): unknown {
  const book = set.start[at];
  if (book === undefined) return { code: -1121, msg: 'Invalid symbol.' };
  return { lastUpdateId: book.sequence, bids: book.bids, asks: book.asks, timestamp: 1_767_225_600_000 };
}

/** Header of an unmasked, whole WebSocket frame. Source: RFC 6455, section 5.2. */
export function frameHeader(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, length]);
  if (length > 0xffff) throw new RangeError(`a frame of ${length} bytes`);
  return Buffer.from([0x80 | opcode, 126, length >> 8, length & 0xff]);
}
