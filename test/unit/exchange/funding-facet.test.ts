import { describe, expect, it } from 'vitest';
import { supportsFunding } from '../../../src/exchange/account/facets.js';
import { createGateioPublic } from '../../../src/index.js';
import { perpetualWorld } from '../../support/perpetual-world.js';

const symbol = 'BTC/USDT:USDT';
const HOUR = 3_600_000;
const record = (hour: number) => ({ symbol, rate: hour / 10_000, fundedAt: hour * HOUR });
const hours = (rows: readonly { readonly fundedAt: number }[]) => rows.map(({ fundedAt }) => fundedAt / HOUR);

describe('the funding facet', () => {
  it('is there on venues of perpetuals only', () => {
    const spot = createGateioPublic();
    const { exchange } = perpetualWorld().openPublic();
    expect([supportsFunding(exchange), supportsFunding(spot), 'funding' in spot]).toEqual([true, false, false]);
  });

  it('reads one market, all of them, or those named in the order named', async () => {
    const rates = [symbol, 'ETH/USDT:USDT', 'BTC/USD:BTC'].map((one) => ({ symbol: one, rate: 0.0001, receivedAt: 1 }));
    const world = perpetualWorld({ 'GET /rate': rates[0] as object, 'GET /rates': rates });
    const { funding } = world.openPublic();
    expect(await world.settled(funding.getFundingRate(symbol))).toEqual(rates[0]);
    expect([...(await world.settled(funding.getFundingRates())).keys()]).toHaveLength(3);
    const named = await world.settled(funding.getFundingRates(['BTC/USD:BTC', symbol]));
    expect([...named.keys()]).toEqual(['BTC/USD:BTC', symbol]);
    expect(world.of('GET /rate')).toEqual([{ symbol }]);
  });

  it('asks market by market where the venue has no list of all rates, and then wants them named', async () => {
    const rate = (params: object) => ({ ...params, rate: 0.0001, receivedAt: 1 });
    const world = perpetualWorld({ 'GET /rate': rate }, { hasRates: false });
    const { funding } = world.openPublic();
    const named = await world.settled(funding.getFundingRates([symbol, 'ETH/USDT:USDT']));
    expect([...named.keys()]).toEqual([symbol, 'ETH/USDT:USDT']);
    expect(await world.failure(() => funding.getFundingRates())).toEqual({ code: 'unsupported', outcome: 'not_sent' });
  });

  it('pages the history from its newest rows on, and no further than asked for', async () => {
    const all = Array.from({ length: 10 }, (_, at) => record(at + 1));
    const page = ({ page: number }: { page?: number }) => {
      const end = all.length - ((number as number) - 1) * 3;
      return all.slice(Math.max(0, end - 3), Math.max(0, end));
    };
    const world = perpetualWorld({ 'GET /rates/history': page });
    const { funding } = world.openPublic();
    await world.clock.advance(11 * HOUR);
    expect(hours(await world.settled(funding.getFundingRateHistory(symbol, { limit: 4 })))).toEqual([7, 8, 9, 10]);
    expect(world.of('GET /rates/history')).toHaveLength(2);
    const window = { since: 6 * HOUR, until: 8 * HOUR };
    expect(hours(await world.settled(funding.getFundingRateHistory(symbol, window)))).toEqual([6, 7, 8]);
    // Pages 1 and 2 hold the window; the row before it on page 2 ends the search.
    expect(world.of('GET /rates/history')).toHaveLength(4);
  });

  it('keeps liquidations that look alike apart, and each once where answers overlap', async () => {
    const liquidation = (liquidatedAt: number) => ({ symbol, side: 'sell', price: 1, quantity: 2, liquidatedAt });
    const all = [1, 2, 3, 3, 4].map(liquidation);
    const page = ({ to }: { to?: number }) => all.filter((one) => one.liquidatedAt <= (to as number)).slice(-3);
    const world = perpetualWorld({ 'GET /liquidations': page });
    const { funding } = world.openPublic();
    await world.clock.advance(10);
    const times = (await world.settled(funding.getLiquidations(symbol))).map((one) => one.liquidatedAt);
    expect(times).toEqual([1, 2, 3, 3, 4]);
  });

  it('pages candles of the mark and of the index price like those of trades', async () => {
    const candle = (openedAt: number) => ({
      symbol,
      interval: '1m',
      openedAt,
      open: 1,
      high: 1,
      low: 1,
      close: 1,
      volume: 0,
    });
    const page = ({ from = 0, to = 0 }: { from?: number; to?: number }) =>
      [0, 1, 2, 3, 4]
        .map((minute) => candle(minute * 60_000))
        .filter((one) => one.openedAt >= from && one.openedAt <= to);
    const world = perpetualWorld({ 'GET /candles/mark': page, 'GET /candles/index': page });
    const { funding } = world.openPublic();
    await world.clock.advance(HOUR);
    const range = { since: 0, until: 240_000 };
    expect(await world.settled(funding.getMarkCandles(symbol, '1m', range))).toHaveLength(5);
    expect(await world.settled(funding.getIndexCandles(symbol, '1m', range))).toHaveLength(5);
    expect([world.of('GET /candles/mark').length, world.of('GET /candles/index').length]).toEqual([2, 2]);
  });

  it('refuses what is wrong or unlisted by name, before anything but the list of markets is asked for', async () => {
    const world = perpetualWorld();
    const { funding } = world.openPublic();
    const refusals = [
      [() => funding.getMarkPrice('BTCUSDT' as never), 'validation', 'symbol'],
      [() => funding.getIndexPrice('BTC/USDT:BTC'), 'invalid_symbol'],
      [() => funding.getOpenInterest('BTC/USDT'), 'invalid_symbol'],
      [() => funding.getFundingRateHistory(symbol, { limit: 0 }), 'validation', 'limit'],
      [() => funding.getFundingRateHistory(symbol, { since: 2, until: 1 }), 'validation', 'since'],
      [() => funding.getLiquidations(symbol, { until: -1 }), 'validation', 'until'],
      [() => funding.getMarkCandles(symbol, '5m'), 'validation', 'interval'],
      [() => funding.getFundingRates('BTC' as never), 'validation', 'symbols'],
    ] as const;
    for (const [call, code, field] of refusals) {
      expect(await world.failure(call)).toEqual({
        code,
        outcome: 'not_sent',
        ...(field === undefined ? {} : { field }),
      });
    }
    expect(() => funding.watchMarkCandles(symbol, '1m')).toThrow(/Fake perpetuals has no stream of markCandles/);
    expect(new Set(world.calls.map(([label]) => label))).toEqual(new Set(['GET /instruments']));
  });

  it('says what the venue does not publish', async () => {
    const world = perpetualWorld({}, { hasLiquidations: false, hasMarkCandles: true });
    const { funding } = world.openPublic();
    expect(await world.failure(() => funding.getLiquidations(symbol))).toEqual({
      code: 'unsupported',
      outcome: 'not_sent',
    });
    expect(() => funding.watchLiquidations(symbol)).toThrow(/stream of liquidations/);
    expect(() => funding.watchIndexCandles(symbol, '1m')).toThrow(/stream of indexCandles/);
    expect(() => funding.watchMarkCandles(symbol, '5m')).toThrow(/interval/);
  });

  it('shares one topic of the venue between streams that it feeds, until the last is closed', async () => {
    const world = perpetualWorld();
    const { exchange, funding } = world.openPublic();
    const heard: unknown[] = [];
    const mark = funding.watchMarkPrice(symbol, (price) => heard.push(['mark', price]));
    const index = funding.watchIndexPrice(symbol, (price) => heard.push(['index', price]));
    await world.settled(Promise.all([mark.ready, index.ready]));
    world.push('prices', { markPrice: 1 });
    await world.settled(mark.close());
    world.push('prices', { markPrice: 2 });
    const told = world.sockets.last.sent.filter((text) => text.includes('sub'));
    expect([heard, told]).toEqual([
      [
        ['mark', { markPrice: 1 }],
        ['index', { markPrice: 1 }],
        ['index', { markPrice: 2 }],
      ],
      [JSON.stringify({ sub: 'prices', id: 1 })],
    ]);
    await world.settled(exchange.close());
  });
});
