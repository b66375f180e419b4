import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFuturesWireWorld, START, type WireClient } from '../../support/mexc-futures-wire-world.js';

let world: ReturnType<typeof createFuturesWireWorld>;
let client: WireClient;

beforeEach(() => {
  world = createFuturesWireWorld();
  client = world.connect();
});

function subscribe(kind: string, param: Record<string, unknown> = { symbol: 'BTC_USDT' }): void {
  client.send({ method: `sub.${kind}`, param, gzip: false });
}

describe('control frames', () => {
  it('acknowledges without id and symbol', () => {
    subscribe('depth');
    client.send({ method: 'unsub.depth', param: { symbol: 'BTC_USDT' } });
    expect(client.frames).toEqual([
      { data: `{"channel":"rs.sub.depth","data":"success","ts":${START}}`, kind: 'control', topic: '' },
      { data: `{"channel":"rs.unsub.depth","data":"success","ts":${START}}`, kind: 'control', topic: '' },
    ]);
  });

  it('tells the time of an acknowledgement as a number or as text', () => {
    const other = createFuturesWireWorld(0.1).connect();
    other.send({ method: 'sub.tickers', param: {} });
    expect(other.frames.map(({ data }) => data)).toEqual([
      `{"channel":"rs.sub.tickers","data":"success","ts":"${START}"}`,
    ]);
  });

  it('answers a ping with the time, sometimes twice', () => {
    client.send({ method: 'ping' });
    expect(client.messages()).toEqual([{ channel: 'pong', data: START }]);
    const talkative = createFuturesWireWorld(0.1).connect();
    talkative.send({ method: 'ping' });
    expect(talkative.messages()).toHaveLength(2);
  });

  it.each([
    [{ method: 'sub.depth', param: { symbol: 'NOPE_USDT' } }, "Contract doesn't exist!"],
    [{ method: 'sub.depth', param: {} }, "Contract doesn't exist!"],
    [{ method: 'sub.deal' }, "Contract doesn't exist!"],
    [{ method: 'sub.ticker', param: { symbol: 'btc_usdt' } }, "Contract doesn't exist!"],
    [{ method: 'sub.kline', param: { symbol: 'BTC_USDT', interval: '1m' } }, 'Parameter error: interval'],
    [{ method: 'sub.depth.full', param: { symbol: 'BTC_USDT', limit: 7 } }, 'Parameter error: limit'],
    [{ method: 'sub.depth.step', param: { symbol: 'BTC_USDT', step: '0.2' } }, 'Parameter error: step'],
    [{ method: 'sub.nothing', param: { symbol: 'BTC_USDT' } }, 'Unknown method: sub.nothing'],
    [{ method: 'usub.depth.full', param: { symbol: 'BTC_USDT' } }, 'Unknown method: usub.depth.full'],
    [{ method: 'unsub.nothing', param: {} }, 'Unknown method: unsub.nothing'],
    [{ method: 'SUBSCRIPTION', params: [] }, 'Unknown method: SUBSCRIPTION'],
  ])('refuses %j with an error that names nothing else', (message, text) => {
    client.send(message);
    expect(client.messages()).toEqual([{ channel: 'rs.error', data: text, ts: START }]);
  });

  it.each(['', 'null', '[]', '"ping"', '{"method":', '{}', '{"method":5}'])('is silent about %j', (text) => {
    client.send(text);
    expect(client.frames).toEqual([]);
  });

  it('hangs up 60 s after the last ping, whatever else was sent', async () => {
    await world.clock.advance(59_000);
    client.send({ method: 'ping' });
    await world.clock.advance(59_999);
    subscribe('depth');
    expect(client.closedWith).toBeUndefined();
    await world.clock.advance(1);
    expect(client.closedWith).toBe(1005);
    const heard = client.frames.length;
    client.send({ method: 'ping' });
    world.btc.set('ask', 650_001, 1);
    await world.clock.advance(1_000);
    expect(client.frames).toHaveLength(heard);
  });
});

