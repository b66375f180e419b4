/** A live order book: it shows numbers only while it can prove that they are the venue's. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connectOne, durationMs } from './connect.js';

const { exchange, close } = await connectOne('mexc_spot');
const book = exchange.watchOrderBook('BTC/USDT', { depth: 20 });
let updates = 0;
book.on('update', () => updates++).on('state', (state) => console.log(`the book is ${state}`));

try {
  await book.ready;
  const end = performance.now() + durationMs;
  while (performance.now() < end) {
    // Undefined unless the book is live, so a stale price cannot slip through.
    const { bestBid, bestAsk, spread, reliableDepth, ageMs } = book;
    if (bestBid !== undefined && bestAsk !== undefined) {
      console.log(
        `${bestBid.price} | ${bestAsk.price}  spread ${spread}  ${reliableDepth} levels, ${ageMs.toFixed(0)} ms old`,
      );
    }
    const cost = book.priceFor('buy', 0.5);
    if (cost !== undefined) console.log(`buying 0.5 BTC costs ${cost.averagePrice} each, ${cost.worstPrice} at worst`);
    await sleep(1_000);
  }
  console.log(`${updates} updates`);
} finally {
  await close();
}
