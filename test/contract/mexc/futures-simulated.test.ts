import { describe, expect, it } from 'vitest';
import type { MarketSymbol } from '../../../src/index.js';
import { INVERSE, LINEAR, positionShape, simulatedPerpetual } from '../../support/simulated-perpetual.js';

const KEYS = { apiKey: 'mx0perpetual', secretKey: 'a-secret-of-the-perpetual' };

type Flow = 'off' | { readonly eventsPerSecond: number };

const world = (symbol: MarketSymbol, flow: Flow) =>
  simulatedPerpetual({ venue: 'mexc_futures', symbol, flow, keys: KEYS });

describe.each([LINEAR, INVERSE] as const)('market data of %s', (symbol) => {
  it('is the same from stream and call, bit for bit', async () => {
    await using it = await world(symbol, { eventsPerSecond: 50 });
    const { market, run, sim } = it;
    const book = market.watchOrderBook(symbol);
    const top = market.watchOrderBook(symbol, { feed: 'depth.full', depth: 5 });
    let best: unknown;
    const ticker = market.watchBookTicker(symbol, (event) => {
      best = event;
    });
    await run(Promise.all([book.ready, top.ready, ticker.ready]));
    for (let look = 0; look < 20; look++) {
      await sim.clock.advance(210);
      const live = book.snapshot(1_000);
      const then = sim.book('mexc_futures', symbol, { sequence: Number(book.sequence) });
      expect(live.bids.length).toBe(then?.bids.length);
      expect(live.asks.map(({ price }) => price)).toEqual(then?.asks.map(([price]) => price));
    }
    const called = await run(market.getOrderBook(symbol, { depth: 1_000 }));
    for (let ms = 0; Number(book.sequence) < (called.sequence ?? 0) && ms < 2_000; ms += 5) await sim.clock.advance(5);
    const known = new Map(book.snapshot(1_000).bids.map(({ price, quantity }) => [price, quantity]));
    const same = called.bids.filter(({ price, quantity }) => Object.is(known.get(price), quantity));
    // A level or two may have changed between the two.
    expect(same.length).toBeGreaterThan(called.bids.length * 0.8);
    expect(top.snapshot(5).bids).toHaveLength(5);
    expect(best).toMatchObject({ symbol, bidPrice: expect.any(Number), askQuantity: expect.any(Number) });
    expect(book.state).toBe('live');
  });
});

describe.each([
  [LINEAR, { quantity: '0.02' }, { quantity: '0.01' }],
  [INVERSE, { quoteQuantity: '600' }, { quoteQuantity: '300' }],
] as const)('trading %s', (symbol, whole, half) => {
  it('in hedge mode holds both sides, each by its name', async () => {
    await using it = await world(symbol, { eventsPerSecond: 50 });
    const { run } = it;
    const exchange = it.connect();
    const { positions } = exchange;
    if (positions === undefined) throw new Error('no positions');
    await run(positions.setPositionMode('hedge'));
    await run(positions.setLeverage({ symbol, leverage: 10, marginMode: 'cross', side: 'long' }));
    await run(positions.setLeverage({ symbol, leverage: 20, marginMode: 'cross', side: 'short' }));
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', positionSide: 'long', ...whole }));
    await run(exchange.placeMarketOrder({ symbol, side: 'sell', positionSide: 'short', ...half }));
    const held = (await run(positions.getPositions())).map(positionShape);
    const [long, short] = symbol === LINEAR ? ['200', '100'] : ['6', '3'];
    expect(held).toEqual([
      { side: 'long', contracts: long, mode: 'hedge', marginMode: 'cross', leverage: '10' },
      { side: 'short', contracts: short, mode: 'hedge', marginMode: 'cross', leverage: '20' },
    ]);
    expect(await it.failure(exchange.placeMarketOrder({ symbol, side: 'buy', ...half }))).toMatchObject({
      code: 'validation',
      field: 'positionSide',
    });
    const closed = await run(positions.closeAllPositions());
    expect(closed).toHaveLength(2);
    expect(await run(positions.getPositions())).toEqual([]);
  });
});

describe('an order at the simulated venue', () => {
  it('that takes though it must not is ended with its reason', async () => {
    await using it = await world(LINEAR, 'off');
    it.sim.injectOrder('mexc_futures', { symbol: LINEAR, side: 'sell', price: 90_000, quantity: '1' });
    const exchange = it.connect();
    const order = {
      symbol: LINEAR,
      side: 'buy',
      positionSide: 'long',
      quantity: '0.001',
      price: '90000',
      postOnly: true,
    } as const;
    const { orderId } = (await it.run(exchange.placeLimitOrder(order))) as { orderId: string };
    await it.sim.clock.advance(500);
    const ended = await it.run(exchange.getOrder({ symbol: LINEAR, orderId }));
    expect(ended).toMatchObject({ filledQuantity: '0', reason: 'post_only' });
  });
});
