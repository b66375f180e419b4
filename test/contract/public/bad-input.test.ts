import { describe, expect, it } from 'vitest';
import type { MarketSymbol, PublicExchange } from '../../../src/index.js';
import { publicWorld } from '../../support/exchange-world.js';
import { VENUES } from '../../support/venues-under-test.js';

const wrong = (value: unknown) => value as never;

/** What is asked, and what the error has to say. */
const CASES: ReadonlyArray<
  readonly [string, (exchange: PublicExchange, symbol: MarketSymbol) => unknown, code: string, says: RegExp]
> = [
  ['a symbol without a slash', (x) => x.getTicker(wrong('BTCUSDT')), 'validation', /symbol: expected .*"BTCUSDT"/],
  ['a symbol that is no text', (x) => x.getOrderBook(wrong(7)), 'validation', /symbol: expected .*7/],
  ['an unknown symbol', (x) => x.getTicker('NO/SUCH'), 'invalid_symbol', /symbol: expected one of the \d .*"NO\/SUCH"/],
  ['an unknown symbol of some', (x, symbol) => x.getTickers([symbol, 'NO/SUCH']), 'invalid_symbol', /"NO\/SUCH"/],
  ['an unknown instrument', (x) => x.getInstrument('NO/SUCH'), 'invalid_symbol', /"NO\/SUCH"/],
  ['no depth', (x, symbol) => x.getOrderBook(symbol, { depth: 0 }), 'validation', /depth: expected .*0/],
  ['too much depth', (x, symbol) => x.getOrderBook(symbol, { depth: 1e6 }), 'validation', /depth: expected .*1000000/],
  ['half a level', (x, symbol) => x.getOrderBook(symbol, { depth: 1.5 }), 'validation', /depth: expected .*1\.5/],
  ['a negative limit', (x, symbol) => x.getRecentTrades(symbol, { limit: -1 }), 'validation', /limit: expected .*-1/],
  ['a limit that is no number', (x, symbol) => x.getRecentTrades(symbol, { limit: Number.NaN }), 'validation', /limit/],
  [
    'an unknown interval',
    (x, symbol) => x.getCandles(symbol, wrong('7m')),
    'validation',
    /interval: expected one of .*"7m"/,
  ],
  [
    'a time that is none',
    (x, symbol) => x.getCandles(symbol, '1m', { since: -1 }),
    'validation',
    /since: expected .*-1/,
  ],
  [
    'an end before the start',
    (x, symbol) => x.getCandles(symbol, '1m', { since: 2, until: 1 }),
    'validation',
    /since: expected/,
  ],
  ['no call at all', (x) => x.request(wrong(undefined)), 'validation', /call: expected/],
  ['an unknown method', (x) => x.request({ method: wrong('FETCH'), path: '/x' }), 'validation', /method: .*"FETCH"/],
  ['a path with a query', (x) => x.request({ method: 'GET', path: '/x?a=1' }), 'validation', /path: expected/],
  ['a whole URL', (x) => x.request({ method: 'GET', path: 'https://evil.test/' }), 'validation', /path: expected/],
  [
    'an unknown budget',
    (x) => x.request({ method: 'GET', path: '/x', cost: { gold: 1 } }),
    'validation',
    /cost: .*"gold"/,
  ],
  [
    'a signal that has fired',
    (x) => x.request({ method: 'GET', path: '/x', signal: AbortSignal.abort() }),
    'aborted',
    /aborted/,
  ],
  ['a book of a malformed symbol', (x) => x.watchOrderBook(wrong('BTC')), 'validation', /symbol: expected .*"BTC"/],
  [
    'a book of wrong depth',
    (x, symbol) => x.watchOrderBook(symbol, { depth: -5 }),
    'validation',
    /depth: expected .*-5/,
  ],
  [
    'a book of wrong speed',
    (x, symbol) => x.watchOrderBook(symbol, { speedMs: -3 }),
    'validation',
    /speedMs: expected .*-3/,
  ],
  [
    'a book of an unknown feed',
    (x, symbol) => x.watchOrderBook(symbol, { feed: 'best' }),
    'validation',
    /feed: expected .*"best"/,
  ],
  [
    'candles of an unknown interval',
    (x, symbol) => x.watchCandles(symbol, wrong('7m')),
    'validation',
    /interval: .*"7m"/,
  ],
  ['trades of a malformed symbol', (x) => x.watchTrades(wrong('')), 'validation', /symbol: expected/],
];

describe.each(VENUES)('wrong input to $name', (market) => {
  it.each(CASES)('refuses %s before anything is sent', async (_, ask, code, says) => {
    const { exchange, run, sim, end } = await publicWorld(market);
    await run(exchange.getInstruments());
    const before = sim.stats();
    const error = await run(
      (async () => ask(exchange, market.symbol))().then(
        () => new Error('it was accepted'),
        (reason: unknown) => reason,
      ),
    );
    expect(error).toMatchObject({ code, outcome: 'not_sent', message: expect.stringMatching(says) });
    expect([sim.stats().requests, sim.stats().connections]).toEqual([before.requests, before.connections]);
    await end();
  });

  it('rejects what watches an unknown symbol, on ready, by iterating, and as an event', async () => {
    const { exchange, run, sim, end } = await publicWorld(market);
    await run(exchange.getInstruments());
    const events: unknown[] = [];
    exchange.on('error', (error) => events.push(error));
    const trades = exchange.watchTrades('NO/SUCH');
    const book = exchange.watchOrderBook('NO/SUCH');
    const refused = expect.objectContaining({ code: 'invalid_symbol', outcome: 'not_sent' });
    await expect(run(trades.ready)).rejects.toEqual(refused);
    await expect(run(trades[Symbol.asyncIterator]().next())).rejects.toEqual(refused);
    await expect(run(book.ready)).rejects.toEqual(refused);
    expect([book.state, events, sim.stats().connections]).toEqual(['closed', [refused, refused], 0]);
    await end();
  });
});
