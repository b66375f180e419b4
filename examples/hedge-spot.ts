/** Bitcoin that earns funding: bought on the spot market, sold as a perpetual, so that its price does not matter. */
import { type PrivateExchange, subtractDecimals, supportsPositions } from '@cex/sdk';
import { openAccounts } from './account.js';

const accounts = await openAccounts(['gateio_spot', 'gateio_futures']);
const [spot, futures] = accounts.exchanges;
const money = async (exchange: PrivateExchange) => (await exchange.getBalance('USDT')).free;

try {
  if (spot === undefined || futures === undefined || !supportsPositions(futures)) throw new Error('no such venues');
  const before = { spot: await money(spot), futures: await money(futures) };
  const bought = await spot.placeMarketOrder({ symbol: 'BTC/USDT', side: 'buy', quoteQuantity: '2000' });
  // What was really bought decides about the hedge, cut to the perpetual's step.
  const hedge = { symbol: 'BTC/USDT:USDT', side: 'sell', quantity: bought.filledQuantity, rounding: 'down' } as const;
  const sold = await futures.placeMarketOrder(hedge);
  console.log(`long ${bought.filledQuantity} BTC on spot, short ${sold.filledQuantity} BTC as a perpetual`);

  const position = await futures.positions.getPosition('BTC/USDT:USDT');
  console.log(`short at ${position?.entryPrice}, profit so far ${position?.unrealizedPnl} USDT`);

  const covered = await futures.positions.closePosition({ symbol: 'BTC/USDT:USDT' });
  const { free } = await spot.getBalance('BTC'); // less than was bought: the fee was taken in BTC
  const back = await spot.placeMarketOrder({ symbol: 'BTC/USDT', side: 'sell', quantity: free, rounding: 'down' });
  console.log(`covered ${covered.filledQuantity} BTC, sold ${back.filledQuantity} BTC`);
  const spotResult = subtractDecimals(await money(spot), before.spot);
  const futuresResult = subtractDecimals(await money(futures), before.futures);
  console.log(`after fees: ${spotResult} USDT on spot, ${futuresResult} USDT on the perpetual`);
} finally {
  await accounts.close();
}
