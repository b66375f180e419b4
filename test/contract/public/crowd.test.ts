import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import type { MarketSymbol } from '../../../src/index.js';
import { VENUES, watchedWorld } from './watched-world.js';

const SYMBOLS = Array.from(
  { length: 40 },
  (_, i): MarketSymbol => `COIN${String.fromCharCode(65 + (i % 26))}${i}/USDT`,
);

it.each(VENUES)(
  'forty live books and a hundred calls at once on %s: all true, no warning, nothing left over',
  async (venue) => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const caller = new AbortController();
    await using world = await watchedWorld(venue, {
      markets: SYMBOLS,
      flow: { eventsPerSecond: 2, levels: 10 },
      exchange: { timeoutMs: 60_000 },
    });
    const { sim, exchange, outcome, clock, traces } = world;
    const path = venue === 'mexc_spot' ? '/api/v3/time' : '/spot/time';
    const books = SYMBOLS.map((symbol) => exchange.watchOrderBook(symbol));
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
      venue === 'mexc_spot' ? 2 : 1,
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

it.each(VENUES)('calls of any public endpoint of %s run at the rate of market data', async (venue) => {
  await using world = await watchedWorld(venue);
  const { exchange, outcome, clock } = world;
  const path = venue === 'mexc_spot' ? '/api/v3/time' : '/spot/time';
  const startedAt = clock.now();
  await outcome(Promise.all(Array.from({ length: 20 }, () => exchange.request({ method: 'GET', path }))));
  expect(clock.now() - startedAt).toBeLessThan(2_000);
});

it('handlers of many books may share one signal, without a warning, and it takes them all off', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const caller = new AbortController();
  await using world = await watchedWorld('mexc_spot', { flow: 'calm' });
  const { exchange, outcome, clock } = world;
  let calls = 0;
  const books = Array.from({ length: 20 }, () => exchange.watchOrderBook('BTC/USDT'));
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
