import { describe, expect, it } from 'vitest';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import type { MarketSymbol, PublicExchange } from '../../../src/index.js';
import { VENUES } from '../../support/venues-under-test.js';
import { watchedWorld } from './watched-world.js';

type Call = (exchange: PublicExchange, symbol: MarketSymbol) => Promise<unknown>;

const CALLS: Readonly<Record<string, Call>> = {
  ping: (exchange) => exchange.ping(),
  getServerTime: (exchange) => exchange.getServerTime(),
  getInstruments: (exchange) => exchange.getInstruments({ refresh: true }),
  getOrderBook: (exchange, symbol) => exchange.getOrderBook(symbol),
  getBookTicker: (exchange, symbol) => exchange.getBookTicker(symbol),
  getTicker: (exchange, symbol) => exchange.getTicker(symbol),
  getTickers: (exchange) => exchange.getTickers(),
  getRecentTrades: (exchange, symbol) => exchange.getRecentTrades(symbol),
  getCandles: (exchange, symbol) => exchange.getCandles(symbol, '1m', { limit: 5 }),
};

/** Bodies that no endpoint but a ping may take for an answer. */
const UNREADABLE = ['', '<html><body>hello</body></html>', '{"a":', 'null', '7', '"text"', 'true', '[[[', '\u0000'];
/** Well-formed, and of no use to most. */
const STRANGE = [
  '{}',
  '[]',
  '[null]',
  '[{}]',
  '[[]]',
  '{"code":0}',
  '{"__proto__":{"x":1}}',
  '[{"bids":"x","symbol":7}]',
];

describe.each(VENUES)('damaged answers of $name', (market) => {
  const { id: venue, symbol: BTC } = market;
  it.each(Object.keys(CALLS))(
    '%s: a body that cannot be read is a typed error that says where, and is asked for once',
    async (name) => {
      await using world = await watchedWorld(market, { exchange: { retry: { maxAttempts: 1 } } });
      const { sim, exchange, traces, failure, outcome } = world;
      const call = CALLS[name] as Call;
      await outcome(exchange.getInstruments());
      for (const body of UNREADABLE) {
        const before = traces.requests;
        sim.faults.respond(venue, '', { status: 200, body });
        const error = await failure(call(exchange, BTC));
        expect([body, error]).toEqual([
          body,
          expect.objectContaining({ outcome: 'unknown', venue, endpoint: expect.stringMatching(/^GET \/[^?]*$/) }),
        ]);
        expect([body, (error as { code: string }).code, traces.requests - before]).toEqual([
          body,
          'malformed_response',
          1,
        ]);
      }
      await outcome(call(exchange, BTC));
    },
  );

  it.each(Object.keys(CALLS))(
    '%s: a body of another shape gives a value or a typed error, never a crash',
    async (name) => {
      await using world = await watchedWorld(market, { exchange: { retry: { maxAttempts: 1 } } });
      const { sim, exchange, outcome } = world;
      const call = CALLS[name] as Call;
      await outcome(exchange.getInstruments());
      const foreign: unknown[] = [];
      for (const body of STRANGE) {
        sim.faults.respond(venue, '', { status: 200, body });
        await outcome(call(exchange, BTC)).catch((error: unknown) => {
          if (!isExchangeError(error, 'malformed_response')) foreign.push([body, error]);
        });
      }
      expect(foreign).toEqual([]);
    },
  );

  it('a cut body at any place is an error, and the next try brings the answer', async () => {
    await using world = await watchedWorld(market);
    const { sim, exchange, failure, outcome } = world;
    await outcome(exchange.getInstruments());
    for (let i = 0; i < 20; i++) {
      sim.faults.truncateBody(venue, '');
      expect(await failure(exchange.getOrderBook(BTC, { depth: 5 }))).toMatchObject({ code: 'malformed_response' });
    }
    expect((await outcome(exchange.getOrderBook(BTC, { depth: 5 }))).bids).toHaveLength(5);
  });

  it('a read outlives failures that pass, within its deadline', async () => {
    await using world = await watchedWorld(market);
    const { sim, exchange, outcome, traces } = world;
    sim.faults.respond(venue, '', { status: 502, body: '<html>bad gateway</html>', times: 2 });
    expect(await outcome(exchange.getServerTime())).toBeGreaterThan(0);
    expect(traces.requests).toBe(3);
  });

  it('a refusal that names a wait holds back every call till then, with nothing sent', async () => {
    await using world = await watchedWorld(market, { exchange: { retry: { maxAttempts: 1 } } });
    const { sim, exchange, failure, clock, traces, outcome } = world;
    sim.faults.respond(venue, '', { status: 429, body: '{}', headers: { 'retry-after': '30' } });
    const refusal = { code: 'rate_limit', venue, retryAfterMs: 30_000, httpStatus: 429 };
    expect(await failure(exchange.ping())).toMatchObject(refusal);
    expect(await failure(exchange.getServerTime())).toMatchObject({ code: 'rate_limit', outcome: 'not_sent', venue });
    expect(traces.requests).toBe(1);
    await clock.advance(30_000);
    await outcome(exchange.ping());
    expect(traces.requests).toBe(2);
  });

  it('a code that the table lacks leaves the outcome open, and is counted and told', async () => {
    await using world = await watchedWorld(market);
    const { sim, exchange, failure, traces } = world;
    const told: unknown[] = [];
    exchange.on('unknownMessage', (event) => told.push(event));
    const [body, venueCode] = market.newRefusal;
    sim.faults.respond(venue, '', { status: 400, body });
    expect(await failure(exchange.ping())).toMatchObject({ outcome: 'unknown', venue, venueCode, httpStatus: 400 });
    expect([traces.requests, told]).toEqual([1, [{ what: expect.stringContaining(venueCode) }]]);
    expect(exchange.metrics().counters['unknownMessages']).toBe(1);
  });

  it('no answer at all ends at the deadline of the call', async () => {
    await using world = await watchedWorld(market, { exchange: { timeoutMs: 3_000 } });
    const { sim, exchange, clock, failure } = world;
    sim.faults.timeoutHttp(venue, '', { times: 9 });
    const startedAt = clock.now();
    expect(await failure(exchange.ping())).toMatchObject({ code: 'timeout', outcome: 'unknown', venue });
    expect(clock.now() - startedAt).toBeLessThanOrEqual(3_010);
  });
});

