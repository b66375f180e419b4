import { describe, expect, it } from 'vitest';
import { type Candle, type FundingFacet, type PublicExchange, supportsFunding } from '../../../src/index.js';
import { PERPETUALS, VENUES, type VenueUnderTest } from '../../support/venues-under-test.js';
import { named, type WatchedWorld, watchedWorld } from './watched-world.js';

const HOUR = 3_600_000;
const wrong = (value: unknown): never => value as never;

function fundingOf(exchange: PublicExchange): FundingFacet {
  if (!supportsFunding(exchange)) throw new Error('no funding');
  return exchange.funding;
}

/** What the venue really reckons with. */
function truthOf({ sim, id, symbol }: WatchedWorld) {
  const { markPrice, indexPrice, fundingRate, nextFundingAt, openInterest } = sim.perpetual(id, symbol);
  return { markPrice, indexPrice, fundingRate, nextFundingAt, openInterest };
}

const isGateio = ({ id }: VenueUnderTest): boolean => id.startsWith('gateio');
const recently = (clock: { now(): number }) =>
  expect.toSatisfy((at: unknown) => Math.abs(clock.now() - (at as number)) < 2_500);

it.each(VENUES)('funding is there on perpetual markets only: $name', async (market) => {
  await using world = await watchedWorld(market);
  expect(supportsFunding(world.exchange)).toBe(market.isPerpetual);
});

