/** Records best bids and offers and trades of two venues as JSON lines: `tsx examples/record-json-lines.ts > tape.jsonl`. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, durationMs } from './connect.js';

const { exchanges, close } = await connect(['mexc_spot', 'gateio_spot']);
let lines = 0;

function record(type: string, venue: string, event: object): void {
  process.stdout.write(`${JSON.stringify({ type, venue, ...event })}\n`);
  lines++;
}

try {
  const subscriptions = exchanges.flatMap((exchange) => [
    exchange.watchBookTicker('BTC/USDT', (ticker) => record('bookTicker', exchange.venue, ticker)),
    exchange.watchTrades('BTC/USDT', (trade) => record('trade', exchange.venue, trade)),
  ]);
  await Promise.all(subscriptions.map((subscription) => subscription.ready));
  await sleep(durationMs);
} finally {
  await close();
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  console.error(`${lines} lines`);
}