describe.each(VENUES)('damaged streams of $name', (market) => {
  const { id: venue, symbol: BTC } = market;
  it('corrupt frames of every stream are counted and told, and the streams live on', async () => {
    await using world = await watchedWorld(market, { flow: 'lively' });
    const { sim, exchange, outcome, clock } = world;
    const errors: unknown[] = [];
    const heard = { trades: 0, quotes: 0, tickers: 0, candles: 0 };
    exchange.on('error', (error) => errors.push(error));
    const all = [
      exchange.watchTrades(BTC, () => heard.trades++),
      exchange.watchBookTicker(BTC, () => heard.quotes++),
      exchange.watchTicker(BTC, () => heard.tickers++),
      exchange.watchCandles(BTC, '1m', () => heard.candles++),
      exchange.watchOrderBook(BTC),
    ];
    await outcome(Promise.all(all.map(({ ready }) => ready)));
    sim.faults.corrupt(venue, { chance: 0.2, forMs: 10_000 });
    await clock.advance(10_000);
    const corrupted = sim.faults.counts()['corrupt'] ?? 0;
    expect(corrupted).toBeGreaterThan(10);
    expect(errors.filter((error) => !isExchangeError(error, 'malformed_response'))).toEqual([]);
    const { malformedMessages = 0, unknownMessages = 0 } = exchange.metrics().counters;
    expect([errors.length >= corrupted * 0.5, malformedMessages + unknownMessages >= corrupted * 0.9]).toEqual([
      true,
      true,
    ]);
    const before = { ...heard };
    await clock.advance(30_000);
    expect(Object.entries(heard).filter(([name, count]) => count <= before[name as keyof typeof heard])).toEqual([]);
    expect([exchange.status, (all.at(-1) as { state?: string }).state]).toEqual(['live', 'live']);
  });

  it('a handler that throws or rejects is told of and stops nobody', async () => {
    await using world = await watchedWorld(market, { flow: 'lively' });
    const { exchange, outcome, clock } = world;
    const planted = new Error('planted');
    const errors = new Set<unknown>();
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    exchange.on('error', (error) => errors.add(error));
    exchange.on('error', () => {
      throw new Error('even here');
    });
    let heard = 0;
    const subscription = exchange
      .watchTrades(BTC, () => {
        throw planted;
      })
      .on(() => Promise.reject(planted))
      .on(() => heard++);
    await outcome(subscription.ready);
    await clock.advance(10_000);
    process.off('unhandledRejection', note);
    expect([heard > 0, [...errors], unhandled]).toEqual([true, [planted], []]);
    expect(exchange.metrics().counters['handlers.failed']).toBeGreaterThan(0);
  });

  it.each([['metrics'], ['logger']])(
    'a broken %s option of the user changes nothing for calls and streams',
    async (option) => {
      const fail = (): never => {
        throw new Error('planted');
      };
      const broken =
        option === 'metrics'
          ? { metrics: { count: fail, observe: fail } }
          : { logger: { debug: fail, info: fail, warn: fail, error: fail } };
      await using world = await watchedWorld(market, { flow: 'lively', exchange: broken });
      const { sim, exchange, outcome, clock } = world;
      expect(await outcome(exchange.ping())).toBeGreaterThan(0);
      let heard = 0;
      await outcome(exchange.watchTrades(BTC, () => heard++).ready);
      sim.faults.corrupt(venue);
      await clock.advance(5_000);
      sim.faults.cut(venue);
      await clock.advance(10_000);
      const before = heard;
      await clock.advance(10_000);
      expect([heard > before, exchange.status]).toEqual([true, 'live']);
    },
  );

  it('connections come back after a cut, a silence and a refusal; what is watched goes on, and it is told of', async () => {
    await using world = await watchedWorld(market, { flow: 'lively' });
    const { sim, exchange, outcome, clock, traces } = world;
    const events: string[] = [];
    exchange.on('status', ({ status }) => events.push(status));
    exchange.on('reconnect', () => events.push('reconnect'));
    let heard = 0;
    await outcome(exchange.watchTrades(BTC, () => heard++).ready);
    events.length = 0;
    sim.faults.refuseConnections(venue);
    sim.faults.cut(venue);
    await clock.advance(30_000);
    expect(events).toEqual(['reconnect', 'degraded', 'reconnect', 'live']);
    const before = heard;
    sim.faults.halfOpen(venue);
    await clock.advance(180_000);
    expect([heard > before, exchange.status, traces.openSockets]).toEqual([true, 'live', 1]);
  });
});
