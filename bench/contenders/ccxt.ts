import { setTimeout as sleep } from 'node:timers/promises';
import ccxt from 'ccxt';
import type { FrameSet } from '../frames/frame-set.js';
import type { BenchMarket } from '../frames/markets.js';
import { type NumberBook, type NumberLevel, numbersOf } from './text-book.js';

/** What of ccxt's exchange classes is used here. */
export interface CcxtExchange {
  urls: { api: Record<string, unknown> };
  options: Record<string, unknown>;
  orderbooks: Record<string, CcxtBook>;
  tickers: Record<string, CcxtTicker>;
  bidsasks: Record<string, CcxtTicker>;
  trades: Record<string, readonly { id: string; price: number; amount: number; side: string; timestamp: number }[]>;
  enableRateLimit: boolean;
  loadHttpProxyAgent(): Promise<unknown>;
  client(url: string): { onMessage(event: { readonly data: string | Uint8Array }): void };
  setMarkets(markets: readonly object[]): void;
  safeMarketStructure(market: object): object;
  orderBook(): CcxtBook;
  watchOrderBook(symbol: string, limit?: number, params?: object): Promise<CcxtBook>;
  fetchRestOrderBookSafe(symbol: string): Promise<object>;
  fetchTime(): Promise<number>;
  close(): Promise<void>;
}

interface CcxtTicker {
  readonly bid: number;
  readonly bidVolume: number;
  readonly ask: number;
  readonly askVolume: number;
}

export interface CcxtBook {
  readonly nonce: number | undefined;
  readonly bids: CcxtSide;
  readonly asks: CcxtSide;
  reset(snapshot: object): unknown;
}

interface CcxtSide extends ReadonlyArray<NumberLevel> {
  store(price: number, quantity: number): void;
}

export const CCXT = `ccxt ${ccxt.version}`;

/** ccxt's exchange with its streams, knowing these markets; nothing is loaded from anywhere. */
export async function createCcxt(name: 'mexc' | 'gate', markets: readonly BenchMarket[]): Promise<CcxtExchange> {
  const exchange = new ccxt.pro[name]({ enableRateLimit: false }) as unknown as CcxtExchange;
  exchange.setMarkets(
    markets.map(({ id, symbol, base, quote }) =>
      exchange.safeMarketStructure({ id, symbol, base, quote, baseId: base, quoteId: quote, type: 'spot', spot: true }),
    ),
  );
  // Asked for before any ws:// address.
  await exchange.loadHttpProxyAgent();
  // It loads its protobuf module in the background.
  await sleep(300);
  return exchange;
}

/**
 * ccxt's way of a frame: the WebSocket client's `onMessage`, which parses, and the exchange's own handlers, as its
 * delivery loop calls them. Nobody awaits a future, which is less work than in life.
 */
export interface CcxtReader {
  readonly exchange: CcxtExchange;
  read(frame: string | Uint8Array): void;
  /** Puts every book back to where the frames begin. */
  reset(): void;
}

export async function createCcxtReader(name: 'mexc' | 'gate', set: FrameSet<string | Uint8Array>): Promise<CcxtReader> {
  const exchange = await createCcxt(name, set.markets);
  const client = exchange.client('ws://127.0.0.1:9/');
  const starts = set.start.map((book, at) => ({
    ...numbersOf(book),
    nonce: book.sequence,
    symbol: set.markets[at]?.symbol,
  }));
  for (const { symbol } of set.markets) exchange.orderbooks[symbol] = exchange.orderBook();
  return {
    exchange,
    read: (data) => client.onMessage({ data }),
    // Its books keep and change the very arrays they are given.
    reset: () =>
      set.markets.forEach(
        ({ symbol }, at) => void exchange.orderbooks[symbol]?.reset(structuredClone(starts[at] ?? {})),
      ),
  };
}

export function ccxtLevels(book: CcxtBook | undefined): NumberBook {
  const copy = (side: CcxtSide | undefined): NumberLevel[] =>
    Array.from(side ?? [], ([price, quantity]): NumberLevel => [price, quantity]);
  return { bids: copy(book?.bids), asks: copy(book?.asks) };
}
