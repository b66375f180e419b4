import { describe, expect, it } from 'vitest';
import type { Position } from '../../../src/index.js';
import { INVERSE, LINEAR, positionShape, simulatedPerpetual } from '../../support/simulated-perpetual.js';

const MEXC = {
  venue: 'mexc_futures',
  keys: { apiKey: 'mx0perpetual', secretKey: 'a-secret-of-the-perpetual' },
  /** What an order has to say besides. */
  position: { positionSide: 'long' },
} as const;
const GATEIO = {
  keys: { apiKey: 'gate-perpetual', secretKey: 'a-secret-of-the-gate-perpetual' },
  position: {},
} as const;

/** Amounts of base asset, the first in contracts, and what is added to the margin. */
const BASE = {
  symbol: LINEAR,
  whole: { quantity: '0.02' },
  half: { quantity: '0.01' },
  contracts: '200',
  margin: '10',
} as const;
/** As {@link BASE}, in quote asset. */
const QUOTE = {
  symbol: INVERSE,
  whole: { quoteQuantity: '600' },
  half: { quoteQuantity: '300' },
  margin: '0.001',
} as const;

const MARKETS = [
  { ...MEXC, ...BASE },
  { ...MEXC, ...QUOTE, contracts: '6' },
  { ...GATEIO, venue: 'gateio_futures', ...BASE },
  { ...GATEIO, venue: 'gateio_futures_btc', ...QUOTE, contracts: '600' },
] as const;

const ORDERS = [
  { ...MEXC, symbol: LINEAR, create: 'POST /api/v1/private/order/create' },
  { ...GATEIO, venue: 'gateio_futures', symbol: LINEAR, create: 'POST /api/v4/futures/usdt/orders' },
] as const;

type Flow = 'off' | { readonly eventsPerSecond: number };

describe.each(MARKETS)('A simulated perpetual, $symbol of $venue,', (place) => {
  const { symbol, whole, half, contracts, margin } = place;
  const world = (flow: Flow) => simulatedPerpetual({ ...place, flow });

  it('has whole market data beside prices and funding', async () => {
    await using it = await world({ eventsPerSecond: 50 });
    const { market, run, sim } = it;
    await sim.clock.advance(2_000);
    const { funding } = market;
    if (funding === undefined) throw new Error('no funding');
    const [instrument, ticker, trades, candles, rate, history, mark, index, interest, markCandles] = await run(
      Promise.all([
        market.getInstrument(symbol),
        market.getTicker(symbol),
        market.getRecentTrades(symbol, { limit: 5 }),
        market.getCandles(symbol, '1m', { limit: 5 }),
        funding.getFundingRate(symbol),
        funding.getFundingRateHistory(symbol, { limit: 3 }),
        funding.getMarkPrice(symbol),
        funding.getIndexPrice(symbol),
        funding.getOpenInterest(symbol),
        funding.getMarkCandles(symbol, '1h', { limit: 2 }),
      ]),
    );
    expect(instrument).toMatchObject({ kind: 'perpetual', status: 'trading', contracts: { step: '1' } });
    expect(ticker.symbol).toBe(symbol);
    expect(trades.length).toBeGreaterThan(0);
    expect(candles.length).toBeGreaterThan(1);
    expect(rate).toMatchObject({ symbol, intervalMs: 28_800_000 });
    expect(history.length).toBeGreaterThan(0);
    expect(mark.markPrice / index.indexPrice).toBeCloseTo(1, 1);
    expect(interest.quantity).toBeGreaterThan(0);
    expect(markCandles.every(({ baseVolume, quoteVolume }) => baseVolume === 0 && quoteVolume === 0)).toBe(true);
    expect(market.metrics().counters['unknownMessages'] ?? 0).toBe(0);
  });

  it('is opened, reduced and closed as one position in one-way mode', async () => {
    await using it = await world({ eventsPerSecond: 50 });
    const { run, truth } = it;
    const exchange = it.connect();
    const { positions } = exchange;
    if (positions === undefined) throw new Error('no positions');
    const pushed: Position[] = [];
    const watching = positions.watchPositions((position) => void pushed.push(position));
    await run(watching.ready);
    await run(positions.setPositionMode('one_way'));
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    const bought = await run(exchange.placeMarketOrder({ symbol, side: 'buy', ...whole }));
    expect(bought.orderId).toEqual(expect.any(String));
    const [opened] = await run(positions.getPositions());
    expect(opened && positionShape(opened)).toEqual({
      side: 'long',
      contracts,
      mode: 'one_way',
      marginMode: 'isolated',
      leverage: '5',
    });
    const reduced = await run(exchange.placeMarketOrder({ symbol, side: 'sell', reduceOnly: true, ...half }));
    expect(reduced.reduceOnly).toBe(true);
    await run(positions.changeMargin({ symbol, amount: margin }));
    await run(positions.closePosition({ symbol }));
    expect(await run(positions.getPositions())).toEqual([]);
    await it.sim.clock.advance(1_000);
    expect(pushed.at(-1)).toMatchObject({ symbol, contracts: '0', mode: 'one_way' });
    expect(truth.positions()).toEqual([]);
    const fills = await run(exchange.getFills(symbol));
    expect(fills).toHaveLength(truth.fills().length);
    expect(
      await it.failure(exchange.placeMarketOrder({ symbol, side: 'sell', reduceOnly: true, ...half })),
    ).toMatchObject({
      code: 'validation',
      outcome: 'not_sent',
      field: 'reduceOnly',
    });
  });
});

