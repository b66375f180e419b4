import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../src/model/candle.js';
import { compareDecimals, type Decimal } from '../../../src/model/decimal.js';
import type { Level } from '../../../src/model/order-book.js';
import { MARKETS } from '../../support/venues-under-test.js';
import { type WatchedWorld, watchedWorld } from './watched-world.js';

const MINUTE = 60_000;

type Rows = ReadonlyArray<readonly [number, number]>;
const levels = (rows: Rows): Level[] => rows.map(([price, quantity]) => ({ price, quantity }));

const aboveZero = expect.toSatisfy((value: unknown) => Number.isFinite(value) && (value as number) > 0);

function truth({ sim, id, symbol }: WatchedWorld, depth?: number) {
  const book = sim.book(id, symbol, depth === undefined ? {} : { depth });
  if (book === undefined) throw new Error('no such book');
  const [bid, ask] = [book.bids[0], book.asks[0]] as [[number, number], [number, number]];
  return { ...book, bid, ask };
}

/** A candle that can be true. */
function isSound({ open, high, low, close, baseVolume, quoteVolume = Number.NaN, openedAt }: Candle): boolean {
  const inside = low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close);
  const mean = quoteVolume / baseVolume;
  const volumes = baseVolume === 0 ? quoteVolume === 0 : mean >= low * 0.999 && mean <= high * 1.001;
  return inside && volumes && openedAt % MINUTE === 0;
}

