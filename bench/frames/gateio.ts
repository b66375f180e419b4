import type { TextBook } from './book-walk.js';
import type { FrameWriter } from './frame-set.js';

/** Gate.io spot's text pushes with `spot.order_book_update`. Source: Gate spot WebSocket v4 docs, server notification. */
export const gateUpdateFrames: FrameWriter<string> = {
  joint: '_',
  depth: ({ id }, { first, last, bids, asks }, at) =>
    push('spot.order_book_update', at, {
      t: at,
      l: '100',
      e: 'depthUpdate',
      E: Math.floor(at / 1_000),
      s: id,
      U: first,
      u: last,
      b: bids,
      a: asks,
    }),
  bookTicker: ({ id }, bid, ask, sequence, at) =>
    push('spot.book_ticker', at, { t: at, u: sequence, s: id, b: bid[0], B: bid[1], a: ask[0], A: ask[1] }),
  trades({ id }, [trade], at) {
    if (trade === undefined) throw new RangeError('a push holds one trade');
    return push('spot.trades', at, {
      id: trade.id,
      id_market: trade.id - 300_000_000,
      create_time: Math.floor(at / 1_000),
      create_time_ms: `${at}.4578`,
      side: trade.side,
      currency_pair: id,
      amount: trade.quantity,
      price: trade.price,
      range: `${trade.id}-${trade.id}`,
    });
  },
};

/** The same with order book v2, `spot.obu`, 50 levels. Source: Gate spot WebSocket v4 docs, order book v2. */
export const gateObuFrames: FrameWriter<string> = {
  ...gateUpdateFrames,
  depth: ({ id }, { first, last, bids, asks }, at) =>
    JSON.stringify({
      channel: 'spot.obu',
      result: { t: at, s: `ob.${id}.50`, U: first, u: last, b: bids, a: asks },
      time_ms: at + 1,
      event: 'update',
    }),
};

/** Futures' `order_book_update`, whose levels are objects. Source: Gate futures WebSocket v4 docs, order book update. */
export const gateFuturesFrames: FrameWriter<string> = {
  ...gateUpdateFrames,
  depth: ({ id }, { first, last, bids, asks }, at) => {
    const named = (levels: typeof bids) => levels.map(([p, s]) => ({ p, s }));
    const result = { t: at, s: id, U: first, u: last, l: '100', b: named(bids), a: named(asks) };
    return push('futures.order_book_update', at, result);
  },
};

/** The whole book that begins an `obu` stream. */
export function obuSnapshot(id: string, { sequence, bids, asks }: TextBook, at: number): string {
  const result = { t: at, full: true, s: `ob.${id}.50`, u: sequence, b: bids, a: asks };
  return JSON.stringify({ channel: 'spot.obu', result, time_ms: at + 1, event: 'update' });
}

function push(channel: string, at: number, result: object): string {
  return JSON.stringify({ time: Math.floor(at / 1_000), time_ms: at, channel, event: 'update', result });
}
