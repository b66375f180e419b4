import { describe, expect, it } from 'vitest';
import { createPublicExchange, venues } from '../../../src/index.js';
import { bucketOf, createHistogram } from '../../../src/model/histogram.js';
import { createStageTimes } from '../../../src/observability/stage-times.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { accountAt } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

describe('a histogram of durations', () => {
  it('names the bucket that sorting a million of them gives', { timeout: 60_000 }, () => {
    const random = createSeededRandom('a million');
    const histogram = createHistogram();
    const samples = Float64Array.from({ length: 1_000_000 }, () => 2 ** (random.next() * 30 - 10));
    for (const sample of samples) histogram.record(sample);
    samples.sort();
    const { count, p50, p99, max } = histogram.summary();
    expect([count, max]).toEqual([samples.length, samples.at(-1)]);
    expect([bucketOf(p50), bucketOf(p99)]).toEqual([
      bucketOf(samples[499_999] as number),
      bucketOf(samples[989_999] as number),
    ]);
  });

  it('has buckets of 6 %', () => {
    for (let ms = 0.001; ms < 1e6; ms *= 1.07) expect(bucketOf(ms * 1.07)).toBeGreaterThan(bucketOf(ms));
    expect([bucketOf(0), bucketOf(1e-9), bucketOf(1e12)]).toEqual([0, 0, bucketOf(1e11)]);
  });
});

describe('the stages from a frame to an order', () => {
  const exactly = (ms: number, count = 1) => ({
    count,
    p50: expect.closeTo(ms, -Math.log10(ms / 8)),
    p99: expect.closeTo(ms, -Math.log10(ms / 8)),
    max: ms,
  });

  it('are counted from the frame that was the newest at the decision', () => {
    let now = 100;
    const stages = createStageTimes({ now: () => now });
    const wait = (ms: number): void => {
      now += ms;
    };
    stages.received();
    wait(1);
    stages.decoded();
    wait(1);
    stages.applied();
    wait(2);
    const order = stages.decided();
    wait(4);
    stages.received();
    order.written();
    wait(8);
    order.acknowledged();
    expect(stages.summary()).toEqual({
      received: 2,
      decoded: exactly(1),
      applied: exactly(2),
      decided: exactly(4),
      written: exactly(8),
      acknowledged: exactly(16),
    });
  });

  it('say nothing of a decision before any frame', () => {
    const stages = createStageTimes({ now: () => 5 });
    stages.decided().written();
    expect(stages.summary()).toMatchObject({ received: 0, decided: { count: 0 }, written: { count: 0 } });
  });

  it.each(['mexc_spot', 'gateio_spot'] as const)(
    'follow an order of %s, market data and trading apart',
    async (venue) => {
      const at = { now: (): number => 0 };
      const stages = createStageTimes({ now: () => at.now() });
      await using world = await privateWorld(accountAt(venue), {
        exchange: { stages },
        flow: { eventsPerSecond: 20, levels: 5 },
      });
      at.now = () => world.clock.monotonic();
      const market = createPublicExchange(venues[venue], { runtime: world.sim.runtime(), stages });
      const book = market.watchOrderBook(world.BTC);
      await world.outcome(book.ready);
      const placed = new Promise((resolve) => {
        let isDone = false;
        book.on('update', () => {
          if (isDone) return;
          isDone = true;
          resolve(world.exchange.placeLimitOrder({ symbol: world.BTC, side: 'buy', quantity: '0.1', price: '20' }));
        });
      });
      await world.outcome(placed);
      const { received, decoded, applied, decided, written, acknowledged } = stages.summary();
      expect([decided.count, written.count, acknowledged.count]).toEqual([1, 1, 1]);
      expect(received).toBeGreaterThanOrEqual(decoded.count);
      expect(decoded.count).toBe(applied.count);
      expect(decided.max).toBe(0);
      expect(acknowledged.max).toBeGreaterThan(0);
      await world.outcome(market.close());
    },
  );
});
