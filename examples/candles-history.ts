/** A day of one-minute candles. The library pages over the venue's limit; the list comes oldest first, without holes. */
import { connectOne } from './connect.js';

const { exchange, close } = await connectOne('mexc_spot');

try {
  const until = await exchange.getServerTime();
  const since = until - 24 * 60 * 60_000;
  const candles = await exchange.getCandles('ETH/USDT', '1m', { since, until });
  const first = candles[0];
  const last = candles.at(-1);
  if (first === undefined || last === undefined) throw new Error('the venue sent no candles');

  const high = Math.max(...candles.map((candle) => candle.high));
  const low = Math.min(...candles.map((candle) => candle.low));
  const volume = candles.reduce((sum, candle) => sum + candle.baseVolume, 0);
  console.log(`${candles.length} candles from ${new Date(first.openedAt).toISOString()}`);
  console.log(`open ${first.open}  high ${high}  low ${low}  close ${last.close}  volume ${volume.toFixed(2)} ETH`);
} finally {
  await close();
}
