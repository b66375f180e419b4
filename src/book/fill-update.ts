import type { BookUpdate } from '../model/book-update.js';
import type { OrderBookSnapshot } from '../model/order-book.js';

/** Writes a snapshot into a reusable update, as a whole book of that sequence number. */
export function fillUpdate(update: BookUpdate, snapshot: OrderBookSnapshot, sequence: number): void {
  update.reset();
  update.full = true;
  update.firstSequence = sequence;
  update.lastSequence = sequence;
  update.venueTime = snapshot.updatedAt ?? Number.NaN;
  for (const level of snapshot.bids) update.addBid(level.price, level.quantity);
  for (const level of snapshot.asks) update.addAsk(level.price, level.quantity);
}
