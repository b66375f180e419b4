import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MatchingEngine } from '../../../src/simulator/matching/engine.js';
import type { NewOrder } from '../../../src/simulator/matching/order.js';
import { NaiveEngine } from './naive-engine.js';

function createEngine() {
  const engine = new MatchingEngine();
  const events: unknown[] = [];
  engine.listen({
    level: (side, priceTicks, lots, previousLots) => events.push([side, priceTicks, lots, previousLots]),
    trade: (priceTicks, lots, takerSide, maker) => events.push([takerSide, priceTicks, lots, maker.id]),
  });
  return { engine, events };
}

const limit = (side: 'buy' | 'sell', priceTicks: number, lots: number, more: Partial<NewOrder> = {}): NewOrder => ({
  owner: 'a',
  side,
  priceTicks,
  lots,
  ...more,
});

describe('MatchingEngine', () => {
  it('fills the oldest order of the best price first and reports trades before the level', () => {
    const { engine, events } = createEngine();
    engine.submit(limit('sell', 101, 5));
    engine.submit(limit('sell', 100, 3));
    engine.submit(limit('sell', 100, 4));
    events.length = 0;
    expect(engine.submit(limit('buy', 101, 9))).toEqual({
      orderId: 4,
      status: 'filled',
      filledLots: 9,
      restingLots: 0,
      quoteTickLots: 7 * 100 + 2 * 101,
    });
    expect(events).toEqual([
      ['buy', 100, 3, 2],
      ['buy', 100, 4, 3],
      ['ask', 100, 0, 7],
      ['buy', 101, 2, 1],
      ['ask', 101, 3, 5],
    ]);
  });

  it('rests what a limit order could not take, at its own price', () => {
    const { engine, events } = createEngine();
    engine.submit(limit('sell', 100, 3));
    expect(engine.submit(limit('buy', 102, 5))).toEqual({
      orderId: 2,
      status: 'partially_filled',
      filledLots: 3,
      restingLots: 2,
      quoteTickLots: 300,
    });
    expect(events.at(-1)).toEqual(['bid', 102, 2, 0]);
    expect(engine.asks.size).toBe(0);
  });

  it('drops what an immediate-or-cancel or market order could not take', () => {
    const { engine } = createEngine();
    engine.submit(limit('buy', 100, 3));
    engine.submit(limit('buy', 90, 3));
    const ioc = engine.submit(limit('sell', 95, 5, { timeInForce: 'ioc' }));
    expect(ioc).toEqual({ orderId: 3, status: 'canceled', filledLots: 3, restingLots: 0, quoteTickLots: 300 });
    const market = engine.submit({ owner: 'a', side: 'sell', lots: 9 });
    expect(market).toEqual({ orderId: 4, status: 'canceled', filledLots: 3, restingLots: 0, quoteTickLots: 270 });
    expect(engine.bids.size + engine.asks.size).toBe(0);
  });

  it('takes all of a fill-or-kill order or nothing', () => {
    const { engine, events } = createEngine();
    engine.submit(limit('sell', 100, 3));
    engine.submit(limit('sell', 101, 3));
    events.length = 0;
    const killed = engine.submit(limit('buy', 100, 4, { timeInForce: 'fok' }));
    expect(killed).toEqual({ orderId: 3, status: 'canceled', filledLots: 0, restingLots: 0, quoteTickLots: 0 });
    expect(events).toEqual([]);
    expect(engine.submit(limit('buy', 101, 6, { timeInForce: 'fok' })).status).toBe('filled');
  });

  it('refuses a post-only order that would take and rests one that would not', () => {
    const { engine, events } = createEngine();
    engine.submit(limit('sell', 100, 3));
    events.length = 0;
    const refused = engine.submit(limit('buy', 100, 1, { postOnly: true }));
    expect(refused).toEqual({ orderId: 2, status: 'rejected', filledLots: 0, restingLots: 0, quoteTickLots: 0 });
    expect(events).toEqual([]);
    expect(engine.submit(limit('buy', 99, 1, { postOnly: true })).status).toBe('open');
  });

  it('takes a canceled order out of the middle of its queue, once', () => {
    const { engine, events } = createEngine();
    for (const lots of [1, 2, 4]) engine.submit(limit('buy', 100, lots));
    events.length = 0;
    expect(engine.cancel(2)).toBe(2);
    expect(engine.cancel(2)).toBe(0);
    expect(engine.cancel(99)).toBe(0);
    expect(events).toEqual([['bid', 100, 5, 7]]);
    engine.submit({ owner: 'b', side: 'sell', lots: 5 });
    expect(events.slice(1)).toEqual([
      ['sell', 100, 1, 1],
      ['sell', 100, 4, 3],
      ['bid', 100, 0, 5],
    ]);
  });

  it.each([
    ['price', { priceTicks: 0, lots: 1 }],
    ['price', { priceTicks: 1.5, lots: 1 }],
    ['quantity', { priceTicks: 1, lots: 0 }],
    ['quantity', { priceTicks: 1, lots: Number.NaN }],
  ])('refuses a %s that is no whole number above zero: %o', (field, order) => {
    const { engine, events } = createEngine();
    expect(() => engine.submit({ owner: 'a', side: 'buy', ...order })).toThrow(
      expect.objectContaining({ code: 'validation', field }),
    );
    expect(events).toEqual([]);
  });

  it('does the same as a naive model for any sequence of orders, and never rests crossed', () => {
    const order = fc.record({
      owner: fc.constantFrom('a', 'b'),
      side: fc.constantFrom('buy' as const, 'sell' as const),
      lots: fc.integer({ min: 1, max: 20 }),
      priceTicks: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
      timeInForce: fc.constantFrom('gtc' as const, 'gtc' as const, 'ioc' as const, 'fok' as const),
      postOnly: fc.boolean(),
    });
    const step = fc.oneof({ weight: 4, arbitrary: order }, { weight: 1, arbitrary: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const { engine, events } = createEngine();
        const naive = new NaiveEngine();
        for (const each of steps) {
          if (typeof each === 'number') expect(engine.cancel(each)).toBe(naive.cancel(each));
          else {
            const { priceTicks, ...rest } = each;
            const submitted: NewOrder = priceTicks === undefined ? rest : { ...rest, priceTicks };
            expect(engine.submit(submitted)).toEqual(naive.submit(submitted));
          }
          const bids = engine.bids.copy(Number.POSITIVE_INFINITY);
          const asks = engine.asks.copy(Number.POSITIVE_INFINITY);
          expect({ bids, asks }).toEqual(naive.book());
          expect(bids[0]?.priceTicks ?? 0).toBeLessThan(asks[0]?.priceTicks ?? Number.POSITIVE_INFINITY);
        }
        expect(events).toEqual(naive.events);
      }),
      { numRuns: 500 },
    );
  });
});
