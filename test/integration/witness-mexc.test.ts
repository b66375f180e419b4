import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TapeTrade } from '../../src/simulator/contract.js';
import { type Simulator, startSimulator } from '../../src/simulator/index.js';
import type { Timer } from '../../src/transport/clock.js';

const SYMBOL = 'BTC/USDT';
const VENUE = 'mexc_spot';

let sim: Simulator;
let rest: InstanceType<typeof ccxt.mexc>;
let pro: InstanceType<typeof ccxt.pro.mexc>;
let futures: Server;
const tape: TapeTrade[] = [];
const best = { bid: 0, ask: 0 };

/** The client always asks the futures host for its contracts as well; here it has none. */
async function startFuturesHost(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"success":true,"code":0,"data":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

beforeAll(async () => {
  sim = await startSimulator({ seed: 'witness', venues: [VENUE], flow: 'off' });
  sim.on('trade', (_venue, symbol, trade) => {
    if (symbol === SYMBOL) tape.push(trade);
  });
  futures = await startFuturesHost();
  const book = sim.book(VENUE, SYMBOL)!;
  best.bid = book.bids[0]![0];
  best.ask = book.asks[0]![0];
  // Its own pacing would only make the test wait; the venue's limits are wider than what is asked here.
  rest = new ccxt.mexc({ enableRateLimit: false });
  pro = new ccxt.pro.mexc({ enableRateLimit: false });
  // What the client itself asks for before it opens a ws:// address.
  await pro.loadHttpProxyAgent();
  const { rest: origin, ws } = sim.endpoints(VENUE);
  for (const client of [rest, pro]) {
    const api = client.urls['api'] as Record<string, Record<string, string>>;
    api['spot']!['public'] = origin;
    api['contract']!['public'] = `http://127.0.0.1:${(futures.address() as AddressInfo).port}`;
    if (api['ws'] !== undefined) api['ws']['spot'] = ws;
  }
});

afterAll(async () => {
  await pro.close();
  await sim.close();
  await new Promise((resolve) => futures.close(resolve));
});

/** Somebody who acts every 20 ms until he is stopped. */
async function during<T>(act: (turn: number) => void, run: () => Promise<T>): Promise<T> {
  let timer: Timer | undefined;
  let turn = 0;
  const next = (): void => {
    act(turn++);
    timer = sim.clock.setTimer(20, next);
  };
  next();
  try {
    return await run();
  } finally {
    timer?.cancel();
  }
}

/** Places one order behind the best prices: one step of the book. */
function placeOrder(turn: number): void {
  const side = turn % 2 === 0 ? 'buy' : 'sell';
  const away = 0.01 * (1 + (turn % 7));
  const price = (side === 'buy' ? best.bid - away : best.ask + away).toFixed(2);
  sim.injectOrder(VENUE, { symbol: SYMBOL, side, price, quantity: '0.001' });
}

/** Takes a little from the best price of one side: one trade. */
function takeBest(turn: number): void {
  sim.injectOrder(VENUE, { symbol: SYMBOL, side: turn % 2 === 0 ? 'buy' : 'sell', quantity: '0.001' });
}

function plainTrade(trade: TapeTrade): unknown {
  return { price: trade.priceTicks / 100, amount: trade.lots / 1e6, side: trade.takerSide, timestamp: trade.at };
}

type ClientTrade = Awaited<ReturnType<typeof rest.fetchTrades>>[number];

function plainClientTrade({ price, amount, side, timestamp }: ClientTrade): unknown {
  return { price, amount, side, timestamp };
}

describe('an unmodified ccxt client with only its base URLs changed', () => {
  it("loads the markets with the simulator's rules", async () => {
    const markets = await rest.loadMarkets();
    expect(Object.keys(markets)).toEqual(['BTC/USDT', 'ETH/USDT']);
    const { id, base, quote, spot, active, precision, taker, maker } = markets[SYMBOL]!;
    expect({ id, base, quote, spot, active, precision, taker, maker }).toEqual({
      id: 'BTCUSDT',
      base: 'BTC',
      quote: 'USDT',
      spot: true,
      active: true,
      precision: { amount: 1e-6, price: 0.01 },
      taker: 0.0005,
      maker: 0,
    });
  });

  it('reads the server time', async () => {
    const before = sim.clock.now();
    const time = await rest.fetchTime();
    expect(time).toBeGreaterThanOrEqual(Math.floor(before));
    expect(time).toBeLessThanOrEqual(sim.clock.now());
  });

  it('fetches the true book at its sequence number', async () => {
    const { nonce, bids, asks } = await rest.fetchOrderBook(SYMBOL, 2000);
    const { sequence, ...levels } = sim.book(VENUE, SYMBOL)!;
    expect({ nonce, bids, asks }).toEqual({ nonce: sequence, ...levels });
    expect(bids.length).toBeGreaterThan(50);
  });

  it('fetches the trades that happened', async () => {
    for (let turn = 0; turn < 5; turn++) takeBest(turn);
    const expected = tape.slice(-5).map(plainTrade);
    const byTime = (list: readonly unknown[]): string[] => list.map((trade) => JSON.stringify(trade)).sort();
    for (const method of ['spotPublicGetAggTrades', 'spotPublicGetTrades']) {
      const trades = await rest.fetchTrades(SYMBOL, undefined, 5, { method });
      expect(byTime(trades.map(plainClientTrade))).toEqual(byTime(expected));
    }
  });

  it('fetches a ticker that agrees with the book and the tape', async () => {
    takeBest(0);
    const ticker = await rest.fetchTicker(SYMBOL);
    const [bid] = sim.book(VENUE, SYMBOL)!.bids;
    const [ask] = sim.book(VENUE, SYMBOL)!.asks;
    const { last, high, low, open, percentage, baseVolume, quoteVolume } = ticker;
    expect([ticker.bid, ticker.bidVolume, ticker.ask, ticker.askVolume]).toEqual([...bid!, ...ask!]);
    expect(last).toBe(tape.at(-1)!.priceTicks / 100);
    expect(high).toBeGreaterThanOrEqual(Math.max(last!, low!));
    expect(percentage).toBeCloseTo((last! / open! - 1) * 100, 1);
    expect(quoteVolume! / baseVolume!).toBeGreaterThan(low!);
    expect(quoteVolume! / baseVolume!).toBeLessThan(high!);
  });

  it('fetches candles that end with the last trade', async () => {
    takeBest(1);
    const candles = await rest.fetchOHLCV(SYMBOL, '1m', undefined, 100);
    expect(candles.length).toBe(100);
    for (let i = 1; i < candles.length; i++) expect(candles[i]![0]).toBe(candles[i - 1]![0]! + 60_000);
    for (const [, open, high, low, close] of candles) {
      expect(high).toBeGreaterThanOrEqual(Math.max(open!, close!));
      expect(low).toBeLessThanOrEqual(Math.min(open!, close!));
    }
    expect(candles.at(-1)![4]).toBe(tape.at(-1)!.priceTicks / 100);
  });

  it('is told that a symbol does not exist', async () => {
    await expect(rest.request('depth', ['spot', 'public'], 'GET', { symbol: 'NOPEUSDT' })).rejects.toBeInstanceOf(
      ccxt.BadSymbol,
    );
  });

  it('keeps a live book that equals the true one at its sequence number', async () => {
    await during(placeOrder, async () => {
      for (let update = 0; update < 20; update++) {
        const book = await pro.watchOrderBook(SYMBOL, undefined, { frequency: '10ms' });
        const top = { bids: book.bids.slice(0, 20), asks: book.asks.slice(0, 20) };
        const truth = sim.book(VENUE, SYMBOL, { sequence: book.nonce!, depth: 20 });
        expect({ sequence: book.nonce, ...top }).toEqual(truth);
      }
    });
  });

  it('watches the trades as they happen', async () => {
    const before = tape.length;
    const trades = await during(takeBest, () => pro.watchTrades(SYMBOL));
    const happened = new Set(tape.slice(before).map((trade) => JSON.stringify(plainTrade(trade))));
    expect(trades.length).toBeGreaterThan(0);
    for (const trade of trades) expect(happened).toContain(JSON.stringify(plainClientTrade(trade)));
  });

  it('watches the best prices', async () => {
    const { bid, bidVolume, ask, askVolume } = await pro.watchTicker(SYMBOL);
    const { bids, asks } = sim.book(VENUE, SYMBOL)!;
    expect([bid, bidVolume, ask, askVolume]).toEqual([...bids[0]!, ...asks[0]!]);
  });

  it('watches candles in milliseconds', async () => {
    const [candle] = await pro.watchOHLCV(SYMBOL, '1m');
    const last = tape.at(-1)!.priceTicks / 100;
    expect([candle![0]! % 60_000, candle![4]]).toEqual([0, last]);
    expect(Math.abs(sim.clock.now() - candle![0]!)).toBeLessThan(120_000);
  });
});
