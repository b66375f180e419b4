/** What pays between two venues after fees: opportunities with every number to check them by hand, and how they ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPublicExchange } from '@cex/sdk';
import { discoverSymbols, watchOpportunities } from '@cex/sdk/arbitrage';
import { startSimulator } from '@cex/sdk/simulator';

const symbol = 'BTC/USDT';
const venueIds = ['mexc_spot', 'gateio_spot'] as const;
const simulator = await startSimulator({
  venues: [...venueIds],
  markets: [symbol],
  flow: { eventsPerSecond: 0, levels: 0 },
});
const quote = (venue: (typeof venueIds)[number], mid: number) => {
  simulator.injectOrder(venue, { symbol, side: 'buy', price: (mid - 1).toFixed(2), quantity: '0.1' });
  simulator.injectOrder(venue, { symbol, side: 'sell', price: (mid + 1).toFixed(2), quantity: '0.1' });
};
quote('gateio_spot', 91_000);
quote('mexc_spot', 91_010);
const exchanges = venueIds.map((id) => createPublicExchange(id, { endpoints: simulator.endpoints(id) }));

try {
  for (const { base, identity, warnings } of await discoverSymbols(exchanges)) console.log(base, identity, warnings);
  const venues = exchanges.map((exchange) => ({ exchange, symbols: [symbol] as const }));
  await using watch = await watchOpportunities(venues, { minProfitBps: 25 });
  watch.detector
    .on('opened', ({ id, buy, sell, quantity, netProfit, netBps }) =>
      console.log(
        `${id}: buy ${quantity.toFixed(4)} at ${buy.venue} for ${buy.averagePrice.toFixed(2)}, sell at ${sell.venue} ` +
          `for ${sell.averagePrice.toFixed(2)}: net ${netProfit.toFixed(2)}, ${netBps.toFixed(1)} bps`,
      ),
    )
    .on('ended', ({ id, reason, durationMs }) => console.log(`${id} ended after ${durationMs} ms: ${reason}`));
  await watch.ready;
  // Somebody buys what one venue has, and the price there goes on without the other.
  simulator.injectOrder('mexc_spot', { symbol, side: 'buy', type: 'market', quantity: '0.1' });
  quote('mexc_spot', 91_700);
  await sleep(500);
  simulator.injectOrder('mexc_spot', { symbol, side: 'sell', type: 'market', quantity: '0.1' });
  await sleep(500);
} finally {
  await Promise.all(exchanges.map((exchange) => exchange.close()));
  await simulator.close();
}
