import { describe, expect, it } from 'vitest';
import {
  isExchangeError,
  type MarketSymbol,
  type PublicExchange,
  type Subscription,
  venues,
} from '../../../src/index.js';
import { publicWorld } from '../../support/exchange-world.js';
import { VENUES } from '../../support/venues-under-test.js';

describe.each(VENUES)('market data of $name', (market) => {
  const { id: venue, symbol: SYMBOL, other: OTHER } = market;
  const most = venues[venue].market.maxOrderBookDepth;
  it('measures the round trip and tells the venue time', async () => {
    const { exchange, run, clock, end } = await publicWorld(market);
    const ms = await run(exchange.ping());
    expect(ms).toBeGreaterThan(0);
    expect(Math.abs((await run(exchange.getServerTime())) - clock.now())).toBeLessThan(1_100);
    await end();
  });

  it('lists its markets with their rules, and asks again only when told to or after five minutes', async () => {
    const { exchange, run, clock, sim, end } = await publicWorld(market);
    const instruments = await run(exchange.getInstruments());
    expect([...instruments.keys()].sort()).toEqual(market.markets);
    expect(await run(exchange.getInstrument(SYMBOL))).toMatchObject({
      symbol: SYMBOL,
      venueSymbol: market.venueSymbol,
      ...market.facts,
      status: 'trading',
      tickSize: expect.stringMatching(/^0\.0*1$/),
      lotSize: expect.stringMatching(/^(?:1|0\.0*1)$/),
      minQuantity: expect.stringMatching(/^\d/),
    });
    const asked = sim.stats().requests;
    const calls = market.listCalls + market.detailCalls;
    await run(exchange.getInstruments());
    expect(sim.stats().requests).toBe(asked);
    await run(exchange.getInstruments({ refresh: true }));
    expect(sim.stats().requests).toBe(asked + calls);
    await clock.advance(300_000);
    await run(exchange.getInstruments());
    expect(sim.stats().requests).toBe(asked + 2 * calls);
    await end();
  });

  it.each([1, 5, 7, 50, 200].filter((depth) => depth <= most))('gives the true book of %i levels', async (depth) => {
    const { exchange, run, sim, end } = await publicWorld(market);
    const book = await run(exchange.getOrderBook(SYMBOL, { depth }));
    const truth = sim.book(venue, SYMBOL, { sequence: book.sequence as number, depth });
    expect(book.bids.map(({ price, quantity }) => [price, quantity])).toEqual(truth?.bids);
    expect(book.asks.map(({ price, quantity }) => [price, quantity])).toEqual(truth?.asks);
    expect(book.bids).toHaveLength(depth);
    await end();
  });

  it('gives tickers of one, of some and of all markets', async () => {
    const { exchange, run, end } = await publicWorld(market);
    const [bookTicker, ticker] = [await run(exchange.getBookTicker(SYMBOL)), await run(exchange.getTicker(SYMBOL))];
    expect(bookTicker.askPrice).toBeGreaterThan(bookTicker.bidPrice as number);
    expect(ticker).toMatchObject({ symbol: SYMBOL, lastPrice: expect.any(Number) });
    expect([...(await run(exchange.getTickers())).keys()].sort()).toEqual(market.markets);
    expect([...(await run(exchange.getTickers([OTHER]))).keys()]).toEqual([OTHER]);
    await end();
  });

  it('gives the newest trades, oldest first', async () => {
    const { exchange, run, clock, end } = await publicWorld(market);
    await clock.advance(20_000);
    const trades = await run(exchange.getRecentTrades(SYMBOL, { limit: 5 }));
    expect(trades).toHaveLength(5);
    expect(trades.map(({ matchedAt }) => matchedAt)).toEqual(trades.map(({ matchedAt }) => matchedAt).sort());
    for (const trade of trades) {
      expect(trade).toMatchObject({ symbol: SYMBOL, takerSide: expect.stringMatching(/^(?:buy|sell)$/) });
      expect([trade.price > 0, trade.quantity > 0]).toEqual([true, true]);
    }
    await end();
  });

  it('pages candles over the limit of the venue: each once, in order, none missing', async () => {
    const { exchange, run, clock, end } = await publicWorld(market);
    const candles = await run(exchange.getCandles(SYMBOL, '1m', { limit: 1_500 }));
    expect(candles).toHaveLength(1_500);
    const opened = candles.map(({ openedAt }) => openedAt);
    expect(opened).toEqual(opened.map((_, i) => (opened[0] as number) + i * 60_000));
    expect(clock.now() - (opened.at(-1) as number)).toBeLessThan(61_000);
    for (const { high, low, open, close } of candles)
      expect([low <= open, low <= close, high >= open]).not.toContain(false);
    const [since, until] = [opened[10] as number, opened[13] as number];
    expect(await run(exchange.getCandles(SYMBOL, '1m', { since, until }))).toEqual(candles.slice(10, 14));
    await end();
  });

  it('serves any endpoint raw', async () => {
    const { exchange, run, end } = await publicWorld(market);
    expect(JSON.stringify(await run(exchange.request(market.tickerCall)))).toContain('BTC');
    await end();
  });

  it('streams tickers, trades and candles of the right market, and ends them', async () => {
    const { exchange, run, clock, end } = await publicWorld(market);
    const heard = new Map<string, unknown[]>();
    const into = (name: string) => (event: unknown) => void heard.set(name, [...(heard.get(name) ?? []), event]);
    const all: Subscription<unknown>[] = [
      exchange.watchBookTicker(SYMBOL, into('bookTicker')),
      exchange.watchTrades(SYMBOL, into('trades')),
      exchange.watchTicker(SYMBOL, into('ticker')),
      exchange.watchCandles(SYMBOL, '1m', into('candles')),
    ];
    await run(Promise.all(all.map(({ ready }) => ready)));
    expect(exchange.status).toBe('live');
    await clock.advance(20_000);
    expect([...heard.keys()].sort()).toEqual(['bookTicker', 'candles', 'ticker', 'trades']);
    for (const events of heard.values()) expect(events.at(-1)).toMatchObject({ symbol: SYMBOL });
    await run(Promise.all(all.map((one) => one.close())));
    const counts = [...heard.values()].map((events) => events.length);
    await clock.advance(5_000);
    expect([...heard.values()].map((events) => events.length)).toEqual(counts);
    expect(exchange.status).toBe('idle');
    await end();
  });

  it('gives a stream as an iterable, the newest only to a slow reader of tickers', async () => {
    const { exchange, run, clock, end } = await publicWorld(market);
    const tickers = exchange.watchBookTicker(SYMBOL);
    const iterator = tickers[Symbol.asyncIterator]();
    const first = await run(iterator.next());
    await clock.advance(10_000);
    const second = await run(iterator.next());
    expect(first.value?.symbol).toBe(SYMBOL);
    expect(clock.now() - (second.value?.receivedAt ?? 0)).toBeLessThan(2_000);
    await run(tickers.close());
    for (let left = 2; left > 0; left--) if ((await run(iterator.next())).done) break;
    expect(await run(iterator.next())).toEqual({ done: true, value: undefined });
    await end();
  });

  it('keeps one live book for all who watch it', async () => {
    const { exchange, run, sim, clock, end } = await publicWorld(market);
    const [one, two] = [exchange.watchOrderBook(SYMBOL), exchange.watchOrderBook(SYMBOL)];
    await run(Promise.all([one.ready, two.ready]));
    expect(exchange.metrics().gauges['stream.topics']).toBe(1);
    await run(one.close());
    await clock.advance(2_000);
    expect([one.state, two.state]).toEqual(['closed', 'live']);
    const truth = sim.book(venue, SYMBOL, { sequence: two.sequence as number, depth: 5 });
    expect(two.snapshot(5).bids.map(({ price, quantity }) => [price, quantity])).toEqual(truth?.bids);
    await run(two.close());
    expect(exchange.metrics().gauges['stream.sockets']).toBe(0);
    await end();
  });

  it('reports frames and bodies that cannot be read, and lives on', async () => {
    const { exchange, run, sim, clock, end, failure } = await publicWorld(market, { retry: { maxAttempts: 1 } });
    const errors: unknown[] = [];
    exchange.on('error', (error) => errors.push(error));
    const trades: unknown[] = [];
    const subscription = exchange.watchTrades(SYMBOL, (trade) => trades.push(trade));
    await run(subscription.ready);
    sim.faults.corrupt(venue, { times: 3 });
    await clock.advance(20_000);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every((error) => isExchangeError(error, 'malformed_response'))).toBe(true);
    expect([trades.length > 0, exchange.status]).toEqual([true, 'live']);
    expect(exchange.metrics().counters['malformedMessages']).toBe(errors.length);
    sim.faults.truncateBody(venue, '');
    expect(await failure(exchange.getTicker(SYMBOL))).toMatchObject({ code: 'malformed_response', venue });
    sim.faults.respond(venue, '', { status: 200, body: '<html>hello</html>' });
    expect(await failure(exchange.getTicker(SYMBOL))).toMatchObject({ outcome: 'unknown', venue });
    expect((await run(exchange.getTicker(SYMBOL))).symbol).toBe(SYMBOL);
    await end();
  });

  it('tells how it is', async () => {
    const { exchange, run, sim, end } = await publicWorld(market, { retry: { maxAttempts: 1 } });
    expect(await run(exchange.health())).toMatchObject({ venue, status: 'ok' });
    sim.faults.respond(venue, '', { status: 500, body: '{}' });
    expect(await run(exchange.health())).toMatchObject({ status: 'down' });
    await end();
  });

  it('opens forty books and makes a hundred calls at once without a warning about listeners', async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error): void => void warnings.push(warning);
    process.on('warning', hear);
    const { exchange, run, clock, end } = await publicWorld(market);
    const signal = new AbortController().signal;
    const books = Array.from({ length: 40 }, (_, i) => exchange.watchOrderBook(i % 2 ? SYMBOL : OTHER, {}));
    const calls = Array.from({ length: 100 }, () =>
      exchange.request({ method: 'GET', path: '/no/such', signal }).catch(() => undefined),
    );
    await run(Promise.all([...books.map(({ ready }) => ready), ...calls]));
    await clock.advance(10);
    await end();
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });
});

