import { describe, expect, it } from 'vitest';
import {
  createPrivateExchange,
  createPublicExchange,
  type MarketSymbol,
  type Position,
  type PrivateExchangeOptions,
  venues,
} from '../../../src/index.js';
import { startSimulator } from '../../../src/simulator/index.js';

const KEYS = { apiKey: 'gate-perpetual', secretKey: 'a-secret-of-the-gate-perpetual' };
const LINEAR = 'BTC/USDT:USDT';
const INVERSE = 'BTC/USD:BTC';
const CREATE = 'POST /api/v4/futures/usdt/orders';

/** Both halves of Gate.io futures on the simulated venue, on the virtual clock; at the end its books have to add up. */
async function world(symbol: MarketSymbol, flow: 'off' | { eventsPerSecond: number }) {
  const venue = symbol === LINEAR ? 'gateio_futures' : 'gateio_futures_btc';
  // The virtual clock does not wait for what a codec imports.
  await venues[venue].streams.loadCodec();
  await venues[venue].private?.streams.loadCodec(KEYS);
  const sim = await startSimulator({
    clock: 'virtual',
    seed: 20_261_128,
    venues: [venue],
    markets: [{ symbol: symbol === LINEAR ? 'BTC/USDT' : symbol, startPrice: 90_000 }],
    flow,
    accounts: [{ ...KEYS, balances: { USDT: '100000', BTC: '10' } }],
  });
  const open: { close(): Promise<void> }[] = [];
  const kept = <T extends { close(): Promise<void> }>(exchange: T): T => {
    open.push(exchange);
    return exchange;
  };

  /** Lets time pass until it is settled. */
  async function run<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const mark = (): void => {
      isSettled = true;
    };
    promise.then(mark, mark);
    for (let ms = 0; !isSettled && ms < 120_000; ms += 10) await sim.clock.advance(10);
    return promise;
  }

  return {
    sim,
    run,
    venue,
    market: kept(createPublicExchange(venue, { runtime: sim.runtime() })),
    connect: (more: Partial<PrivateExchangeOptions> = {}) =>
      kept(createPrivateExchange(venue, { credentials: KEYS, runtime: sim.runtime(), ...more })),
    failure: (promise: Promise<unknown>) =>
      run(promise).then(
        (value) => ({ unexpected: value }),
        (error: unknown) => error,
      ),
    truth: sim.account(KEYS.apiKey, venue),
    async [Symbol.asyncDispose]() {
      for (const one of open) await run(one.close());
      expect(sim.audit()).toEqual([]);
      await sim.close();
    },
  } as const;
}

/** What a position is known by. */
const shape = ({ side, contracts, mode, marginMode, leverage }: Position) => ({
  side,
  contracts,
  mode,
  marginMode,
  leverage,
});

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

  it('beside prices and funding is whole', async () => {
    await using it = await world(symbol, { eventsPerSecond: 50 });
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
});

