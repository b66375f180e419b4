import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrueBook } from '../../../src/simulator/contract.js';
import { createWireWorld, START, type WireClient } from '../../support/mexc-wire-world.js';
import { messagesOf, numberOf, type ProtoFields, readProto, textOf } from '../../support/proto-reader.js';

const DEPTH = 'spot@public.aggre.depth.v3.api.pb@100ms@BTCUSDT';

interface Push {
  readonly from: number;
  readonly to: number;
  readonly asks: readonly (readonly [string, string])[];
  readonly bids: readonly (readonly [string, string])[];
}

function levels(body: ProtoFields, field: number): [string, string][] {
  return messagesOf(body, field).map((item) => [textOf(item, 1)!, textOf(item, 2)!]);
}

function depthPushes(client: WireClient): Push[] {
  return client.pushes().map((bytes) => {
    const body = messagesOf(readProto(bytes), 313)[0]!;
    return { from: Number(textOf(body, 4)), to: Number(textOf(body, 5)), asks: levels(body, 1), bids: levels(body, 2) };
  });
}

/** Keeps the documented rule; throws on a gap. */
function applyPushes(snapshot: TrueBook, pushes: readonly Push[]): { sequence: number; bids: unknown; asks: unknown } {
  const scale = { price: 100, lots: 1e8 };
  const bids = new Map(snapshot.bids.map((level) => [level.priceTicks, level.lots]));
  const asks = new Map(snapshot.asks.map((level) => [level.priceTicks, level.lots]));
  let last = snapshot.sequence;
  for (const push of pushes) {
    if (push.to <= last) continue;
    if (push.from > last + 1) throw new Error(`gap: ${last} then ${push.from}`);
    for (const [side, changes] of [
      [bids, push.bids],
      [asks, push.asks],
    ] as const) {
      for (const [price, quantity] of changes) {
        const ticks = Math.round(Number(price) * scale.price);
        const lots = Math.round(Number(quantity) * scale.lots);
        if (lots === 0) side.delete(ticks);
        else side.set(ticks, lots);
      }
    }
    last = push.to;
  }
  const list = (side: ReadonlyMap<number, number>, sign: number): unknown =>
    [...side].sort(([a], [b]) => sign * (a - b)).map(([priceTicks, lots]) => ({ priceTicks, lots }));
  return { sequence: last, bids: list(bids, -1), asks: list(asks, 1) };
}

describe('aggre.depth', () => {
  it('pushes the last value of every changed level, trimmed, in the documented frame', async () => {
    const { clock, connect, btc } = createWireWorld();
    const client = connect();
    client.send({ method: 'SUBSCRIPTION', params: [DEPTH] });
    await clock.advance(30);
    btc.set('ask', 6_500_012, 25_000_000);
    btc.set('bid', 6_499_990, 1);
    btc.set('ask', 6_500_100, 7);
    await clock.advance(11);
    btc.set('bid', 6_499_990, 186_837_271);
    btc.set('ask', 6_500_100, 0);
    await clock.advance(59);
    const [frame] = client.frames.slice(1);
    expect([frame?.kind, frame?.topic]).toEqual(['data', DEPTH]);
    const wrapper = readProto(client.pushes()[0]!);
    expect([...wrapper.keys()]).toEqual([1, 3, 6, 313]);
    expect([textOf(wrapper, 1), textOf(wrapper, 3), numberOf(wrapper, 6)]).toEqual([DEPTH, 'BTCUSDT', START + 100]);
    const body = messagesOf(wrapper, 313)[0]!;
    expect([textOf(body, 3), numberOf(body, 6)]).toEqual(['spot@public.aggre.depth.v3.api.pb@100ms', START + 41]);
    expect(depthPushes(client)).toEqual([
      {
        from: 80_000_000_001,
        to: 80_000_000_005,
        asks: [
          ['65000.12', '0.25'],
          ['65001', '0'],
        ],
        bids: [['64999.9', '1.86837271']],
      },
    ]);
  });

  it('pushes nothing when nothing changed', async () => {
    const { clock, connect, btc, eth } = createWireWorld();
    btc.set('ask', 6_500_000, 1);
    const client = connect();
    client.send({ method: 'SUBSCRIPTION', params: [DEPTH] });
    eth.set('ask', 300_000, 1);
    await clock.advance(5_000);
    expect(client.pushes()).toEqual([]);
  });

  it('builds a frame once for all subscribers and stops with the last one', async () => {
    const { clock, connect, btc } = createWireWorld();
    const clients = [connect(), connect()];
    const watchdogs = clock.pendingTimers;
    for (const client of clients) client.send({ method: 'SUBSCRIPTION', params: [DEPTH] });
    expect(clock.pendingTimers).toBe(watchdogs + 1);
    btc.set('ask', 6_500_000, 1);
    await clock.advance(100);
    expect(clients[0]!.frames[1]).toBe(clients[1]!.frames[1]);
    for (const client of clients) client.send({ method: 'UNSUBSCRIPTION', params: [DEPTH] });
    expect(clock.pendingTimers).toBe(watchdogs);
    btc.set('ask', 6_500_000, 2);
    await clock.advance(1_000);
    expect(clients.map((client) => client.pushes().length)).toEqual([1, 1]);
  });

  it('leaves a visible gap where the journal does not reach back', async () => {
    const { clock, connect, btc } = createWireWorld();
    const client = connect();
    client.send({ method: 'SUBSCRIPTION', params: [DEPTH] });
    for (let lots = 1; lots <= 5; lots++) btc.set('ask', 6_500_000, lots);
    const whole = btc.changesSince.bind(btc);
    btc.changesSince = (sequence) => whole(Math.max(sequence, 80_000_000_003));
    await clock.advance(100);
    expect(depthPushes(client)).toMatchObject([{ from: 80_000_000_004, to: 80_000_000_005 }]);
  });

  const step = fc.record({
    side: fc.constantFrom('bid' as const, 'ask' as const),
    offset: fc.integer({ min: 0, max: 12 }),
    lots: fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 1e10 }) },
    ),
    waitMs: fc.integer({ min: 0, max: 150 }),
  });

  it('is contiguous: a snapshot of any moment plus the pushes is the market, for early and late subscribers of both speeds', async () => {
    const property = fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.nat(59),
      fc.nat(100),
      async (steps, joinAt, back) => {
        const { clock, connect, btc, wire } = createWireWorld();
        const early = connect();
        const late = connect();
        let joined = Number.POSITIVE_INFINITY;
        early.send({ method: 'SUBSCRIPTION', params: [DEPTH] });
        for (const [i, { side, offset, lots, waitMs }] of steps.entries()) {
          if (i === joinAt) {
            joined = btc.sequence;
            late.send({ method: 'SUBSCRIPTION', params: [DEPTH, DEPTH.replace('100ms', '10ms')] });
          }
          btc.set(side, side === 'bid' ? 6_499_999 - offset : 6_500_000 + offset, lots);
          await clock.advance(waitMs);
        }
        await clock.advance(100);
        const pushes = depthPushes(early);
        for (let i = 1; i < pushes.length; i++) expect(pushes[i]!.from).toBe(pushes[i - 1]!.to + 1);
        const start = Math.max(80_000_000_000, btc.sequence - back);
        const { sequence, bids, asks } = btc.book();
        expect(applyPushes(btc.bookAt(start)!, pushes)).toEqual({ sequence, bids, asks });
        if (joined < btc.sequence) {
          const snapshot = btc.bookAt(Math.max(joined, start))!;
          const both = depthPushes(late);
          const slow = late.frames.flatMap(({ topic }) => (topic === '' ? [] : [topic === DEPTH]));
          for (const isSlow of [true, false]) {
            const one = both.filter((_, i) => slow[i] === isSlow);
            expect(applyPushes(snapshot, one)).toEqual({ sequence, bids, asks });
          }
        }
        wire.close();
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });
});

