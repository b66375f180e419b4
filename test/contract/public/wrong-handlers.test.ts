import { describe, expect, it } from 'vitest';
import type { PublicExchange } from '../../../src/index.js';
import { named, VENUES, watchedWorld } from './watched-world.js';

const BTC = 'BTC/USDT';
const wrong = (value: unknown): never => value as never;
const fine = (): void => undefined;

type Act = (exchange: PublicExchange) => unknown;

describe.each(VENUES)('what cannot be a handler of %s', (venue) => {
  it.each<[string, string, Act]>([
    ['event', 'an unknown event', (x) => x.on(wrong('book'), fine)],
    ['event', 'a name of the prototype', (x) => x.on(wrong('toString'), fine)],
    ['event', 'no event', (x) => x.on(wrong(undefined), fine)],
    ['handler', 'no handler of an event', (x) => x.on('error', wrong(undefined))],
    ['handler', 'a text in place of a handler of an event', (x) => x.on('status', wrong('log'))],
    ['handler', 'an object in place of a handler of trades', (x) => x.watchTrades(BTC, wrong({}))],
    ['handler', 'null in place of a handler of tickers', (x) => x.watchTicker(BTC, wrong(null))],
    ['handler', 'a number in place of a handler of best prices', (x) => x.watchBookTicker(BTC, wrong(7))],
    ['handler', 'a text in place of a handler of candles', (x) => x.watchCandles(BTC, '1m', wrong('log'))],
    ['handler', 'no handler added to a subscription', (x) => x.watchTrades(BTC).on(wrong(undefined))],
    ['handler', 'no handler added to a book', (x) => x.watchOrderBook(BTC).on('update', wrong(undefined))],
    ['event', 'an unknown event of a book', (x) => x.watchOrderBook(BTC).on(wrong('change'), fine)],
  ])('%s: %s is refused at once, by name', async (field, _what, act) => {
    await using world = await watchedWorld(venue);
    let error: unknown = 'it was taken';
    try {
      act(world.exchange);
    } catch (thrown) {
      error = thrown;
    }
    expect(named(error)).toEqual(['validation', field]);
  });
});

describe.each(VENUES)('wrong input to %s that a compiler would have seen', (venue) => {
  it.each<[string, Act]>([
    ['null for the options of a book', (x) => x.getOrderBook(BTC, wrong(null))],
    ['a bare depth for the options of a book', (x) => x.getOrderBook(BTC, wrong(50))],
    ['null for the options of trades', (x) => x.getRecentTrades(BTC, wrong(null))],
    ['null for the options of candles', (x) => x.getCandles(BTC, '1m', wrong(null))],
    ['one symbol for several', (x) => x.getTickers(wrong(BTC))],
    ['a number for symbols', (x) => x.getTickers(wrong(7))],
    ['null for the request of a live book', (x) => x.watchOrderBook(BTC, wrong(null))],
  ])('%s is a typed error that names it, with nothing sent', async (_what, act) => {
    await using world = await watchedWorld(venue);
    const { exchange, outcome, traces } = world;
    await outcome(exchange.getInstruments());
    const before = { requests: traces.requests, dials: traces.dials };
    const error = await outcome(
      (async () => act(exchange))().then(
        () => 'it was taken',
        (thrown: unknown) => thrown,
      ),
    );
    expect(named(error)).toEqual(['validation', expect.any(String)]);
    expect({ requests: traces.requests, dials: traces.dials }).toEqual(before);
  });
});

describe.each(VENUES)('a mistake of the user found by %s', (venue) => {
  it.each<[string, string, Act]>([
    ['a depth above the venue', 'depth', (x) => x.getOrderBook(BTC, { depth: 5_001 })],
    ['a limit above the venue', 'limit', (x) => x.getRecentTrades(BTC, { limit: 1_001 })],
    ['too many candles', 'limit', (x) => x.getCandles(BTC, '1m', { limit: 50_001 })],
    ['a date as text', 'since', (x) => x.getCandles(BTC, '1m', { since: wrong('2025-01-01') })],
    ['a symbol of the venue', 'symbol', (x) => x.getTicker(wrong(venue === 'mexc_spot' ? 'BTCUSDT' : 'BTC_USDT'))],
    ['one malformed symbol of several', 'symbol', (x) => x.getTickers([BTC, wrong('ETHUSDT')])],
    ['a negative cost', 'cost', (x) => x.request({ method: 'GET', path: '/x', cost: { public: -1, ip: -1 } })],
  ])('%s is refused before the first request of all', async (_what, field, act) => {
    await using world = await watchedWorld(venue);
    const { exchange, failure, traces } = world;
    const error = named(await failure(act(exchange) as Promise<unknown>));
    expect(error).toEqual(['validation', expect.stringMatching(new RegExp(`^${field}`))]);
    expect(traces).toEqual({ requests: 0, dials: 0, messages: 0, openSockets: 0, timers: 0 });
  });

  it('symbols to check beforehand show the wrong one on the first call, whatever it is', async () => {
    await using world = await watchedWorld(venue, { exchange: { symbols: [BTC, 'NO/SUCH'] } });
    const { exchange, failure, traces } = world;
    const error = await failure(exchange.ping());
    expect(error).toMatchObject({ code: 'invalid_symbol', outcome: 'not_sent', venue });
    expect(traces.requests).toBe(1);
  });
});
