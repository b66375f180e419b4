import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { type MarketSymbol, venues } from '../../../src/index.js';
import { VENUES, type VenueUnderTest } from '../../support/venues-under-test.js';
import { watchedWorld } from './watched-world.js';

/** Gate.io settles one market in BTC. */
const CROWDED = VENUES.filter(({ id }) => id !== 'gateio_futures_btc');
const PAIRS = Array.from({ length: 40 }, (_, i) => `COIN${String.fromCharCode(65 + (i % 26))}${i}/USDT` as const);

it.each(CROWDED)(
  'forty live books and a hundred calls at once on $name: all true, no warning, nothing left over',
  async (market) => {
    const { id: venue, timePath: path, isPerpetual } = market;
    const symbols = PAIRS.map((pair): MarketSymbol => (isPerpetual ? `${pair}:USDT` : pair));
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const caller = new AbortController();
    await using world = await watchedWorld(market, {
      markets: symbols,
      flow: { eventsPerSecond: 2, levels: 10 },
      exchange: { timeoutMs: 60_000 },
    });
    const { sim, exchange, outcome, clock, traces } = world;
    const books = symbols.map((symbol) => exchange.watchOrderBook(symbol));
    const calls = Array.from({ length: 100 }, () => exchange.request({ method: 'GET', path, signal: caller.signal }));
    await outcome(Promise.all([...books.map(({ ready }) => ready), ...calls]), 60_000);
    await clock.advance(5_000);
    for (const { symbol, sequence, ...book } of books.map((live) => ({
      symbol: live.symbol,
      sequence: live.sequence,
      shown: live.snapshot(3),
    }))) {
      const truth = sim.book(venue, symbol, { sequence, depth: 3 });
      expect(book.shown.bids.map(({ price, quantity }) => [price, quantity])).toEqual(truth?.bids);
      expect(book.shown.asks.map(({ price, quantity }) => [price, quantity])).toEqual(truth?.asks);
    }
    expect([traces.openSockets, exchange.metrics().gauges['stream.topics']]).toEqual([
      Math.ceil(40 / venues[venue].streams.plan.maxTopics),
      40,
    ]);
    const manyCalls = Promise.allSettled(
      calls.map(() => exchange.request({ method: 'GET', path, signal: caller.signal })),
    );
    await clock.advance(1);
    caller.abort();
    await outcome(manyCalls);
    await outcome(exchange.close());
    // Warnings are delivered in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', note);
    expect([warnings, getEventListeners(caller.signal, 'abort').length]).toEqual([[], 0]);
    expect([traces.timers, traces.openSockets]).toEqual([0, 0]);
  },
);

it.each(VENUES)('calls of any public endpoint of $name run at the rate of market data', async (market) => {
  const { timePath: path } = market;
  await using world = await watchedWorld(market);
  const { exchange, outcome, clock } = world;
  const startedAt = clock.now();
  await outcome(Promise.all(Array.from({ length: 20 }, () => exchange.request({ method: 'GET', path }))));
  expect(clock.now() - startedAt).toBeLessThan(2_000);
});

it('handlers of many books may share one signal, without a warning, and it takes them all off', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const caller = new AbortController();
  await using world = await watchedWorld(VENUES[0] as VenueUnderTest, { flow: 'calm' });
  const { exchange, outcome, clock, symbol } = world;
  let calls = 0;
  const books = Array.from({ length: 20 }, () => exchange.watchOrderBook(symbol));
  for (const book of books) book.on('update', () => calls++, { signal: caller.signal });
  for (let i = 0; i < 20; i++) exchange.on('error', () => calls++, { signal: caller.signal });
  await outcome(Promise.all(books.map(({ ready }) => ready)));
  await clock.advance(2_000);
  caller.abort();
  const before = calls;
  await clock.advance(2_000);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  expect([before > 0, calls, warnings.map(({ name }) => name)]).toEqual([true, before, []]);
});