describe.each(PERPETUALS)('the funding of $name, compared with the truth', (market) => {
  const { id, symbol } = market;

  it('tells the next rate and when it is applied', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, clock, sim } = world;
    for (const rate of ['0.000123', '-0.000456', '0']) {
      sim.perpetual(id, symbol).forceFundingRate(rate);
      const told = await outcome(fundingOf(exchange).getFundingRate(symbol));
      const { nextFundingAt } = truthOf(world);
      expect(told).toMatchObject({ symbol, rate: Number(rate), nextFundingAt, intervalMs: 8 * HOUR });
      expect(told.receivedAt).toEqual(recently(clock));
    }
    const all = await outcome(fundingOf(exchange).getFundingRates());
    expect([[...all.keys()].sort(), all.get(symbol)?.rate]).toEqual([market.markets, 0]);
    expect([...(await outcome(fundingOf(exchange).getFundingRates([symbol]))).keys()]).toEqual([symbol]);
  });

  it('tells mark price, index price and open interest of this moment', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, sim, clock } = world;
    const funding = fundingOf(exchange);
    sim.perpetual(id, symbol).forceMarkPrice('91234.5');
    const [mark, index, interest] = await outcome(
      Promise.all([funding.getMarkPrice(symbol), funding.getIndexPrice(symbol), funding.getOpenInterest(symbol)]),
    );
    const truth = truthOf(world);
    expect(mark).toMatchObject({ symbol, markPrice: 91_234.5, receivedAt: recently(clock) });
    expect(index).toMatchObject({ symbol, indexPrice: truth.indexPrice, receivedAt: recently(clock) });
    expect(interest).toMatchObject({ symbol, contracts: truth.openInterest });
    const { contracts: terms } = await outcome(exchange.getInstrument(symbol));
    const size = Number(terms?.size);
    const base = terms?.kind === 'inverse' ? (interest.contracts * size) / 91_234.5 : interest.contracts * size;
    expect(interest.quantity).toBeCloseTo(base, 6);
  });

  it('lists the rates that were applied, each once, oldest first, over the limit of a page', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, sim, clock } = world;
    const funding = fundingOf(exchange);
    await clock.advance(300_000);
    sim.perpetual(id, symbol).forceFundingRate('0.000321');
    sim.perpetual(id, symbol).settleFunding();
    const settledAt = clock.now();
    await clock.advance(120_000);
    const rows = await outcome(funding.getFundingRateHistory(symbol, { limit: 190 }));
    const [newest] = rows.slice(-1);
    expect(newest).toMatchObject({ symbol, rate: 0.000321 });
    expect(Math.abs((newest?.fundedAt ?? 0) - settledAt)).toBeLessThanOrEqual(60_000);
    const times = rows.slice(0, -1).map(({ fundedAt }) => fundedAt);
    expect(times).toEqual(times.map((_, i) => (times[0] as number) + i * 8 * HOUR));
    expect(rows).toHaveLength(190);
    const [since, until] = [times[20] as number, times[60] as number];
    expect(await outcome(funding.getFundingRateHistory(symbol, { since, until }))).toEqual(rows.slice(20, 61));
    expect(await outcome(funding.getFundingRateHistory(symbol, { limit: 3 }))).toEqual(rows.slice(-3));
  });

  it('gives candles of mark and index prices: no volumes, no hole, the last one open', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, clock } = world;
    const funding = fundingOf(exchange);
    await clock.advance(5_000);
    for (const call of [funding.getMarkCandles, funding.getIndexCandles]) {
      const candles = await outcome(call(symbol, '1m', { limit: 2_100 }));
      const opened = candles.map(({ openedAt }) => openedAt);
      const last = clock.now() - (clock.now() % 60_000);
      expect([opened.length, opened.at(-1)]).toEqual([2_100, last]);
      expect(opened).toEqual(opened.map((_, i) => last - (2_099 - i) * 60_000));
      const unsound = ({ open, high, low, close, baseVolume, quoteVolume }: Candle): boolean =>
        !(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)) ||
        baseVolume !== 0 ||
        quoteVolume !== 0;
      expect(candles.filter(unsound)).toEqual([]);
      const truth = truthOf(world);
      expect(candles.at(-1)?.close).toBe(call === funding.getMarkCandles ? truth.markPrice : truth.indexPrice);
    }
  });

  it('streams rate, mark and index price as they change, next to the ticker', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, clock, sim } = world;
    const funding = fundingOf(exchange);
    const lever = sim.perpetual(id, symbol);
    const rates: unknown[] = [];
    const marks: unknown[] = [];
    const indexes: unknown[] = [];
    const all = [
      funding.watchFundingRate(symbol, (event) => rates.push({ ...event })),
      funding.watchMarkPrice(symbol, (event) => marks.push({ ...event })),
      funding.watchIndexPrice(symbol, (event) => indexes.push({ ...event })),
      exchange.watchTicker(symbol),
    ];
    await outcome(Promise.all(all.map(({ ready }) => ready)));
    lever.forceFundingRate('-0.000077');
    lever.forceMarkPrice('90000.5');
    const trueIndexes = new Set<number>();
    for (let ms = 0; ms < 6_000; ms += 250) {
      trueIndexes.add(lever.indexPrice);
      await clock.advance(250);
    }
    const { nextFundingAt } = truthOf(world);
    trueIndexes.add(lever.indexPrice);
    const indexPrice = expect.toSatisfy((price: unknown) => trueIndexes.has(price as number));
    const receivedAt = expect.toSatisfy((at: unknown) => clock.now() - (at as number) < 7_000);
    expect(rates.at(-1)).toMatchObject({ symbol, rate: -0.000077, nextFundingAt, receivedAt });
    expect(marks.at(-1)).toMatchObject({ symbol, markPrice: 90_000.5, receivedAt });
    expect(indexes.at(-1)).toMatchObject({ symbol, indexPrice, receivedAt });
    await outcome(Promise.resolve(all[0]?.close()));
    const before = [rates.length, marks.length];
    lever.forceFundingRate('0.000099');
    lever.forceMarkPrice('90100.5');
    await clock.advance(3_000);
    expect([rates.length, marks.length > (before[1] as number)]).toEqual([before[0], true]);
    expect(marks.at(-1)).toMatchObject({ markPrice: 90_100.5 });
    expect(exchange.metrics().counters['unknownMessages'] ?? 0).toBe(0);
  });

  it('streams go on after the connection broke', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, clock, sim } = world;
    const marks: number[] = [];
    const rates: number[] = [];
    await outcome(
      Promise.all([
        fundingOf(exchange).watchMarkPrice(symbol, ({ markPrice }) => marks.push(markPrice)).ready,
        fundingOf(exchange).watchFundingRate(symbol, ({ rate }) => rates.push(rate)).ready,
      ]),
    );
    sim.faults.cut(id);
    sim.perpetual(id, symbol).forceMarkPrice('88000.5');
    sim.perpetual(id, symbol).forceFundingRate('0.000011');
    await clock.advance(30_000);
    expect([exchange.status, marks.at(-1), rates.at(-1)]).toEqual(['live', 88_000.5, 0.000011]);
  });

  it('streams candles of mark and index prices, or says that there are none', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, clock, sim } = world;
    const funding = fundingOf(exchange);
    for (const watch of [funding.watchMarkCandles, funding.watchIndexCandles]) {
      if (!isGateio(market)) {
        expect(() => watch(symbol, '1m')).toThrow(
          expect.objectContaining({ code: 'unsupported', outcome: 'not_sent' }),
        );
        continue;
      }
      const candles: Candle[] = [];
      await outcome(watch(symbol, '1m', (candle) => candles.push({ ...candle })).ready);
      await clock.advance(6_000);
      const { markPrice, indexPrice } = sim.perpetual(id, symbol);
      const openedAt = clock.now() - (clock.now() % 60_000);
      const [last] = candles.slice(-1);
      expect(last).toMatchObject({ symbol, interval: '1m', openedAt, baseVolume: 0, quoteVolume: 0 });
      const price = watch === funding.watchMarkCandles ? markPrice : indexPrice;
      expect((last as Candle).close / price).toBeCloseTo(1, 3);
    }
  });

  it('publishes liquidations, or says that it does not', async () => {
    await using world = await watchedWorld(market);
    const { exchange, outcome, failure } = world;
    const funding = fundingOf(exchange);
    if (isGateio(market)) {
      expect(await outcome(funding.getLiquidations(symbol, { limit: 5 }))).toEqual([]);
      await outcome(funding.watchLiquidations(symbol).ready);
    } else {
      expect(named(await failure(funding.getLiquidations(symbol)))).toEqual(['unsupported', undefined]);
      expect(() => funding.watchLiquidations(symbol)).toThrow(expect.objectContaining({ code: 'unsupported' }));
    }
  });

  it('damaged answers are typed errors that say where', async () => {
    await using world = await watchedWorld(market, { exchange: { retry: { maxAttempts: 1 } } });
    const { exchange, outcome, failure, sim } = world;
    const funding = fundingOf(exchange);
    await outcome(exchange.getInstruments());
    const calls: Array<() => Promise<unknown>> = [
      () => funding.getFundingRate(symbol),
      () => funding.getFundingRates(),
      () => funding.getFundingRateHistory(symbol),
      () => funding.getMarkPrice(symbol),
      () => funding.getIndexPrice(symbol),
      () => funding.getOpenInterest(symbol),
      () => funding.getMarkCandles(symbol, '1m', { limit: 5 }),
      () => funding.getIndexCandles(symbol, '1m', { limit: 5 }),
      ...(isGateio(market) ? [() => funding.getLiquidations(symbol)] : []),
    ];
    for (const call of calls) {
      for (const body of [
        '',
        '<html></html>',
        '{"a":',
        'null',
        '7',
        '"text"',
        '[[[',
        '[7]',
        '{"success":true,"code":0}',
      ]) {
        sim.faults.respond(id, '', { status: 200, body });
        expect([body, call.toString(), await failure(call())]).toEqual([
          body,
          call.toString(),
          // A row that cannot be read is left out of a list, and reported.
          body === '[7]' && `${call}`.includes('Rates(')
            ? { unexpected: new Map() }
            : expect.objectContaining({ code: 'malformed_response', venue: id }),
        ]);
      }
      await outcome(call());
    }
  });

  it.each<[string, string, (funding: FundingFacet) => unknown]>([
    ['symbol', 'a malformed symbol', (x) => x.getFundingRate(wrong('BTC'))],
    ['symbols', 'one symbol for several', (x) => x.getFundingRates(wrong(symbol))],
    ['limit', 'no rows', (x) => x.getFundingRateHistory(symbol, { limit: 0 })],
    ['since', 'an end before the start', (x) => x.getFundingRateHistory(symbol, { since: 2, until: 1 })],
    ['since', 'a date as text', (x) => x.getFundingRateHistory(symbol, { since: wrong('2025-01-01') })],
    ['interval', 'an unknown interval', (x) => x.getMarkCandles(symbol, wrong('7m'))],
    ['limit', 'too many candles', (x) => x.getIndexCandles(symbol, '1m', { limit: 50_001 })],
    ['symbol', 'a malformed symbol to watch', (x) => x.watchMarkPrice(wrong(''))],
    ['handler', 'no handler', (x) => x.watchFundingRate(symbol, wrong('log'))],
    ['handler', 'a number for a handler', (x) => x.watchIndexPrice(symbol, wrong(7))],
  ])('wrong input, %s: %s is refused by name, with nothing sent', async (field, _what, act) => {
    await using world = await watchedWorld(market);
    const { exchange, failure, traces } = world;
    const error = await failure((async () => act(fundingOf(exchange)))());
    expect(named(error)).toEqual(['validation', field]);
    expect(error).toMatchObject({ outcome: 'not_sent' });
    expect([traces.requests, traces.dials]).toEqual([0, 0]);
  });

  it('a market that is not listed is refused by name', async () => {
    await using world = await watchedWorld(market);
    const funding = fundingOf(world.exchange);
    for (const call of [() => funding.getFundingRate('NO/SUCH:NO'), () => funding.watchMarkPrice('NO/SUCH:NO').ready])
      expect(await world.failure(call())).toMatchObject({ code: 'invalid_symbol', outcome: 'not_sent' });
  });
});