describe('depth', () => {
  it('merges the changes of 200 ms, and begins where the last push ended', async () => {
    world.btc.set('ask', 650_001, 7);
    subscribe('depth');
    await world.clock.advance(150);
    world.btc.set('ask', 650_001, 1_100);
    world.btc.set('bid', 649_999, 300);
    world.btc.set('bid', 649_999, 0);
    await world.clock.advance(200);
    world.btc.set('bid', 650_000, 1_400);
    await world.clock.advance(400);
    const frames = client.frames.slice(1);
    expect(frames).toMatchObject([
      { kind: 'data', topic: 'push.depth.BTC_USDT' },
      { kind: 'data', topic: 'push.depth.BTC_USDT' },
    ]);
    expect(frames.map(({ data }) => data)).toEqual([
      `{"symbol":"BTC_USDT","data":{"asks":[[65000.1,1100,1]],"bids":[[64999.9,0,0]],"begin":30000000102,"end":30000000104,"version":30000000104},"channel":"push.depth","ts":${START + 200}}`,
      `{"symbol":"BTC_USDT","data":{"asks":[],"bids":[[65000,1400,1]],"begin":30000000105,"end":30000000105,"version":30000000105},"channel":"push.depth","ts":${START + 400}}`,
    ]);
  });

  it('pushes each version by itself, without a range, when merging is refused', async () => {
    subscribe('depth', { symbol: 'BTC_USDT', compress: false });
    world.btc.set('ask', 650_001, 5);
    world.btc.set('ask', 650_001, 6);
    await world.clock.advance(20);
    expect(client.pushes('push.depth')).toEqual([
      { asks: [[65_000.1, 5, 1]], bids: [], version: 30_000_000_101 },
      { asks: [[65_000.1, 6, 1]], bids: [], version: 30_000_000_102 },
    ]);
  });

  it('ends with its unsubscription, and each contract has its own', async () => {
    subscribe('depth');
    subscribe('depth', { symbol: 'BTC_USD' });
    client.send({ method: 'unsub.depth', param: { symbol: 'BTC_USDT' } });
    world.btc.set('ask', 650_001, 5);
    world.inverse.set('ask', 650_001, 5);
    await world.clock.advance(200);
    expect(client.messages().filter(({ channel }) => channel === 'push.depth')).toMatchObject([{ symbol: 'BTC_USD' }]);
    expect(world.clock.pendingTimers).toBe(2);
  });

  it('in full replaces the book, as deep as asked for', async () => {
    world.btc.set('ask', 650_001, 5);
    for (let i = 0; i < 7; i++) world.btc.set('bid', 650_000 - i, 1);
    subscribe('depth.full', { symbol: 'BTC_USDT', limit: 5 });
    await world.clock.advance(400);
    expect(client.pushes('push.depth.full')).toEqual([
      {
        asks: [[65_000.1, 5, 1]],
        bids: [0, 1, 2, 3, 4].map((i) => [(650_000 - i) / 10, 1, 1]),
        version: 30_000_000_108,
      },
    ]);
  });

  it('in steps rounds bids down and asks up', async () => {
    for (const ticks of [650_001, 650_009, 650_011]) world.btc.set('ask', ticks, 5);
    for (const ticks of [650_000, 649_999, 649_985]) world.btc.set('bid', ticks, 3);
    subscribe('depth.step', { symbol: 'BTC_USDT', step: '1' });
    await world.clock.advance(200);
    expect(client.pushes('push.depth.step')).toEqual([
      {
        asks: [
          [65_001, 10, 2],
          [65_002, 5, 1],
        ],
        bids: [
          [65_000, 3, 1],
          [64_999, 3, 1],
          [64_998, 3, 1],
        ],
        askMarketLevelPrice: 65_000.1,
        bidMarketLevelPrice: 65_000,
        ct: START + 200,
      },
    ]);
  });
});

