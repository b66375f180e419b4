/** The emergency exit: every order canceled, every trigger too, every position closed. */
import { isExchangeError, supportsPositions, supportsTriggers } from '@cex/sdk';
import { openAccount } from './account.js';

const { exchange, close } = await openAccount('gateio_futures');

try {
  if (!supportsPositions(exchange)) throw new Error('this venue has no positions');
  await exchange.placeMarketOrder({ symbol: 'BTC/USDT:USDT', side: 'buy', quantity: '0.01' });
  await exchange.placeMarketOrder({ symbol: 'ETH/USDT:USDT', side: 'sell', quantity: '0.1' });
  await exchange.placeLimitOrder({ symbol: 'BTC/USDT:USDT', side: 'buy', quantity: '0.01', price: '50000' });

  const canceled = await exchange.cancelAllOrders();
  console.log('canceled', canceled.length, 'orders');
  if (supportsTriggers(exchange)) await exchange.triggers.cancelAllTriggerOrders();
  for (const answer of await exchange.positions.closeAllPositions()) {
    if (isExchangeError(answer)) console.log('not closed:', answer.outcome, answer.message);
    else console.log('closed', answer.symbol, answer.side, answer.filledQuantity, answer.state);
  }
  console.log('positions left:', (await exchange.positions.getPositions()).length);
} finally {
  await close();
}
