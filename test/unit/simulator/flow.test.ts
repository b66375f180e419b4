import { describe, expect, it } from 'vitest';
import { createEchoWorld } from './echo-world.js';

const SYMBOL = 'BTC/USDT';

describe('the synthetic flow', () => {
  it('keeps deep books with tight spreads, never crossed and never one-sided, for minutes', async () => {
    const { sim, clock } = await createEchoWorld({ flow: { levels: 40, eventsPerSecond: 50 } });
    const spreads: number[] = [];
    let shallow = 0;
    let steps = 0;
    sim.on('change', (venue, symbol) => {
      const { bids, asks } = sim.book(venue, symbol, { depth: 20 })!;
      expect(bids.length).toBeGreaterThan(0);
      expect(asks.length).toBeGreaterThan(0);
      expect(bids[0]![0]).toBeLessThan(asks[0]![0]);
      spreads.push(Math.round((asks[0]![0] - bids[0]![0]) * 100));
      steps++;
      if (Math.min(bids.length, asks.length) < 20) shallow++;
    });
    await clock.advance(120_000);
    spreads.sort((a, b) => a - b);
    expect(spreads[Math.floor(spreads.length / 4)]).toBeLessThanOrEqual(5);
    expect(shallow / steps).toBeLessThan(0.05);
    const { changes, trades } = sim.stats();
    expect(changes).toBeGreaterThan(12_000);
    expect(trades).toBeGreaterThan(500);
  });

  it('moves the venues together but opens gaps between them beyond the fees, which close again', async () => {
    const { sim, clock } = await createEchoWorld({
      flow: { levels: 20, eventsPerSecond: 20, dislocationsPerMinute: 4 },
    });
    const gaps: number[] = [];
    for (let i = 0; i < 3_000; i++) {
      await clock.advance(100);
      const one = sim.book('echo', SYMBOL, { depth: 1 })!;
      const two = sim.book('other', SYMBOL, { depth: 1 })!;
      gaps.push(Math.max(one.bids[0]![0] / two.asks[0]![0], two.bids[0]![0] / one.asks[0]![0]) - 1);
    }
    const wide = gaps.filter((gap) => gap > 0.003).length;
    const narrow = gaps.filter((gap) => gap < 0.001).length;
    expect(wide).toBeGreaterThan(20);
    expect(narrow).toBeGreaterThan(1_000);
  });

  it('is the same world for the same seed and another one for another seed', async () => {
    const run = async (seed: number) => {
      const { sim, clock } = await createEchoWorld({ seed, flow: 'lively' });
      await clock.advance(1_000);
      return [sim.trace(), sim.book('echo', SYMBOL), sim.book('other', SYMBOL)];
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it('does not depend on which other venues and markets run beside it', async () => {
    const run = async (more: object) => {
      const { sim, clock } = await createEchoWorld({ flow: 'lively', ...more });
      await clock.advance(1_000);
      return sim.book('echo', SYMBOL);
    };
    const alone = await run({ venues: ['echo'] });
    expect(await run({ venues: ['other', 'echo'], markets: ['ETH/USDT', 'ETH/BTC', SYMBOL] })).toEqual(alone);
  });

  it('leaves the orders of others alone until their price comes, then trades with them', async () => {
    const { sim, clock } = await createEchoWorld({ flow: { levels: 20 } });
    const book = sim.book('echo', SYMBOL, { depth: 1 })!;
    const far = sim.injectOrder('echo', { symbol: SYMBOL, side: 'buy', price: 50_000, quantity: 1 });
    const near = sim.injectOrder('echo', {
      symbol: SYMBOL,
      side: 'sell',
      price: book.asks[0]![0].toFixed(2),
      quantity: 0.5,
    });
    expect([far.status, near.status]).toEqual(['open', 'open']);
    await clock.advance(60_000);
    const { bids } = sim.book('echo', SYMBOL)!;
    expect(bids.at(-1)).toEqual([50_000, 1]);
    expect(bids.at(-2)![0]).toBeGreaterThan(80_000);
    expect(bids.length).toBeLessThan(30);
    expect(sim.cancelOrder('echo', SYMBOL, far.orderId)).toBe(1);
    expect(sim.cancelOrder('echo', SYMBOL, near.orderId)).toBe(0);
  });

  it('stands still when off, and starts empty when no levels are asked for', async () => {
    const off = await createEchoWorld({ flow: 'off' });
    const before = off.sim.book('echo', SYMBOL);
    await off.clock.advance(10_000);
    expect(off.sim.book('echo', SYMBOL)).toEqual(before);
    expect(before!.bids).toHaveLength(200);
    const empty = await createEchoWorld({ flow: { levels: 0 } });
    await empty.clock.advance(1_000);
    expect(empty.sim.book('echo', SYMBOL)).toMatchObject({ bids: [], asks: [] });
  });

  it('runs for markets of any scale', async () => {
    const markets = [
      { symbol: 'TINY/USDT' as const, startPrice: 0.000012, priceDecimals: 9 },
      { symbol: 'HUGE/USDT' as const, startPrice: 4_000_000, priceDecimals: 0, quantityDecimals: 8 },
      'ETH/BTC' as const,
    ];
    const { sim, clock } = await createEchoWorld({ markets, flow: { volatilityBps: 50, levels: 20 } });
    await clock.advance(20_000);
    for (const symbol of ['TINY/USDT', 'HUGE/USDT', 'ETH/BTC'] as const) {
      const { bids, asks } = sim.book('echo', symbol)!;
      expect(Math.min(bids.length, asks.length)).toBeGreaterThan(0);
    }
    expect(sim.stats().trades).toBeGreaterThan(100);
  });
});
