import { describe, expect, it } from 'vitest';
import type { PublicExchange } from '../../../src/index.js';
import { VENUES, type VenueUnderTest } from '../../support/venues-under-test.js';
import { named, watchedWorld } from './watched-world.js';

const wrong = (value: unknown): never => value as never;
const fine = (): void => undefined;

type Act = (exchange: PublicExchange, market: VenueUnderTest) => unknown;

describe.each(VENUES)('what cannot be a handler of $name', (market) => {
  it.each<[string, string, Act]>([
    ['event', 'an unknown event', (x) => x.on(wrong('book'), fine)],
    ['event', 'a name of the prototype', (x) => x.on(wrong('toString'), fine)],
    ['event', 'no event', (x) => x.on(wrong(undefined), fine)],
    ['handler', 'no handler of an event', (x) => x.on('error', wrong(undefined))],
    ['handler', 'a text in place of a handler of an event', (x) => x.on('status', wrong('log'))],
    ['handler', 'an object in place of a handler of trades', (x, { symbol }) => x.watchTrades(symbol, wrong({}))],
    ['handler', 'null in place of a handler of tickers', (x, { symbol }) => x.watchTicker(symbol, wrong(null))],
    [
      'handler',
      'a number in place of a handler of best prices',
      (x, { symbol }) => x.watchBookTicker(symbol, wrong(7)),
    ],
    [
      'handler',
      'a text in place of a handler of candles',
      (x, { symbol }) => x.watchCandles(symbol, '1m', wrong('log')),
    ],
    ['handler', 'no handler added to a subscription', (x, { symbol }) => x.watchTrades(symbol).on(wrong(undefined))],
    [
      'handler',
      'no handler added to a book',
      (x, { symbol }) => x.watchOrderBook(symbol).on('update', wrong(undefined)),
    ],
    ['event', 'an unknown event of a book', (x, { symbol }) => x.watchOrderBook(symbol).on(wrong('change'), fine)],
  ])('%s: %s is refused at once, by name', async (field, _what, act) => {
    await using world = await watchedWorld(market);
    let error: unknown = 'it was taken';
    try {
      act(world.exchange, market);
    } catch (thrown) {
      error = thrown;
    }
    expect(named(error)).toEqual(['validation', field]);
  });
});

describe.each(VENUES)('wrong input to $name that a compiler would have seen', (market) => {
  it.each<[string, Act]>([
    ['null for the options of a book', (x, { symbol }) => x.getOrderBook(symbol, wrong(null))],
    ['a bare depth for the options of a book', (x, { symbol }) => x.getOrderBook(symbol, wrong(50))],
    ['null for the options of trades', (x, { symbol }) => x.getRecentTrades(symbol, wrong(null))],
    ['null for the options of candles', (x, { symbol }) => x.getCandles(symbol, '1m', wrong(null))],
    ['one symbol for several', (x, { symbol }) => x.getTickers(wrong(symbol))],
    ['a number for symbols', (x) => x.getTickers(wrong(7))],
    ['null for the request of a live book', (x, { symbol }) => x.watchOrderBook(symbol, wrong(null))],
  ])('%s is a typed error that names it, with nothing sent', async (_what, act) => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, traces } = world;
    await outcome(exchange.getInstruments());
    const before = { requests: traces.requests, dials: traces.dials };
    const error = await outcome(
      (async () => act(exchange, market))().then(
        () => 'it was taken',
        (thrown: unknown) => thrown,
      ),
    );
    expect(named(error)).toEqual(['validation', expect.any(String)]);
    expect({ requests: traces.requests, dials: traces.dials }).toEqual(before);
  });
});

describe.each(VENUES)('a mistake of the user found by $name', (market) => {
  it.each<[string, string, Act]>([
    ['a depth above the venue', 'depth', (x, { symbol }) => x.getOrderBook(symbol, { depth: 5_001 })],
    ['a limit above the venue', 'limit', (x, { symbol }) => x.getRecentTrades(symbol, { limit: 1_001 })],
    ['too many candles', 'limit', (x, { symbol }) => x.getCandles(symbol, '1m', { limit: 50_001 })],
    ['a date as text', 'since', (x, { symbol }) => x.getCandles(symbol, '1m', { since: wrong('2025-01-01') })],
    ['a symbol of the venue', 'symbol', (x, { venueSymbol }) => x.getTicker(wrong(venueSymbol))],
    ['one malformed symbol of several', 'symbol', (x, { symbol }) => x.getTickers([symbol, wrong('ETHUSDT')])],
    ['a negative cost', 'cost', (x) => x.request({ method: 'GET', path: '/x', cost: { public: -1, ip: -1 } })],
  ])('%s is refused before the first request of all', async (_what, field, act) => {
    await using world = await watchedWorld(market);
    const { exchange, failure, traces } = world;
    const error = named(await failure(act(exchange, market) as Promise<unknown>));
    expect(error).toEqual(['validation', expect.stringMatching(new RegExp(`^${field}`))]);
    expect(traces).toEqual({ requests: 0, dials: 0, messages: 0, openSockets: 0, timers: 0 });
  });

  it('symbols to check beforehand show the wrong one on the first call, whatever it is', async () => {
    await using world = await watchedWorld(market, { exchange: { symbols: [market.symbol, 'NO/SUCH'] } });
    const { exchange, failure, traces } = world;
    const error = await failure(exchange.ping());
    expect(error).toMatchObject({ code: 'invalid_symbol', outcome: 'not_sent', venue: market.id });
    expect(traces.requests).toBe(market.listCalls);
  });
});
