import { WebSocket } from 'ws';
import { OrderBook } from '../../src/book/order-book.js';
import { BookUpdate } from '../../src/model/book-update.js';
import type { PushStream } from '../frames/stream.js';
import { readGateObu } from './minimal-gate.js';
import { readMexcDepth } from './minimal-mexc.js';
import { fillUpdate } from './text-book.js';

/** Reads one frame into `update`; returns the market's own name. */
export type ReadMinimal = (bytes: Buffer, update: BookUpdate) => string;

/**
 * What somebody writes by hand for one purpose: the `ws` package, a decoder that knows only the frames it expects, one
 * book per market, a callback. No reconnect, no sequence check, no states.
 */
export function createMinimalBooks({ set, options }: PushStream) {
  const read: ReadMinimal = options.venue === 'mexc' ? readMexcDepth : readGateObu;
  const depth = options.venue === 'mexc' ? Number.POSITIVE_INFINITY : 50;
  const books = new Map(set.markets.map(({ id }) => [id, new OrderBook(depth)]));
  const update = new BookUpdate();
  set.markets.forEach(({ id }, at) => void books.get(id)?.replace(fillUpdate(update, set.start[at] as never), depth));
  return {
    books: [...books.values()],
    open(url: string, topics: readonly string[], updated: (book: OrderBook) => void): WebSocket {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('open', () => topics.forEach((topic) => void socket.send(topic)));
      socket.on('message', (data: Buffer, isBinary) => {
        // Answers, and the whole book that it has already.
        if (isBinary !== (options.venue === 'mexc') || data[2] === TIME || isWhole(data)) return;
        update.reset();
        const book = books.get(read(data, update)) as OrderBook;
        book.apply(update);
        updated(book);
      });
      return socket;
    },
  };
}

/** `{"time":…` begins the answers of Gate.io only. */
const TIME = 0x74;

/** `…,"full":true` follows the time of a whole book. */
function isWhole(data: Buffer): boolean {
  return data[0] === 0x7b && data[51] === 0x66 && data[52] === 0x75;
}
