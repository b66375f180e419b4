import { describe, expect, it } from 'vitest';
import { type Fill, type Order, type PlaceOrderInput, supportsAmend } from '../../../src/index.js';
import { words } from '../../support/private-world.js';
import { START, STILL_MARKETS, type StillPerpetual, stillPerpetual } from '../../support/still-perpetual.js';

/** What a contract is worth, quote asset. */
const SIZE = { mexc_futures: 100, gateio_futures_btc: 1 } as const;
const INVERSE = STILL_MARKETS.flatMap((market) =>
  market.quote === undefined ? [] : [{ ...market, size: SIZE[market.venue] }],
);

describe.each(INVERSE)('inverse contracts of $venue', (market) => {
  const { symbol, venue, size } = market;
  const isGateio = venue === 'gateio_futures_btc';
  const world = (exchange = {}) => stillPerpetual(market, { mode: 'one_way', exchange });

  /** Nobody else bids or offers any more. */
  function empty({ sim }: StillPerpetual): void {
    for (const [side, price] of [
      ['buy', 200_000],
      ['sell', 10_000],
    ] as const)
      sim.injectOrder(venue, { symbol, side, price, contracts: '100000000', timeInForce: 'ioc' });
  }

  it.each([1, 3, 7, 41, 999])('are ordered exactly: %i of them, given as money', async (count) => {
    await using it = await world();
    const { run, positions, exchange, truth } = it;
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    const quoteQuantity = String(count * size);
    const placed = await run(exchange.placeLimitOrder({ symbol, side: 'buy', quoteQuantity, price: '85000.5' }));
    expect(truth.orders()).toMatchObject([{ id: placed.orderId, contracts: String(count), price: '85000.5' }]);
    expect(placed).toMatchObject({ quoteQuantity, filledQuantity: '0' });
    const found = await run(exchange.getOrder({ symbol, orderId: placed.orderId as string }));
    expect(found).toMatchObject({ quoteQuantity, state: 'open', price: '85000.5' });
    await run(exchange.placeMarketOrder({ symbol, side: 'sell', quoteQuantity }));
    expect(truth.positions()).toMatchObject([{ side: 'short', contracts: String(count) }]);
  });

  it('fill in steps to the end: orders, fills and quote are one sum, and nothing contradicts itself', async () => {
    await using it = await world();
    const { run, positions, exchange, sim, truth } = it;
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    const orders: Order[] = [];
    const fills: Fill[] = [];
    await run(
      Promise.all([
        exchange.watchOrders((one) => void orders.push(one)).ready,
        exchange.watchFills((one) => void fills.push(one)).ready,
      ]),
    );
    const price = String(START - 0.5);
    empty(it);
    const placed = await run(
      exchange.placeLimitOrder({ symbol, side: 'buy', quoteQuantity: String(7 * size), price, postOnly: true }),
    );
    for (const contracts of ['1', '1', '3', '2']) {
      sim.injectOrder(venue, { symbol, side: 'sell', price, contracts, timeInForce: 'ioc' });
      await sim.clock.advance(700);
    }
    const mine = orders.filter(({ orderId }) => orderId === placed.orderId);
    const money = (list: readonly (string | undefined)[]): number => list.reduce((sum, one) => sum + Number(one), 0);
    const parts = truth.fills().map(({ contracts }) => String(Number(contracts) * size));
    expect(fills.map(({ quoteQuantity }) => quoteQuantity)).toEqual(parts);
    expect(money(parts)).toBe(7 * size);
    for (const fill of fills) {
      expect(Number(fill.quantity)).toBeCloseTo(Number(fill.quoteQuantity) / Number(fill.price), 12);
      expect([fill.feeAsset, fill.price]).toEqual(['BTC', price]);
    }
    expect(mine.at(-1)).toMatchObject({
      state: 'filled',
      quoteQuantity: String(7 * size),
      filledQuoteQuantity: String(7 * size),
    });
    expect(Number(mine.at(-1)?.filledQuantity)).toBeCloseTo((7 * size) / Number(price), 12);
    const filled = mine.map(({ filledQuoteQuantity = '0' }) => Number(filledQuoteQuantity));
    expect(filled).toEqual([...filled].sort((a, b) => a - b));
    expect(mine.filter(({ state }) => state === 'partially_filled').length).toBeGreaterThan(0);
    expect(await run(exchange.getFills(symbol))).toMatchObject(
      parts.map((quoteQuantity) => ({ quoteQuantity, orderId: placed.orderId })),
    );
    // Two reconciliations later it is still so.
    await sim.clock.advance(70_000);
    expect(it.errors).toEqual([]);
    expect(new Set(fills.map(({ id }) => id)).size).toBe(fills.length);
  });

  it('taken at several prices end as filled, by answer, stream and list alike', async () => {
    await using it = await world();
    const { run, positions, exchange, sim, truth } = it;
    await run(positions.setLeverage({ symbol, leverage: 2, marginMode: 'isolated' }));
    const orders: Order[] = [];
    await run(exchange.watchOrders((one) => void orders.push(one)).ready);
    empty(it);
    for (const [price, contracts] of [
      [START - 0.1, '1'],
      [START - 0.2, '2'],
      [START - 0.3, '4'],
      [START, '100'],
    ] as const)
      sim.injectOrder(venue, { symbol, side: 'sell', price, contracts });
    const placed = await run(exchange.placeMarketOrder({ symbol, side: 'buy', quoteQuantity: String(12 * size) }));
    await sim.clock.advance(2_000);
    const last = orders.filter(({ orderId }) => orderId === placed.orderId).at(-1);
    const [listed] = await run(exchange.getOrderHistory(symbol));
    const base = truth
      .fills()
      .reduce((sum, { contracts, price }) => sum + (Number(contracts) * size) / Number(price), 0);
    for (const order of [last, listed]) {
      expect(order).toMatchObject({ orderId: placed.orderId, state: 'filled', filledQuoteQuantity: String(12 * size) });
      expect(Number(order?.filledQuantity)).toBeCloseTo(base, 6);
    }
    expect(truth.fills().length).toBeGreaterThan(2);
    await sim.clock.advance(70_000);
    expect(it.errors).toEqual([]);
  });

  const base: PlaceOrderInput = { symbol, side: 'buy', type: 'limit', price: '85000', quoteQuantity: String(6 * size) };
  const { quoteQuantity: _, ...without } = base as PlaceOrderInput & { quoteQuantity?: string };
  it.each<[string, string, object]>([
    ['half a contract', 'quoteQuantity', { ...base, quoteQuantity: String(size / 2) }],
    ['a contract and a half', 'quoteQuantity', { ...base, quoteQuantity: String(size * 1.5) }],
    ['nothing', 'quoteQuantity', { ...base, quoteQuantity: '0' }],
    ['less than nothing', 'quoteQuantity', { ...base, quoteQuantity: '-600' }],
    ['too many', 'quoteQuantity', { ...base, quoteQuantity: String(size * 10_000_000) }],
    ['a base quantity that is no whole number of contracts', 'quantity', { ...without, quantity: '0.0123' }],
    ['both amounts', 'quantity', { ...base, quantity: '0.01' }],
    ['a base quantity without a price', 'quantity', { symbol, side: 'buy', type: 'market', quantity: '0.01' }],
  ])('are refused by name where it is %s, and nothing is sent', async (_what, field, order) => {
    await using it = await world();
    const error = await it.failure(it.exchange.placeOrder(order as PlaceOrderInput));
    expect(error).toMatchObject({ code: 'validation', outcome: 'not_sent', field });
    expect([it.commands(), it.truth.orders()]).toEqual([0, []]);
  });

  it('are ordered by base quantity where that is whole contracts at the price, or is to be rounded', async () => {
    await using it = await world();
    const { run, positions, exchange, truth } = it;
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    // 0.01 × 85,000 = 850, 0.02 × 85,000 = 1,700.
    await run(exchange.placeLimitOrder({ symbol, side: 'buy', quantity: '0.02', price: '85000' }));
    await run(
      exchange.placeLimitOrder({ symbol, side: 'buy', quantity: '0.010001', price: '85000', rounding: 'down' }),
    );
    expect(truth.orders().map(({ contracts }) => contracts)).toEqual([
      String(1_700 / size),
      String(Math.floor(850.085 / size)),
    ]);
  });

  it('whose answer got lost are found, whole', async () => {
    await using it = await world({ timeoutMs: 2_000 });
    const { run, positions, exchange, truth, sim } = it;
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    sim.faults.timeoutHttp(venue, isGateio ? 'POST /api/v4/futures/btc/orders' : 'POST /api/v1/private/order/create');
    const order = await run(exchange.placeMarketOrder({ symbol, side: 'buy', quoteQuantity: String(5 * size) }));
    expect(truth.orders()).toMatchObject([{ id: order.orderId, contracts: '5' }]);
    expect(order).toMatchObject({ state: 'filled', filledQuoteQuantity: String(5 * size) });
    expect(it.errors).toEqual([]);
  });

  it('are amended to a total in quote asset, or say that they cannot be', async () => {
    await using it = await world();
    const { run, positions, exchange, truth, sim } = it;
    expect(supportsAmend(exchange)).toBe(isGateio);
    if (!supportsAmend(exchange)) return;
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    empty(it);
    const price = String(START - 0.5);
    const { orderId = '' } = await run(exchange.placeLimitOrder({ symbol, side: 'buy', quoteQuantity: '600', price }));
    sim.injectOrder(venue, { symbol, side: 'sell', price, contracts: '200', timeInForce: 'ioc' });
    await sim.clock.advance(1_000);
    const more = await run(exchange.amend.amendOrder({ symbol, orderId, quoteQuantity: '700' }));
    expect(more).toMatchObject({
      orderId,
      quoteQuantity: '700',
      filledQuoteQuantity: '200',
      state: 'partially_filled',
    });
    const lower = await run(exchange.amend.amendOrder({ symbol, orderId, price: '88000' }));
    expect(lower).toMatchObject({ orderId, quoteQuantity: '700', price: '88000' });
    expect(truth.orders()).toMatchObject([{ id: orderId, contracts: '700', price: '88000', status: 'open' }]);
    const sent = it.commands();
    for (const [field, change] of [
      ['quoteQuantity', { quoteQuantity: '700.5' }],
      ['quantity', { quantity: '0.01', quoteQuantity: '700' }],
      ['price', { price: '88000.55' }],
      ['price', {}],
    ] as const)
      expect(await it.failure(exchange.amend.amendOrder({ symbol, orderId, ...change }))).toMatchObject({
        field,
        outcome: 'not_sent',
      });
    expect(it.commands()).toBe(sent);
    await run(exchange.cancelOrder({ symbol, orderId }));
    expect(words(await it.failure(exchange.amend.amendOrder({ symbol, orderId, price: '87000' })))).toMatch(
      /rejected$|not_sent$/,
    );
    expect(it.errors).toEqual([]);
  });
});
