/** One task of the strategy, in paper mode: from something that pays to both legs, their fills and the result. */
import { createPrivateExchange, createPublicExchange } from '@cex/sdk';
import { createMemoryJournal, createTaskManager, type TradingVenue } from '@cex/sdk/arbitrage';
import { startSimulator } from '@cex/sdk/simulator';

const symbol = 'SOL/USDT';
const venueIds = ['gateio_spot', 'mexc_spot'] as const;
const credentials = { apiKey: 'mx0example', secretKey: 'a-secret-of-the-example' };
const simulator = await startSimulator({
  venues: [...venueIds],
  markets: [symbol],
  flow: { eventsPerSecond: 0, levels: 0 },
  accounts: [{ ...credentials, balances: { USDT: '10000', SOL: '100' } }],
});
for (const [venue, mid] of [
  ['gateio_spot', 140],
  ['mexc_spot', 142],
] as const) {
  simulator.injectOrder(venue, { symbol, side: 'buy', price: (mid - 0.05).toFixed(2), quantity: '5' });
  simulator.injectOrder(venue, { symbol, side: 'sell', price: (mid + 0.05).toFixed(2), quantity: '5' });
}
const venues = new Map<string, TradingVenue>();
for (const id of venueIds) {
  const endpoints = simulator.endpoints(id);
  const account = createPrivateExchange(id, { endpoints, credentials });
  venues.set(id, { public: createPublicExchange(id, { endpoints }), private: account, isSimulated: true });
}
// A journal in a file survives a crash: openFileJournal({ path }).
const manager = await createTaskManager({ venues, journal: createMemoryJournal(), mode: 'paper' });

try {
  manager.on('transition', ({ from, to, event }) => console.log(`${from} -> ${to} (${event})`));
  const finished = new Promise((resolve) => manager.on('cycle', ({ result }) => resolve(result)));
  const markets = venueIds.map((venue) => ({ venue, symbol }) as const);
  await manager.create({ id: 'sol', markets, limits: { maxNotional: 300, minProfitBps: 25 } });
  manager.start('sol');
  console.log('result', await finished);
  manager.stop('sol');
} finally {
  await manager.close();
  for (const { public: market, private: account } of venues.values())
    await Promise.all([market.close(), account?.close()]);
  await simulator.close();
}
