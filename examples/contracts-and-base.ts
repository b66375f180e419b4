/** A perpetual is counted in contracts at the venue and in base asset here: you never convert. */
import { supportsPositions } from '@cex/sdk';
import { openAccount } from './account.js';
import { connectOne } from './connect.js';

const symbol = 'BTC/USDT:USDT';
const market = await connectOne('gateio_futures');
const { exchange, close } = await openAccount('gateio_futures');

try {
  const { contracts, lotSize, tickSize } = await market.exchange.getInstrument(symbol);
  console.log(
    `one contract is ${contracts?.size} BTC (${contracts?.kind}), orders step by ${lotSize} BTC and ${tickSize}`,
  );

  if (!supportsPositions(exchange)) throw new Error('this venue has no positions');
  await exchange.positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' });
  const order = await exchange.placeMarketOrder({ symbol, side: 'buy', quantity: '0.02' });
  console.log('bought', order.filledQuantity, 'BTC:', order.state);

  const position = await exchange.positions.getPosition(symbol);
  console.log(
    `${position?.side} ${position?.quantity} BTC = ${position?.contracts} contracts at ${position?.entryPrice}`,
  );
  console.log(
    `margin ${position?.margin}, liquidated at ${position?.liquidationPrice}, ${position?.unrealizedPnl} USDT`,
  );

  const closed = await exchange.positions.closePosition({ symbol });
  console.log('closed:', closed.side, closed.filledQuantity, 'BTC, reduce only:', closed.reduceOnly);
} finally {
  await close();
  await market.close();
}
