/** A detector of your own on the public interfaces: two live books, the fees, and a loop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPublicExchange, type LiveOrderBook } from '@cex/sdk';
import { startSimulator } from '@cex/sdk/simulator';
import { durationMs } from './connect.js';

const symbol = 'ETH/USDT';
const venueIds = ['mexc_spot', 'gateio_spot'] as const;
const simulator = await startSimulator({ venues: [...venueIds], markets: [symbol] });
const exchanges = venueIds.map((id) => createPublicExchange(id, { endpoints: simulator.endpoints(id) }));
const quantity = 0.5;

/** Net of buying here and selling there at once, bps; `undefined` unless both books are proven that deep. */
function netBps(buy: LiveOrderBook, sell: LiveOrderBook, fees: number): number | undefined {
  const cost = buy.priceFor('buy', quantity);
  const proceeds = sell.priceFor('sell', quantity);
  if (cost === undefined || proceeds === undefined) return undefined;
  return (proceeds.averagePrice / cost.averagePrice - 1 - fees) * 10_000;
}

try {
  const books = exchanges.map((exchange) => exchange.watchOrderBook(symbol));
  const [one, two] = books as [LiveOrderBook, LiveOrderBook];
  await Promise.all(books.map((book) => book.ready));
  const instruments = await Promise.all(exchanges.map((exchange) => exchange.getInstrument(symbol)));
  const fees = instruments.reduce((sum, { takerFee = '0.002' }) => sum + Number(takerFee), 0);
  let best = Number.NEGATIVE_INFINITY;
  const look = (): void => {
    const found = Math.max(netBps(one, two, fees) ?? -Infinity, netBps(two, one, fees) ?? -Infinity);
    if (found > best) console.log(`new best: ${found.toFixed(2)} bps net for ${quantity} ETH`);
    best = Math.max(best, found);
  };
  for (const book of books) book.on('update', look);
  look();
  await sleep(durationMs);
  console.log(`at best ${best.toFixed(2)} bps after fees of ${(fees * 10_000).toFixed(0)} bps`);
} finally {
  await Promise.all(exchanges.map((exchange) => exchange.close()));
  await simulator.close();
}
