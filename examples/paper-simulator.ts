/** The simulated exchange by itself: the truth behind the wire, an order of your own, and a fault on demand. */
import { createPublicExchange } from '@cex/sdk';
import { startSimulator } from '@cex/sdk/simulator';

const venue = 'gateio_spot';
const symbol = 'BTC/USDT';
const simulator = await startSimulator({ seed: 42, venues: [venue], markets: [symbol] });
const exchange = createPublicExchange(venue, { endpoints: simulator.endpoints(venue) });

try {
  const book = exchange.watchOrderBook(symbol);
  const states: string[] = [];
  book.on('state', (state) => states.push(state));
  await book.ready;

  const truth = simulator.book(venue, symbol, { depth: 1 });
  console.log('the exchange itself says', truth?.bids[0], truth?.asks[0]);
  console.log('the book over the wire  ', book.bestBid, book.bestAsk);

  simulator.injectOrder(venue, { symbol, side: 'buy', type: 'market', quantity: '0.25' });

  const recovered = new Promise<void>((resolve) => {
    book.on('state', (state) => {
      if (state === 'live') resolve();
    });
  });
  simulator.faults.cut(venue);
  await recovered;
  console.log(`after the cut the book went ${states.join(' → ')}`);
  console.log('faults that happened:', simulator.faults.counts());
} finally {
  await exchange.close();
  await simulator.close();
}
