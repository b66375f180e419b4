import type { TapeTrade } from '../../contract.js';

/** Far from the market's own count, so that nobody can take one number for the other. */
export const FIRST_TRADE_ID = 512_000_000;

/** The venue's trade id. */
export function tradeIdOf(tapeId: number): number {
  return FIRST_TRADE_ID + tapeId;
}

/** Contracts of a public trade: above zero when the taker bought. */
export function signedLots({ takerSide, lots }: TapeTrade): number {
  return takerSide === 'buy' ? lots : -lots;
}

/** Epoch ms as seconds with a fraction. */
export function fractionalSeconds(ms: number): number {
  return Math.floor(ms) / 1_000;
}