describe.each(ORDERS)('An order at the simulated $venue', (place) => {
  const { symbol, create, position } = place;
  const world = (flow: Flow) => simulatedPerpetual({ ...place, flow });

  it('rests, is found by both ids, listed, and canceled', async () => {
    await using it = await world('off');
    const { run } = it;
    it.sim.injectOrder(it.venue, { symbol, side: 'sell', price: 90_000, quantity: '1' });
    const exchange = it.connect();
    const placed = await run(
      exchange.placeLimitOrder({
        symbol,
        side: 'buy',
        ...position,
        quantity: '0.0025',
        price: '85000.5',
        clientOrderId: 't-mine-1',
      }),
    );
    const { orderId } = placed;
    if (orderId === undefined) throw new Error('no id');
    for (const ref of [{ orderId }, { clientOrderId: 't-mine-1' }])
      expect(await run(exchange.getOrder({ symbol, ...ref }))).toMatchObject({
        orderId,
        state: 'open',
        quantity: '0.0025',
      });
    expect(await run(exchange.getOpenOrders(symbol))).toHaveLength(1);
    expect(await run(exchange.getOpenOrders())).toHaveLength(1);
    expect(await run(exchange.cancelOrder({ symbol, clientOrderId: 't-mine-1' }))).toMatchObject({
      orderId,
      state: 'canceled',
    });
    expect(await run(exchange.getOrderHistory(symbol))).toMatchObject([{ orderId, state: 'canceled' }]);
    const others = [1, 2].map((name) =>
      exchange.placeLimitOrder({
        symbol,
        side: 'buy',
        ...position,
        quantity: '0.001',
        price: '85000',
        clientOrderId: `t-all-${name}`,
      }),
    );
    await run(Promise.all(others));
    expect((await run(exchange.cancelAllOrders(symbol))).map(({ state }) => state)).toEqual(['canceled', 'canceled']);
  });

  it.each(['timeoutHttp', 'truncateBody', 'loseRequest'] as const)(
    'whose answer is lost by %s is found, or proven absent',
    async (fault) => {
      await using it = await world('off');
      const exchange = it.connect({ timeoutMs: 3_000, recvWindowMs: 2_000, resolveWithinMs: 60_000 });
      await it.run(exchange.getBalances());
      it.sim.faults[fault](it.venue, create);
      const order = {
        symbol,
        side: 'buy',
        ...position,
        quantity: '0.001',
        price: '85000',
        clientOrderId: 't-lost-1',
      } as const;
      const result = await it.failure(exchange.placeLimitOrder(order));
      const real = it.truth.orders();
      if (fault === 'loseRequest') {
        expect(result).toMatchObject({ outcome: 'rejected' });
        expect(real).toEqual([]);
      } else {
        expect(real).toHaveLength(1);
        expect(result).toEqual({ unexpected: expect.objectContaining({ orderId: real[0]?.id, state: 'open' }) });
      }
    },
  );

  it('that acts late does so before its fence, or never', async () => {
    await using it = await world('off');
    const exchange = it.connect({ timeoutMs: 3_000, recvWindowMs: 2_000, resolveWithinMs: 60_000 });
    await it.run(exchange.getBalances());
    it.sim.faults.acceptLate(it.venue, create, { delayMs: 2_500 });
    const order = {
      symbol,
      side: 'buy',
      ...position,
      quantity: '0.001',
      price: '85000',
      clientOrderId: 't-late-1',
    } as const;
    const result = await it.failure(exchange.placeLimitOrder(order));
    expect(it.truth.orders()).toEqual([]);
    expect(result).toMatchObject({ outcome: 'rejected' });
  });

  it('is not placed with keys that the venue refuses, nor are streams given', async () => {
    await using it = await world('off');
    const exchange = it.connect({ credentials: { ...place.keys, secretKey: 'another-secret' } });
    const order = { symbol, side: 'buy', ...position, quantity: '0.001', price: '85000' } as const;
    expect(await it.failure(exchange.placeLimitOrder(order))).toMatchObject({ code: 'authentication' });
    expect(await it.failure(exchange.watchOrders().ready)).toMatchObject({ code: 'authentication' });
    expect(it.truth.orders()).toEqual([]);
  });

  it('with a trigger waits, is listed, and is canceled once', async () => {
    await using it = await world({ eventsPerSecond: 50 });
    const { run } = it;
    const { triggers, ...exchange } = it.connect();
    if (triggers === undefined) throw new Error('no triggers');
    await run(exchange.getBalances());
    const asked = {
      symbol,
      side: 'buy',
      type: 'limit',
      quantity: '0.001',
      price: '50000',
      triggerPrice: '50000.5',
      triggerBy: 'mark',
      direction: 'falls_to',
      ...position,
    } as const;
    const { id } = await run(triggers.placeTriggerOrder(asked));
    const [found] = await run(triggers.getTriggerOrders({ symbol }));
    expect(found).toMatchObject({ ...asked, id, state: 'waiting' });
    await run(triggers.cancelTriggerOrder({ symbol, id }));
    expect(await run(triggers.getTriggerOrders())).toEqual([]);
    expect(await run(triggers.getTriggerOrders({ state: 'ended' }))).toMatchObject([{ id, state: 'canceled' }]);
  });
});
