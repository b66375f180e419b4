import { createFrameEncoder } from '../../src/simulator/wire/mexc-spot/frame-encoder.js';
import type { ProtoWriter } from '../../src/simulator/wire/mexc-spot/proto-writer.js';
import type { TextLevel } from './book-walk.js';
import type { FrameWriter } from './frame-set.js';

const DEPTH = 'spot@public.aggre.depth.v3.api.pb@100ms';
const BOOK_TICKER = 'spot@public.aggre.bookTicker.v3.api.pb@100ms';
const DEALS = 'spot@public.aggre.deals.v3.api.pb@100ms';

const encoder = createFrameEncoder();

/** MEXC spot's binary pushes. Source: MEXC spot v3 docs, websocket market streams, and the published schema. */
export const mexcFrames: FrameWriter<Uint8Array> = {
  joint: '',
  depth: ({ id }, change, at) =>
    encoder.frame({ channel: `${DEPTH}@${id}`, symbol: id, sendTime: at }, 313, (to, item) => {
      writeLevels(to, item, 1, change.asks);
      writeLevels(to, item, 2, change.bids);
      to.string(3, DEPTH).string(4, String(change.first)).string(5, String(change.last));
      to.integer(6, at - 3);
    }),
  bookTicker: ({ id }, bid, ask, sequence, at) =>
    encoder.frame({ channel: `${BOOK_TICKER}@${id}`, symbol: id, sendTime: at }, 315, (to) => {
      to.string(1, bid[0]).string(2, bid[1]).string(3, ask[0]).string(4, ask[1]);
      to.string(5, String(sequence)).integer(6, at - 3);
    }),
  trades: ({ id }, trades, at) =>
    encoder.frame({ channel: `${DEALS}@${id}`, symbol: id, sendTime: at }, 314, (to, item) => {
      for (const trade of trades) {
        item.reset().string(1, trade.price).string(2, trade.quantity);
        item.integer(3, trade.side === 'buy' ? 1 : 2).integer(4, at - 3);
        to.message(1, item.string(5, String(trade.id)));
      }
      to.string(2, DEALS);
    }),
};

function writeLevels(to: ProtoWriter, item: ProtoWriter, field: number, levels: readonly TextLevel[]): void {
  for (const [price, quantity] of levels) to.message(field, item.reset().string(1, price).string(2, quantity));
}
