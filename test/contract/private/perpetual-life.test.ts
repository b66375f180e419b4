import { describe, expect, it } from 'vitest';
import type { Fill, Order, PlaceTrigger, Position } from '../../../src/index.js';
import { STILL_MARKETS as MARKETS, START, stillPerpetual as world } from '../../support/still-perpetual.js';

/** Profit at a price in the settle asset, written apart from the code under test. */
function profit(side: 'long' | 'short', quote: number | undefined, entry: number, mark: number): number {
  const long = quote === undefined ? 0.02 * (mark - entry) : quote * (1 / entry - 1 / mark);
  return side === 'long' ? long : -long;
}

/** What `amount` is worth at a price, settle asset. */
const worthOf = (quote: number | undefined, mark: number): number => (quote === undefined ? 0.02 * mark : quote / mark);

describe.each(MARKETS)('A position in $symbol of $venue', (market) => {
  const { symbol, amount, contracts, quote } = market;

  it.each(['long', 'short'] as const)(
    'that is %s gains and loses as it should, and pays or gets funding',
    async (side) => {
      await using it = await world(market);
      const { run, positions, exchange, perpetual, sim } = it;
      await run(positions.setPositionMode('one_way'));
      await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
      await run(exchange.placeMarketOrder({ symbol, side: side === 'long' ? 'buy' : 'sell', ...amount }));
      for (const mark of [START + 2_000, START - 2_000]) {
        perpetual.forceMarkPrice(mark);
        const position = (await run(positions.getPosition(symbol))) as Position;
        const entry = Number(position.entryPrice);
        expect(position).toMatchObject({ side, contracts, mode: 'one_way', marginMode: 'isolated', leverage: '5' });
        expect(Math.abs(entry - START)).toBeLessThan(2);
        expect(Number(position.markPrice)).toBe(mark);
        expect(Number(position.unrealizedPnl)).toBeCloseTo(profit(side, quote, entry, mark), 7);
      }
      perpetual.forceMarkPrice(START);
      perpetual.forceFundingRate('0.0001');
      await sim.clock.advance(perpetual.nextFundingAt - sim.clock.now() + 1_000);
      const paid = await run(positions.getFundingPayments(symbol));
      const owed = worthOf(quote, START) * 0.0001;
      expect(paid).toHaveLength(1);
      expect(Number(paid[0]?.amount)).toBeCloseTo(side === 'long' ? -owed : owed, 9);
      expect(paid[0]).toMatchObject({ symbol, asset: symbol.split(':')[1] });
      expect(Math.abs((paid[0]?.paidAt ?? 0) - (perpetual.nextFundingAt - 28_800_000))).toBeLessThan(2_000);
    },
  );

  it('that is liquidated ends as an order of somebody else, fills of it, and a position of zero', async () => {
    await using it = await world(market);
    const { run, positions, exchange, perpetual, sim, truth } = it;
    await run(positions.setPositionMode('one_way'));
    await run(positions.setLeverage({ symbol, leverage: 20, marginMode: 'isolated' }));
    const orders: Order[] = [];
    const fills: Fill[] = [];
    const seen: Position[] = [];
    const watching = [
      exchange.watchOrders((order) => void orders.push(order)),
      exchange.watchFills((fill) => void fills.push(fill)),
      positions.watchPositions((position) => void seen.push(position)),
    ];
    await run(Promise.all(watching.map(({ ready }) => ready)));
    const mine = await run(exchange.placeMarketOrder({ symbol, side: 'buy', ...amount }));
    perpetual.forceMarkPrice(START * 0.9);
    await sim.clock.advance(5_000);
    expect(truth.positions()).toEqual([]);
    const ended = orders.filter(({ orderId }) => orderId !== mine.orderId).at(-1);
    expect(ended).toMatchObject({ origin: 'external', side: 'sell' });
    expect(fills.some(({ orderId, side }) => orderId === ended?.orderId && side === 'sell')).toBe(true);
    expect(seen.at(-1)).toMatchObject({ symbol, contracts: '0', quantity: '0' });
    expect(await run(positions.getPositions())).toEqual([]);
  });

  it.each([
    ['falls_to', 'mark', 'sell'],
    ['rises_to', 'mark', 'buy'],
    ['falls_to', 'last', 'sell'],
    ['rises_to', 'last', 'buy'],
  ] as const)('is closed by a trigger that %s a price of kind %s', async (direction, triggerBy, side) => {
    await using it = await world(market);
    const { run, positions, exchange, perpetual, sim, triggers, truth } = it;
    await run(positions.setPositionMode('one_way'));
    await run(positions.setLeverage({ symbol, leverage: 2, marginMode: 'isolated' }));
    await run(exchange.placeMarketOrder({ symbol, side: side === 'sell' ? 'buy' : 'sell', ...amount }));
    const away = side === 'sell' ? -500 : 500;
    const asked: PlaceTrigger = {
      symbol,
      side,
      type: 'market',
      ...amount,
      reduceOnly: true,
      triggerPrice: String(START + away),
      triggerBy,
      direction,
    };
    const { id } = await run(triggers.placeTriggerOrder(asked));
    const moveTo = (price: number): void => {
      if (triggerBy === 'mark') return perpetual.forceMarkPrice(price);
      // What rests in between is taken, and the last trade is at the price.
      const taker = side === 'sell' ? 'sell' : 'buy';
      const maker = side === 'sell' ? 'buy' : 'sell';
      sim.injectOrder(market.venue, { symbol, side: taker, price, contracts: '10000000', timeInForce: 'ioc' });
      sim.injectOrder(market.venue, { symbol, side: maker, price, contracts: '1000' });
      sim.injectOrder(market.venue, { symbol, side: taker, price, contracts: '1', timeInForce: 'ioc' });
    };
    moveTo(START + away / 2);
    await sim.clock.advance(2_000);
    expect(await run(triggers.getTriggerOrders({ symbol }))).toMatchObject([{ id, state: 'waiting', triggerBy }]);
    expect(truth.positions()).toHaveLength(1);
    moveTo(START + away);
    await sim.clock.advance(2_000);
    expect(await run(triggers.getTriggerOrders({ symbol }))).toEqual([]);
    const [fired] = await run(triggers.getTriggerOrders({ symbol, state: 'ended' }));
    expect(fired).toMatchObject({ id, state: 'triggered', side, reduceOnly: true });
    expect(truth.positions()).toEqual([]);
    const placed = (await run(exchange.getOrderHistory(symbol))).find(({ orderId }) => orderId === fired?.orderId);
    expect(placed).toMatchObject({ side, state: 'filled', origin: 'external' });
  });

  it('has orders that a client which never saw them can cancel', async () => {
    await using it = await world(market);
    const { run, positions, exchange } = it;
    await run(positions.setPositionMode('one_way'));
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    const order = { symbol, side: 'buy', ...amount, price: '85000' } as const;
    const placed = await run(exchange.placeOrder({ ...order, type: 'limit' }));
    const another = it.connect();
    const { orderId } = placed as { orderId: string };
    expect(await run(another.cancelOrder({ symbol, orderId }))).toMatchObject({ orderId, state: 'canceled' });
    expect(it.truth.orders().map(({ status }) => status)).toEqual(['canceled']);
  });

  it('is closed although somebody else has changed the mode of the account', async () => {
    await using it = await world(market);
    const { run, positions, exchange } = it;
    await run(positions.setPositionMode('one_way'));
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', ...amount }));
    await run(positions.closePosition({ symbol }));
    const another = it.connect();
    await run(another.positions?.setPositionMode('hedge') ?? Promise.reject(new Error('no positions')));
    await run(another.placeMarketOrder({ symbol, side: 'buy', positionSide: 'long', ...amount }));
    // Four orders in two seconds are let through at one of the venues.
    await it.sim.clock.advance(2_000);
    const close = () => run(positions.closePosition({ symbol, side: 'long' }));
    // The venue that does not tell the mode beside the position refuses once.
    const first = await close().catch((error: unknown) => error);
    if (first instanceof Error) {
      expect(market.venue).toBe('mexc_futures');
      expect(first).toMatchObject({ code: 'position', outcome: 'rejected' });
      await close();
    }
    expect(it.truth.positions()).toEqual([]);
  });

  it('is closed beside the one of the other side', async () => {
    await using it = await world(market);
    const { run, positions, exchange } = it;
    await run(positions.setPositionMode('hedge'));
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', positionSide: 'long', ...amount }));
    await run(exchange.placeMarketOrder({ symbol, side: 'sell', positionSide: 'short', ...amount }));
    const [first, second] = (await run(positions.closeAllPositions())) as Order[];
    expect([first?.reduceOnly, second?.reduceOnly]).toEqual([true, true]);
    expect([first?.positionSide, second?.positionSide].sort()).toEqual(['long', 'short']);
    expect(it.truth.positions()).toEqual([]);
  });

  it('is closed in hedge mode by a trigger that leaves the other side alone', async () => {
    await using it = await world(market);
    const { run, positions, exchange, triggers, perpetual } = it;
    await run(positions.setPositionMode('hedge'));
    await run(positions.setLeverage({ symbol, leverage: 2, marginMode: 'isolated' }));
    await run(exchange.placeMarketOrder({ symbol, side: 'buy', positionSide: 'long', ...amount }));
    await run(exchange.placeMarketOrder({ symbol, side: 'sell', positionSide: 'short', ...amount }));
    const stop = {
      symbol,
      type: 'market',
      triggerBy: 'mark',
      reduceOnly: true,
      ...(market.venue === 'mexc_futures' ? amount : { closesPosition: true }),
    } as const;
    await run(
      triggers.placeTriggerOrder({
        ...stop,
        side: 'sell',
        positionSide: 'long',
        direction: 'falls_to',
        triggerPrice: String(START - 500),
      }),
    );
    await run(
      triggers.placeTriggerOrder({
        ...stop,
        side: 'buy',
        positionSide: 'short',
        direction: 'rises_to',
        triggerPrice: String(START + 500),
      }),
    );
    perpetual.forceMarkPrice(START - 500);
    await it.sim.clock.advance(2_000);
    expect((await run(positions.getPositions())).map(({ side, contracts: held }) => [side, held])).toEqual([
      ['short', contracts],
    ]);
    perpetual.forceMarkPrice(START + 500);
    await it.sim.clock.advance(2_000);
    expect(it.truth.positions()).toEqual([]);
  });

  it('is closed in parts, never by more than there is', async () => {
    await using it = await world(market);
    const { run, positions, exchange } = it;
    await run(positions.setPositionMode('one_way'));
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'cross' }));
    await run(exchange.placeMarketOrder({ symbol, side: 'sell', ...amount }));
    const held = (await run(positions.getPosition(symbol))) as Position;
    const half = quote === undefined ? '0.01' : String(quote / 2 / Number(held.entryPrice) + 1e-6);
    expect(await run(positions.closePosition({ symbol, quantity: half }))).toMatchObject({
      side: 'buy',
      reduceOnly: true,
    });
    const rest = (await run(positions.getPosition(symbol))) as Position;
    expect([rest.side, Number(rest.contracts)]).toEqual(['short', Number(contracts) / 2]);
    const more = await run(positions.closePosition({ symbol, quantity: '1' }).catch((error: unknown) => error));
    expect(more).toMatchObject({ code: 'validation', field: 'quantity', outcome: 'not_sent' });
    await run(positions.closePosition({ symbol, side: 'short' }));
    expect(it.truth.positions()).toEqual([]);
  });
});