type Reach = (exchange: PublicExchange, symbol: MarketSymbol, run: <T>(p: Promise<T>) => Promise<T>) => unknown;

const reached: Readonly<Record<string, Reach>> = {
  'when nothing was done': () => undefined,
  'in the middle of a call': (exchange) => void exchange.getInstruments().catch(() => undefined),
  'while a book is being built': (exchange, symbol) => void exchange.watchOrderBook(symbol),
  'with a live book': (exchange, symbol, run) => run(exchange.watchOrderBook(symbol).ready),
  'with an iterator that waits': async (exchange, symbol, run) => {
    const trades = exchange.watchCandles(symbol, '1d');
    await run(trades.ready);
    void (async () => {
      for await (const _ of trades) void _;
    })();
  },
};

describe.each(VENUES)('closing $name', (market) => {
  const { id: venue, symbol: SYMBOL, other: OTHER } = market;
  it.each(Object.keys(reached))('leaves nothing behind %s, and refuses everything afterwards', async (name) => {
    const { exchange, run, sim, clock } = await publicWorld(market);
    await reached[name]?.(exchange, SYMBOL, run);
    const book = exchange.watchOrderBook(OTHER);
    let updates = 0;
    book.on('update', () => updates++);
    await run(exchange.close());
    await run(exchange.close());
    const seen = updates;
    await clock.advance(5_000);
    expect([exchange.status, book.state, updates, exchange.metrics().gauges]).toEqual([
      'closed',
      'closed',
      seen,
      { 'stream.sockets': 0, 'stream.topics': 0 },
    ]);
    const before = sim.stats();
    for (const call of [
      exchange.ping(),
      exchange.getServerTime(),
      exchange.getInstruments(),
      exchange.getInstrument(SYMBOL),
      exchange.getOrderBook(SYMBOL),
      exchange.getTickers(),
      exchange.getCandles(SYMBOL, '1m'),
      exchange.request({ method: 'GET', path: '/x' }),
    ].map((promise: Promise<unknown>) => promise.catch((error: unknown) => error))) {
      expect(await call).toMatchObject({ code: 'closed', outcome: 'not_sent', venue });
    }
    expect(() => exchange.watchTrades(SYMBOL)).toThrow(expect.objectContaining({ code: 'closed' }));
    expect(() => exchange.watchOrderBook(SYMBOL)).toThrow(expect.objectContaining({ code: 'closed' }));
    expect([sim.stats().requests, sim.stats().connections]).toEqual([before.requests, before.connections]);
    await sim.close();
    expect(clock.pendingTimers).toBe(0);
  });
});
