import protobuf from 'protobufjs';
import { OrderBook } from '../../src/book/order-book.js';
import { BookUpdate } from '../../src/model/book-update.js';
import type { FrameSet } from '../frames/frame-set.js';
import { fillUpdate } from './text-book.js';

interface WireLevel {
  readonly price: string;
  readonly quantity: string;
}

interface WirePush {
  readonly channel: string;
  readonly symbol: string;
  readonly publicAggreDepths?: {
    readonly asks: readonly WireLevel[];
    readonly bids: readonly WireLevel[];
    readonly fromVersion: string;
    readonly toVersion: string;
  };
  readonly publicAggreBookTicker?: {
    readonly bidPrice: string;
    readonly bidQuantity: string;
    readonly askPrice: string;
    readonly askQuantity: string;
  };
  readonly publicAggreDeals?: {
    readonly deals: readonly (WireLevel & {
      readonly tradeType: number;
      readonly time: number | { toNumber(): number };
      readonly tradeId: string;
    })[];
  };
}

export const PROTOBUFJS = 'protobufjs, decoder generated from proto/mexc/*.proto, fields turned with Number()';

export type DecodeWire = (bytes: Uint8Array) => WirePush;

/** The decoder that protobufjs generates from the published schema; its static modules hold the same code. */
export async function createProtobufDecoder(): Promise<DecodeWire> {
  const root = await protobuf.load('proto/mexc/PushDataV3ApiWrapper.proto');
  const wrapper = root.lookupType('PushDataV3ApiWrapper');
  wrapper.setup();
  return (bytes) => wrapper.decode(bytes) as unknown as WirePush;
}

/** A straightforward program: decode, turn texts into numbers, apply to the same book as ours. */
export function createProtobufBooks(decode: DecodeWire, set: FrameSet<Uint8Array>) {
  const books = new Map(set.markets.map(({ id }) => [id, new OrderBook(Number.POSITIVE_INFINITY)]));
  const starts = set.start.map((book) => fillUpdate(new BookUpdate(), book));
  const update = new BookUpdate();
  return {
    books: [...books.values()],
    reset: () =>
      [...books.values()].forEach((book, at) => void book.replace(starts[at] as BookUpdate, Number.POSITIVE_INFINITY)),
    read(frame: Uint8Array): void {
      const push = decode(frame);
      const depth = push.publicAggreDepths;
      const book = books.get(push.symbol);
      if (depth === undefined || book === undefined) throw new Error('not a depth push');
      update.reset();
      update.firstSequence = Number(depth.fromVersion);
      update.lastSequence = Number(depth.toVersion);
      if (update.firstSequence > book.sequence + 1) throw new Error('a gap');
      for (const { price, quantity } of depth.bids) update.addBid(Number(price), Number(quantity));
      for (const { price, quantity } of depth.asks) update.addAsk(Number(price), Number(quantity));
      if (book.apply(update) !== 'ok') throw new Error('the book does not go on');
    },
  };
}
