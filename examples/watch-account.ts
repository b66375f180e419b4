/** Balances, orders and fills as they change; what happens during a reconnect is not missed. */
import { openAccount } from './account.js';

const { exchange, simulator, close } = await openAccount('gateio_spot');

try {
  const balances = exchange.watchBalances(({ asset, free, locked }) =>
    console.log(`${asset}: ${free} + ${locked} locked`),
  );
  const fills = exchange.watchFills(({ side, quantity, price, fee, feeAsset }) =>
    console.log(`filled: ${side} ${quantity} at ${price}, fee ${fee} ${feeAsset}`),
  );
  await Promise.all([balances.ready, fills.ready]);
  console.log('live:', exchange.status);

  const order = await exchange.placeMarketOrder({ symbol: 'BTC/USDT', side: 'buy', quoteQuantity: '250' });
  console.log('bought for 250 USDT:', order.state, order.filledQuantity);

  const again = new Promise<void>((resolve) => exchange.on('status', ({ status }) => status === 'live' && resolve()));
  simulator?.faults.cut('gateio_spot'); // the streams break and come back
  if (simulator !== undefined) await again;
  console.log('live again, with', (await exchange.getBalance('BTC')).free, 'BTC');
} finally {
  await close();
}
