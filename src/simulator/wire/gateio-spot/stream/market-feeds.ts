import type { Clock } from '../../../../transport/clock.js';
import type { Random } from '../../../../transport/random.js';
import type { TapeCandle, TapeTrade } from '../../../contract.js';
import type { CandleWindows } from '../../gateio/candle-windows.js';
import { printPadded, printUnits } from '../../gateio/print-units.js';
import type { Feed } from '../../gateio/stream/topic.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import type { Pair } from '../pairs.js';
import { printLevels } from '../print-levels.js';
import { tickerFields } from '../ticker-fields.js';
import { tradeId, tradeTimeMs } from '../trade-fields.js';

/** Trades and best prices are pushed as they happen; the wire looks this often. */
const REAL_TIME_MS = 10;
/** How often the last push of a candle (`w: true`) never comes. */
const MISSING_CLOSE_CHANCE = 1 / 4;
/** Decimals that prices and amounts of pushed trades are padded to. */
const TRADE_PLACES = 10;

/** `spot.tickers`, each second. Source: Gate.io spot WebSocket v4 docs, tickers channel. */
export function createTickerFeed(pair: Pair): Feed {
  return { periodMs: 1_000, poll: (emit) => emit(JSON.stringify(tickerFields(pair))) };
}

/** `spot.trades`: one trade per message, numeric ids. Source: Gate.io spot WebSocket v4 docs, public trades channel. */
export function createTradeFeed(pair: Pair): Feed {
  const { market } = pair;
  let lastId = 0;
  return {
    periodMs: REAL_TIME_MS,
    start() {
      lastId = market.recentTrades(1)[0]?.id ?? 0;
    },
    poll(emit) {
      for (const trade of market.tradesSince(lastId)) {
        lastId = trade.id;
        emit(printTrade(pair, trade));
      }
    },
  };
}

function printTrade({ id, market: { spec } }: Pair, trade: TapeTrade): string {
  return JSON.stringify({
    id: tradeId(trade),
    id_market: trade.id,
    create_time: toSeconds(trade.at),
    create_time_ms: tradeTimeMs(trade),
    side: trade.takerSide,
    currency_pair: id,
    amount: printPadded(trade.lots, spec.quantityDecimals, TRADE_PLACES),
    price: printPadded(trade.priceTicks, spec.priceDecimals, TRADE_PLACES),
    range: `${trade.id}-${trade.id}`,
  });
}

/** `spot.book_ticker`: only when a best price or its amount changed. Source: Gate.io spot WebSocket v4 docs, best bid or ask. */
export function createBookTickerFeed(pair: Pair): Feed {
  const { market } = pair;
  let sequence = market.sequence;
  let best = '';
  return {
    periodMs: REAL_TIME_MS,
    start() {
      sequence = market.sequence;
      best = printBest(pair);
    },
    poll(emit) {
      if (market.sequence === sequence) return;
      sequence = market.sequence;
      const now = printBest(pair);
      if (now === best) return;
      best = now;
      emit(`{"t":${Math.floor(market.changedAt)},"u":${sequence},"s":"${pair.id}",${now}}`);
    },
  };
}

function printBest({ market }: Pair): string {
  const { priceDecimals, quantityDecimals } = market.spec;
  const { bids, asks } = market.book(1);
  const price = (ticks: number | undefined) => (ticks === undefined ? '' : printUnits(ticks, priceDecimals));
  const amount = (lots: number | undefined) => (lots === undefined ? '' : printUnits(lots, quantityDecimals));
  const [bid, ask] = [bids[0], asks[0]];
  return `"b":"${price(bid?.priceTicks)}","B":"${amount(bid?.lots)}","a":"${price(ask?.priceTicks)}","A":"${amount(ask?.lots)}"`;
}

/** Legal numbers of levels of `spot.order_book`. Source: Gate.io spot WebSocket v4 docs, limited level full order book. */
export const SNAPSHOT_LEVELS: ReadonlyMap<string, number> = new Map(
  [5, 10, 20, 30, 50, 100].map((levels) => [String(levels), levels]),
);
/** Legal speeds of `spot.order_book`, ms. */
export const SNAPSHOT_PERIODS: ReadonlyMap<string, number> = new Map([
  ['100ms', 100],
  ['1000ms', 1_000],
]);

/** `spot.order_book`: the best levels, whole, each period. */
export function createSnapshotFeed({ id, market }: Pair, levels: number, periodMs: number): Feed {
  return {
    periodMs,
    poll(emit) {
      const book = market.book(levels);
      const [bids, asks] = [printLevels(market.spec, book.bids), printLevels(market.spec, book.asks)];
      const head = `"t":${Math.floor(market.changedAt)},"lastUpdateId":${book.sequence},"s":"${id}","l":"${levels}"`;
      emit(`{${head},"bids":${bids},"asks":${asks}}`);
    },
  };
}

/**
 * `spot.candlesticks`, each two seconds: the open candle, and once its window is over the closed one with `w: true`,
 * unless that push is lost. Source: Gate.io spot WebSocket v4 docs, candlesticks channel.
 */
export function createCandleFeed(
  pair: Pair,
  interval: string,
  windows: CandleWindows,
  clock: Clock,
  random: Random,
): Feed {
  let open = windows.indexOf(wallMs(clock));
  const print = (index: number, closed: boolean) =>
    windows.read(pair.market, index, index).map((candle) => printCandle(pair, interval, candle, closed));
  return {
    periodMs: 2_000,
    start() {
      open = windows.indexOf(wallMs(clock));
    },
    poll(emit) {
      const current = windows.indexOf(wallMs(clock));
      if (current > open && random.next() >= MISSING_CLOSE_CHANCE) print(open, true).forEach(emit);
      open = current;
      print(current, false).forEach(emit);
    },
  };
}

function printCandle({ id, market: { spec } }: Pair, interval: string, candle: TapeCandle, closed: boolean): string {
  const { priceDecimals, quantityDecimals } = spec;
  return JSON.stringify({
    t: String(candle.openedAt / 1_000),
    v: printUnits(candle.quoteTickLots, priceDecimals + quantityDecimals),
    c: printUnits(candle.closeTicks, priceDecimals),
    h: printUnits(candle.highTicks, priceDecimals),
    l: printUnits(candle.lowTicks, priceDecimals),
    o: printUnits(candle.openTicks, priceDecimals),
    n: `${interval}_${id}`,
    a: printUnits(candle.baseLots, quantityDecimals),
    w: closed,
  });
}
