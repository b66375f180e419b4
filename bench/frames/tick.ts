import type { TextLevel } from './book-walk.js';
import { gateUpdateFrames } from './gateio.js';
import type { BenchMarket } from './markets.js';
import { mexcFrames } from './mexc.js';

const PRICES = 50_000;

export function tickMarket(venue: 'mexc' | 'gate'): BenchMarket {
  return { symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', id: venue === 'mexc' ? 'BTCUSDT' : 'BTC_USDT' };
}

/** Another price for each tick, in whole hundredths; none ends with a zero, so that every client prints it the same way. */
export function askOfTick(tick: number): string {
  return `${20_000 + (tick % PRICES)}.${11 + (tick % 9)}`;
}

/** A push of the best prices. */
export function tickFrame(venue: 'mexc' | 'gate', tick: number): string | Uint8Array {
  const bid: TextLevel = ['19999.11', '0.731'];
  const ask: TextLevel = [askOfTick(tick), '1.25'];
  const writer = venue === 'mexc' ? mexcFrames : gateUpdateFrames;
  return writer.bookTicker(tickMarket(venue), bid, ask, 1_000 + tick, Date.now());
}
