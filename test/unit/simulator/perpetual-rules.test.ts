import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../../src/simulator/index.js';
import { createFuturesWorld, INVERSE, LINEAR } from './futures-world.js';

const refusal = (reason: string) => expect.objectContaining({ reason });

/** One-way, 10 contracts long, and a bid of 100 contracts at 990. */
function withLong() {
  const world = createFuturesWorld();
  world.rest('sell', 10_000, 10);
  world.place({ contracts: '10' });
  return world;
}

describe('orders that may only reduce', () => {
  it('are made smaller than they were asked for, and refused where nothing is left to reduce', () => {
    const world = withLong();
    const first = world.place({ side: 'sell', contracts: '7', price: '1100', reduceOnly: true });
    const second = world.place({ side: 'sell', contracts: '7', price: '1100', reduceOnly: true });
    expect([first.lots, second.lots]).toEqual([7, 3]);
    const more = { side: 'sell', contracts: '1', price: '1100', reduceOnly: true } as const;
    expect(() => world.place(more)).toThrow(refusal('reduce_exceeded'));
    expect(() => world.place({ ...more, side: 'buy', price: '900' })).toThrow(refusal('would_increase'));
    expect(() => world.place(more, INVERSE)).toThrow(refusal('position_empty'));
  });

  it('are refused instead where the venue wants it so', () => {
    const world = createFuturesWorld({ rules: { excessReduce: 'refused' } });
    world.rest('sell', 10_000, 10);
    world.place({ contracts: '10' });
    const asked = { side: 'sell', contracts: '11', price: '1100', reduceOnly: true } as const;
    expect(() => world.place(asked)).toThrow(refusal('reduce_exceeded'));
  });

  it('shrink with the position, and go when it is closed', () => {
    const world = withLong();
    const order = world.place({ side: 'sell', contracts: '10', price: '1100', reduceOnly: true });
    world.rest('buy', 9_900, 100);
    world.place({ side: 'sell', contracts: '4' });
    expect([order.lots, order.status]).toEqual([6, 'open']);
    world.place({ side: 'sell', contracts: '6' });
    expect([order.status, order.endReason, order.filledLots]).toEqual(['canceled', 'position_closed', 0]);
    expect(world.venue.audit()).toEqual([]);
  });

  it('never open, even when one match closes the position before it comes to them', () => {
    const world = withLong();
    const plain = world.place({ side: 'sell', contracts: '10', price: '1050' });
    const reducing = world.place({ side: 'sell', contracts: '10', price: '1060', reduceOnly: true });
    world.hit('buy', 20);
    expect([plain.status, reducing.status, reducing.filledLots]).toEqual(['filled', 'canceled', 0]);
    expect(world.view().positions()).toEqual([]);
    expect(world.venue.audit()).toEqual([]);
  });
});

describe('leverage and modes', () => {
  it('bound what may be opened: by money, and by the risk limit of the leverage', () => {
    const world = createFuturesWorld({ accounts: [{ apiKey: 'alice', secretKey: 'x', balances: { USDT: '20000' } }] });
    world.desk.setLeverage(world.account(), world.market(LINEAR), ['net'], 100);
    expect(() => world.place({ contracts: '101', price: '1000' })).toThrow(refusal('risk_limit_exceeded'));
    expect(world.place({ contracts: '100', price: '1000' }).margin).toBe(world.amount('105'));
    expect(() => world.place({ contracts: '1', price: '1000' })).toThrow(refusal('risk_limit_exceeded'));
    expect(() => world.desk.setLeverage(world.account(), world.market(LINEAR), ['net'], 101)).toThrow(
      refusal('leverage_too_high'),
    );
  });

  it('keep two positions apart in hedge mode, where each order says which it is for', () => {
    const world = createFuturesWorld({ rules: { positionMode: 'hedge' } });
    world.rest('sell', 10_000, 10);
    world.rest('buy', 9_990, 10);
    world.place({ side: 'buy', positionSide: 'long', contracts: '5' });
    world.place({ side: 'sell', positionSide: 'short', contracts: '4' });
    expect(world.view().positions()).toMatchObject([
      { positionSide: 'long', side: 'long', contracts: '5' },
      { positionSide: 'short', side: 'short', contracts: '4' },
    ]);
    expect(() => world.place({ contracts: '1' })).toThrow(refusal('wrong_position_mode'));
    const closing = world.place({ side: 'sell', positionSide: 'long', closesAll: true });
    expect([closing.filledLots, closing.reduceOnly, world.view().positions().length]).toEqual([5, true, 1]);
    expect(() => world.desk.setPositionMode(world.account(), 'one_way')).toThrow(refusal('position_held'));
  });

  it('need no margin for what closes: the oldest orders close first', () => {
    const world = withLong();
    const [first, second] = [8, 8].map((contracts) =>
      world.place({ side: 'sell', contracts: String(contracts), price: '1000' }),
    );
    // Six of the second would open: 600 / 10 and the fee of 0.3.
    expect([first!.margin, second!.margin]).toEqual([0n, world.amount('60.3')]);
    world.desk.cancel(world.account(), first!);
    expect(second!.margin).toBe(0n);
  });
});