describe.each(MARKETS)('the market data of $name, compared with the truth', (market) => {
  const { id: venue, symbol: BTC, amount } = market;
  it('lists instruments by canonical symbol with exact rules, and asks once for all who ask', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, traces } = world;
    const list = await outcome(exchange.getInstruments());
    expect([...list.keys()].sort()).toEqual(market.markets);
    const one = await outcome(exchange.getInstrument(BTC));
    const calls = market.listCalls + market.detailCalls;
    expect([one === list.get(BTC), traces.requests]).toEqual([true, calls]);
    if (market.isPerpetual) expect(one.fundingIntervalMs).toBe(8 * 3_600_000);
    expect(one).toMatchObject({ symbol: BTC, ...market.facts, status: 'trading' });
    for (const step of [one.tickSize, one.lotSize, one.minQuantity]) {
      expect(step).toMatch(/^\d+(\.\d+)?$/);
      expect(compareDecimals(step, '0' as Decimal)).toBe(1);
    }
    expect((await outcome(exchange.getInstruments({ refresh: true }))).size).toBe(market.markets.length);
    expect(traces.requests).toBe(2 * calls);
  });

  it.each([[1], [7], [undefined]])('gives the true order book with %s levels per side', async (depth) => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, clock } = world;
    const request = depth === undefined ? undefined : { depth };
    const { sequence, updatedAt, receivedAt, ...book } = await outcome(exchange.getOrderBook(BTC, request));
    const { bids, asks, sequence: trueSequence } = truth(world, depth ?? 100);
    expect(book).toEqual({ symbol: BTC, bids: levels(bids), asks: levels(asks) });
    expect([sequence, bids.length]).toEqual([trueSequence, depth ?? 100]);
    expect(clock.now() - receivedAt).toBeLessThan(50);
    if (updatedAt !== undefined) expect(Math.abs(clock.now() - updatedAt)).toBeLessThan(60_000);
  });

  it('gives best bid and offer, and the statistics of the day, as they are', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, sim } = world;
    const { bid, ask } = truth(world);
    expect(await outcome(exchange.getBookTicker(BTC))).toMatchObject({
      symbol: BTC,
      bidPrice: bid[0],
      bidQuantity: bid[1],
      askPrice: ask[0],
      askQuantity: ask[1],
      receivedAt: aboveZero,
    });
    sim.injectOrder(venue, { symbol: BTC, side: 'buy', ...amount(1).given });
    const ticker = await outcome(exchange.getTicker(BTC));
    expect(ticker).toMatchObject({ symbol: BTC, lastPrice: ask[0], receivedAt: aboveZero });
    const { lowPrice = 0, highPrice = 0, changeRatio = 0, baseVolume = 0, quoteVolume = 0 } = ticker;
    expect([lowPrice <= ask[0], highPrice >= ask[0], Math.abs(changeRatio) < 1]).toEqual([true, true, true]);
    if (baseVolume > 0) expect(quoteVolume / baseVolume).toSatisfy((price: number) => price >= lowPrice * 0.99);
    const all = await outcome(exchange.getTickers());
    expect([...all.keys()].sort()).toEqual(market.markets);
    expect([...(await outcome(exchange.getTickers([BTC]))).keys()]).toEqual([BTC]);
    expect(all.get(BTC)).toMatchObject({ symbol: BTC, lastPrice: ask[0] });
  });

  it('gives recent trades oldest first, each with its price, base quantity, taker and time', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, sim, clock } = world;
    const { bid, ask } = truth(world);
    const startedAt = clock.now();
    sim.injectOrder(venue, { symbol: BTC, side: 'buy', ...amount(1).given });
    await clock.advance(1_000);
    sim.injectOrder(venue, { symbol: BTC, side: 'sell', ...amount(2).given });
    await clock.advance(1_000);
    const trades = await outcome(exchange.getRecentTrades(BTC, { limit: 2 }));
    expect(trades.map(({ id, ...trade }) => trade)).toEqual([
      { symbol: BTC, price: ask[0], quantity: amount(1).baseAt(ask[0]), takerSide: 'buy', matchedAt: startedAt },
      {
        symbol: BTC,
        price: bid[0],
        quantity: amount(2).baseAt(bid[0]),
        takerSide: 'sell',
        matchedAt: startedAt + 1_000,
      },
    ]);
    for (const { id } of trades) if (id !== undefined) expect(id).toMatch(/^\d+$/);
  });

  it('gives the newest candles, oldest first, without a hole, and the last one still open', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, clock } = world;
    const candles = await outcome(exchange.getCandles(BTC, '1m', { limit: 20 }));
    const last = clock.now() - (clock.now() % MINUTE);
    expect(candles.map(({ openedAt }) => openedAt)).toEqual(
      Array.from({ length: 20 }, (_, i) => last - (19 - i) * MINUTE),
    );
    expect(candles.filter((candle) => !isSound(candle))).toEqual([]);
    expect(candles.map(({ symbol, interval }) => `${symbol} ${interval}`)).toEqual(Array(20).fill(`${BTC} 1m`));
    expect(candles.map(({ closed }) => closed === true)).toEqual([...Array(19).fill(true), false]);
  });

  it('keeps a live book that is the true one at its sequence, and prices against it', async () => {
    await using world = await watchedWorld(market, { flow: 'calm' });
    const { exchange, outcome, clock, sim } = world;
    const book = exchange.watchOrderBook(BTC);
    expect([book.state, book.bestBid, book.reliableDepth]).toEqual(['syncing', undefined, 0]);
    expect(() => book.snapshot()).toThrow(expect.objectContaining({ code: 'stale_book' }));
    await outcome(book.ready);
    let checks = 0;
    book.on('update', ({ sequence, bestBid, bestAsk, spread, mid }) => {
      const then = sim.book(venue, BTC, { sequence, depth: 5 });
      if (then === undefined) throw new Error('a sequence that never was');
      const shown = book.snapshot(5);
      expect([shown.bids, shown.asks]).toEqual([levels(then.bids), levels(then.asks)]);
      expect([bestBid, bestAsk]).toEqual([shown.bids[0], shown.asks[0]]);
      expect([spread, mid]).toEqual([
        expect.closeTo((then.asks[0]?.[0] ?? 0) - (then.bids[0]?.[0] ?? 0), 9),
        expect.closeTo(((then.asks[0]?.[0] ?? 0) + (then.bids[0]?.[0] ?? 0)) / 2, 9),
      ]);
      checks++;
    });
    await clock.advance(5_000);
    const [ask] = book.snapshot(1).asks as [Level];
    expect(book.priceFor('buy', ask.quantity / 2)).toEqual({
      averagePrice: ask.price,
      worstPrice: ask.price,
      quantity: ask.quantity / 2,
    });
    expect([checks > 10, book.state, exchange.metrics().counters['errors'] ?? 0]).toEqual([true, 'live', 0]);
  });

  it('streams trades, best prices, the ticker and candles as they happen', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, sim, clock } = world;
    const { ask, bid } = truth(world);
    const trades = exchange.watchTrades(BTC);
    const quotes = exchange.watchBookTicker(BTC);
    const tickers = exchange.watchTicker(BTC);
    const candles = exchange.watchCandles(BTC, '1m');
    const seen: Record<string, Array<Record<string, unknown>>> = { trades: [], quotes: [], tickers: [], candles: [] };
    trades.on((event) => seen['trades']?.push({ ...event }));
    quotes.on((event) => seen['quotes']?.push({ ...event }));
    tickers.on((event) => seen['tickers']?.push({ ...event }));
    candles.on((event) => seen['candles']?.push({ ...event }));
    await outcome(Promise.all([trades, quotes, tickers, candles].map(({ ready }) => ready)));
    expect(exchange.status).toBe('live');
    const at = clock.now();
    sim.injectOrder(venue, { symbol: BTC, side: 'buy', ...amount(1).given });
    await clock.advance(5_000);
    expect(seen['trades']?.map(({ id, ...trade }) => trade)).toEqual([
      { symbol: BTC, price: ask[0], quantity: amount(1).baseAt(ask[0]), takerSide: 'buy', matchedAt: at },
    ]);
    const [askPrice, askQuantity] = truth(world).ask;
    expect(seen['quotes']?.at(-1)).toMatchObject({
      symbol: BTC,
      bidPrice: bid[0],
      bidQuantity: bid[1],
      askPrice,
      askQuantity,
      receivedAt: aboveZero,
    });
    expect(seen['tickers']?.at(-1)).toMatchObject({ symbol: BTC, lastPrice: ask[0], receivedAt: aboveZero });
    expect(seen['candles']?.at(-1)).toMatchObject({
      symbol: BTC,
      interval: '1m',
      openedAt: at - (at % MINUTE),
      close: ask[0],
    });
    expect(exchange.metrics().counters).not.toHaveProperty('errors');
  });

  it('hands the same events to an iterator, which ends when the exchange is closed', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, sim, clock } = world;
    const subscription = exchange.watchTrades(BTC);
    const prices: number[] = [];
    const reading = (async () => {
      for await (const { quantity } of subscription) prices.push(quantity);
    })();
    await outcome(subscription.ready);
    const { ask } = truth(world);
    for (const times of [1, 2, 3]) {
      sim.injectOrder(venue, { symbol: BTC, side: 'buy', ...amount(times).given, type: 'market' });
      await clock.advance(500);
    }
    await outcome(exchange.close());
    await outcome(reading);
    expect(prices.reduce((sum, quantity) => sum + quantity, 0)).toBeCloseTo(amount(6).baseAt(ask[0]), 8);
  });

  it('says how it is doing', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, clock } = world;
    expect(exchange.status).toBe('idle');
    const book = exchange.watchOrderBook(BTC);
    await outcome(book.ready);
    expect(await outcome(exchange.health())).toEqual({
      venue,
      status: 'ok',
      checks: [
        { name: 'rest', status: 'ok', detail: expect.stringMatching(/^\d+ ms$/) },
        { name: 'stream', status: 'ok', detail: 'live' },
        { name: `book ${BTC}`, status: 'ok', detail: 'live' },
      ],
      at: expect.toSatisfy((at: number) => Math.abs(at - clock.now()) < 100),
    });
    expect(exchange.metrics()).toMatchObject({
      counters: { 'rest.requests': aboveZero, 'stream.frames': aboveZero },
      gauges: { 'stream.sockets': 1, 'stream.topics': 1 },
      latencies: { 'rest.roundTripMs': { count: aboveZero, p50: aboveZero, p99: aboveZero, max: aboveZero } },
    });
  });
});