describe('other streams', () => {
  it('push deals in lists, oldest first, or one each', async () => {
    world.btc.trade('buy', 650_001, 1);
    subscribe('deal');
    const other = world.connect();
    other.send({ method: 'sub.deal', param: { symbol: 'BTC_USDT', compress: false } });
    world.btc.trade('sell', 650_001, 49);
    world.btc.trade('buy', 650_002, 3);
    await world.clock.advance(50);
    const rows = [
      { p: 65_000.1, v: 49, T: 2, O: 3, M: 2, t: START, i: '2' },
      { p: 65_000.2, v: 3, T: 1, O: 3, M: 2, t: START, i: '3' },
    ];
    expect(client.pushes('push.deal')).toEqual([rows]);
    expect(other.pushes('push.deal')).toEqual([[rows[0]], [rows[1]]]);
  });

  it('push the ticker each second and all tickers, without best prices, every two', async () => {
    subscribe('ticker');
    subscribe('tickers', {});
    await world.clock.advance(2_000);
    expect(client.pushes('push.ticker')).toMatchObject([{ symbol: 'BTC_USDT', timestamp: START + 1_000 }, {}]);
    const [tickers] = client.pushes('push.tickers') as Record<string, unknown>[][];
    expect(tickers!.map(({ symbol }) => symbol)).toEqual(['BTC_USDT', 'BTC_USD']);
    expect(Object.keys(tickers![0]!)).toEqual([
      'symbol',
      'lastPrice',
      'riseFallRate',
      'fairPrice',
      'indexPrice',
      'volume24',
      'amount24',
      'maxBidPrice',
      'minAskPrice',
      'lower24Price',
      'high24Price',
      'timestamp',
    ]);
    expect(client.messages().find(({ channel }) => channel === 'push.tickers')).not.toHaveProperty('symbol');
  });

  it('push the open candle when it changes, in seconds and contracts', async () => {
    const candle = { openedAt: START, openTicks: 649_901, highTicks: 650_015, lowTicks: 649_883, closeTicks: 650_000 };
    world.btc.candleList = [{ ...candle, baseLots: 3, quoteTickLots: 3 * 650_000 }];
    subscribe('kline', { symbol: 'BTC_USDT', interval: 'Min1' });
    await world.clock.advance(2_000);
    expect(client.pushes('push.kline')).toEqual([
      {
        symbol: 'BTC_USDT',
        interval: 'Min1',
        t: START / 1_000,
        o: 64_990.1,
        c: 65_000,
        h: 65_001.5,
        l: 64_988.3,
        a: 19.5,
        q: 3,
        ro: 64_990.1,
        rc: 65_000,
        rh: 65_001.5,
        rl: 64_988.3,
      },
    ]);
    client.send({ method: 'unsub.kline', param: { symbol: 'BTC_USDT', interval: 'Min5' } });
    world.btc.candleList = [{ ...candle, baseLots: 4, quoteTickLots: 4 * 650_000 }];
    await world.clock.advance(1_000);
    expect(client.pushes('push.kline')).toHaveLength(2);
    client.send({ method: 'unsub.kline', param: { symbol: 'BTC_USDT' } });
    world.btc.candleList = [{ ...candle, baseLots: 5, quoteTickLots: 5 * 650_000 }];
    await world.clock.advance(1_000);
    expect(client.pushes('push.kline')).toHaveLength(2);
  });

  it('push funding, index and fair price at once and when they change', async () => {
    for (const kind of ['funding.rate', 'index.price', 'fair.price']) subscribe(kind);
    await world.clock.advance(3_000);
    world.perpetuals.btc.prices.markTicks = 6_500_055;
    world.perpetuals.btc.prices.fundingRateMillionths = -7;
    await world.clock.advance(1_000);
    expect(client.pushes('push.funding.rate')).toEqual([
      { symbol: 'BTC_USDT', rate: 0.000041, nextSettleTime: 1_782_921_600_000 },
      { symbol: 'BTC_USDT', rate: -0.000007, nextSettleTime: 1_782_921_600_000 },
    ]);
    expect(client.pushes('push.index.price')).toEqual([{ symbol: 'BTC_USDT', price: 65_001.2 }]);
    expect(client.pushes('push.fair.price')).toEqual([
      { symbol: 'BTC_USDT', price: 65_000.4 },
      { symbol: 'BTC_USDT', price: 65_000.55 },
    ]);
  });

  it('stay silent where nothing ever happens', async () => {
    subscribe('contract', {});
    subscribe('event.contract', {});
    client.send({ method: 'ping' });
    await world.clock.advance(59_000);
    client.send({ method: 'ping' });
    await world.clock.advance(10_000);
    expect(client.messages().map(({ channel }) => channel)).toEqual([
      'rs.sub.contract',
      'rs.sub.event.contract',
      'pong',
      'pong',
    ]);
  });

  it('come compressed only to whom asked for that', async () => {
    client.send({ method: 'sub.fair.price', param: { symbol: 'BTC_USDT' }, gzip: true });
    const plain = world.connect();
    plain.send({ method: 'sub.fair.price', param: { symbol: 'BTC_USDT' } });
    await world.clock.advance(500);
    const frame = client.frames.at(-1)!.data as Uint8Array;
    expect([frame[0], frame[1]]).toEqual([0x1f, 0x8b]);
    expect(gunzipSync(frame).toString()).toBe(plain.frames.at(-1)!.data);
    expect(plain.frames.at(-1)!.data).toBe(
      `{"channel":"push.fair.price","data":{"symbol":"BTC_USDT","price":65000.4},"symbol":"BTC_USDT","ts":${START + 500}}`,
    );
  });

  it('end with the socket and with the venue, leaving no timer', async () => {
    subscribe('depth');
    subscribe('ticker');
    client.session.closed();
    expect(world.clock.pendingTimers).toBe(0);
    const other = world.connect();
    other.send({ method: 'sub.deal', param: { symbol: 'BTC_USDT' } });
    world.wire.close();
    expect(world.clock.pendingTimers).toBe(0);
  });
});
