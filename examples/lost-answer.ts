/** An order whose answer gets lost: it is looked for, never sent twice. The intent log survives a crash of the program. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileIntentLog } from '@cex/sdk';
import { openAccount } from './account.js';

const folder = await mkdtemp(join(tmpdir(), 'orders-'));
const intentLog = await openFileIntentLog({ path: join(folder, 'intents') });
const { exchange, simulator, close } = await openAccount('mexc_spot', { timeoutMs: 1_000, intentLog });

try {
  const orders = exchange.watchOrders((order) => console.log('  heard:', order.clientOrderId, order.state));
  await orders.ready;

  // On the simulator: the venue takes the order, but its answer never comes.
  simulator?.faults.timeoutHttp('mexc_spot', 'POST /api/v3/order');
  const order = await exchange.placeLimitOrder({ symbol: 'BTC/USDT', side: 'buy', quantity: '0.001', price: '50000' });
  console.log('found by evidence:', order.orderId, order.state);

  // And one that never arrives: proven absent, after the time in which the venue could still have taken it.
  simulator?.faults.loseRequest('mexc_spot', 'POST /api/v3/order');
  const lost = exchange.placeLimitOrder({ symbol: 'BTC/USDT', side: 'buy', quantity: '0.001', price: '49000' });
  await lost.catch((error: Error & { outcome?: string }) => console.log(`${error.outcome}: ${error.message}`));

  console.log('open at the venue:', (await exchange.getOpenOrders('BTC/USDT')).length);
  console.log('metrics:', exchange.metrics().counters);
} finally {
  await close();
  await intentLog.close();
  await rm(folder, { recursive: true });
}
