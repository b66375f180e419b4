import type { MarketView } from '../../contract.js';
import { printRatio, printSum, printTrimmed, trimZeros } from '../mexc/print-number.js';
import type { Source } from '../mexc/source.js';
import { BODY, type WireMiniTicker, writeMiniTicker } from './bodies.js';
import type { SymbolChannel, Zone } from './channel.js';
import type { FrameEncoder } from './frame-encoder.js';
import type { WireMarket, WireMarkets } from './markets.js';
import type { CreateSource } from './source.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Divides every zone's offset. */
const QUARTER = 15 * MINUTE;
const UTC_PLUS_8 = 480;

/** Statistics of one symbol on every tick. Source: MEXC spot v3 docs, mini ticker stream. */
export const createMiniTickerSource: CreateSource<SymbolChannel & { readonly zone: Zone }> = (channel, encoder) => {
  const { name, market, zone } = channel;
  return (now, emit) => {
    const ticker = describeTicker(market, zone, now);
    const envelope = { channel: name, symbol: market.id, sendTime: now };
    emit(encoder.frame(envelope, BODY.miniTicker, (to) => writeMiniTicker(to, ticker)));
  };
};

/** Statistics of all symbols in one push, which names no symbol itself. */
export function createMiniTickersSource(
  { name, zone }: { readonly name: string; readonly zone: Zone },
  encoder: FrameEncoder,
  markets: WireMarkets,
): Source {
  return (now, emit) => {
    const tickers = [...markets.values()].map((market) => describeTicker(market, zone, now));
    const envelope = { channel: name, symbol: '', sendTime: now };
    const frame = encoder.frame(envelope, BODY.miniTickers, (to, item) => {
      for (const ticker of tickers) {
        writeMiniTicker(item.reset(), ticker);
        to.message(1, item);
      }
    });
    emit(frame);
  };
}

/** `rate` counts from the opening of the day in UTC+8, `zonedRate` in the zone asked for; `lastClose*` from the close before it. */
function describeTicker({ id, view }: WireMarket, zone: Zone, now: number): WireMiniTicker {
  const { priceDecimals, quantityDecimals } = view.spec;
  const { highTicks, lowTicks, lastTicks, baseLots, quoteTickLots } = view.statistics();
  const day = dayReference(view, UTC_PLUS_8, now);
  const zoned = dayReference(view, zone, now);
  const rate = (before: number): string => trimZeros(printRatio(lastTicks, before));
  const high = printTrimmed(highTicks, priceDecimals);
  const low = printTrimmed(lowTicks, priceDecimals);
  return {
    symbol: id,
    price: printTrimmed(lastTicks, priceDecimals),
    rate: rate(day.openTicks),
    zonedRate: rate(zoned.openTicks),
    high,
    low,
    volume: printSum(quoteTickLots, priceDecimals + quantityDecimals),
    quantity: printTrimmed(baseLots, quantityDecimals),
    lastCloseRate: rate(day.closeBeforeTicks),
    lastCloseZonedRate: rate(zoned.closeBeforeTicks),
    lastCloseHigh: high,
    lastCloseLow: low,
  };
}

function dayReference(
  view: MarketView,
  zone: Zone,
  now: number,
): { readonly openTicks: number; readonly closeBeforeTicks: number } {
  const rolling = view.statistics().openTicks;
  if (zone === 'rolling') return { openTicks: rolling, closeBeforeTicks: rolling };
  const shift = zone * MINUTE;
  const start = Math.floor((now + shift) / DAY) * DAY - shift;
  const openTicks = view.candles(QUARTER, start, start)[0]?.openTicks ?? rolling;
  const before = start - QUARTER;
  return { openTicks, closeBeforeTicks: view.candles(QUARTER, before, before)[0]?.closeTicks ?? openTicks };
}
