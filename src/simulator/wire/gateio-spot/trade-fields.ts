import type { TapeTrade } from '../../contract.js';

/** Far from the market's own count, so that nobody can take one number for the other. */
const FIRST_TRADE_ID = 8_812_000_000;

/** The venue's trade id; `id_market` / `sequence_id` is the tape's own count. */
export function tradeId(trade: TapeTrade): number {
  return FIRST_TRADE_ID + trade.id;
}

/** Epoch ms with four decimals, as the stream prints it; the fraction is invented, the whole part is the tape's. */
export function tradeTimeMs(trade: TapeTrade): string {
  return `${Math.floor(trade.at)}.${String(trade.id % 10_000).padStart(4, '0')}`;
}
