/** The public tape as an async iterable: leaving the loop ends the subscription. */
import { connectOne, durationMs } from './connect.js';

const { exchange, close } = await connectOne('gateio_spot');
const trades = exchange.watchTrades('BTC/USDT');
const timer = setTimeout(() => trades.close(), durationMs);
let bought = 0;
let sold = 0;

try {
  for await (const trade of trades) {
    if (trade.takerSide === 'buy') bought += trade.quantity;
    else sold += trade.quantity;
    console.log(`${new Date(trade.matchedAt).toISOString()} ${trade.takerSide} ${trade.quantity} at ${trade.price}`);
  }
  console.log(`takers bought ${bought.toFixed(4)} and sold ${sold.toFixed(4)} BTC`);
} finally {
  clearTimeout(timer);
  await close();
}
