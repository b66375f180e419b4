import { fixed, table } from '../render.js';
import type { Trader } from './trader.js';
import type { WatchedBook } from './watched-book.js';

/** What the view shows beside the books. */
export interface DemoStatus {
  readonly title: string;
  readonly faults: readonly string[];
  readonly traders: readonly Trader[];
}

/** The newest lines of each trader. */
const SHOWN_NEWS = 4;

const HEADER = ['', 'state', 'bid', 'ask', 'age ms', 'updates/s', 'p50 ms', 'p99 ms', 'resyncs'];

/** Draws the books of one moment. Rates are those since the last call. */
export function createView(books: readonly WatchedBook[]): (status: DemoStatus, now: number) => string[] {
  const rates = books.map(createRate);
  const symbols = [...new Set(books.map(({ symbol }) => symbol))];
  return ({ title, faults, traders }, now) => {
    const rows = new Map(books.map((watched, at) => [watched, rowOf(watched, rates[at]?.(watched.updates, now))]));
    const cells = table([HEADER, ...rows.values()], 2);
    const lineOf = (watched: WatchedBook): string => cells[books.indexOf(watched) + 1] as string;
    const sections = symbols.flatMap((symbol) => {
      const same = books.filter((watched) => watched.symbol === symbol);
      return ['', symbol, ...same.map(lineOf), `  ${describeEdge(same)}`];
    });
    const orders = traders.flatMap(({ venue, life }) =>
      life.slice(-SHOWN_NEWS).map(({ text }) => `  ${venue}  ${text}`),
    );
    const trading = orders.length === 0 ? [] : ['', 'orders', ...orders];
    return [title, cells[0] as string, ...sections, ...trading, '', `faults: ${faults.join(', ') || 'none yet'}`];
  };
}

function rowOf({ venue, book, priceDecimals, latency, resyncs }: WatchedBook, rate: number | undefined): string[] {
  const percentiles = latency.percentiles();
  return [
    `  ${venue}`,
    book.state,
    fixed(book.bestBid?.price, priceDecimals),
    fixed(book.bestAsk?.price, priceDecimals),
    fixed(book.ageMs, 0),
    fixed(rate, 1),
    fixed(percentiles?.p50, 0),
    fixed(percentiles?.p99, 0),
    String(resyncs),
  ];
}

/** The better way round; a book that is not live has no price to trade at. */
function describeEdge(books: readonly WatchedBook[]): string {
  let best: { readonly bps: number; readonly text: string } | undefined;
  for (const buy of books) {
    for (const sell of books) {
      const ask = buy.book.bestAsk?.price;
      const bid = sell.book.bestBid?.price;
      if (buy === sell || ask === undefined || bid === undefined) continue;
      const bps = edgeBps(ask, buy.takerFee, bid, sell.takerFee);
      if (best !== undefined && bps <= best.bps) continue;
      best = { bps, text: `buy ${buy.venue}, sell ${sell.venue}: ${bps.toFixed(2)} bps after taker fees` };
    }
  }
  return best?.text ?? 'no spread while a book is not live';
}

/** What buying at `ask` and selling at `bid` leaves after fees, basis points of what is paid. Fees are fractions. */
export function edgeBps(ask: number, buyFee: number, bid: number, sellFee: number): number {
  return ((bid * (1 - sellFee)) / (ask * (1 + buyFee)) - 1) * 10_000;
}

/** Per second, smoothed, so that a quick redraw does not flicker. */
function createRate(): (total: number, now: number) => number | undefined {
  let last: { readonly total: number; readonly now: number } | undefined;
  let rate: number | undefined;
  return (total, now) => {
    if (last !== undefined && now > last.now) {
      const current = ((total - last.total) / (now - last.now)) * 1_000;
      const weight = Math.min(1, (now - last.now) / 1_000);
      rate = rate === undefined ? current : rate + (current - rate) * weight;
    }
    last = { total, now };
    return rate;
  };
}
