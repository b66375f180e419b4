import { fixed, table } from '../render.js';
import type { Hedge } from './hedge/hedge.js';
import type { Trader } from './trader.js';
import type { WatchedBook } from './watched-book.js';
import { summarizePerpetual, type WatchedPerpetual } from './watched-perpetual.js';

/** What the view shows beside the prices. */
export interface DemoStatus {
  readonly title: string;
  /** What was done to the connections, in words; `undefined` = nothing yet. */
  readonly faults: string | undefined;
  readonly traders: readonly Trader[];
  readonly hedges: readonly Hedge[];
  /** Lines that there is room for. */
  readonly height: number;
}

/** Lines of news where there is room for all. */
const NEWS = 12;

/** Narrow: with the longest of everything it fills 79 columns. */
const HEADER = ['times in ms', 'state', 'bid', 'ask', 'age', 'upd/s', 'p50', 'p99', 'resyncs'];
const PERPETUAL_HEADER = ['perpetuals', 'mark', 'funding', 'next in', 'basis bps'];

/** Draws one moment. Rates are those since the last call. */
export function createView(
  books: readonly WatchedBook[],
  perpetuals: readonly WatchedPerpetual[],
): (status: DemoStatus, now: number) => string[] {
  const rates = books.map(createRate);
  const symbols = [...new Set(books.map(({ symbol }) => symbol))];
  return ({ title, faults, traders, hedges, height }, now) => {
    const [header = '', ...lines] = table(
      [HEADER, ...books.map((book, at) => rowOf(book, rates[at]?.(book.updates, now)))],
      2,
    );
    const sections = symbols.flatMap((symbol) => {
      const same = books.filter((watched) => watched.symbol === symbol);
      return ['', symbol, ...same.map((watched) => lines[books.indexOf(watched)] ?? ''), `  ${describeEdge(same)}`];
    });
    const prices = [title, header, ...sections, ...perpetualLines(perpetuals, books)];
    return fitted(prices, faults ?? 'no faults yet', newsOf([...traders, ...hedges]), height);
  };
}

/** On a low screen blank lines go first, then the older news. */
function fitted(prices: readonly string[], faults: string, news: readonly string[], height: number): string[] {
  const title = news.length === 0 ? [] : ['orders and hedges'];
  const full = [...prices, ...title.flatMap((line) => ['', line]), ...news, '', faults];
  if (full.length <= height) return full;
  const tight = prices.filter((line) => line !== '');
  const room = height - tight.length - title.length - 1;
  return room > 0 ? [...tight, ...title, ...news.slice(-room), faults] : [...tight, faults];
}

function perpetualLines(perpetuals: readonly WatchedPerpetual[], books: readonly WatchedBook[]): string[] {
  const rows = perpetuals.map((perpetual) => {
    const { venue, symbol, markPrice, fundingRate, nextFundingAt } = perpetual;
    const { priceDecimals = 2 } = books.find((book) => book.venue === venue && book.symbol === symbol) ?? {};
    const { basisBps } = summarizePerpetual(perpetual, books);
    return [
      `  ${venue}`,
      fixed(markPrice, priceDecimals),
      `${plus(fundingRate)}${(fundingRate * 100).toFixed(4)} %`,
      untilText(nextFundingAt),
      basisBps === undefined ? '-' : `${plus(basisBps)}${basisBps.toFixed(2)}`,
    ];
  });
  return rows.length === 0 ? [] : ['', ...table([PERPETUAL_HEADER, ...rows], 1)];
}

/** The newest of all, the oldest first. */
function newsOf(sources: readonly Pick<Trader, 'venue' | 'life'>[]): string[] {
  const all = sources.flatMap(({ venue, life }) =>
    life.slice(-NEWS).map(({ at, text }) => ({ at, row: [`  ${venue}`, text] })),
  );
  const newest = all.sort((a, b) => a.at - b.at).slice(-NEWS);
  return table(
    newest.map(({ row }) => row),
    2,
  );
}

function plus(value: number): string {
  return value > 0 ? '+' : '';
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

/** How long until then, as `2 h 05 min`; the clock of the venue and ours are taken for the same. */
function untilText(at: number | undefined): string {
  if (at === undefined) return '-';
  const minutes = Math.max(0, Math.round((at - Date.now()) / 60_000));
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