describe.each([
  [LINEAR, { quantity: '0.02' }, { quantity: '0.01' }],
  [INVERSE, { quoteQuantity: '600' }, { quoteQuantity: '300' }],
] as const)('trading %s', (symbol, whole, half) => {
  it('in one-way mode opens, reduces and closes one position', async () => {
    await using it = await world(symbol, { eventsPerSecond: 50 });
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
    const contracts = symbol === LINEAR ? '200' : '600';
    expect(opened && shape(opened)).toEqual({
      side: 'long',
      contracts,
      mode: 'one_way',
      marginMode: 'isolated',
      leverage: '5',
    });
    const reduced = await run(exchange.placeMarketOrder({ symbol, side: 'sell', reduceOnly: true, ...half }));
    expect(reduced.reduceOnly).toBe(true);
    await run(positions.changeMargin({ symbol, amount: symbol === LINEAR ? '10' : '0.001' }));
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

  it('in hedge mode holds both sides, each by its name', async () => {
    await using it = await world(symbol, { eventsPerSecond: 50 });
    const { run } = it;
    const exchange = it.connect();
    const { positions } = exchange;
    if (positions === undefined) throw new Error('no positions');
    await run(positions.setPositionMode('hedge'));
    await run(positions.setLeverage({ symbol, leverage: 20, marginMode: 'cross' }));
    expect(await it.failure(positions.setLeverage({ symbol, leverage: 20, side: 'long' }))).toMatchObject({
      code: 'unsupported',
    });
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', positionSide: 'long', ...whole }));
    await run(exchange.placeMarketOrder({ symbol, side: 'sell', positionSide: 'short', ...half }));
    const held = (await run(positions.getPositions())).map(shape);
    const [long, short] = symbol === LINEAR ? ['200', '100'] : ['600', '300'];
    expect(held).toEqual([
      { side: 'long', contracts: long, mode: 'hedge', marginMode: 'cross', leverage: '20' },
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
  it('rests, is found by both ids, listed, and canceled', async () => {
    await using it = await world(LINEAR, 'off');
    const { run } = it;
    it.sim.injectOrder(it.venue, { symbol: LINEAR, side: 'sell', price: 90_000, quantity: '1' });
    const exchange = it.connect();
    const placed = await run(
      exchange.placeLimitOrder({
        symbol: LINEAR,
        side: 'buy',
        quantity: '0.0025',
        price: '85000.5',
        clientOrderId: 't-mine-1',
      }),
    );
    const { orderId } = placed;
    if (orderId === undefined) throw new Error('no id');
    for (const ref of [{ orderId }, { clientOrderId: 't-mine-1' }])
      expect(await run(exchange.getOrder({ symbol: LINEAR, ...ref }))).toMatchObject({
        orderId,
        state: 'open',
        quantity: '0.0025',
      });
    expect(await run(exchange.getOpenOrders(LINEAR))).toHaveLength(1);
    expect(await run(exchange.getOpenOrders())).toHaveLength(1);
    expect(await run(exchange.cancelOrder({ symbol: LINEAR, clientOrderId: 't-mine-1' }))).toMatchObject({
      orderId,
      state: 'canceled',
    });
    expect(await run(exchange.getOrderHistory(LINEAR))).toMatchObject([{ orderId, state: 'canceled' }]);
    const others = [1, 2].map((name) =>
      exchange.placeLimitOrder({
        symbol: LINEAR,
        side: 'buy',
        quantity: '0.001',
        price: '85000',
        clientOrderId: `t-all-${name}`,
      }),
    );
    await run(Promise.all(others));
    expect((await run(exchange.cancelAllOrders(LINEAR))).map(({ state }) => state)).toEqual(['canceled', 'canceled']);
  });

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

  it.each(['timeoutHttp', 'truncateBody', 'loseRequest'] as const)(
    'whose answer is lost by %s is found, or proven absent',
    async (fault) => {
      await using it = await world(LINEAR, 'off');
      const exchange = it.connect({ timeoutMs: 3_000, recvWindowMs: 2_000, resolveWithinMs: 60_000 });
      await it.run(exchange.getBalances());
      it.sim.faults[fault](it.venue, CREATE);
      const order = {
        symbol: LINEAR,
        side: 'buy',
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
    await using it = await world(LINEAR, 'off');
    const exchange = it.connect({ timeoutMs: 3_000, recvWindowMs: 2_000, resolveWithinMs: 60_000 });
    await it.run(exchange.getBalances());
    it.sim.faults.acceptLate(it.venue, CREATE, { delayMs: 2_500 });
    const order = {
      symbol: LINEAR,
      side: 'buy',
      quantity: '0.001',
      price: '85000',
      clientOrderId: 't-late-1',
    } as const;
    const result = await it.failure(exchange.placeLimitOrder(order));
    expect(it.truth.orders()).toEqual([]);
    expect(result).toMatchObject({ outcome: 'rejected' });
  });

  it('is not placed with keys that the venue refuses, nor are streams given', async () => {
    await using it = await world(LINEAR, 'off');
    const exchange = it.connect({ credentials: { ...KEYS, secretKey: 'another-secret' } });
    const order = { symbol: LINEAR, side: 'buy', quantity: '0.001', price: '85000' } as const;
    expect(await it.failure(exchange.placeLimitOrder(order))).toMatchObject({ code: 'authentication' });
    expect(await it.failure(exchange.watchOrders().ready)).toMatchObject({ code: 'authentication' });
    expect(it.truth.orders()).toEqual([]);
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

describe('a trigger at the simulated venue', () => {
  it('waits, is listed, and is canceled once', async () => {
    await using it = await world(LINEAR, { eventsPerSecond: 50 });
    const { run } = it;
    const { triggers, ...exchange } = it.connect();
    if (triggers === undefined) throw new Error('no triggers');
    await run(exchange.getBalances());
    const asked = {
      symbol: LINEAR,
      side: 'buy',
      type: 'limit',
      quantity: '0.001',
      price: '50000',
      triggerPrice: '50000.5',
      triggerBy: 'mark',
      direction: 'falls_to',
    } as const;
    const { id } = await run(triggers.placeTriggerOrder(asked));
    const [found] = await run(triggers.getTriggerOrders({ symbol: LINEAR }));
    expect(found).toMatchObject({ ...asked, id, state: 'waiting' });
    await run(triggers.cancelTriggerOrder({ symbol: LINEAR, id }));
    expect(await run(triggers.getTriggerOrders())).toEqual([]);
    expect(await run(triggers.getTriggerOrders({ state: 'ended' }))).toMatchObject([{ id, state: 'canceled' }]);
  });
});
