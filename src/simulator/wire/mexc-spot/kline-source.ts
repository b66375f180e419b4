import { type CandleStep, readCandles } from '../mexc/candle-step.js';
import { printSum, printTrimmed } from '../mexc/print-number.js';
import { BODY, writeKline } from './bodies.js';
import type { SymbolChannel } from './channel.js';
import type { CreateSource } from './source.js';

/**
 * The running candle on every tick; windows in seconds, the push's own time in `createTime`, no `sendTime`.
 * Source: MEXC spot v3 docs, kline streams.
 */
export const createKlineSource: CreateSource<SymbolChannel & { readonly step: CandleStep }> = (channel, encoder) => {
  const { name, market, step } = channel;
  const { id, view } = market;
  const { priceDecimals, quantityDecimals } = view.spec;
  const price = (ticks: number): string => printTrimmed(ticks, priceDecimals);
  const symbolId = symbolIdOf(id);
  return (now, emit) => {
    const candle = readCandles(view, step, step.startOf(now), now).at(-1);
    if (candle === undefined) return;
    const kline = {
      interval: step.stream,
      windowStart: candle.openedAt / 1000,
      open: price(candle.openTicks),
      close: price(candle.closeTicks),
      high: price(candle.highTicks),
      low: price(candle.lowTicks),
      volume: printTrimmed(candle.baseLots, quantityDecimals),
      amount: printSum(candle.quoteTickLots, priceDecimals + quantityDecimals),
      windowEnd: step.endOf(candle.openedAt) / 1000,
    };
    const envelope = { channel: name, symbol: id, symbolId, createTime: now };
    emit(encoder.frame(envelope, BODY.spotKline, (to) => writeKline(to, kline)));
  };
};

/** 32 hex digits that belong to the symbol; real ids are internal to the venue. */
function symbolIdOf(id: string): string {
  let text = '';
  for (let part = 0; part < 4; part++) {
    let hash = 0x811c9dc5 ^ part;
    for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
    text += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return text;
}