describe('faults', () => {
  it('refuse orders, hide them, and make the venue forget their texts', () => {
    const world = createFuturesWorld();
    world.faults.cancelOnly('futures');
    expect(() => world.place({ contracts: '1', price: '900' })).toThrow(refusal('trading_disabled'));
    world.faults.hideOrders('futures', { lagMs: 1_000 });
    world.faults.forgetClientIds('futures');
    const order = world.place({ contracts: '1', price: '900', clientOrderId: 't-1' });
    expect([order.visibleFrom - world.clock.monotonic(), order.isForgotten]).toEqual([1_000, true]);
  });
});

describe('a world of spot and futures', () => {
  const start = (options = {}) =>
    startSimulator({
      clock: 'virtual',
      seed: 3,
      flow: 'calm',
      accounts: [{ apiKey: 'a', secretKey: 's', balances: { USDT: '100' } }],
      ...options,
    });

  it('lists a market on the venues that can, and tells quantities in base asset', async () => {
    const sim = await start({
      venues: ['gateio_spot', 'gateio_futures', 'gateio_futures_btc'],
      markets: ['ETH/USDT', 'BTC/USD:BTC'],
    });
    expect(() => sim.book('gateio_spot', 'BTC/USD:BTC')).toThrow();
    const best = sim.book('gateio_futures', 'ETH/USDT:USDT', { depth: 1 })!.bids[0]!;
    const taken = sim.injectOrder('gateio_futures', { symbol: 'ETH/USDT:USDT', side: 'sell', quantity: best[1] });
    expect(taken).toMatchObject({ status: 'filled', filledQuantity: best[1], restingQuantity: 0 });
    const order = { symbol: 'BTC/USD:BTC', side: 'sell', quantity: '1' } as const;
    expect(() => sim.injectOrder('gateio_futures_btc', order)).toThrow(expect.objectContaining({ field: 'quantity' }));
    expect(() => sim.perpetual('gateio_spot', 'ETH/USDT')).toThrow(expect.objectContaining({ field: 'symbol' }));
    await sim.close();
  });

  it('keeps the perpetual near the spot price', async () => {
    const sim = await start({ venues: ['mexc_spot', 'gateio_spot', 'gateio_futures'], markets: ['BTC/USDT'] });
    await sim.clock.advance(60_000);
    const mid = (venue: 'gateio_spot' | 'gateio_futures', symbol: 'BTC/USDT' | 'BTC/USDT:USDT') => {
      const { bids, asks } = sim.book(venue, symbol, { depth: 1 })!;
      return (bids[0]![0] + asks[0]![0]) / 2;
    };
    const { indexPrice, markPrice } = sim.perpetual('gateio_futures', 'BTC/USDT:USDT');
    const spot = mid('gateio_spot', 'BTC/USDT');
    for (const price of [indexPrice, markPrice, mid('gateio_futures', 'BTC/USDT:USDT')]) {
      expect(Math.abs(price / spot - 1)).toBeLessThan(0.01);
    }
    await sim.close();
  });

  it('refuses venues that none of the markets is for', async () => {
    await expect(start({ venues: ['gateio_futures'], markets: ['BTC/USD:BTC'] })).rejects.toMatchObject({
      field: 'markets',
    });
  });
});
