/** A limit order far below the market, and what each kind of failure means for it. */
import { isExchangeError } from '@cex/sdk';
import { openAccount } from './account.js';

const { exchange, close } = await openAccount('gateio_spot', { caps: { maxNotional: '100', symbols: ['BTC/USDT'] } });

try {
  const order = await exchange.placeLimitOrder({
    symbol: 'BTC/USDT',
    side: 'buy',
    quantity: '0.001',
    price: '50000',
    postOnly: true,
  });
  console.log('placed', order.orderId, order.clientOrderId, order.state);
  const canceled = await exchange.cancelOrder({ symbol: order.symbol, orderId: order.orderId as string });
  console.log('canceled', canceled.state, 'with', canceled.filledQuantity, 'filled');

  // Too many decimals: refused here, nothing is sent. `rounding: 'down'` would have placed 0.0012.
  await exchange.placeLimitOrder({ symbol: 'BTC/USDT', side: 'buy', quantity: '0.00123456789', price: '50000' });
} catch (error) {
  if (!isExchangeError(error)) throw error;
  if (error.outcome === 'not_sent') console.log('nothing was sent:', error.message);
  else if (error.outcome === 'rejected') console.log('the venue does not have it:', error.code, error.message);
  else console.log('nobody knows yet; it stays visible as unknown and is looked for:', error.message);
} finally {
  await close();
}
