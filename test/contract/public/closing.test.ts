import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { VENUES } from '../../support/venues-under-test.js';
import { type WatchedWorld, watchedWorld } from './watched-world.js';

/** How each state is reached. What is still on its way then has to end in a `ClosedError`. */
const STATES: Readonly<Record<string, (world: WatchedWorld) => Promise<ReadonlyArray<Promise<unknown>>>>> = {
  idle: async () => [],
  'before its first call left': async ({ exchange, symbol }) => [exchange.ping(), exchange.getTickers([symbol])],
  'in the middle of calls': async ({ exchange, clock, symbol }) => {
    const calls = [exchange.ping(), exchange.getTicker(symbol), exchange.getCandles(symbol, '1m', { limit: 1_500 })];
    calls.forEach(ignore);
    await clock.advance(1);
    return calls;
  },
  'waiting to repeat a call': async ({ exchange, sim, clock, id }) => {
    sim.faults.respond(id, '', { status: 503, times: 9 });
    const calls = [exchange.ping()];
    calls.forEach(ignore);
    await clock.advance(100);
    return calls;
  },
  'loading the instruments for what is watched': async ({ exchange, clock, symbol }) => {
    const ready = [exchange.watchTrades(symbol).ready, exchange.watchOrderBook(symbol).ready];
    await clock.advance(1);
    return ready;
  },
  connecting: async ({ exchange, outcome, clock, traces, symbol }) => {
    await outcome(exchange.getInstruments());
    const ready = [exchange.watchTrades(symbol).ready, exchange.watchOrderBook(symbol).ready];
    await clock.advance(1);
    expect([traces.dials, traces.openSockets]).toEqual([1, 0]);
    return ready;
  },
  'connecting in vain': async ({ exchange, sim, clock, symbol, id }) => {
    sim.faults.refuseConnections(id, 99);
    const ready = [exchange.watchTrades(symbol).ready];
    await clock.advance(20_000);
    return ready;
  },
  'waiting for a snapshot': async ({ exchange, sim, clock, outcome, symbol, id }) => {
    await outcome(exchange.getInstruments());
    sim.faults.loseRequest(id, '', { forMs: 60_000 });
    const book = exchange.watchOrderBook(symbol, id.startsWith('gateio') ? { feed: 'order_book_update' } : {});
    await clock.advance(2_000);
    expect(book.state).toBe('syncing');
    return [book.ready];
  },
  live: async ({ exchange, outcome, symbol }) => {
    await outcome(exchange.watchOrderBook(symbol).ready);
    return [];
  },
  'waiting to connect again': async ({ exchange, sim, outcome, clock, symbol, id }) => {
    await outcome(exchange.watchOrderBook(symbol).ready);
    sim.faults.refuseConnections(id, 99);
    sim.faults.cut(id);
    await clock.advance(10);
    return [];
  },
  'on a dead connection': async ({ exchange, sim, outcome, clock, symbol, id }) => {
    await outcome(exchange.watchOrderBook(symbol).ready);
    sim.faults.halfOpen(id);
    await clock.advance(7_000);
    return [];
  },
  'in a planned change of the socket': async ({ exchange, sim, outcome, clock, traces, symbol, id }) => {
    await outcome(exchange.watchCandles(symbol, '1d').ready);
    // Far enough for every venue's planned age, in steps that the flow of an hour fits in.
    sim.faults.mute(id, '');
    while (traces.openSockets < 2 && clock.monotonic() < 90_000_000) await clock.advance(5_000);
    expect(traces.openSockets).toBe(2);
    return [];
  },
  'with an iterator that waits': async ({ exchange, outcome, other }) => {
    const subscription = exchange.watchTrades(other);
    await outcome(subscription.ready);
    const reading = (async () => {
      for await (const _ of subscription) throw new Error('nothing was traded');
    })();
    return [reading.then(() => Promise.reject(Object.assign(new Error('ended'), { code: 'closed' })))];
  },
};

function ignore(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}

