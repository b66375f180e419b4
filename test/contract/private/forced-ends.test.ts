import { describe, expect, it } from 'vitest';
import { type Fill, type Liquidation, type Order, type Position, supportsFunding } from '../../../src/index.js';
import { START, STILL_MARKETS_BY_MODE, type StillPerpetual, stillPerpetual } from '../../support/still-perpetual.js';

/** Told by market data: liquidations as they happen. */
async function watchLiquidations(it: StillPerpetual, symbol: Order['symbol'], isPublic: boolean) {
  const market = it.watch();
  if (!supportsFunding(market)) throw new Error('no funding');
  const { funding } = market;
  const seen: Liquidation[] = [];
  if (isPublic) await it.run(funding.watchLiquidations(symbol, (one) => void seen.push({ ...one })).ready);
  return { funding, seen };
}

describe.each(STILL_MARKETS_BY_MODE)('a forced end in $symbol of $venue, $mode', (market) => {
  const { symbol, mode, venue, contracts, amount, quote } = market;
  const isPublic = venue.startsWith('gateio');
  const settle = symbol.split(':')[1];

  it.each(['long', 'short'] as const)('of a %s position is told by every stream, value by value', async (side) => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, exchange, perpetual, sim, truth } = it;
    await run(positions.setLeverage({ symbol, leverage: 20, marginMode: 'isolated' }));
    const orders: Order[] = [];
    const fills: Fill[] = [];
    const seen: Position[] = [];
    const subscriptions = [
      exchange.watchOrders((order) => void orders.push(order)),
      exchange.watchFills((fill) => void fills.push(fill)),
      positions.watchPositions((position) => void seen.push(position)),
    ];
    await run(Promise.all(subscriptions.map(({ ready }) => ready)));
    const told = await watchLiquidations(it, symbol, isPublic);
    const own = mode === 'hedge' ? { positionSide: side } : {};
    const [opens, ends] = side === 'long' ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const);
    const mine = await run(exchange.placeMarketOrder({ symbol, side: opens, ...amount, ...own }));
    await sim.clock.advance(1_000);
    perpetual.forceMarkPrice(START + (side === 'long' ? -9_000 : 9_000));
    const at = sim.clock.now();
    await sim.clock.advance(5_000);
    expect(truth.positions()).toEqual([]);

    const forced = truth.orders().find(({ id }) => id !== mine.orderId);
    const ended = orders.filter(({ orderId }) => orderId === forced?.id).at(-1);
    expect(ended).toMatchObject({
      symbol,
      orderId: forced?.id,
      side: ends,
      origin: 'external',
      state: 'filled',
      reason: 'liquidation',
      // Rows of the other venue do not say it.
      ...(mode === 'hedge' && !isPublic ? { positionSide: side } : {}),
    });
    const real = truth.fills().filter(({ orderId }) => orderId === forced?.id);
    const theirs = fills.filter(({ orderId }) => orderId === forced?.id);
    expect(theirs.map((fill) => [fill.side, Number(fill.price), fill.feeAsset])).toEqual(
      real.map((fill) => [fill.side, Number(fill.price), settle]),
    );
    for (const [i, fill] of theirs.entries()) {
      expect(Number(fill.quantity)).toBeCloseTo(Number(real[i]?.quantity), 11);
      expect(Number(fill.fee)).toBeCloseTo(Number(real[i]?.fee), 9);
      if (quote !== undefined) expect(fill.quoteQuantity).toEqual(expect.any(String));
    }
    expect(new Set(fills.map(({ id }) => id)).size).toBe(truth.fills().length);
    expect(seen.at(-1)).toMatchObject({
      symbol,
      mode,
      side: mode === 'hedge' ? side : seen.at(-1)?.side,
      contracts: '0',
      quantity: '0',
    });
    expect(seen.filter((one) => one.contracts === contracts).length).toBeGreaterThan(0);
    expect(await run(positions.getPositions())).toEqual([]);
    const found = await run(exchange.getOrder({ symbol, orderId: forced?.id as string }));
    expect(found).toMatchObject({ side: ends, state: 'filled', origin: 'external', reason: 'liquidation' });
    expect(it.errors).toEqual([]);

    if (!isPublic) return;
    // The average of its fills, cut to a tick of 0.1.
    const lots = real.map((fill) => Number(fill.contracts));
    const tickLots = real.reduce((sum, fill, i) => sum + Math.round(Number(fill.price) * 10) * (lots[i] ?? 0), 0);
    const price = Math.floor(tickLots / lots.reduce((sum, one) => sum + one, 0)) / 10;
    const value = {
      symbol,
      side: ends,
      price,
      quantity: expect.closeTo(quote === undefined ? 0.02 : quote / price, 9),
      liquidatedAt: expect.toSatisfy((time: unknown) => Math.abs((time as number) - at) < 1_500),
    };
    expect(told.seen).toEqual([value]);
    expect(await run(told.funding.getLiquidations(symbol))).toEqual([value]);
  });

  it('takes the orders of the position first, and says why', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, exchange, perpetual, sim, truth } = it;
    await run(positions.setLeverage({ symbol, leverage: 20, marginMode: 'isolated' }));
    const orders: Order[] = [];
    await run(exchange.watchOrders((order) => void orders.push(order)).ready);
    const own = mode === 'hedge' ? ({ positionSide: 'long' } as const) : {};
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', ...amount, ...own }));
    const resting = await run(exchange.placeLimitOrder({ symbol, side: 'buy', ...amount, ...own, price: '85000' }));
    perpetual.forceMarkPrice(START - 9_000);
    await sim.clock.advance(5_000);
    const last = orders.filter(({ orderId }) => orderId === resting.orderId).at(-1);
    expect(last).toMatchObject({ state: 'canceled', origin: 'own', filledQuantity: '0', reason: expect.any(String) });
    expect(truth.orders().find(({ id }) => id === resting.orderId)).toMatchObject({ status: 'canceled' });
    const again = exchange.cancelOrder({ symbol, orderId: resting.orderId as string });
    expect(await run(again)).toMatchObject({ state: 'canceled', filledQuantity: '0' });
    expect(it.errors).toEqual([]);
  });

  it('that comes while the streams are away is found afterwards, whole', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, exchange, perpetual, sim, truth } = it;
    await run(positions.setLeverage({ symbol, leverage: 20, marginMode: 'isolated' }));
    const fills: Fill[] = [];
    const seen: Position[] = [];
    await run(exchange.watchFills((fill) => void fills.push(fill)).ready);
    await run(positions.watchPositions((position) => void seen.push(position)).ready);
    const own = mode === 'hedge' ? ({ positionSide: 'long' } as const) : {};
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', ...amount, ...own }));
    await sim.clock.advance(2_000);
    sim.faults.refuseConnections(venue, 2);
    sim.faults.cut(venue);
    perpetual.forceMarkPrice(START - 9_000);
    await sim.clock.advance(50);
    expect([exchange.status, truth.positions()]).toEqual(['degraded', []]);
    for (let ms = 0; exchange.status !== 'live' && ms < 120_000; ms += 100) await sim.clock.advance(100);
    await sim.clock.advance(2_000);
    expect(fills.map(({ side, price }) => [side, Number(price)])).toEqual(
      truth.fills().map(({ side, price }) => [side, Number(price)]),
    );
    expect(seen.at(-1)).toMatchObject({ symbol, mode, contracts: '0', quantity: '0' });
  });
});
