/** The same symbol on two venues, side by side: where to buy, where to sell, and what is left after fees. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, durationMs } from './connect.js';

const symbol = 'BTC/USDT';
const { exchanges, close } = await connect(['mexc_spot', 'gateio_spot']);

try {
  const markets = await Promise.all(
    exchanges.map(async (exchange) => {
      const book = exchange.watchOrderBook(symbol);
      const { takerFee = '0.002' } = await exchange.getInstrument(symbol);
      await book.ready;
      return { venue: exchange.venue, book, fee: Number(takerFee) };
    }),
  );

  const end = performance.now() + durationMs;
  while (performance.now() < end) {
    for (const buy of markets) {
      for (const sell of markets) {
        const ask = buy.book.bestAsk?.price;
        const bid = sell.book.bestBid?.price;
        // A book that is not live has no best price: then there is nothing to compare.
        if (buy === sell || ask === undefined || bid === undefined) continue;
        const edge = ((bid * (1 - sell.fee)) / (ask * (1 + buy.fee)) - 1) * 10_000;
        console.log(`buy ${buy.venue} at ${ask}, sell ${sell.venue} at ${bid}: ${edge.toFixed(2)} bps after fees`);
      }
    }
    await sleep(1_000);
  }
} finally {
  await close();
}
