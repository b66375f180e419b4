import type { TrueLevel } from '../../contract.js';
import { ProtoWriter } from './proto-writer.js';

/** Number of a body in the wrapper's oneof. Source: MEXC spot proto files, PushDataV3ApiWrapper. */
export const BODY = {
  deals: 301,
  increaseDepths: 302,
  limitDepths: 303,
  bookTicker: 305,
  spotKline: 308,
  miniTicker: 309,
  miniTickers: 310,
  bookTickerBatch: 311,
  increaseDepthsBatch: 312,
  aggreDepths: 313,
  aggreDeals: 314,
  aggreBookTicker: 315,
} as const;

/** Changed levels, or a whole top of a book. 0 lots remove a level. */
export interface WireLevels {
  readonly asks: readonly TrueLevel[];
  readonly bids: readonly TrueLevel[];
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

/** The level lists; all depth messages share the item's shape and the numbers of the lists. Numbers are trimmed. */
function writeLevels(to: ProtoWriter, item: ProtoWriter, levels: WireLevels): void {
  const { asks, bids, priceDecimals, quantityDecimals } = levels;
  for (const { priceTicks, lots } of asks) {
    to.message(1, item.reset().decimal(1, priceTicks, priceDecimals).decimal(2, lots, quantityDecimals));
  }
  for (const { priceTicks, lots } of bids) {
    to.message(2, item.reset().decimal(1, priceTicks, priceDecimals).decimal(2, lots, quantityDecimals));
  }
}

export interface WireAggreDepths {
  readonly levels: WireLevels;
  readonly eventType: string;
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Epoch ms; 0 = not sent. */
  readonly lastOrderCreateTime: number;
}

export function writeAggreDepths(to: ProtoWriter, item: ProtoWriter, body: WireAggreDepths): void {
  writeLevels(to, item, body.levels);
  to.string(3, body.eventType).decimal(4, body.fromVersion, 0).decimal(5, body.toVersion, 0);
  to.integer(6, body.lastOrderCreateTime);
}

export interface WireDepths {
  readonly levels: WireLevels;
  readonly eventType: string;
  readonly version: number;
  /** Epoch ms; 0 = not sent. The older increase messages have no such field. */
  readonly lastOrderCreateTime: number;
}

/** `limit.depth` and one item of the older `increase.depth`. */
export function writeDepths(to: ProtoWriter, item: ProtoWriter, body: WireDepths): void {
  writeLevels(to, item, body.levels);
  to.string(3, body.eventType).decimal(4, body.version, 0).integer(5, body.lastOrderCreateTime);
}

/** The older batch message; each item nests levels, so it needs scratch of its own. */
export function writeDepthsBatch(
  to: ProtoWriter,
  item: ProtoWriter,
  items: readonly WireDepths[],
  eventType: string,
): void {
  const depths = new ProtoWriter();
  for (const body of items) {
    writeDepths(depths.reset(), item, body);
    to.message(1, depths);
  }
  to.string(2, eventType);
}

export interface WireDeal {
  readonly price: string;
  readonly quantity: string;
  /** Taker side: 1 buy, 2 sell. */
  readonly tradeType: 1 | 2;
  /** Epoch ms. */
  readonly time: number;
  /** `''` on the older channel, which has no such field. */
  readonly tradeId: string;
}

export function writeDeals(to: ProtoWriter, item: ProtoWriter, deals: readonly WireDeal[], eventType: string): void {
  for (const deal of deals) {
    item.reset().string(1, deal.price).string(2, deal.quantity);
    item.integer(3, deal.tradeType).integer(4, deal.time).string(5, deal.tradeId);
    to.message(1, item);
  }
  to.string(2, eventType);
}

/** `''` = the side is empty. */
export interface WireBookTicker {
  readonly bidPrice: string;
  readonly bidQuantity: string;
  readonly askPrice: string;
  readonly askQuantity: string;
}

export function writeBookTicker(to: ProtoWriter, best: WireBookTicker): void {
  to.string(1, best.bidPrice).string(2, best.bidQuantity).string(3, best.askPrice).string(4, best.askQuantity);
}

export function writeAggreBookTicker(to: ProtoWriter, best: WireBookTicker, version: string, changedAt: number): void {
  writeBookTicker(to, best);
  to.string(5, version).integer(6, changedAt);
}

export function writeBookTickerBatch(
  to: ProtoWriter,
  item: ProtoWriter,
  items: readonly WireBookTicker[],
  version: string,
  changedAt: number,
): void {
  for (const best of items) {
    writeBookTicker(item.reset(), best);
    to.message(1, item);
  }
  to.string(2, version).integer(3, changedAt);
}

export interface WireKline {
  readonly interval: string;
  /** Epoch seconds. */
  readonly windowStart: number;
  readonly open: string;
  readonly close: string;
  readonly high: string;
  readonly low: string;
  /** Base asset. */
  readonly volume: string;
  /** Quote asset. */
  readonly amount: string;
  /** Epoch seconds. */
  readonly windowEnd: number;
}

export function writeKline(to: ProtoWriter, kline: WireKline): void {
  to.string(1, kline.interval).integer(2, kline.windowStart);
  to.string(3, kline.open).string(4, kline.close).string(5, kline.high).string(6, kline.low);
  to.string(7, kline.volume).string(8, kline.amount).integer(9, kline.windowEnd);
}

/** Ratios have four decimals. `volume` is the quote turnover, `quantity` the base volume. */
export interface WireMiniTicker {
  readonly symbol: string;
  readonly price: string;
  readonly rate: string;
  readonly zonedRate: string;
  readonly high: string;
  readonly low: string;
  readonly volume: string;
  readonly quantity: string;
  readonly lastCloseRate: string;
  readonly lastCloseZonedRate: string;
  readonly lastCloseHigh: string;
  readonly lastCloseLow: string;
}

export function writeMiniTicker(to: ProtoWriter, ticker: WireMiniTicker): void {
  to.string(1, ticker.symbol).string(2, ticker.price).string(3, ticker.rate).string(4, ticker.zonedRate);
  to.string(5, ticker.high).string(6, ticker.low).string(7, ticker.volume).string(8, ticker.quantity);
  to.string(9, ticker.lastCloseRate).string(10, ticker.lastCloseZonedRate);
  to.string(11, ticker.lastCloseHigh).string(12, ticker.lastCloseLow);
}