describe('limit.depth', () => {
  it('pushes the whole top of the book after a change, asks up and bids down', async () => {
    const { clock, connect, btc } = createWireWorld();
    for (let i = 0; i < 7; i++) btc.set('bid', 6_499_900 - i * 10, 100_000_000 + i);
    btc.set('ask', 6_500_012, 21_976_424);
    const client = connect();
    const name = 'spot@public.limit.depth.v3.api.pb@BTCUSDT@5';
    client.send({ method: 'SUBSCRIPTION', params: [name] });
    await clock.advance(1_000);
    expect(client.pushes().length).toBe(1);
    const wrapper = readProto(client.pushes()[0]!);
    const body = messagesOf(wrapper, 303)[0]!;
    expect([textOf(wrapper, 1), textOf(wrapper, 3), textOf(body, 3), textOf(body, 4), numberOf(body, 5)]).toEqual([
      name,
      'BTCUSDT',
      'spot@public.limit.depth.v3.api.pb',
      '80000000008',
      START,
    ]);
    expect([levels(body, 1), levels(body, 2)]).toEqual([
      [['65000.12', '0.21976424']],
      [
        ['64999', '1'],
        ['64998.9', '1.00000001'],
        ['64998.8', '1.00000002'],
        ['64998.7', '1.00000003'],
        ['64998.6', '1.00000004'],
      ],
    ]);
    btc.set('ask', 6_500_012, 5);
    await clock.advance(100);
    expect(client.pushes().length).toBe(2);
  });
});

describe('the older depth channels', () => {
  it('push one version per frame, and in batches of five', async () => {
    const { clock, connect, btc } = createWireWorld();
    const [single, batch] = [connect(), connect()];
    single.send({ method: 'SUBSCRIPTION', params: ['spot@public.increase.depth.v3.api.pb@BTCUSDT'] });
    batch.send({ method: 'SUBSCRIPTION', params: ['spot@public.increase.depth.batch.v3.api.pb@BTCUSDT'] });
    for (let lots = 1; lots <= 7; lots++) btc.set('bid', 6_500_000 - lots, lots);
    await clock.advance(10);
    const bodies = single.pushes().map((bytes) => messagesOf(readProto(bytes), 302)[0]!);
    expect(bodies.map((body) => textOf(body, 4))).toEqual([1, 2, 3, 4, 5, 6, 7].map((i) => `8000000000${i}`));
    expect(levels(bodies[6]!, 2)).toEqual([['64999.93', '0.00000007']]);
    const wrapped = messagesOf(readProto(batch.pushes()[0]!), 312)[0]!;
    expect(textOf(wrapped, 2)).toBe('spot@public.increase.depth.batch.v3.api.pb');
    expect(messagesOf(wrapped, 1).map((item) => [textOf(item, 4), levels(item, 2).length])).toEqual([
      ['80000000005', 5],
      ['80000000007', 2],
    ]);
  });
});