describe.each(VENUES)('closing an exchange of $name', (market) => {
  const { id: venue, symbol: BTC } = market;
  it.each(Object.keys(STATES))(
    'while it is %s ends everything: calls, sockets, timers, handlers',
    async (name) => {
      await using world = await watchedWorld(market, { flow: name.includes('planned') ? 'off' : 'calm' });
      const { exchange, traces, outcome, clock } = world;
      const pending = (await STATES[name]?.(world)) ?? [];
      pending.forEach(ignore);
      let called = 0;
      const count = (): void => void called++;
      exchange.watchTrades(BTC, count);
      exchange.watchOrderBook(BTC).on('update', count);
      for (const event of ['error', 'reconnect', 'resync', 'unknownMessage', 'gap'] as const) exchange.on(event, count);
      const ends = Promise.all(
        pending.map((one) =>
          one.then(
            () => 'no error',
            (error: { code?: string }) => error.code,
          ),
        ),
      );
      await outcome(Promise.all([exchange.close(), exchange.close(), exchange[Symbol.asyncDispose]()]), 5_000);
      expect(await outcome(ends, 10)).toEqual(pending.map(() => 'closed'));
      const heard = called;
      const { requests, dials } = traces;
      expect([name, traces.timers, traces.openSockets]).toEqual([name, 0, 0]);
      await clock.advance(120_000);
      expect([called, exchange.status, traces]).toEqual([
        heard,
        'closed',
        { ...traces, requests, dials, timers: 0, openSockets: 0 },
      ]);
      // A day passes in one of them, which takes a busy machine a while.
    },
    60_000,
  );

  it('tells what it ends: the status, the books, the subscriptions; and then nothing', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome } = world;
    const log: string[] = [];
    exchange.on('status', ({ status, previous }) => log.push(`${previous} → ${status}`));
    exchange.on('error', (error) => log.push(`error ${error}`));
    const book = exchange.watchOrderBook(BTC);
    book.on('state', (state) => log.push(`book ${state}`));
    await outcome(book.ready);
    log.length = 0;
    await outcome(exchange.close());
    expect(log.filter((line) => line.startsWith('book'))).toEqual(['book closed']);
    expect([log.at(-1)?.endsWith('→ closed'), log.filter((line) => line.startsWith('error'))]).toEqual([true, []]);
  });

  it('by a signal closes it; one that has fired before makes an exchange that is closed', async () => {
    const controller = new AbortController();
    await using world = await watchedWorld(market, { exchange: { signal: controller.signal } });
    const { exchange, outcome, traces, clock, failure } = world;
    await outcome(exchange.watchOrderBook(BTC).ready);
    controller.abort();
    await clock.advance(3_000);
    expect([exchange.status, traces.openSockets, traces.timers]).toEqual(['closed', 0, 0]);
    await using late = await watchedWorld(market, { exchange: { signal: controller.signal } });
    expect(await late.failure(late.exchange.ping())).toMatchObject({ code: 'closed', outcome: 'not_sent' });
    expect(await failure(exchange.ping())).toMatchObject({ code: 'closed', outcome: 'not_sent', venue });
    expect(late.traces.requests).toBe(0);
  });

  it.each<[string, (world: WatchedWorld) => Promise<void>]>([
    ['close', ({ exchange }) => exchange.close()],
    ['await using', ({ exchange }) => Promise.resolve(exchange[Symbol.asyncDispose]())],
  ])('by %s takes its listener off the signal that it was given', async (_name, end) => {
    const { signal } = new AbortController();
    await using world = await watchedWorld(market, { exchange: { signal } });
    await world.outcome(end(world));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('from inside a handler stops the rest and resolves', async () => {
    await using world = await watchedWorld(market, { flow: 'lively' });
    const { exchange, clock } = world;
    let closing: Promise<void> | undefined;
    let calls = 0;
    exchange.watchTrades(BTC, () => {
      calls++;
      closing ??= exchange.close();
    });
    await clock.advance(20_000);
    await closing;
    expect([calls, exchange.status]).toEqual([1, 'closed']);
  });

  it('one subscription leaves the others alone, and gives the topic back', async () => {
    await using world = await watchedWorld(market, { flow: 'lively' });
    const { exchange, outcome, clock } = world;
    const counts = [0, 0];
    const [one, two] = [0, 1].map((i) =>
      exchange.watchTrades(BTC, () => {
        counts[i] = (counts[i] ?? 0) + 1;
      }),
    );
    await outcome(Promise.all([one?.ready, two?.ready]));
    await clock.advance(5_000);
    await one?.close();
    await one?.close();
    const [before = 0, other = 0] = counts;
    await clock.advance(5_000);
    expect([counts[0], (counts[1] ?? 0) > other, exchange.metrics().gauges['stream.topics']]).toEqual([
      before,
      true,
      1,
    ]);
    await outcome(Promise.resolve(two?.close()));
    expect(exchange.metrics().gauges).toEqual({ 'stream.sockets': 0, 'stream.topics': 0 });
    expect(before).toBeGreaterThan(0);
  });
});
