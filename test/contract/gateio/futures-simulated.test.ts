import { describe, expect, it } from 'vitest';
import type { MarketSymbol } from '../../../src/index.js';
import { INVERSE, LINEAR, positionShape, simulatedPerpetual } from '../../support/simulated-perpetual.js';

const KEYS = { apiKey: 'gate-perpetual', secretKey: 'a-secret-of-the-gate-perpetual' };

type Flow = 'off' | { readonly eventsPerSecond: number };

const world = (symbol: MarketSymbol, flow: Flow) =>
  simulatedPerpetual({ venue: symbol === LINEAR ? 'gateio_futures' : 'gateio_futures_btc', symbol, flow, keys: KEYS });

describe.each([LINEAR, INVERSE] as const)('market data of %s', (symbol) => {
  it('is the same from stream and call, bit for bit', async () => {
    await using it = await world(symbol, { eventsPerSecond: 50 });
    const { market, run, sim } = it;
    const book = market.watchOrderBook(symbol);
    const top = market.watchOrderBook(symbol, { feed: 'order_book', depth: 5 });
    let best: unknown;
    const ticker = market.watchBookTicker(symbol, (event) => {
      best = event;
    });
    await run(Promise.all([book.ready, top.ready, ticker.ready]));
    let looks = 0;
    for (let at = 0; at < 40; at++) {
      await sim.clock.advance(110);
      // The market runs through the hundred levels that the feed keeps, and then they are fetched anew.
      if (book.state !== 'live') continue;
      const live = book.snapshot(50);
      const then = sim.book(it.venue, symbol, { sequence: Number(book.sequence), depth: 50 });
      expect(live.bids.map(({ price }) => price)).toEqual(then?.bids.map(([price]) => price));
      expect(live.asks.map(({ price }) => price)).toEqual(then?.asks.map(([price]) => price));
      looks++;
    }
    expect(looks).toBeGreaterThan(20);
    for (let ms = 0; book.state !== 'live' && ms < 2_000; ms += 5) await sim.clock.advance(5);
    const called = await run(market.getOrderBook(symbol, { depth: 50 }));
    const known = new Map(book.snapshot(50).bids.map(({ price, quantity }) => [price, quantity]));
    const same = called.bids.filter(({ price, quantity }) => Object.is(known.get(price), quantity));
    // A level or two may have changed between the two.
    expect(same.length).toBeGreaterThan(called.bids.length * 0.8);
    expect(top.snapshot(5).bids).toHaveLength(5);
    expect(best).toMatchObject({ symbol, bidPrice: expect.any(Number), askQuantity: expect.any(Number) });
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
    expect(await it.failure(positions.setLeverage({ symbol, leverage: 20, side: 'long' }))).toMatchObject({
      code: 'validation',
      field: 'side',
      outcome: 'not_sent',
    });
    await run(positions.setPositionMode('hedge'));
    await run(positions.setLeverage({ symbol, leverage: 10, marginMode: 'cross' }));
    await run(positions.setLeverage({ symbol, leverage: 20, side: 'short' }));
    const isolated = { symbol, leverage: 20, side: 'short', marginMode: 'isolated' } as const;
    expect(await it.failure(positions.setLeverage(isolated))).toMatchObject({
      code: 'validation',
      field: 'marginMode',
    });
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', positionSide: 'long', ...whole }));
    await run(exchange.placeMarketOrder({ symbol, side: 'sell', positionSide: 'short', ...half }));
    const held = (await run(positions.getPositions())).map(positionShape);
    const [long, short] = symbol === LINEAR ? ['200', '100'] : ['600', '300'];
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
  it('that takes though it must not is refused', async () => {
    await using it = await world(LINEAR, 'off');
    it.sim.injectOrder(it.venue, { symbol: LINEAR, side: 'sell', price: 90_000, quantity: '1' });
    const exchange = it.connect();
    const order = { symbol: LINEAR, side: 'buy', quantity: '0.001', price: '90000', postOnly: true } as const;
    expect(await it.failure(exchange.placeLimitOrder(order))).toMatchObject({
      code: 'invalid_order',
      outcome: 'rejected',
      venueCode: 'ORDER_POC_IMMEDIATE',
    });
    expect(it.truth.orders().filter(({ status }) => status === 'open')).toEqual([]);
  });

  it('is amended to a total, also one that this client did not place', async () => {
    await using it = await world(LINEAR, 'off');
    const { run } = it;
    const order = { symbol: LINEAR, side: 'sell', quantity: '0.0025', price: '95000' } as const;
    const { orderId = '' } = await run(it.connect().placeLimitOrder(order));
    const { amend } = it.connect();
    const changed = await run(
      amend?.amendOrder({ symbol: LINEAR, orderId, quantity: '0.001', price: '95001' }) ?? Promise.reject(),
    );
    expect(changed).toMatchObject({ orderId, side: 'sell', quantity: '0.001', price: '95001', state: 'open' });
  });

  it('goes over the socket as well, and is canceled over it', async () => {
    await using it = await world(LINEAR, 'off');
    const { run } = it;
    const exchange = it.connect();
    const order = { symbol: LINEAR, side: 'buy', quantity: '0.001', price: '85000', via: 'ws' } as const;
    const { orderId = '' } = await run(exchange.placeLimitOrder(order));
    expect(it.truth.orders()).toMatchObject([{ id: orderId }]);
    expect(await run(exchange.cancelOrder({ symbol: LINEAR, orderId, via: 'ws' } as never))).toMatchObject({
      state: 'canceled',
    });
  });
});

describe('a trigger for a fraction of a contract', () => {
  it('is listed as it was asked for, and closes so much and no more', async () => {
    const symbol = 'ETH/USDT:USDT';
    const [price, keys] = [90_000, KEYS];
    await using it = await simulatedPerpetual({ venue: 'gateio_futures', symbol, flow: 'off', keys });
    const { run } = it;
    it.sim.injectOrder(it.venue, { symbol, side: 'sell', price, contracts: '50' });
    it.sim.injectOrder(it.venue, { symbol, side: 'buy', price: price - 1, contracts: '50' });
    const { contracts } = await run(it.market.getInstrument(symbol));
    expect([contracts?.size, contracts?.step]).toEqual(['0.0001', '0.1']);
    const { triggers, positions, ...exchange } = it.connect();
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', quantity: '0.00015' }));
    const stop = {
      symbol,
      side: 'sell',
      type: 'market',
      quantity: '0.00007',
      triggerPrice: '89000',
      direction: 'falls_to',
    } as const;
    const placed = await run(triggers!.placeTriggerOrder({ ...stop, triggerBy: 'mark', reduceOnly: true }));
    const waiting = await run(triggers!.getTriggerOrders({ symbol }));
    expect(waiting).toMatchObject([{ ...stop, id: placed.id, reduceOnly: true, closesPosition: false }]);
    it.sim.perpetual(it.venue, symbol).forceMarkPrice('88999');
    expect(await run(triggers!.getTriggerOrders({ symbol, state: 'ended' }))).toMatchObject([
      { id: placed.id, quantity: '0.00007', state: 'triggered' },
    ]);
    expect(await run(positions!.getPosition(symbol))).toMatchObject({ quantity: '0.00008', contracts: '0.8' });
  });
});

describe('the account at the simulated venue', () => {
  it('tells its balance whenever something moved, though pushes do not say to what', async () => {
    await using it = await world(LINEAR, { eventsPerSecond: 50 });
    const { run } = it;
    const exchange = it.connect();
    const heard: string[] = [];
    await run(exchange.watchBalances(({ asset, free }) => void heard.push(`${asset} ${free}`)).ready);
    const before = heard.length;
    await run(exchange.placeMarketOrder({ symbol: LINEAR, side: 'buy', quantity: '0.02' }));
    await it.sim.clock.advance(2_000);
    expect(before).toBe(1);
    expect(heard[0]).toBe('USDT 100000');
    expect(Number(heard.at(-1)?.split(' ')[1])).toBeLessThan(99_990);
  });

  it('has fees, risk limits, and a dead-man switch that cancels when nobody is well', async () => {
    await using it = await world(LINEAR, 'off');
    const { run } = it;
    const exchange = it.connect();
    const { positions, deadManSwitch } = exchange;
    expect(await run(exchange.getTradingFees(LINEAR))).toMatchObject({ symbol: LINEAR, taker: expect.any(String) });
    const tiers = await run(positions?.getRiskLimits(LINEAR) ?? Promise.reject());
    expect(tiers[0]).toMatchObject({ tier: 1, unit: 'settle' });
    await run(exchange.placeLimitOrder({ symbol: LINEAR, side: 'buy', quantity: '0.001', price: '85000' }));
    await run(deadManSwitch?.arm(5_000) ?? Promise.reject());
    await run(exchange.close());
    await it.sim.clock.advance(10_000);
    expect(it.truth.orders().filter(({ status }) => status === 'open')).toEqual([]);
  });
});
